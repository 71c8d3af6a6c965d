"""What the departments are told of their events and of their cases, through the real broker."""

from __future__ import annotations

from itertools import count
from uuid import UUID

import pytest

from ops.base.settings import Settings
from projections.store import outbox
from schemas.topics import CASE_STATUS, RECEIPTS
from streams import bulk
from tests.stories.sent import Json
from tests.stories.telling import DAY, TODAY, Case, Telling, Told, hub_of, id_of

pytestmark = pytest.mark.stack

_numbers = count(7501)


@pytest.fixture
def telling(stack: Settings, database: str, monkeypatch: pytest.MonkeyPatch) -> Telling:
    # There is little to read each time, and much is asked: whether a topic ends is waited for shortly.
    monkeypatch.setattr(bulk, "POLL", 0.1)
    return Telling(hub_of(stack, database))


@pytest.fixture
def case() -> Case:
    return Case(next(_numbers))


def put(telling: Telling, *events: Json) -> None:
    telling.hub.project(*(telling.hub.encoded(event) for event in events))


def on(told: list[Told], topic: str) -> dict[str, Json | None]:
    """Key -> the last record."""
    return {m.key: m.record for m in told if m.topic == topic}


def test_every_event_gets_a_receipt_of_where_it_is_visible_or_of_why_it_is_not(
    telling: Telling, case: Case
) -> None:
    registered, arrested = case.registered(TODAY - 3 * DAY), case.arrested(TODAY - 2 * DAY)
    foreign = case.event("court.HearingHeld", case.cnr, TODAY, [], id_of(arrested), court="BRPA01-CJM")
    foreign["envelope"]["supersedes"] = id_of(registered)
    broken = telling.hub.encoded(case.arrested(TODAY - DAY))._replace(headers=[])
    assert broken.value is not None
    telling.hub.project(
        *(telling.hub.encoded(e) for e in (registered, arrested, foreign)),
        broken._replace(value=broken.value[:40]),
    )
    told = on(telling.tell(), RECEIPTS)
    seen = told[id_of(arrested)]
    assert seen is not None
    assert (seen["files"], seen["event_type"], seen["source"]) == (
        [case.fir],
        "police.ArrestMade",
        "police.tests/1",
    )
    assert seen["visible_at"] is not None
    assert seen["digest"]
    refused = told[id_of(foreign)]
    assert refused is not None
    assert refused["reason"] == "SUPERSEDES_FOREIGN"
    assert refused["what_to_do"]
    [aside] = [
        record
        for key, record in told.items()
        if key not in {id_of(e) for e in (registered, arrested, foreign)}
    ]
    assert aside is not None
    assert aside["reason"] == "MALFORMED"
    assert telling.tell() == []


def test_receipts_can_be_switched_off(stack: Settings, database: str, case: Case) -> None:
    telling = Telling(hub_of(stack, database))
    telling.hub.settings = telling.hub.settings.model_copy(update={"receipts": False})
    put(telling, case.registered(TODAY))
    told = telling.tell()
    assert on(told, RECEIPTS) == {}
    assert on(told, CASE_STATUS).keys() == {f"{case.fir}/CCTNS_CODE:{case.fir}:A1"}


def test_a_status_is_told_when_it_changed_once_however_often_and_never_with_a_name(
    telling: Telling, case: Case
) -> None:
    since = TODAY - 9 * DAY
    registered = case.registered(since)
    registered["accused"][0]["person"] = {"name": "Rakep Zumal", "relative_name": "Tolen Zumal"}
    put(telling, registered)
    put(telling, case.arrested(since))
    put(telling, case.remanded(since, TODAY + 5 * DAY), case.admitted(since, TODAY + 5 * DAY))
    told = [m for m in telling.tell() if m.topic == CASE_STATUS]
    # Three batches, one state: the last.
    [status] = told
    assert status.record is not None
    assert status.key == f"{case.fir}/{status.record['accused']}"
    assert (status.record["inside"], status.record["jail"], status.record["inside_since"]) == (
        True,
        "BR-0123",
        since,
    )
    assert case.pid in status.record["references"]
    assert {s["field"]: s["department"] for s in status.record["sources"]}["jail"] == "prison"
    assert all(len(bytes.fromhex(s["digest"])) == 32 for s in status.record["sources"])
    assert "Zumal" not in str(status.record)
    # The file changes, the status does not: a defect, say, is the prosecutor's own.
    put(telling, case.event("prosecution.ScrutinyOpened", case.fir, TODAY))
    assert on(telling.tell(), CASE_STATUS) == {}
    put(telling, case.event("court.BailGranted", case.cnr, TODAY, [case.fir], accused=case.party(joined=True),
                            bail_kind="REGULAR", court="BRPA01-CJM"))  # fmt: skip
    [granted] = [m for m in telling.tell() if m.topic == CASE_STATUS]
    assert granted.record is not None
    assert (granted.record["bail_state"], granted.record["bail_granted_on"]) == ("GRANTED", TODAY)
    assert granted.record["message"]["order"] == 2
    assert granted.record["message"]["replaces"] == status.message_id


def test_what_a_sender_that_died_before_it_could_note_it_has_sent_is_not_sent_again(
    telling: Telling, case: Case
) -> None:
    put(telling, case.registered(TODAY))
    first = telling.tell()
    assert on(first, CASE_STATUS)
    # As if it had died between the broker's commit and the database's.
    telling.hub.rows("DELETE FROM sangam.status_sent RETURNING root")
    telling.hub.rows("DELETE FROM sangam.sent_up_to RETURNING partition")
    telling.hub.rows(
        "INSERT INTO outbox (roots, events, asides) VALUES (%s, %s, '') RETURNING id",
        [case.fir],
        b"".join(UUID(m.key).bytes for m in first if m.topic == RECEIPTS),
    )
    again = telling.tell()
    assert on(again, CASE_STATUS) == {}
    # A receipt may come twice; it is one by its id, but for the moment at which it was told.
    assert on(again, RECEIPTS).keys() == on(first, RECEIPTS).keys()


def test_one_messenger_tells_and_others_leave_it_to_him(telling: Telling, case: Case) -> None:
    from projections.store import generation
    from streams.messenger import LEASE

    put(telling, case.registered(TODAY))
    with generation.connect(telling.hub.settings.require_database(), telling.hub.name) as holder:
        holder.execute("SELECT pg_advisory_lock(%s)", (LEASE,))
        assert telling.tell() == []
        assert outbox.newest(holder) == 1
    assert telling.tell() != []
