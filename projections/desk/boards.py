"""Rows of boards as the actor may see them: those of children and of sealed records left out, the rest cut.

Rows say which file they are of (`root`) and whom they concern (`accused`, `pid`); names are joined here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from projections.access.marks import blunted
from projections.access.role import Persons, Reach
from projections.boards import SUMMARIES
from projections.boards.marks import CHILD, SEALED, VICTIM
from projections.desk.asking import Asked
from projections.questions import boards
from projections.questions import undertrials as question
from projections.questions.boards import BoardPage
from projections.questions.undertrials import Filters, Page

Json = dict[str, Any]

_LEADING: Final = ("village", "relative_name", "relation")
_ADULT: Final = 18


def undertrials(asked: Asked, filters: Filters, after: str | None, limit: int, day: date) -> Page:
    """A page of the undertrials that the actor may see. Raises NotUnderstood."""
    page = question.page(asked.reader, filters, after, limit, day)
    return replace(page, rows=protect(asked, page.rows))


def board(
    asked: Asked,
    name: str,
    filters: Mapping[str, str],
    sort: str | None,
    after: str | None,
    limit: int,
    day: date,
) -> BoardPage:
    """A page of any declared board, of rows that the actor may see. Raises NotFound, NotUnderstood."""
    page = boards.board(asked.reader, name, filters, sort, after, limit, day)
    if name in SUMMARIES:
        # Counts over what the database lets through: no record is in them.
        return page
    return replace(page, rows=protect(asked, page.rows))


def protect(asked: Asked, rows: Sequence[Json]) -> list[Json]:
    """The rows that may be shown, cut; their files go on record as shown."""
    marked = _marks(asked, {row["root"] for row in rows})
    left = [
        cut for row in rows if (cut := _row(asked, row, marked.get(row["root"], frozenset()))) is not None
    ]
    asked.roots.update(row["root"] for row in left)
    return left


def _marks(asked: Asked, roots: set[str]) -> dict[str, frozenset[tuple[str, str]]]:
    found: dict[str, set[tuple[str, str]]] = {}
    for root, mark, ref in asked.reader.conn.execute(
        "SELECT root, mark, ref FROM board_mark WHERE root = ANY(%s)", (sorted(roots),)
    ):
        found.setdefault(root, set()).add((mark, ref))
    return {root: frozenset(told) for root, told in found.items()}


def _row(asked: Asked, row: Json, marked: frozenset[tuple[str, str]]) -> Json | None:
    role = asked.actor.role
    refs = {ref for ref in (row.get("accused"), row.get("pid")) if ref}
    if not role.sees_sealed and any(mark == SEALED and (not ref or ref in refs) for mark, ref in marked):
        return None
    if not role.sees_children and (_stated_child(row) or any((CHILD, ref) in marked for ref in refs)):
        return None
    if role.persons is Persons.OWN and role.reach is Reach.OFFICE and not _own(asked, row):
        return None
    cut = dict(row)
    if "person" in cut and role.persons is Persons.NONE:
        cut["person"] = {}
    if (VICTIM, "") in marked and not role.keeps_identity:
        if "person" in cut:
            cut["person"] = {part: said for part, said in cut["person"].items() if part not in _LEADING}
        for name, value in cut.items():
            if isinstance(value, list):
                cut[name] = list(
                    dict.fromkeys(blunted(one) if isinstance(one, str) else one for one in value)
                )
            elif isinstance(value, str):
                cut[name] = blunted(value)
    return cut


def _stated_child(row: Json) -> bool:
    age = row.get("person", {}).get("age_stated")
    return isinstance(age, int) and age < _ADULT


def _own(asked: Asked, row: Json) -> bool:
    """Whether a row is of somebody to whom the actor's own office stands in the relation."""
    if "jail" in row and "JAIL" in asked.actor.role.about:
        return f"JAIL:{row['jail']}" in asked.reach
    return True
