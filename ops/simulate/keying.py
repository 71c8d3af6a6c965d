"""How rows become events and when they come: recorded time, the source's number, arrival; all disorder of rows.

Two queues in time: rows wait until they are keyed, when they get their source's next number, then until they
arrive. Numbers are gapless per source and epoch; a re-send keeps its number, a restored source begins anew at 1.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from random import Random
from uuid import UUID

from ops.simulate import spoiling
from ops.simulate.disorder import Disorder, Tally
from ops.simulate.rows import DAY, Json, Row, identifier, moment
from schemas.content import digest_of

_HOUR = 3600.0
_REMEMBERED = 12  # rows that a restored source sends again


@dataclass(slots=True, eq=False)
class _Entry:
    """One sending of a revision. `not_before`: it may not arrive earlier; `prompt`: it arrives when it is keyed."""

    type: str
    record: Json
    not_before: float = 0.0
    prompt: bool = False


@dataclass(slots=True)
class _Source:
    epoch: int = 1
    seq: int = 0
    bulk: bool = False
    month: int = -1
    sent: deque[_Entry] = field(default_factory=lambda: deque(maxlen=_REMEMBERED))
    anchors: deque[str] = field(default_factory=lambda: deque(maxlen=30))


class Keying:
    """Takes rows as they happen, gives events as they arrive."""

    def __init__(self, seed: int, start: date, disorder: Disorder) -> None:
        self.tally = Tally(disorder, Random(f"{seed}/rows"))
        self._rng = Random(f"{seed}/keying")
        self._start = start
        self._disorder = disorder
        self._sources: dict[str, _Source] = {}
        self._to_key: list[tuple[float, int, _Entry]] = []
        self._to_come: list[tuple[float, int, _Entry]] = []
        self._order = 0

    # In.

    def take(self, row: Row) -> None:
        """A row was written; it is keyed soon, or late."""
        happened = row.day * DAY + row.second
        recorded = happened + 60 + self._rng.random() * 1140
        ordinary = not row.type.startswith("hub.")
        if row.late:
            recorded += row.late * DAY
        elif ordinary and self.tally.strikes("late"):
            recorded += (0.5 + self._rng.expovariate(1 / 4)) * DAY
        record = self._record(row)
        if ordinary and row.precision != "DAY" and self.tally.strikes("day_only"):
            self._forget_hour(row, record)
        if ordinary and not row.withdrawn and row.supersedes is None and self.tally.strikes("corrected"):
            self._correct(row, record, recorded)
        else:
            self._send(_Entry(row.type, record), recorded, reusable=ordinary)

    def _record(self, row: Row) -> Json:
        second = 0 if row.precision == "DAY" else row.second
        return {
            "envelope": {
                "event_id": row.id(),
                "source": row.source,
                "source_epoch": 1,
                "source_seq": 0,
                "source_record": row.key,
                "occurred_at": moment(self._start, row.day, second),
                "occurred_precision": row.precision,
                "recorded_at": None,
                "anchor": identifier(row.anchor),
                "claims": [identifier(claim) for claim in row.claims],
                "supersedes": row.supersedes,
                "sensitivity": row.sensitivity,
                "actor": row.actor,
            },
            **row.body,
        }

    def _forget_hour(self, row: Row, record: Json) -> None:
        record["envelope"]["occurred_precision"] = "DAY"
        record["envelope"]["occurred_at"] = moment(self._start, row.day, 0)

    def _correct(self, row: Row, record: Json, recorded: float) -> None:
        """The row is wrong at first; its second revision supersedes the first."""
        wrong = spoiling.spoil(row.type, record, self._rng, self._source(row.source).anchors)
        corrected = recorded + (0.1 + self._rng.expovariate(1 / 3)) * DAY
        right = {
            **record,
            "envelope": {**record["envelope"], "event_id": row.id(2), "supersedes": str(row.id())},
        }
        first = _Entry(row.type, wrong)
        second = _Entry(row.type, right)
        if self.tally.strikes("correction_first"):
            first.not_before = corrected + self._rng.uniform(1, 48) * _HOUR
            second.prompt = True
        self._send(first, recorded)
        self._send(second, corrected)

    def _send(self, entry: _Entry, recorded: float, *, reusable: bool = False) -> None:
        self._queue(entry, recorded)
        if self.tally.strikes("resent_anew"):
            envelope = entry.record["envelope"]
            other = UUID(int=self._rng.getrandbits(128), version=4)
            double = {**entry.record, "envelope": {**envelope, "event_id": other}}
            self._queue(_Entry(entry.type, double), recorded + self._rng.uniform(0.1, 72) * _HOUR)
        if reusable and self._disorder.id_reused and self.tally.strikes("id_reused"):
            self._reuse_id(entry, recorded)

    def _reuse_id(self, entry: _Entry, recorded: float) -> None:
        # The smaller digest stands, whichever comes first: so the false content gets the greater one.
        true = digest_of(entry.type, _numbered(entry.record))
        for _ in range(12):
            false = spoiling.spoil(entry.type, entry.record, self._rng, ())
            if digest_of(entry.type, _numbered(false)) > true:
                self._queue(_Entry(entry.type, false), recorded + self._rng.uniform(0.1, 48) * _HOUR)
                return

    def _queue(self, entry: _Entry, recorded: float) -> None:
        self._order += 1
        heapq.heappush(self._to_key, (recorded, self._order, entry))

    # Out.

    def ready(self, now: int) -> bool:
        """Whether something waits that nothing that happens from `now` on can come before."""
        return bool(self._to_key) and self._to_key[0][0] <= now - DAY

    def until(self, now: float) -> Iterator[tuple[str, Json]]:
        """Everything that arrives up to a day before `now`: no row of today or later can be keyed earlier."""
        horizon = now - DAY
        while self._to_key and self._to_key[0][0] <= horizon:
            recorded, _, entry = heapq.heappop(self._to_key)
            self._key(entry, recorded)
        while self._to_come and self._to_come[0][0] <= horizon:
            _, _, entry = heapq.heappop(self._to_come)
            yield entry.type, entry.record

    def rest(self) -> Iterator[tuple[str, Json]]:
        """Everything else, to the last correction."""
        yield from self.until(float("inf"))

    def _source(self, name: str) -> _Source:
        source = self._sources.get(name)
        if source is None:
            source = self._sources[name] = _Source(bulk=self.tally.strikes("bulk"))
        return source

    def _key(self, entry: _Entry, recorded: float) -> None:
        """The row is in its source's system: number and recorded time, and the ways in which it is sent."""
        envelope = entry.record["envelope"]
        source = self._source(envelope["source"])
        month = int(recorded // (30 * DAY))
        if month != source.month:
            source.month = month
            if source.sent and self.tally.strikes("restored"):
                self._restore(source, recorded)
        source.seq += 1
        envelope["source_seq"] = source.seq
        envelope["source_epoch"] = source.epoch
        day, second = divmod(recorded, DAY)
        envelope["recorded_at"] = moment(self._start, int(day), int(second))
        arrival = max(recorded, entry.not_before)
        if not entry.prompt:
            if source.bulk:
                arrival = max(arrival, day * DAY + 21.5 * _HOUR)
            if self.tally.strikes("shuffled"):
                arrival += self._rng.expovariate(1 / (10 * _HOUR))
        self._come(entry, arrival)
        if self.tally.strikes("resent"):
            self._come(entry, arrival + self._rng.uniform(0.01, 60) * _HOUR)
        if self._disorder.corrected:
            source.anchors.append(f"{envelope['anchor']['kind']}:{envelope['anchor']['value']}")
        if self._disorder.restored:
            source.sent.append(entry)

    def _restore(self, source: _Source, recorded: float) -> None:
        """From a backup: numbering starts anew, and what came after the backup is sent again as new rows of it."""
        source.epoch += 1
        source.seq = 0
        day, second = divmod(recorded, DAY)
        for entry in source.sent:
            source.seq += 1
            envelope = {
                **entry.record["envelope"], "source_epoch": source.epoch, "source_seq": source.seq,
                "recorded_at": moment(self._start, int(day), int(second)),
            }  # fmt: skip
            self._come(_Entry(entry.type, {**entry.record, "envelope": envelope}), recorded)
        source.sent.clear()

    def _come(self, entry: _Entry, arrival: float) -> None:
        self._order += 1
        heapq.heappush(self._to_come, (arrival, self._order, entry))


def _numbered(record: Json) -> Json:
    """With a recorded time, which no digest covers but every record has."""
    envelope = record["envelope"]
    return {**record, "envelope": {**envelope, "recorded_at": envelope["occurred_at"]}}
