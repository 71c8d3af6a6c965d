"""The law's clocks of each accused of a case on a day, with what the person's other cases add (the possible bar of
s.479(2), who else holds him, overlapping custody): worked out when it is asked, and never stored.

    answer = clocks(files.case(reader, "BR-PATKOT-2025-0123", at), lambda pid: files.custody(reader, pid, at))
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import orjson

from projections.files.clocks.intervals import intervals
from projections.files.status.clocks import of_accused, of_case, told
from projections.files.status.course import FINAL, charge_sheet, sections, stage
from projections.files.status.custody import custody
from projections.files.status.view import View, order_of, view_of, whole_case
from projections.law.clock import Clock
from projections.law.facts import OtherCase
from projections.law.reading import with_other_cases
from projections.questions.errors import NotFound
from projections.questions.files import OneFile
from projections.questions.files import told as reached

Json = dict[str, Any]
Prisoner = Callable[[str], OneFile]
"""A prisoner's own file with every case under which he is held, as the one who asks may see them."""


@dataclass(frozen=True)
class OfAccused:
    """The clocks of one accused in one case."""

    root: str
    view: View
    clocks: tuple[Clock, ...]
    others: tuple[OtherCase, ...]


@dataclass(frozen=True)
class Clocks:
    """The answer: each accused asked for; `general` are the clocks that run whoever is accused."""

    file: OneFile
    accused: tuple[OfAccused, ...]
    general: tuple[Clock, ...]

    @property
    def day(self) -> date:
        """For which status and sentences are made."""
        return self.file.when.day

    @cached_property
    def rows(self) -> list[Json]:
        """Accused, other cases and clocks as JSON, the case itself last under "" where nobody is named."""
        found: list[Json] = [
            {
                "root": one.root,
                "accused": one.view.accused["id"],
                "references": one.view.accused["references"],
                "other_cases": [
                    {"case": other.case, "pending": other.pending, "holds": other.holds, "as_of": other.as_of}
                    for other in one.others
                ],
                "clocks": [told(clock, self.day) for clock in one.clocks],
            }
            for one in self.accused
        ]
        if self.general:
            found.append(
                {
                    "root": self.file.file.root,
                    "accused": "",
                    "references": [],
                    "other_cases": [],
                    "clocks": [told(clock, self.day) for clock in self.general],
                }
            )
        return found

    @property
    def tag(self) -> str:
        """Changes with the files and the day."""
        return self.file.tag

    def json(self) -> bytes:
        """The answer."""
        return orjson.dumps(
            {
                "identifier": self.file.identifier,
                "root": self.file.file.root,
                "day": self.day,
                "accused": self.rows,
                "descriptions": self.file.descriptions,
                "as_of_departments": reached(self.file.freshness),
            }
        )


def clocks(file: OneFile, prisoner: Prisoner) -> Clocks:
    """The clocks of every accused that `file` asks for; `prisoner` may raise NotFound."""
    day = file.when.day
    found: list[OfAccused] = []
    general: tuple[Clock, ...] = ()
    for case in file.cases:
        document = file.documents[case.root]
        order = order_of(document)
        for accused in document["accused"]:
            if file.reference is not None and file.reference not in accused["references"]:
                continue
            view = view_of(document, accused, order)
            others = tuple(_others(view, case.root, prisoner))
            mine = tuple(with_other_cases(clock, others) for clock in of_accused(view, day))
            found.append(OfAccused(case.root, view, mine, others))
        if len(file.cases) == 1 and file.reference is None:
            general = tuple(of_case(whole_case(document, order), day))
    return Clocks(file, tuple(found), general)


def _others(view: View, root: str, prisoner: Prisoner) -> Iterator[OtherCase]:
    """Other cases under which a jail holds the same prisoner; one PID is one person."""
    seen = {root}
    for pid in (ref for ref in view.accused["references"] if ref.startswith("PID:")):
        try:
            held = prisoner(pid)
        except NotFound:
            continue
        for case in held.cases:
            if case.root in seen:
                continue
            seen.add(case.root)
            document = held.documents[case.root]
            order = order_of(document)
            for accused in document["accused"]:
                if pid in accused["references"]:
                    yield _other(view_of(document, accused, order), case.root)


def _other(view: View, root: str) -> OtherCase:
    now, _, _ = sections(view)
    reached_stage = stage(view, charge_sheet(view), now)["value"]
    inside = custody(view)["inside"]["value"]
    last = view.document["events"][-1]
    return OtherCase(
        root,
        f"{last['department']}: {last['source']}",
        date.fromisoformat(last["recorded_at"][:10]),
        confirmed=True,
        pending=reached_stage not in FINAL,
        holds=bool(inside),
        custody=intervals(view),
    )
