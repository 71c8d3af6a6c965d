"""What cannot be accepted harms only itself: set aside with its reason, told in its file, and repaired without a trace.

Through the real broker and registry. Each broken record comes in one batch with sound ones. Then it is repaired, once
by its source (the same again, sound), once by two offices (RepairApproved): the file's bytes are then those of a world
in which the event was right from the start.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest

from ops.base.settings import Settings
from projections.store.ports import RawRecord
from tests.projections.store.ground import expected
from tests.projections.store.worlds import encoded
from tests.stories.sent import Hub, Json, Raw

pytestmark = pytest.mark.stack

FIR, OTHER_FIR = "FIR:BR-PATKOT-2025-0001", "FIR:BR-PATKOT-2025-0002"
CNR = "CNR:BRPA010000012025"
OFFICE = {"kind": "SCRB", "code": "SCRB-PAT", "district": "PAT"}
OTHER_OFFICE = {"kind": "REGISTRAR", "code": "CJM-PAT", "district": "PAT"}
Breaking = Callable[[Hub, Json], Raw]


def an(text: str) -> Json:
    kind, _, value = text.partition(":")
    return {"kind": kind, "value": value}


def event(kind: str, anchor: str, n: int, claims: tuple[str, ...] = (), /, **body: object) -> Json:
    """An event in plain form; its id and its place in its source follow from `n`."""
    envelope = {
        "event_id": str(UUID(int=n << 64)), "source": f"{kind.partition('.')[0]}.tests/1", "source_seq": n,
        "source_record": f"row-{n}", "occurred_at": f"2025-03-{n:02}T10:00:00+05:30",
        "recorded_at": f"2025-03-{n:02}T12:00:00+05:30", "anchor": an(anchor), "claims": [an(c) for c in claims],
    }  # fmt: skip
    return {"type": kind, "envelope": envelope, **body}


def accused(code: str) -> Json:
    return {"ref": {"scheme": "CCTNS_CODE", "scope": FIR, "code": code}}


def altered(plain: Json, **envelope: object) -> Json:
    return {**plain, "envelope": {**plain["envelope"], **envelope}}


ARREST = event("police.ArrestMade", FIR, 2, (), accused=accused("A1"), outcome="FORWARDED")
"""The event that is broken."""
SOUND = (
    event("police.FirRegistered", FIR, 1, (), district="PAT", accused=[accused("A1"), accused("A2")]),
    event("police.ArrestMade", FIR, 3, (), accused=accused("A2"), outcome="FORWARDED"),
    event("court.HearingHeld", CNR, 4, (FIR,), hearing_date="2025-03-04", court="BRPA01-CJM"),
    event("police.FirRegistered", OTHER_FIR, 5, (), district="PAT"),
)


@pytest.fixture
def hub(stack: Settings, database: str) -> Hub:
    return Hub(Settings(kafka=stack.require_kafka(), registry=stack.require_registry(), database=database))


def right_from_the_start(root: str, *events: Json) -> bytes | None:
    """The file's bytes in a world of these events, said in one page."""
    records: list[RawRecord] = [encoded(plain, 1_740_000_000_000) for plain in events]
    return expected(records)[0].get(root)


def repaired(hub: Hub, target: str, corrected: Json) -> Raw:
    """Two offices put a corrected event in the place of what was set aside."""
    carried = hub.encoded(corrected)
    assert carried.key is not None
    assert carried.value is not None
    approval = event(
        "hub.RepairApproved", FIR, 9, (), target=target, corrected_topic=carried.topic,
        corrected_key=carried.key.decode(), corrected_value=carried.value.hex(), proposed_by=OFFICE,
        approved_by=OTHER_OFFICE,
    )  # fmt: skip
    return hub.encoded(approval)


def no_avro(hub: Hub, plain: Json) -> Raw:
    return hub.encoded(plain)._replace(value=b"<arrest>A1</arrest>")


def null(hub: Hub, plain: Json) -> Raw:
    return hub.encoded(plain)._replace(value=None)


def garbage(hub: Hub, plain: Json) -> Raw:
    """A known schema's id, and then anything; no header says whose event it was to be."""
    sound = hub.encoded(plain)
    assert sound.value is not None
    return sound._replace(value=sound.value[:5] + b"\xff" * 60, headers=[])


def unknown_schema(hub: Hub, plain: Json) -> Raw:
    sound = hub.encoded(plain)
    assert sound.value is not None
    return sound._replace(value=b"\0" + (2_000_000_000).to_bytes(4) + sound.value[5:])


def truncated(hub: Hub, plain: Json) -> Raw:
    sound = hub.encoded(plain)
    assert sound.value is not None
    return sound._replace(value=sound.value[: len(sound.value) * 2 // 3])


def wrong_topic(hub: Hub, plain: Json) -> Raw:
    return hub.encoded(plain)._replace(topic="excise.events")


def invalid_identifier(hub: Hub, plain: Json) -> Raw:
    return hub.encoded(altered(plain, claims=[{"kind": "GD", "value": "GD No. 12 / 2025"}]))


def before_the_hub_was_thought_of(hub: Hub, plain: Json) -> Raw:
    return hub.encoded(altered(plain, occurred_at="1821-01-01T00:00:00+05:30"))


def after_its_own_recording(hub: Hub, plain: Json) -> Raw:
    return hub.encoded(altered(plain, occurred_at="2052-03-02T00:00:00+05:30"))


def nul_in_a_text(hub: Hub, plain: Json) -> Raw:
    return hub.encoded({**plain, "place": "Gandhi\0Maidan"})


def a_megabyte_of_text(hub: Hub, plain: Json) -> Raw:
    return hub.encoded({**plain, "place": "x" * 1_000_000})


BREAKINGS: dict[Breaking, str] = {
    no_avro: "NOT_FRAMED",
    null: "NOT_FRAMED",
    garbage: "MALFORMED",
    unknown_schema: "SCHEMA_NOT_FOUND",
    truncated: "MALFORMED",
    wrong_topic: "WRONG_TOPIC",
    invalid_identifier: "IDENTIFIER_INVALID",
    before_the_hub_was_thought_of: "DATE_ABSURD",
    after_its_own_recording: "DATE_ABSURD",
    nul_in_a_text: "NUL_IN_TEXT",
    a_megabyte_of_text: "TEXT_TOO_LONG",
}


@pytest.mark.parametrize("breaking", BREAKINGS, ids=lambda breaking: breaking.__name__)
def test_it_is_set_aside_with_its_reason_and_repaired_without_a_trace(hub: Hub, breaking: Breaking) -> None:
    broken = breaking(hub, ARREST)
    hub.project(*(hub.encoded(plain) for plain in SOUND[:2]), broken, *map(hub.encoded, SOUND[2:]))

    [(aside, reason, value)] = hub.rows("SELECT id::text, reason, value FROM set_aside")
    assert (reason, value) == (BREAKINGS[breaking], broken.value)
    assert hub.rows("SELECT count(*) FROM ledger WHERE effective") == [(len(SOUND),)]
    assert hub.incomplete(FIR) == [reason]
    assert hub.file(OTHER_FIR) == right_from_the_start(OTHER_FIR, *SOUND)

    again = altered(ARREST, event_id=str(UUID(int=7 << 64)))
    hub.project(repaired(hub, aside, again))
    assert hub.file(FIR) == right_from_the_start(FIR, *SOUND, again)


@pytest.mark.parametrize("breaking", BREAKINGS.keys() - {garbage}, ids=lambda breaking: breaking.__name__)
def test_its_source_sends_it_again_sound(hub: Hub, breaking: Breaking) -> None:
    hub.project(*map(hub.encoded, SOUND), breaking(hub, ARREST))
    assert hub.incomplete(FIR) == [BREAKINGS[breaking]]
    hub.project(hub.encoded(ARREST))
    assert hub.file(FIR) == right_from_the_start(FIR, *SOUND, ARREST)


def test_of_one_id_with_two_contents_one_stands_and_the_other_is_right_under_an_id_of_its_own(
    hub: Hub,
) -> None:
    other = altered({**ARREST, "outcome": "POLICE_BAIL"}, source_record="row-6")
    hub.project(*map(hub.encoded, (*SOUND, ARREST, other)))
    assert hub.incomplete(FIR) == ["ID_REUSED"]
    [(refused,)] = hub.rows("SELECT source_record FROM ledger WHERE refused = 'ID_REUSED'")
    stands, falls = (other, ARREST) if refused == "row-2" else (ARREST, other)
    assert hub.rows(
        "SELECT source_record FROM ledger WHERE effective AND event_id = %s", UUID(int=2 << 64)
    ) == [(stands["envelope"]["source_record"],)]

    under_its_own = altered(falls, event_id=str(UUID(int=8 << 64)))
    hub.project(hub.encoded(under_its_own))
    assert hub.file(FIR) == right_from_the_start(FIR, *SOUND, stands, under_its_own)


def test_a_department_that_corrects_another_s_event_is_refused_until_it_takes_that_back(hub: Hub) -> None:
    party = {"ref": {"scheme": "CIS_PARTY", "scope": CNR, "code": "1"}}
    foreign = altered(
        event("court.RemandOrdered", CNR, 6, (FIR,), accused=party), supersedes=str(UUID(int=2 << 64))
    )
    hub.project(*map(hub.encoded, (*SOUND, ARREST, foreign)))
    assert hub.incomplete(FIR) == ["SUPERSEDES_FOREIGN"]
    assert hub.rows("SELECT count(*) FROM ledger WHERE effective AND event_id = %s", UUID(int=2 << 64)) == [
        (1,)
    ]

    taken_back = altered(
        event("common.Retracted", CNR, 7, (), reason="ENTERED_IN_ERROR"),
        source="court.tests/1", supersedes=str(UUID(int=6 << 64)),
    )  # fmt: skip
    hub.project(hub.encoded(taken_back))
    assert hub.file(FIR) == right_from_the_start(FIR, *SOUND, ARREST)


def test_what_two_offices_discard_is_as_if_it_had_never_come(hub: Hub) -> None:
    foreign = altered(ARREST, event_id=str(UUID(int=6 << 64)), source="police.others/1", source_record="row-6",
                      supersedes=str(UUID(int=2 << 64)))  # fmt: skip
    hub.project(
        *map(hub.encoded, (*SOUND, ARREST, foreign)),
        no_avro(hub, altered(ARREST, event_id=str(UUID(int=9 << 64)))),
    )
    assert sorted(hub.incomplete(FIR)) == ["NOT_FRAMED", "SUPERSEDES_FOREIGN"]

    ids = (str(UUID(int=6 << 64)), *(row[0] for row in hub.rows("SELECT id::text FROM set_aside")))
    for n, target in enumerate(ids, 11):
        discarded = event("hub.EventDiscarded", FIR, n, (), target=target, proposed_by=OFFICE,
                          approved_by=OTHER_OFFICE)  # fmt: skip
        hub.project(hub.encoded(discarded))
    assert hub.file(FIR) == right_from_the_start(FIR, *SOUND, ARREST)
