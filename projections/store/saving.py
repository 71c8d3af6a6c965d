"""Writing folded files, with what stands beside them in other tables: descriptions and the rows of boards.

A file's row keeps a mark of each table's rows, so that a batch touches the tables in which something changed and no
other: an event changes a file always, and a board seldom.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b, sha256
from typing import Any, Final

import orjson
from psycopg import Cursor

from ops.base import metrics
from ops.base.log import get_logger
from projections.boards import BOARDS
from projections.boards.board import Board
from projections.files.state import FileState
from projections.search.people import name_keys
from projections.store.packing import pack

Cur = Cursor[Any]
Rows = Sequence[Sequence[Any]]
log = get_logger(__name__)

STAGING = """
CREATE TEMP TABLE IF NOT EXISTS folded (
    part int, root text COLLATE "C", identifiers text[], members int, last_key bytea, digest bytea, content bytea,
    beside bytea
) ON COMMIT DELETE ROWS
"""
_COPY = "COPY folded FROM STDIN (FORMAT BINARY)"
_TYPES = ("int4", "text", "text[]", "int4", "bytea", "bytea", "bytea", "bytea")
_SAVE = """
UPDATE file SET version = version + 1, identifiers = f.identifiers, members = f.members, last_key = f.last_key,
    digest = f.digest, content = f.content, beside = f.beside
FROM folded f WHERE f.part = %s AND file.root = f.root
"""

_DESCRIPTION: Final = "description"
_NAME_KEY: Final = "name_key"
_COLUMNS: Final[dict[str, tuple[Sequence[str], Sequence[str]]]] = {
    _DESCRIPTION: (("root", "ref", "body"), ("text", "text", "bytea")),
    _NAME_KEY: (("root", "ref", "key"), ("text", "text", "text")),
    **{board.table: (board.names, board.types) for board in BOARDS},
}
"""table -> its columns and their types, in the order of the marks."""
_MARK: Final = 8
_NONE: Final = bytes(_MARK)


@dataclass(slots=True)
class Row:
    """A file's row as it stands, under its lock."""

    version: int
    identifiers: frozenset[str]
    members: int
    last_key: bytes
    digest: bytes | None
    beside: bytes
    """The marks of what stands in other tables."""


@dataclass(slots=True)
class Folded:
    """A file as it will be written."""

    state: FileState
    members: int
    last_key: bytes


class Saving:
    """Writes what was folded. For one cursor's transaction at a time; parts count up within it."""

    def __init__(self) -> None:
        self._part = 0

    def save(self, cur: Cur, rows: Mapping[str, Row], folded: Mapping[str, Folded]) -> None:
        """Write these files and what changed beside them."""
        if not folded:
            return
        self._part += 1
        changed: defaultdict[str, dict[str, Rows]] = defaultdict(dict)
        with cur.copy(_COPY) as copy:
            copy.set_types(_TYPES)
            for root, done in folded.items():
                content = orjson.dumps(done.state.document, option=orjson.OPT_SORT_KEYS)
                copy.write_row(
                    (
                        self._part, root, sorted(rows[root].identifiers), done.members, done.last_key,
                        sha256(content).digest(), pack(content), _beside(root, done.state, rows[root], changed),
                    )
                )  # fmt: skip
        cur.execute(_SAVE, (self._part,))
        for table, of_roots in changed.items():
            _replace(cur, table, rows, of_roots)


def remove(cur: Cur, rows: Mapping[str, Row]) -> None:
    """A file that loses its last member goes, with its rows, in the same transaction.

    Its own row stays, empty. Were it made anew, its version would begin again, and a state kept in some worker's
    memory might be taken for its own; and it still knows the identifiers that were claimed and lead here, for
    the day when one of them anchors an event.
    """
    if not rows:
        return
    cur.executemany(
        "UPDATE file SET version = version + 1, identifiers = %s, members = 0, last_key = NULL, digest = NULL,"
        " content = NULL, beside = NULL WHERE root = %s",
        [(sorted(row.identifiers), root) for root, row in rows.items()],
    )
    for table in _COLUMNS:
        _delete(cur, table, rows, rows)


def _beside(root: str, state: FileState, row: Row, changed: defaultdict[str, dict[str, Rows]]) -> bytes:
    """The marks of what stands beside a file from now on; rows that are others than before go into `changed`."""
    marks = bytearray()
    for table, rows in _tables(root, state):
        was = _mark_at(row.beside, len(marks))
        now = was if rows is None else _mark(rows)
        if now != was and rows is not None:
            changed[table][root] = rows
        marks += now
    return bytes(marks)


def _tables(root: str, state: FileState) -> Iterable[tuple[str, Rows | None]]:
    """Each table and a file's rows in it, in the order of the marks; None where they are as they were."""
    yield _DESCRIPTION, _descriptions(root, state) if state.described else None
    yield _NAME_KEY, name_keys(root, state.descriptions) if state.described else None
    state.described = False
    for board in BOARDS:
        yield board.table, _board(board, root, state) if board.reads(root) else ()


def _descriptions(root: str, state: FileState) -> Rows:
    return [
        (root, ref, orjson.dumps(body, option=orjson.OPT_SORT_KEYS))
        for ref, body in state.descriptions.items()
    ]


def _board(board: Board, root: str, state: FileState) -> Rows:
    """A file's rows on a board. A board that cannot make them harms itself alone: the file stands, without rows there
    until the board is corrected and rebuilt, and the error is counted and logged."""
    try:
        return board.rows(root, state.document)
    except Exception as error:
        metrics.BOARD_FAILURES.labels(board=board.table).inc()
        log.error("board.failed", error=error, part=board.table)
        return ()


def _mark(rows: Rows) -> bytes:
    if not rows:
        return _NONE
    return blake2b(orjson.dumps(rows, default=_text), digest_size=_MARK).digest()


def _text(value: object) -> str:
    return value.hex() if isinstance(value, bytes) else str(value)


def _mark_at(marks: bytes, at: int) -> bytes:
    return marks[at : at + _MARK] or _NONE


def _replace(cur: Cur, table: str, before: Mapping[str, Row], rows: Mapping[str, Rows]) -> None:
    """Put these rows in the place of whatever the table holds of their roots."""
    columns, types = _COLUMNS[table]
    _delete(cur, table, before, rows)
    if not any(rows.values()):
        return
    with cur.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN (FORMAT BINARY)") as copy:
        copy.set_types(types)
        for many in rows.values():
            for row in many:
                copy.write_row(row)


def _delete(cur: Cur, table: str, before: Mapping[str, Row], roots: Iterable[str]) -> None:
    at = _MARK * list(_COLUMNS).index(table)
    there = [root for root in roots if _mark_at(before[root].beside, at) != _NONE]
    if there:
        cur.execute(f"DELETE FROM {table} WHERE root = ANY(%s)", (there,))
