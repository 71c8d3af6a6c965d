"""People by name, in any spelling of either script; father's name and village tell those of one name apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import orjson

from projections.questions.errors import NotUnderstood
from projections.questions.people import person_of
from projections.search.people import names_of
from projections.search.sound import alike, keys
from projections.store.reading import Reader

Json = dict[str, Any]

LONGEST: Final = 100
#: So many candidates are looked at closely, those first that share most words with what was asked.
_NEAR: Final = 400
_LEAST: Final = 0.6


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody whom a file describes; `likeness` from 0 to 1 and a little."""

    root: str
    ref: str
    person: Json
    likeness: float
    description: Json


def people(reader: Reader, text: str, most: int = 50) -> list[Found]:
    """Those whom the connection may see, the likeliest first. Raises NotUnderstood for a text without a name."""
    if len(text) > LONGEST or "\0" in text:
        raise NotUnderstood(f"a name has at most {LONGEST} letters")
    wanted = sorted(keys([text]))
    if not wanted:
        raise NotUnderstood(
            "write a name in Devanagari or Latin letters, or a number as it stands on the paper"
        )
    found: list[Found] = []
    for root, ref, body in reader.conn.execute(
        "SELECT near.root, near.ref, d.body FROM (SELECT root, ref, count(*) AS shared FROM name_key"
        " WHERE key = ANY(%s) GROUP BY root, ref ORDER BY shared DESC, root, ref LIMIT %s) near"
        " JOIN description d ON d.root = near.root AND d.ref = near.ref",
        (wanted, _NEAR),
        binary=True,
    ):
        said = orjson.loads(body)
        likeness = alike(text, *names_of(said))
        beside = max((alike(text, one) for one in _beside(said)), default=0.0)
        if likeness >= _LEAST:
            found.append(Found(root, ref, person_of({ref: said}, [ref]), likeness + 0.1 * beside, said))
    found.sort(key=lambda one: (-one.likeness, one.root, one.ref))
    return found[:most]


def _beside(said: Json) -> list[str]:
    return [str(said[part]["value"]) for part in ("relative_name", "village") if part in said]
