"""The truth of a simulated world on its last day, one entry for each accused of each case.

Read from the state of the lives (state.py), never from an event. What each key means, where a reader could doubt:

* `inside`, `jail`, `since`: held by a jail in this very case; interim leave ends custody, the return begins it anew;
  police custody before the first admission does not count. `since` is that first day.
* `sections`: of the FIR as last altered, until a final report sends him up, until charges are framed against him.
* `bail`: his latest bail event in this case. `kind` is that event's; `granted_on` only while GRANTED.
* `hearing.last`: the last day on which a hearing of the court case in which he now is a party was held or adjourned.
  `hearing.next`: the next date last fixed for that case (listed, held, adjourned, cognizance, charges) or for him by
  a remand order, if it is later than the last day and he is neither JUDGED nor DISCHARGED nor DISPOSED.
* `law`: the days on which rights accrue, `default_bail`, `one_third`, `half`, `full`, and since when he is granted
  bail and not released (lawful.py); None of all where no log could tell.
* `stage`: CHARGE_SHEETED is the police's report that sends him up; who is not sent up stays in INVESTIGATION.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from ops.simulate.engine import Simulation
from ops.simulate.lawful import law_of
from ops.simulate.state import Case, Party


class Truth:
    """The state of the lived world, as JSON values on demand."""

    def __init__(self, sim: Simulation, records: Mapping[str, dict[str, Any]]) -> None:
        self._sim = sim
        self._records = records

    @property
    def as_of(self) -> date:
        """The last simulated day; the truth is that of its end."""
        return self._sim.date(self._sim.days - 1)

    def records(self) -> Mapping[str, dict[str, Any]]:
        """The records of the departments beside (beside.py): root -> what became of it."""
        return self._records

    def accused(self) -> Iterator[dict[str, Any]]:
        """Every accused of every case whom any event names, in the order of registration."""
        for case in self._sim.cases:
            for party in case.parties:
                if party.refs:
                    yield self._entry(case, party)

    def _entry(self, case: Case, party: Party) -> dict[str, Any]:
        person, sim = party.person, self._sim
        inside = party.inside
        hold = person.holds.get(party)
        return {
            "fir": root_of(case),
            "accused": party.primary,
            "references": sorted(party.refs),
            "pid": person.pid if person.pid in party.refs else None,
            "custody": {
                "inside": inside,
                "jail": person.jail if inside else None,
                "since": sim.date(hold.since).isoformat() if inside and hold else None,
            },
            "sections": sorted(party.sections),
            "sections_stage": party.sections_stage,
            "bail": {
                "state": party.bail_state,
                "kind": party.bail_kind,
                "granted_on": self._date(party.bail_day),
            },
            "hearing": {
                "last": self._date(party.docket.last_day if party.docket else None),
                "next": self._next(party),
            },
            "stage": party.stage,
            "law": law_of(party, sim.start),
        }

    def _date(self, day: int | None) -> str | None:
        return None if day is None else self._sim.date(day).isoformat()

    def _next(self, party: Party) -> str | None:
        day = party.next_day
        return None if day is None or party.over or day < self._sim.days else self._date(day)

    def figures(self) -> dict[str, float]:
        """Ratios to hold against the State's own: shares and counts, not of events but of lives."""
        count: Counter[str] = Counter()
        for case in self._sim.cases:
            count["firs"] += 1
            count["reports"] += case.reported and case.published
            count["charge_sheets"] += case.published and any(p.outcome == "SENT_UP" for p in case.parties)
            for party in case.parties:
                count["arrests"] += party.arrested
                undertrial = party.inside and not party.over
                granted = party.bail_state == "GRANTED" and party.bail_kind != "INTERIM"
                count["undertrials"] += undertrial
                count["granted_and_inside"] += undertrial and granted
        return {
            "firs": count["firs"],
            "arrests_per_fir": count["arrests"] / max(1, count["firs"]),
            "charge_sheet_rate": count["charge_sheets"] / max(1, count["reports"]),
            "undertrials": count["undertrials"],
            "granted_and_inside": count["granted_and_inside"] / max(1, count["undertrials"]),
        }


def root_of(case: Case) -> str:
    """The identifier under which the case's file stands: the FIR as it is numbered now, else the court's number."""
    return case.fir if case.published or case.docket is None else case.docket.anchor
