"""The alarms that stand, page by page, what is due first; each with who it is about and what is said of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

import orjson
from psycopg.rows import dict_row

from projections.access.relations import relations_of_person
from projections.messages.telling import documents
from projections.questions.codes import code_of
from projections.questions.described import described, person_of_row
from projections.questions.errors import NotUnderstood
from projections.questions.paging import Page, check_limit, packed, unpacked
from projections.store.reading import Reader

Json = dict[str, Any]

#: Filter -> kind of relation between an office and a file, and of the identifier that its codes are values of.
_RELATIONS: Final = {
    "jail": ("JAIL", "JAIL"),
    "court": ("COURT", "COURT"),
    "police_station": ("STATION", None),
    "district": ("DISTRICT", None),
}
PEOPLE: Final = ("accused", "pid")
_SHOWN: Final = (
    "id", "rule", "law", "stage", "lead", "due_date", "accrues_on", "start_event", "start_date", "files", "sensitivity",
    "flags", "reasons", "missing", "late", "text_en", "text_hi", "inputs", "raised_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filters:
    """Which alarms; what is None does not narrow. Of the offices one at most."""

    jail: str | None = None
    court: str | None = None
    police_station: str | None = None
    district: str | None = None
    rule: str | None = None

    def within(self) -> str | None:
        """The relation that a file must stand in. Raises NotUnderstood."""
        asked = {name: value for name in _RELATIONS if (value := getattr(self, name)) is not None}
        if len(asked) > 1:
            raise NotUnderstood("ask for one of jail, court, police_station and district at a time")
        for name, value in asked.items():
            relation, kind = _RELATIONS[name]
            return f"{relation}:{code_of(name, value, kind)}"
        return None


class Cursor(NamedTuple):
    """After which alarm a page begins."""

    due: date
    id: UUID

    def text(self) -> str:
        """As it is handed out."""
        return packed(self)

    @classmethod
    def of(cls, text: str) -> Cursor:
        """Raises NotUnderstood."""
        return unpacked(text, lambda due, id_: cls(date.fromisoformat(due), UUID(id_)))


def page(reader: Reader, filters: Filters, after: str | None, limit: int, day: date) -> Page:
    """The alarms that come after a cursor, at most `limit` (1 to MOST). Raises NotUnderstood.

    Of a jail those of its own prisoners, and those that are about no accused but the case.
    """
    check_limit(limit)
    if filters.rule is not None and "\0" in filters.rule:
        raise NotUnderstood("rule is no rule's name: it holds a NUL character")
    within = filters.within()
    rows: list[Json] = []
    cursor = None if after is None else Cursor.of(after)
    more = True
    while more and len(rows) <= limit:
        found = _alarms(reader, within, filters.rule, cursor, limit + 1)
        more = len(found) > limit
        roots = {root for one in found for root in one["files"]}
        files = {root: document for root, _, document in documents(reader.conn, roots)}
        for one in found:
            cursor = Cursor(one["due_date"], one["id"])
            row = _row(one, files, day)
            if filters.jail is None or not row["references"] or _held(row, files, within):
                rows.append(row)
    shown = rows[:limit]
    known = described(reader.conn, shown, PEOPLE)
    for row in shown:
        row["person"] = person_of_row(known, row, PEOPLE)
        del row["references"]
    last = shown[-1] if len(rows) > limit else None
    following = None if last is None else Cursor(last["due_date"], last["id"]).text()
    return Page("alarms", shown, following, day, reader.freshness())


def _alarms(
    reader: Reader, within: str | None, rule: str | None, after: Cursor | None, most: int
) -> list[Json]:
    due, id_ = after if after is not None else (None, None)
    with reader.conn.cursor(row_factory=dict_row) as cur:
        return cur.execute(
            "SELECT * FROM alarm_page(%s, %s, %s, %s, %s)", (within, rule, due, id_, most)
        ).fetchall()


def _row(alarm: Json, files: Mapping[str, Json], day: date) -> Json:
    """An alarm as it is shown: of the files that may be seen, and under the accused's present id there, whatever the
    start event called him."""
    row: Json = {name: alarm[name] for name in _SHOWN}
    row["files"] = [root for root in alarm["files"] if root in files]
    row["root"] = next(iter(row["files"]), alarm["files"][0])
    row["days_left"] = (alarm["due_date"] - day).days
    row["inputs"] = orjson.loads(alarm["inputs"])
    row |= {
        "accused": alarm["accused"] or None,
        "written_as": alarm["accused"],
        "pid": None,
        "references": [],
    }
    for one in _of(files.get(row["root"]), alarm):
        row["accused"], row["references"] = one["id"], one["references"]
        row["pid"] = next((ref for ref in one["references"] if ref.startswith("PID:")), None)
    return row


def _of(document: Json | None, alarm: Json) -> Iterator[Json]:
    if document is not None and alarm["accused"]:
        yield from (one for one in document["accused"] if alarm["accused"] in one["references"])


def _held(row: Json, files: Mapping[str, Json], within: str | None) -> bool:
    return within in relations_of_person(files[row["root"]], row["references"])
