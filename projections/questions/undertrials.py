"""The board of undertrials, page by page: longest inside first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal, NamedTuple, get_args

from projections.boards.undertrials import UNDERTRIALS
from projections.questions.codes import code_of
from projections.questions.described import described, person_of_row
from projections.questions.errors import NotUnderstood
from projections.questions.paging import Page, check_limit, packed, unpacked
from projections.store.reading import Reader

BailState = Literal["NONE", "APPLIED", "GRANTED", "REJECTED", "CANCELLED"]
BAIL_STATES: Final[tuple[str, ...]] = get_args(BailState)
_NAMES: Final = tuple(UNDERTRIALS.names)
#: Filters whose codes are values of a kind of identifier, and so may be written as people do.
_KINDS: Final = {"jail": "JAIL", "court": "COURT"}


@dataclass(frozen=True, slots=True)
class Filters:
    """Which undertrials; what is None does not narrow."""

    jail: str | None = None
    court: str | None = None
    police_station: str | None = None
    district: str | None = None
    bail_state: BailState | None = None

    def conditions(self) -> tuple[list[str], list[str]]:
        """SQL conditions and their values. Raises NotUnderstood."""
        conditions: list[str] = []
        values: list[str] = []
        for name in ("jail", "court", "police_station", "district"):
            value = getattr(self, name)
            if value is None:
                continue
            conditions.append(f"{name} = %s")
            values.append(code_of(name, value, _KINDS.get(name)))
        if self.bail_state is not None:
            if self.bail_state not in BAIL_STATES:
                raise NotUnderstood("bail_state is one of " + ", ".join(BAIL_STATES))
            # Written out, so that the planner knows for which state an index was made.
            conditions.append(f"bail_state = '{self.bail_state}'")
        return conditions, values


class Cursor(NamedTuple):
    """After which row a page begins."""

    since: date
    root: str
    accused: str

    def text(self) -> str:
        """As it is handed out."""
        return packed(self)

    @classmethod
    def of(cls, text: str) -> Cursor:
        """Raises NotUnderstood."""
        return unpacked(text, cls._read)

    @classmethod
    def _read(cls, since: str, root: object, accused: object) -> Cursor:
        if not (isinstance(root, str) and isinstance(accused, str)) or "\0" in root + accused:
            raise ValueError
        return cls(date.fromisoformat(since), root, accused)


def page(reader: Reader, filters: Filters, after: str | None, limit: int, day: date) -> Page:
    """The undertrials that come after a cursor, at most `limit` (1 to MOST). Raises NotUnderstood."""
    check_limit(limit)
    query, values = statement(filters, None if after is None else Cursor.of(after), limit + 1)
    found = [dict(zip(_NAMES, row, strict=True)) for row in reader.conn.execute(query, values)]
    more, rows = len(found) > limit, found[:limit]
    known = described(reader.conn, rows, UNDERTRIALS.people)
    for row in rows:
        row["person"] = person_of_row(known, row, UNDERTRIALS.people)
        row["days_inside"] = (day - row["since"]).days
    last = rows[-1] if rows else None
    following = (
        Cursor(last["since"], last["root"], last["accused"]).text() if more and last is not None else None
    )
    return Page("undertrials", rows, following, day, reader.freshness())


def statement(filters: Filters, after: Cursor | None, limit: int) -> tuple[bytes, list[Any]]:
    """The query of a page, which one index answers in order, and its values."""
    conditions, codes = filters.conditions()
    values: list[Any] = [*codes]
    if after is not None:
        conditions.append("(since, root, accused) > (%s, %s, %s)")
        values += after
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    query = f"SELECT {', '.join(_NAMES)} FROM board_undertrial{where} ORDER BY since, root, accused LIMIT %s"
    return query.encode(), [*values, limit]
