"""Numbers are gapless and each event has one, whatever breaks off a transaction, and wherever."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.outbox.database import OutboxUnavailable
from connectors.outbox.records import Outcome, Refusal, Sent
from connectors.outbox.store import Outbox
from schemas.windows import ABOUT_NUMBERS, WINDOW_CLOSED, window_digest
from tests.connectors.outbox.given import SOURCES, numbers, opened, row
from tests.streams.ground import ROOT

STEPS = st.one_of(
    st.tuples(st.just("keep"), st.lists(st.tuples(st.integers(1, 40), st.sampled_from(SOURCES)), max_size=8)),
    st.tuples(st.just("sent"), st.integers(1, 6)),
    st.tuples(st.just("void"), st.integers(1, 2)),
    st.tuples(st.just("close"), st.none()),
    st.tuples(st.just("reopen"), st.none()),
    st.tuples(st.just("new_epoch"), st.none()),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(STEPS, st.none() | st.integers(1, 60)), max_size=14))
def test_numbers_are_gapless_and_ids_are_kept_once_wherever_a_transaction_is_broken_off(steps: list) -> None:  # type: ignore[type-arg]
    """Each step may be broken off: SQLite is interrupted after so many of its instructions (times a hundred)."""
    with TemporaryDirectory() as folder:
        outbox = opened(Path(folder))
        promised: set[UUID] = set()
        try:
            for (step, argument), crash in steps:
                if step == "reopen":
                    outbox.close()
                    outbox = opened(Path(folder))
                    continue
                if crash is not None:
                    with outbox.database.reading() as conn:
                        conn.set_progress_handler(lambda: 1, crash * 100)
                try:
                    promised |= one(outbox, step, argument)
                except OutboxUnavailable:
                    pass
                finally:
                    with outbox.database.reading() as conn:
                        conn.set_progress_handler(None, 0)
                check(outbox, promised)
        finally:
            outbox.close()


def one(outbox: Outbox, step: str, argument: object) -> set[UUID]:
    """Do one step; the ids that it promised to have kept."""
    if step == "keep":
        assert isinstance(argument, list)
        told = outbox.keep([row(n, source) for n, source in argument])
        assert {kept.outcome for kept in told} <= {Outcome.KEPT, Outcome.KNOWN}
        return {kept.event_id for kept in told}
    if step == "close":
        outbox.close_windows()
    elif step == "new_epoch":
        outbox.database.new_epoch()
    else:
        assert isinstance(argument, int)
        waiting = [u for u in outbox.unsent(0, argument) if step == "sent" or u.type not in ABOUT_NUMBERS]
        if step == "sent":
            outbox.settle([Sent(u.position, 0, u.position) for u in waiting])
        else:
            outbox.settle([], [Refusal(u.position, "MSG_SIZE_TOO_LARGE") for u in waiting])
    return set()


def check(outbox: Outbox, promised: set[UUID]) -> None:
    with outbox.database.reading() as conn:
        rows = conn.execute(
            "SELECT s.name, s.epoch, e.seq, e.event_id, e.reason, s.next_seq FROM event e"
            " JOIN source s ON s.id = e.source ORDER BY s.id, e.seq"
        ).fetchall()
        unsettled = {p for (p,) in conn.execute("SELECT position FROM event WHERE settled_at IS NULL")}
        unsent = {p for (p,) in conn.execute("SELECT position FROM unsent")}
    given: dict[tuple[str, int], list[int]] = {}
    for name, epoch, seq, *_ in rows:
        given.setdefault((name, epoch), []).append(seq)
    for (name, epoch), found in given.items():
        assert found == list(range(1, len(found) + 1))
        assert {next_seq for n, e, *_, next_seq in rows if (n, e) == (name, epoch)} == {len(found) + 1}
    standing = [UUID(bytes=event_id) for *_, event_id, reason, _ in rows if reason is None]
    voided = {UUID(bytes=event_id) for *_, event_id, reason, _ in rows if reason is not None}
    assert len(standing) == len(set(standing))
    assert promised <= set(standing) | voided
    assert unsettled == unsent
    assert outbox.waiting == len(unsent)


def test_a_process_that_is_killed_leaves_no_hole_and_has_kept_all_that_it_said_it_had(tmp_path: Path) -> None:
    rng = random.Random(5)
    said: list[UUID] = []
    for _ in range(6):
        keeper = subprocess.Popen(
            [sys.executable, "-m", "tests.connectors.outbox.keep_main", str(tmp_path / "box"), str(len(said))],
            stdout=subprocess.PIPE, cwd=ROOT,
        )  # fmt: skip
        assert keeper.stdout is not None
        for _ in range(rng.randrange(5, 60)):
            said.append(UUID(keeper.stdout.readline().decode().strip()))
        os.kill(keeper.pid, signal.SIGKILL)
        said += [UUID(line.decode().strip()) for line in keeper.stdout if len(line) == 37]
        keeper.stdout.close()
        keeper.wait()
    outbox = opened(tmp_path / "box")
    try:
        check(outbox, set(said))
        # What was under way at a kill may have been kept without being said; it is known when it comes again.
        (found,) = numbers(outbox).values()
        assert len(said) <= len([n for n, event, _ in found if event not in ABOUT_NUMBERS]) <= len(said) + 6
    finally:
        outbox.close()


def test_windows_cover_every_number_once_and_their_digest_is_that_of_what_was_given(tmp_path: Path) -> None:
    outbox = opened(tmp_path)
    try:
        for start in (1, 4, 9):
            outbox.keep([row(n, source) for n in range(start, start + 3) for source in SOURCES])
            outbox.settle([], [Refusal(outbox.unsent(0, 1)[0].position, "MSG_SIZE_TOO_LARGE")])
            assert outbox.close_windows() == 2
            assert outbox.close_windows() == 0
        manifests = [
            (u, body_of(outbox, u.event_id)) for u in outbox.unsent(0, 99) if u.type == WINDOW_CLOSED
        ]
        for source, given_ in numbers(outbox).items():
            ids = {seq: event_id for seq, _, event_id in given_}
            covered = 0
            for _, body in manifests:
                if body["envelope"]["source"] == source:
                    assert body["first_seq"] == covered + 1
                    covered = body["last_seq"]
                    window = range(body["first_seq"], covered + 1)
                    assert body["count"] == len(window)
                    assert body["digest"] == window_digest((n, ids[n]) for n in window)
            assert covered == len(ids) - 1
    finally:
        outbox.close()


def body_of(outbox: Outbox, event_id: UUID) -> dict:  # type: ignore[type-arg]
    from schemas.codec import Decoder
    from schemas.writers import SchemaTable

    decoder = Decoder(SchemaTable())
    (found,) = [u for u in outbox.unsent(0, 999) if u.event_id == event_id]
    return decoder.body(decoder.learn(outbox.writer_schema(found.mark)), b"\0" * 5 + found.body)
