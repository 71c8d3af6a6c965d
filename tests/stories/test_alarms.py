"""Alarms on the real broker and database: told once, in order, moved and cleared, and never again by a rebuild."""

from __future__ import annotations

import threading
from datetime import timedelta
from itertools import count
from uuid import NAMESPACE_URL, uuid5

import psycopg
import pytest
from confluent_kafka import Producer

from ops.base.settings import Settings
from ops.hub import intake, messenger
from projections.store import generation
from projections.store.batch import HubProjector
from schemas.topics import ALARMS, CASE_STATUS
from streams import bulk
from streams.bulk import read_up_to
from streams.messenger import run_messenger
from streams.topics import Topics
from tests.stories.sent import Hub, Json
from tests.stories.telling import DAY, TODAY, Case, Telling, Told, hub_of, id_of
from tests.streams.ground import wait_until

pytestmark = pytest.mark.stack

_numbers = count(7001)


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
    telling.reach()


def of(told: list[Told], rule: str, what: str = "Raised") -> list[Json]:
    """What was told of a rule's alarms, oldest first."""
    ids = {m.record["alarm_id"] for m in told if m.record and m.record.get("rule") == rule}
    return [
        m.record
        for m in told
        if m.name == f"hub.Alarm{what}" and m.record and (what != "Raised" or m.record["alarm_id"] in ids)
    ]


def stages(records: list[Json]) -> list[tuple[str, int | None]]:
    return [(record["stage"], record["lead_days"]) for record in records]


def in_jail(case: Case, days: int) -> list[Json]:
    """A theft: arrested and remanded so many days ago."""
    since = TODAY - days * DAY
    return [case.registered(since), case.arrested(since), case.remanded(since, since + 14 * DAY),
            case.admitted(since, since + 14 * DAY)]  # fmt: skip


def test_a_clock_is_told_on_each_of_its_days_and_after_a_stop_of_three_days_in_order_each_once(
    telling: Telling, case: Case
) -> None:
    # 60 days, the day of the remand the first: the last is in ten days.
    put(telling, *in_jail(case, 49))
    first = telling.tell()
    [soon] = of(first, "default-bail")
    assert stages([soon]) == [("DUE_SOON", 15)]
    assert (soon["due_date"], soon["accrues_on"]) == (TODAY + 10 * DAY, TODAY + 11 * DAY)
    assert (soon["files"], soon["accused"]) == ([case.fir], f"CIS_PARTY:{case.cnr}:1")
    assert "60" in soon["text_en"]
    assert "60" in soon["text_hi"]
    assert soon["start_event"] in soon["inputs"]
    assert of(telling.tell(), "default-bail") == []

    telling.clock.day += 3 * DAY
    telling.reach()
    assert stages(of(telling.tell(), "default-bail")) == [("DUE_SOON", 7)]
    telling.clock.day = TODAY + 8 * DAY
    # Nobody is there for three days: the lead of 3, the day itself, the day after it.
    telling.clock.day += 3 * DAY
    telling.reach()
    last = of(telling.tell(), "default-bail")
    assert stages(last) == [("DUE_SOON", 3), ("DUE", None), ("LAPSED", None)]

    # A sheet that was received in time, and keyed late: all of it clears, and says by which event.
    sheet = case.sheet(TODAY)
    put(telling, sheet)
    cleared = {c["alarm_id"]: c for c in of(telling.tell(), "default-bail", "Cleared")}
    for one in (soon, *last):
        found = cleared[one["alarm_id"]]
        assert (found["reason"], found["cleared_by"]) == ("MET", id_of(sheet))
        assert (found["message"]["order"], found["message"]["replaces"]) == (
            2,
            str(one["message"]["message_id"]),
        )


def test_an_alarm_waits_for_the_data_of_every_department_or_says_which_is_late(
    telling: Telling, case: Case
) -> None:
    put(telling, *in_jail(case, 50))
    telling.tell()
    telling.clock.day += 2 * DAY
    telling.reach("prison")
    assert of(telling.tell(), "default-bail") == []
    # It is raised when the jails' data has come,
    telling.reach()
    assert [one["late"] for one in of(telling.tell(), "default-bail")] == [[]]
    telling.clock.day += 4 * DAY
    telling.reach("prison")
    assert of(telling.tell(), "default-bail") == []
    # or when they were waited for long enough, and then it says so.
    assert [one["late"] for one in of(telling.tell(patience=timedelta(0)), "default-bail")] == [["prison"]]


def test_while_the_hub_is_behind_nothing_is_looked_at(telling: Telling, case: Case) -> None:
    begun = dict(telling.hub.starts)
    put(telling, *in_jail(case, 70))
    # The sheet came in time, and stands in the log; the hub has not stored it yet.
    sent = telling.hub.encoded(case.sheet(TODAY - 20 * DAY))
    producer = Producer({"bootstrap.servers": telling.hub.settings.require_kafka()})
    producer.produce(sent.topic, sent.value, sent.key, headers=list(sent.headers))
    assert producer.flush(30) == 0
    office = messenger(telling.hub.settings, telling.clock)
    told_to_stop = threading.Event()
    telling_alone = threading.Thread(target=run_messenger, args=(office, told_to_stop))
    telling_alone.start()
    try:
        wait_until(lambda: telling.hub.rows("SELECT count(*)::int FROM outbox")[0][0] == 0)
        wait_until(lambda: telling.hub.rows("SELECT count(*)::int FROM sangam.look")[0][0] > 0)
    finally:
        told_to_stop.set()
        telling_alone.join(30)
    assert of(telling.told(), "default-bail") == []
    project_all(telling.hub, telling.hub.name, begun)
    telling.reach()
    assert of(telling.tell(), "default-bail") == []


def test_an_alarm_whose_reason_is_undone_by_a_correction_clears_and_says_so(
    telling: Telling, case: Case
) -> None:
    remand = case.remanded(TODAY - 20 * DAY, TODAY - 6 * DAY)
    put(telling, case.registered(TODAY - 20 * DAY), remand, case.admitted(TODAY - 20 * DAY, TODAY - 6 * DAY))
    lapsed = {one["alarm_id"] for one in of(telling.tell(), "warrant")}
    assert lapsed
    put(telling, case.remanded(TODAY - 20 * DAY, TODAY + 9 * DAY, supersedes=id_of(remand)))
    told = telling.tell()
    cleared = {c["alarm_id"]: c["reason"] for c in of(told, "warrant", "Cleared")}
    assert {cleared[one] for one in lapsed} == {"CORRECTED"}


def test_a_file_that_changes_its_root_moves_its_alarms_and_raises_none(telling: Telling, case: Case) -> None:
    put(telling, case.remanded(TODAY - 20 * DAY, TODAY - 6 * DAY, fir=False))
    before = telling.tell()
    raised = of(before, "warrant")
    assert raised
    assert {tuple(one["files"]) for one in raised} == {(case.cnr,)}
    # The FIR comes late, and a hearing that names it: the case is the FIR's from now on.
    put(telling, case.registered(TODAY - 21 * DAY),
        case.event("court.HearingHeld", case.cnr, TODAY - 5 * DAY, [case.fir], court="BRPA01-CJM",
                   hearing_date=(TODAY - 5 * DAY).isoformat()))  # fmt: skip
    told = telling.tell()
    moved = {m["alarm_id"]: m for m in of(told, "warrant", "Moved")}
    assert moved.keys() >= {one["alarm_id"] for one in raised}
    assert {(tuple(m["from_files"]), tuple(m["files"])) for m in moved.values()} == {
        ((case.cnr,), (case.fir,))
    }
    assert of(told, "warrant") == []
    # The status under the old root is taken away, and stands under the new one.
    statuses = {m.key: m.record is not None for m in told if m.topic == CASE_STATUS}
    party = f"CIS_PARTY:{case.cnr}:1"
    assert statuses[f"{case.cnr}/{party}"] is False
    assert statuses[f"{case.fir}/{party}"] is True


def test_another_case_of_the_person_has_the_alarms_of_this_one_looked_at_again(
    telling: Telling, case: Case
) -> None:
    since = TODAY - 1000 * DAY
    put(telling, case.registered(since), case.arrested(since), case.remanded(since, since + 14 * DAY),
        case.admitted(since, since + 14 * DAY))  # fmt: skip
    raised = of(telling.tell(), "479.half")
    assert ("DUE", -3) in stages(raised)
    assert not any("BAR_MULTI_CASE" in one["flags"] for one in raised)
    other = Case(next(_numbers))
    put(
        telling,
        other.registered(TODAY - 9 * DAY),
        other.admitted(TODAY - 8 * DAY, TODAY + 6 * DAY, pid=case.pid),
    )
    moved = of(telling.tell(), "479.half", "Moved")
    barred = [m for m in moved if "BAR_MULTI_CASE" in m["flags"]]
    assert {m["alarm_id"] for m in barred} == {one["alarm_id"] for one in raised}
    assert all(other.fir in m["inputs"] for m in barred)


def test_neither_a_rebuild_nor_a_new_database_raises_an_alarm_or_tells_a_status_again(
    telling: Telling, case: Case, stack: Settings, postgres: str
) -> None:
    begun = dict(telling.hub.starts)
    put(telling, *in_jail(case, 70))
    assert of(telling.tell(), "default-bail")

    rebuilt = generation.create(telling.hub.settings.require_database())
    project_all(telling.hub, rebuilt, begun)
    generation.switch(telling.hub.settings.require_database(), rebuilt)
    telling.hub.name = rebuilt
    telling.begin()
    telling.reach()
    assert [m for m in telling.tell() if m.topic in (ALARMS, CASE_STATUS)] == []

    name = f"lost_{uuid5(NAMESPACE_URL, case.fir).hex[:12]}"
    with psycopg.connect(postgres.rpartition("/")[0] + "/postgres", autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}".encode())
        try:
            url = f"{postgres.rpartition('/')[0]}/{name}"
            hub = hub_of(stack, url)
            project_all(hub, hub.name, begun)
            again = Telling(hub)
            again.reach()
            assert [m for m in again.tell() if m.topic in (ALARMS, CASE_STATUS)] == []
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def project_all(hub: Hub, name: str, begun: dict[tuple[str, int], int]) -> None:
    """Everything since then into a generation, as a rebuild or a worker on an empty database takes it."""
    kafka = hub.settings.require_kafka()
    topics = Topics(kafka)
    ends = topics.ends(begun)
    found = [raw for batch in read_up_to(kafka, begun, ends) for raw in batch]
    active = name == hub.name
    projector = HubProjector(
        hub.settings.require_database(), name, intake(hub.settings, name), live=active, receipts=False
    )
    try:
        ids = topics.ids({raw.topic for raw in found})
        claims = projector.assign({(raw.topic, raw.partition): ids[raw.topic] for raw in found})
        projector.project(projector.prepare(found), claims)
    finally:
        projector.close()
