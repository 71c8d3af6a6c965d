"""Two workers that meet over the same files: the seams where one must wait for the other, each held open in turn.

A third connection holds a file's row, so that the first worker stands in mid-transaction with all that it recorded and
not yet committed; then the second one starts. Whatever they bring each other, the files are in the end what one worker
would have made of it. Each test fails when the lock or the order that it is about is taken out.
"""

from __future__ import annotations

import threading
from uuid import uuid4

import psycopg
import pytest

from projections.store.ports import RawRecord
from tests.projections.store.ground import Ground, expected
from tests.projections.store.hands import TOPIC, Hand, Json, an, event, gate, id_of, record, waiting
from tests.projections.store.worlds import cut_off, new_intake
from tests.streams.ground import wait_until

pytestmark = pytest.mark.stack

FIR, CNR, PID = "FIR:BR-PATKOT-2025-0001", "CNR:BRPA010000012025", "PID:BR-0123-00001"


def taken_back(plain: Json) -> Json:
    envelope = plain["envelope"]
    n = envelope["source_seq"] + 100
    anchor = f"{envelope['anchor']['kind']}:{envelope['anchor']['value']}"
    return event("common.Retracted", anchor, n, source=envelope["source"], supersedes=envelope["event_id"])


REGISTERED = event("police.FirRegistered", FIR, 1, district="PAT")
ARREST = event(
    "police.ArrestMade", FIR, 2, accused={"ref": {"scheme": "CCTNS_CODE", "scope": FIR, "code": "A1"}}
)
CORRECTED = ARREST | {"place": "BEAT-2", "envelope": ARREST["envelope"] | {
    "event_id": id_of(3), "source_seq": 3, "supersedes": id_of(2)}}  # fmt: skip
RETRACTED = taken_back(ARREST)
OTHER_CONTENT = ARREST | {"place": "BEAT-3"}
COPY_UNDER_ANOTHER_ID = ARREST | {"envelope": ARREST["envelope"] | {"event_id": id_of(6), "source_seq": 6}}
HEARING = event("court.HearingHeld", CNR, 7, hearing_date="2025-03-07")
CLAIMING = event("court.HearingHeld", CNR, 8, claims=[FIR], hearing_date="2025-03-08")
ADMITTED = event("prison.Admitted", PID, 9, jail="JL1", cases=[{"identifier": an(CNR)}])
INSIDE = event(
    "prison.Admitted", PID, 10, jail="JL1", cases=[{"identifier": an(FIR)}],
    person={"name": "Rakep Zumal", "relative_name": "Tolen Zumal"},
)  # fmt: skip
BROKEN = cut_off(record(ARREST))
REPAIR = record(CORRECTED)


@pytest.fixture(scope="module")
def ground(postgres: str) -> Ground:
    name = f"two_workers_{uuid4().hex[:8]}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return Ground(f"{postgres.rpartition('/')[0]}/{name}")


MEETINGS = {
    "a correction and what it corrects": (record(CORRECTED), record(ARREST)),
    "a retraction and what it takes back": (record(RETRACTED), record(ARREST)),
    "a correction and a retraction": (record(CORRECTED), record(RETRACTED)),
    "two contents of one id": (record(ARREST), record(OTHER_CONTENT)),
    "one content under two ids": (record(ARREST), record(COPY_UNDER_ANOTHER_ID)),
    "the same twice": (record(ARREST), record(ARREST)),
    "a link and an event at its end": (record(CLAIMING), record(HEARING)),
    "a link and a claim on its other end": (record(CLAIMING), record(ADMITTED)),
    "what is set aside and what repairs it": (BROKEN, REPAIR),
    "what is set aside and the same again, sound": (BROKEN, record(ARREST)),
}


@pytest.mark.parametrize("meeting", MEETINGS)
@pytest.mark.parametrize("turned", [False, True], ids=["first", "second"])
def test_two_workers_that_meet_come_to_what_one_would_make_of_it(
    ground: Ground, meeting: str, turned: bool
) -> None:
    one, other = MEETINGS[meeting][::-1] if turned else MEETINGS[meeting]
    before = [record(REGISTERED), record(event("court.HearingListed", CNR, 20, hearing_date="2025-03-07"))]
    ground.empty()
    ground.project(before, [1])
    hands = Hand(ground, 10), Hand(ground, 11)
    with gate(ground, FIR, CNR):
        hands[0].start(one)
        wait_until(lambda: waiting(ground) == 1)
        hands[1].start(other)
        wait_until(lambda: waiting(ground) == 2)
    for hand in hands:
        hand.end()
    files, descriptions = expected([*before, one, other])
    contents = ground.contents()
    assert contents.files == files
    assert contents.descriptions == descriptions


def test_a_refused_content_and_the_same_under_an_id_of_its_own_meet(ground: Ground) -> None:
    stands, refused = sorted((ARREST, OTHER_CONTENT), key=lambda plain: content_of(record(plain)))
    again = record(refused | {"envelope": refused["envelope"] | {"event_id": id_of(5), "source_seq": 5}})
    ground.empty()
    ground.project([record(REGISTERED), record(stands)], [1])
    hands = Hand(ground, 10), Hand(ground, 11)
    with gate(ground, FIR):
        hands[0].start(record(refused))
        wait_until(lambda: waiting(ground) == 1)
        hands[1].start(again)
        wait_until(lambda: waiting(ground) == 2)
    for hand in hands:
        hand.end()
    files, _ = expected([record(REGISTERED), record(stands), record(refused), again])
    assert b"ID_REUSED" not in files[FIR]
    assert ground.contents().files == files


def content_of(one: RawRecord) -> bytes:
    taken = new_intake().take(one)
    assert isinstance(taken, tuple)
    return taken[0].event.digest


def test_who_lost_its_partition_in_mid_batch_is_waited_for_and_stores_nothing_after(ground: Ground) -> None:
    ground.empty()
    ground.project([record(REGISTERED)], [1])
    old = Hand(ground, 10)
    new: list[Hand] = []
    with gate(ground, FIR):
        old.start(record(ARREST))
        wait_until(lambda: waiting(ground) == 1)
        claiming = threading.Thread(target=lambda: new.append(Hand(ground, 10)))
        claiming.start()
        wait_until(lambda: waiting(ground) == 2)
    claiming.join(30)
    # What the old owner had begun is stored, and the new one goes on behind it.
    assert new[0].claims[TOPIC, 10].next_offset == 1
    old.project(record(CORRECTED))
    assert old.outcome is not None
    assert old.outcome.lost == {(TOPIC, 10)}
    assert ground.contents().files == expected([record(REGISTERED), record(ARREST)])[0]
    new[0].project(record(CORRECTED))
    assert ground.contents().files == expected([record(REGISTERED), record(ARREST), record(CORRECTED)])[0]
    for hand in (old, *new):
        hand.end()


def test_a_file_that_loses_its_last_member_goes_with_its_rows(ground: Ground) -> None:
    ground.empty()
    ground.project([record(REGISTERED), record(INSIDE)], [2])
    assert {*ground.contents().files} == {FIR, PID}
    assert ground.contents().descriptions
    assert ground.contents().rows["board_undertrial"]
    hand = Hand(ground, 10)
    hand.project(record(taken_back(REGISTERED)), record(taken_back(INSIDE)))
    hand.end()
    contents = ground.contents()
    assert not any((contents.files, contents.descriptions, *contents.rows.values()))


def test_a_file_whose_last_member_goes_while_another_comes_keeps_that_one_alone(ground: Ground) -> None:
    late = record(event("prison.WarrantReceived", PID, 31, jail="JL1"))
    ground.empty()
    ground.project([record(INSIDE)], [1])
    hands = Hand(ground, 10), Hand(ground, 11)
    with gate(ground, PID):
        hands[0].start(record(taken_back(INSIDE)))
        wait_until(lambda: waiting(ground) == 1)
        hands[1].start(late)
        wait_until(lambda: waiting(ground) == 2)
    for hand in hands:
        hand.end()
    files, descriptions = expected([record(INSIDE), record(taken_back(INSIDE)), late])
    contents = ground.contents()
    assert (contents.files, contents.descriptions) == (files, descriptions)
    assert {*files} == {PID}
