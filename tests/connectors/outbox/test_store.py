"""What the outbox says of an event that comes again, of a number that is taken, and of a file that came back."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from connectors.outbox.database import OutboxUnavailable
from connectors.outbox.drafts import derived_id, draft_of_plain
from connectors.outbox.records import Kept, Outcome, Refusal, Sent, State
from connectors.outbox.store import Outbox
from ops.base.clock import FixedClock
from schemas.reasons import FaultError, Reason
from schemas.windows import SEQUENCE_VOIDED, WINDOW_CLOSED
from tests.connectors.outbox.given import EPOCH, NOON, opened, row


def test_the_same_again_is_known_and_another_content_under_its_id_is_not_kept(tmp_path: Path) -> None:
    with opened(tmp_path) as outbox:
        first, again, other = outbox.keep(
            [row(1), row(1, recorded_at=datetime(2025, 4, 1, tzinfo=UTC)), row(1, source_record="another")]
        )
        assert first == Kept(row(1).event_id, Outcome.KEPT, EPOCH, 1)
        assert again == first._replace(outcome=Outcome.KNOWN)
        assert other == Kept(row(1).event_id, Outcome.ID_REUSED, 0, 0)
        assert outbox.keep([row(1)]) == [again]
        assert outbox.waiting == 1


def test_a_voided_number_is_said_under_the_next_and_its_event_may_come_again(tmp_path: Path) -> None:
    with opened(tmp_path) as outbox:
        outbox.keep([row(1)])
        outbox.settle([], [Refusal(1, "MSG_SIZE_TOO_LARGE")])
        receipt = outbox.receipt(row(1).event_id)
        assert receipt is not None
        assert (receipt.state, receipt.reason, receipt.seq) == (State.VOIDED, "MSG_SIZE_TOO_LARGE", 1)
        (notice,) = outbox.unsent(0, 9)
        assert notice.type == SEQUENCE_VOIDED
        assert dict(notice.headers)["ce_sourceseq"] == b"2"
        assert outbox.keep([row(1)]) == [Kept(row(1).event_id, Outcome.KEPT, EPOCH, 3)]


def test_a_receipt_follows_an_event_from_the_disk_to_the_broker(tmp_path: Path) -> None:
    with opened(tmp_path) as outbox:
        assert outbox.receipt(row(1).event_id) is None
        outbox.keep([row(1)])
        waiting = outbox.receipt(row(1).event_id)
        assert waiting is not None
        assert (waiting.state, waiting.source, waiting.topic) == (
            State.WAITING,
            "court.cis/BRPA01",
            "court.events",
        )
        outbox.settle([Sent(1, 7, 1234)])
        sent = outbox.receipt(row(1).event_id)
        assert sent is not None
        assert (sent.state, sent.partition, sent.offset, sent.settled_at) == (
            State.SENT,
            7,
            1234,
            NOON.moment,
        )
        assert outbox.unsent(0, 9) == []


def test_a_source_that_numbers_itself_keeps_its_numbers_and_none_is_given_twice(tmp_path: Path) -> None:
    with opened(tmp_path) as outbox:
        told = outbox.keep(
            [row(n, source_epoch=1, source_seq=seq) for n, seq in ((1, 41), (2, 43), (3, 41), (1, 41))]
        )
        assert [(kept.outcome, kept.epoch, kept.seq) for kept in told] == [
            (Outcome.KEPT, 1, 41), (Outcome.KEPT, 1, 43), (Outcome.NUMBER_TAKEN, 0, 0), (Outcome.KNOWN, 1, 41),
        ]  # fmt: skip
        outbox.settle([], [Refusal(1, "MSG_SIZE_TOO_LARGE")])
        assert outbox.close_windows() == 0
        assert [unsent.type for unsent in outbox.unsent(0, 9)] == ["court.HearingHeld"]


def test_a_file_that_came_back_from_a_backup_begins_a_new_epoch(tmp_path: Path) -> None:
    with opened(tmp_path / "live") as outbox:
        outbox.keep([row(1)])
    shutil.copytree(tmp_path / "live", tmp_path / "backup")
    with opened(tmp_path / "live") as outbox:
        assert outbox.keep([row(2)]) == [Kept(row(2).event_id, Outcome.KEPT, EPOCH, 2)]
    shutil.rmtree(tmp_path / "live")
    shutil.copytree(tmp_path / "backup", tmp_path / "live")
    with opened(tmp_path / "live") as outbox:
        assert outbox.keep([row(3)]) == [Kept(row(3).event_id, Outcome.KEPT, EPOCH + 1, 1)]
        assert outbox.keep([row(1)])[0].outcome is Outcome.KNOWN
        assert outbox.database.new_epoch() == EPOCH + 2


def test_a_folder_is_open_in_one_process_alone(tmp_path: Path) -> None:
    with opened(tmp_path), pytest.raises(OutboxUnavailable, match="in use"):
        opened(tmp_path)
    with opened(tmp_path) as again:
        assert again.waiting == 0


def test_a_disk_that_fails_is_an_error_and_nothing_of_the_batch_is_kept(tmp_path: Path) -> None:
    with opened(tmp_path) as outbox:
        with outbox.database.reading() as conn:
            pages = conn.execute("PRAGMA page_count").fetchone()[0]
            conn.execute(f"PRAGMA max_page_count = {pages + 2}")
        with pytest.raises(OutboxUnavailable, match="disk"):
            outbox.keep([row(n) for n in range(1, 200)])
        assert outbox.waiting == 0
        with outbox.database.reading() as conn:
            conn.execute("PRAGMA max_page_count = 1000000")
        assert outbox.keep([row(1)]) == [Kept(row(1).event_id, Outcome.KEPT, EPOCH, 1)]


def test_receipts_are_forgotten_once_they_are_old_and_lie_in_a_closed_window(tmp_path: Path) -> None:
    with opened(tmp_path) as outbox:
        outbox.keep([row(1), row(2)])
        outbox.settle([Sent(1, 0, 0), Sent(2, 0, 1)])
    later = FixedClock(NOON.moment + timedelta(days=8))
    with Outbox(tmp_path, later) as outbox:
        assert outbox.forget() == 0
        outbox.close_windows()
        assert outbox.forget() == 2
        assert outbox.receipt(row(1).event_id) is None
        assert [u.type for u in outbox.unsent(0, 9)] == [WINDOW_CLOSED]


def test_an_id_that_is_left_out_follows_from_source_row_and_content() -> None:
    envelope = {
        "source": "court.cis/BRPA01", "source_record": "hearing/1", "occurred_at": "2025-03-01",
        "recorded_at": "2025-03-01T12:00:00", "anchor": {"kind": "CNR", "value": "BRPA010001232025"},
    }  # fmt: skip
    line = {"type": "court.HearingHeld", "envelope": envelope, "court": "BRPA01-1"}
    one = draft_of_plain(line, b"")
    later = draft_of_plain(line | {"envelope": envelope | {"recorded_at": "2025-03-02T12:00:00"}}, b"")
    assert one.event_id == derived_id("court.cis/BRPA01", "hearing/1", one.digest) == later.event_id
    assert draft_of_plain(line | {"court": "BRPA01-2"}, b"").event_id != one.event_id
    named = line | {"envelope": envelope | {"event_id": str(UUID(int=5))}}
    assert draft_of_plain(named, b"").event_id == UUID(int=5)


@pytest.mark.parametrize(
    ("numbered", "more"), [(False, {"source_seq": 1}), (False, {"source_epoch": 2}), (True, {})]
)
def test_who_gives_the_numbers_is_said_once_for_a_source(numbered: bool, more: dict[str, int]) -> None:
    with pytest.raises(FaultError, match="source_seq"):
        draft_of_plain({"type": "court.HearingHeld", "envelope": more}, b"", numbered)


def test_a_source_that_could_close_no_window_is_refused() -> None:
    with pytest.raises(FaultError) as refused:
        row(1, "court.cis")
    assert refused.value.reason is Reason.SOURCE_INVALID
