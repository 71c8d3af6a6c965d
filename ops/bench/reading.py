"""Reading at the size of a State: 60,000 undertrials, one file looked up, one page of the board.

    python -m ops.bench.reading            # on a PostgreSQL of its own, ended and removed afterwards

Files, descriptions and rows are a simulated district's, folded for real and copied under new numbers, so that sizes
are those of real files. Times are of whole answers as bytes, in this process: connection from the pool, snapshot,
queries, the full status of each accused, JSON. HTTP comes on top.
"""

from __future__ import annotations

import random
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

import orjson
import psycopg

from ops.base.clock import SystemClock
from ops.base.settings import Settings
from ops.bench.figures import percentile
from ops.bench.world import records
from ops.local.stack import Stack
from projections.boards import undertrials as board
from projections.questions import files, undertrials
from projections.questions.readers import Readers
from projections.questions.when import when
from projections.store import deferred, filing, generation, saving
from projections.store.batch import HubProjector
from projections.store.intake import Intake
from schemas.codec import Decoder
from schemas.writers import table_of_all

UNDERTRIALS: Final = 60_000
PAGE: Final = 100
_EVENTS = 8_000
_COPIED = board.UNDERTRIALS.table, "file", "description", "identifier"


def fill(database: str, rows: int = UNDERTRIALS, events: int = _EVENTS) -> dict[str, int]:
    """Fill the active generation of an empty database; how many undertrials and files there are then."""
    name = generation.prepare(database)
    table = table_of_all()
    intake = Intake(Decoder(table), _unmet)
    raws = list(records(events, table.id_of))
    projector = HubProjector(database, name, intake, live=False, defer=True)
    topics = {(raw.topic, raw.partition): uuid5(NAMESPACE_URL, raw.topic) for raw in raws}
    claims = projector.assign(topics)
    for at in range(0, len(raws), 2000):
        projector.project(projector.prepare(raws[at : at + 2000]), claims)
    projector.close()
    with generation.connect(database, name) as conn:
        deferred.settle_members(conn)
        conn.execute(saving.STAGING)
        deferred.drain(conn, filing.Filing(intake.revive, 10), 100, lambda _: None)
    with generation.connect(database, name, autocommit=True) as conn:
        conn.execute(
            "CREATE TEMP TABLE seen AS SELECT DISTINCT root FROM board_undertrial WHERE root LIKE 'FIR:%'"
        )
        held = _count(conn, "board_undertrial")
        _copy(conn, max(0, -(-rows // held) - 1))
        for each in _COPIED:
            conn.execute(f"VACUUM ANALYZE {each}")
        return {"undertrials": _count(conn, "board_undertrial"), "files": _count(conn, "file")}


def _unmet(mark: bytes) -> str:
    raise LookupError(f"no schema of fingerprint {mark.hex()} was met")


def _copy(conn: psycopg.Connection[tuple[Any, ...]], times: int) -> None:
    """Every case with an undertrial, so many times more, under stations that there are not; days inside are spread."""
    columns = ", ".join(name for name in board.UNDERTRIALS.names if name not in ("root", "since"))
    root = r"regexp_replace({}, '^(FIR:..-[A-Z0-9]+)', '\1Z' || n)"
    series = f"generate_series(1, {times}) AS n"
    for query in (
        f"INSERT INTO board_undertrial (root, since, {columns})"
        f" SELECT {root.format('root')}, since - n % 700, {columns}"
        f" FROM board_undertrial JOIN seen USING (root), {series}",
        f"INSERT INTO file (root, version, identifiers, members, last_key, digest, content)"
        f" SELECT {root.format('root')}, version, identifiers, members, last_key, digest, content"
        f" FROM file JOIN seen USING (root), {series}",
        f"INSERT INTO description (root, ref, body) SELECT {root.format('root')}, ref, body"
        f" FROM description JOIN seen USING (root), {series}",
        f"INSERT INTO identifier (identifier, anchored, roots)"
        f" SELECT {root.format('root')}, true, ARRAY[{root.format('root')}] FROM seen, {series}",
    ):
        conn.execute(query.encode())


def _count(conn: psycopg.Connection[tuple[Any, ...]], table: str) -> int:
    row = conn.execute(f"SELECT count(*) FROM {table}".encode()).fetchone()
    return int(row[0]) if row else 0


def lookup_p99_ms(database: str, times: int = 2000, seed: int = 1) -> float:
    """99th percentile of the answer to `case` for a random file, in milliseconds."""
    with psycopg.connect(database) as asked:
        name = generation.active(asked)
    with generation.connect(database, name) as conn:
        roots = [row[0] for row in conn.execute("SELECT DISTINCT root FROM board_undertrial ORDER BY root")]
    chosen = iter(random.Random(seed).choices(roots, k=times + 100))
    at = when(SystemClock().today())
    with Readers(database, most=1) as readers:

        def ask() -> None:
            with readers.reader() as reader:
                answer = files.case(reader, next(chosen), at)
            answer.json()

        return _p99(ask, times)


def board_p99_ms(database: str, times: int = 500, seed: int = 1) -> float:
    """99th percentile of a page of the board, in milliseconds: the first pages and such deep inside, with and without
    a filter."""
    rng = random.Random(seed)
    today = SystemClock().today()
    with Readers(database, most=1) as readers:
        with readers.reader() as reader:
            rows = reader.conn.execute(
                "SELECT since, root, accused, jail, court, police_station FROM board_undertrial"
                " TABLESAMPLE SYSTEM (10) ORDER BY root, accused"
            ).fetchall()

        def ask() -> None:
            since, root, accused, jail, court, station = rng.choice(rows)
            one = rng.choice(({}, {"jail": jail}, {"court": court}, {"police_station": station},
                              {"bail_state": "GRANTED"}))  # fmt: skip
            after = rng.choice((None, undertrials.Cursor(since, root, accused).text()))
            with readers.reader() as reader:
                page = undertrials.page(reader, undertrials.Filters(**one), after, PAGE, today)
            page.json()

        return _p99(ask, times)


def _p99(ask: Callable[[], None], times: int) -> float:
    for _ in range(50):
        ask()
    took = []
    for _ in range(times):
        began = time.perf_counter()
        ask()
        took.append(1000 * (time.perf_counter() - began))
    return percentile(took, 0.99)


def main() -> None:
    """Measure on a PostgreSQL of its own, and print the figures as JSON."""
    home = Path(tempfile.mkdtemp(prefix="sangam-reading-"))
    stack = Stack(home, Settings().cache)
    try:
        stack.up_postgres()
        database = Settings(home=home).require_database()
        report: dict[str, Any] = dict(fill(database))
        report["lookup_p99_ms"] = round(lookup_p99_ms(database), 2)
        report["board_p99_ms"] = round(board_p99_ms(database), 2)
        print(orjson.dumps(report, option=orjson.OPT_INDENT_2).decode())
    finally:
        stack.down()
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    main()
