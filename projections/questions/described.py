"""What is said of the persons of some rows: asked for those of the page alone, as a file may describe many."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson
import psycopg

from projections.questions.people import person_of

Json = dict[str, Any]
Described = Mapping[str, Mapping[str, Json]]
"""Root -> reference -> part -> Fact."""


def described(
    conn: psycopg.Connection[tuple[Any, ...]], rows: Iterable[Json], people: Sequence[str]
) -> dict[str, dict[str, Json]]:
    """The descriptions of rows' persons; `people`: the columns that hold references."""
    wanted = [(row["root"], row[name]) for row in rows for name in people if row[name] is not None]
    found: dict[str, dict[str, Json]] = {}
    for root, ref, body in conn.execute(
        "SELECT root, ref, body FROM description JOIN unnest(%s::text[], %s::text[]) AS wanted(root, ref)"
        " USING (root, ref)",
        ([root for root, _ in wanted], [ref for _, ref in wanted]),
        binary=True,
    ):
        found.setdefault(root, {})[ref] = orjson.loads(body)
    return found


def person_of_row(known: Described, row: Json, people: Sequence[str]) -> Json:
    """The person of a row, each part from the first reference of which it is said."""
    refs = [row[name] for name in people if row[name] is not None]
    return person_of(known.get(row["root"], {}), refs)
