"""A small real projector: every record becomes a row of `stored`, in one transaction with the watermarks."""

import time
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import psycopg

from projections.store import watermarks
from projections.store.ports import TP, Claim, Outcome, RawRecord

TABLE = "CREATE TABLE stored (topic text, partition int, record_offset bigint, value bytea, worker text)"


class TableProjector:
    """Stores records in `stored` of a schema, naming the worker; `dwell`: seconds in mid-transaction."""

    def __init__(self, database: str, schema: str, worker: str, dwell: float = 0.0) -> None:
        self._database = database
        self._schema = schema
        self._worker = worker
        self._dwell = dwell
        self._connection: psycopg.Connection[Any] | None = None

    def _connect(self) -> psycopg.Connection[Any]:
        if self._connection is None or self._connection.closed:
            options = f"-c search_path={self._schema} {watermarks.CONNECTION_OPTIONS}"
            self._connection = psycopg.connect(self._database, options=options, connect_timeout=5)
        return self._connection

    def assign(self, partitions: Mapping[TP, UUID]) -> dict[TP, Claim]:
        with self._connect() as connection:
            return watermarks.assign(connection, partitions)

    def positions(self, partitions: Mapping[TP, UUID]) -> dict[TP, int]:
        with self._connect() as connection:
            return watermarks.read(connection, partitions)

    def prepare(self, records: Sequence[RawRecord]) -> list[RawRecord]:
        return list(records)

    def project(self, prepared: list[RawRecord], claims: Mapping[TP, Claim]) -> Outcome:
        with self._connect() as connection, connection.transaction():
            held = watermarks.lock(connection, claims)
            fresh = [r for r in prepared if r.offset >= held.get((r.topic, r.partition), 1 << 62)]
            with connection.cursor().copy("COPY stored FROM STDIN") as copy:
                for r in fresh:
                    copy.write_row((r.topic, r.partition, r.offset, r.value, self._worker))
            time.sleep(self._dwell)
            after = held | {(r.topic, r.partition): r.offset + 1 for r in fresh}
            watermarks.move(connection, claims, after)
        lost = {(r.topic, r.partition) for r in prepared} - held.keys()
        return Outcome(after, frozenset(lost), len(fresh))
