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
from projections.boards.listing import Listing
from projections.boards.marks import CHILD, SEALED, VICTIM
from projections.desk.asking import Asked
from projections.questions import undertrials as question
from projections.questions.boards import board, listing_of
from projections.questions.paging import Page
from projections.questions.undertrials import Filters

Json = dict[str, Any]

_LEADING: Final = ("village", "relative_name", "relation")
_ADULT: Final = 18


def undertrials(asked: Asked, filters: Filters, after: str | None, limit: int, day: date) -> Page:
    """A page of the undertrials that the actor may see. Raises NotUnderstood."""
    page = question.page(asked.reader, filters, after, limit, day)
    return replace(page, rows=protect(asked, page.rows))


def page(
    asked: Asked,
    name: str,
    filters: Mapping[str, str],
    sort: str | None,
    after: str | None,
    limit: int,
    day: date,
) -> Page:
    """A page of any board that the actor may see. Raises NotFound, NotUnderstood.

    A jail's pages are of that jail from the start; else they would come half empty.
    """
    narrowed = dict(filters)
    jails = [office for office in asked.actor.reach if office.startswith("JAIL:")]
    by_jail = any(one.name == "jail" for one in listing_of(name).filters)
    if by_jail and asked.actor.role.persons is Persons.OWN and len(jails) == 1:
        narrowed.setdefault("jail", jails[0].partition(":")[2])
    found = board(asked.reader, name, narrowed, sort, after, limit, day)
    if name in SUMMARIES:
        # Counts over what the database lets through: no record is in them.
        return found
    return replace(found, rows=protect(asked, found.rows))


def count(asked: Asked, listing: Listing) -> int:
    """How many rows of a board the database shows to the actor."""
    row = asked.reader.conn.execute(f"SELECT count(*) FROM {listing.table}".encode()).fetchone()
    return int(row[0]) if row is not None else 0


def children_in_jail(asked: Asked) -> list[Json]:
    """Those of whom something says that they are children, and whom a jail holds: for the superintendent, the Juvenile
    Justice Board and legal services. No name: the case and the jail are what is needed to act."""
    found = [
        {"root": row[0], "accused": row[1], "jail": row[2], "since": row[3]}
        for row in asked.reader.conn.execute(
            "SELECT DISTINCT u.root, u.accused, u.jail, u.since FROM board_undertrial u JOIN board_mark m"
            " ON m.root = u.root AND m.mark = %s AND m.ref IN (u.accused, u.pid) ORDER BY u.since, u.root, u.accused",
            (CHILD,),
        )
    ]
    own = {office for office in asked.reach if office.startswith("JAIL:")}
    if asked.actor.role.about == {"JAIL"}:
        found = [row for row in found if f"JAIL:{row['jail']}" in own]
    asked.roots.update(row["root"] for row in found)
    return found


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
