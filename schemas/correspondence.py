"""Which section of the BNS took the place of which section of the IPC, and the other way round.

From `data/ipc_bns.csv` (its sources stand in the table). A correspondence is a pointer, never a statement
that the two are the same offence: `note` says what changed. A section without an equivalent gives none.
"""

from __future__ import annotations

import csv
import functools
from dataclasses import dataclass
from importlib import resources

from schemas.sections import Section

IPC, BNS = "IPC1860", "BNS2023"


@dataclass(frozen=True, slots=True)
class Correspondence:
    """One line of the table; `bns` is "" where the BNS has no equivalent."""

    ipc: str
    bns: str
    note: str


@functools.cache
def table() -> tuple[Correspondence, ...]:
    """The whole table, in its order."""
    text = resources.files("schemas").joinpath("data/ipc_bns.csv").read_text("utf-8")
    return tuple(
        Correspondence(row["ipc_section"], row["bns_section"], row["note"])
        for row in csv.DictReader(text.splitlines())
    )


@functools.lru_cache(maxsize=4096)
def equivalents(section: Section) -> tuple[Section, ...]:
    """The sections of the other code that answer to this one; empty for other acts and where there is none.

    "302" gives 103(1); "376" gives the equivalents of 376(1), (2), (3); "303(2)" gives 379; "62" gives 511.
    """
    if section.act == IPC:
        pairs = [(line.ipc, line.bns) for line in table()]
        other = BNS
    elif section.act == BNS:
        pairs = [(line.bns, line.ipc) for line in table()]
        other = IPC
    else:
        return ()
    exact = [to for own, to in pairs if own == section.section and to]
    near = exact or [to for own, to in pairs if to and own and related(own, section.section)]
    return tuple(Section(other, to) for to in dict.fromkeys(near))


def related(one: str, two: str) -> bool:
    """True if one section is the other or a part of it: "376" and "376(2)", never "376" and "376A"."""
    return one == two or one.startswith(two + "(") or two.startswith(one + "(")
