"""A small district as the API's tests read it: two FIRs in one court case, corrections, an id used twice, a board."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from projections.store.ports import RawRecord
from tests.projections.store.ground import Ground
from tests.projections.store.worlds import encoded, identifier, party, police_ref, raw

Json = dict[str, Any]

FIR, OTHER, JOINT, JOINED = (f"BR-PATKOT-2025-{n}" for n in ("0123", "0124", "0201", "0202"))
CNR, JOINT_CNR = "BRPA010001232025", "BRPA010002012025"
PID, UNWRITTEN_PID = "BR-0123-45678", "BR-0123-00777"
COURT: Final = "BRPA01-CJM"
TODAY: Final = date(2025, 3, 1)
JAILED: Final = 25
"""How many undertrials the jails hold beside the one of `FIR`."""
NAMES: Final = ("Rakep Zumal", "Tolen Zumal", "Dorpatola")

GRANT, CORRECTION, TWICE, FIRST, SECOND, BROKEN = (
    f"00000000-0000-4000-8000-0000000a{n:04d}" for n in range(6)
)
"""Ids of the events that the tests ask for."""
A1: Final = {
    "ref": police_ref(FIR, "A1"),
    "person": {
        "name": NAMES[0],
        "relative_name": NAMES[1],
        "relation": "FATHER",
        "gender": "M",
        "village": NAMES[2],
    },
}
A2: Final = {
    "ref": police_ref(FIR, "A2"),
    "person": {"name": "Mivan Dorpal", "relative_name": "Sutel Dorpal"},
}
P1: Final = {"ref": party(CNR, "1"), "same_as": [police_ref(FIR, "A1")]}


def id_of(seq: int) -> str:
    """The id of an event that was given none of its own."""
    return f"00000000-0000-4000-8000-{seq:012d}"


def event(
    kind: str, anchor: Json, on: str, seq: int, *claims: Json, event_id: str | None = None, known: str | None = None,
    supersedes: str | None = None, **body: Any,
) -> RawRecord:  # fmt: skip
    """One event of a department, recorded in the evening of its day and known to the hub on the day `known`."""
    department = kind.partition(".")[0]
    envelope = {
        "event_id": event_id or id_of(seq),
        "source": f"{department}.tests/1",
        "source_seq": seq,
        "source_record": f"row-{seq}",
        "occurred_at": f"{on}T00:00:00+05:30",
        "recorded_at": f"{on}T20:00:00+05:30",
        "anchor": anchor,
        "claims": list(claims),
        **({"supersedes": supersedes} if supersedes else {}),
    }
    came = date.fromisoformat(known or on) - date(1970, 1, 1)
    return encoded({"type": kind, "envelope": envelope, **body}, (came.days * 24 + 15) * 3_600_000)


def records() -> list[RawRecord]:
    """Everything, in order of arrival."""
    return sorted([*_case(), *_joint(), *_oddities(), *_board()], key=lambda record: record.timestamp_ms)


class Log:
    """A log that grows: what is added is projected as what came after."""

    def __init__(self, database: str, start: Sequence[RawRecord] = ()) -> None:
        self._ground = Ground(database)
        self._records = list(start)
        self.add()

    def add(self, *records: RawRecord) -> None:
        """Append and project. What was projected before lies below the watermark."""
        self._records += records
        self._ground.project(self._records, [50])


def _case() -> list[RawRecord]:
    fir, cnr, pid = identifier("FIR", FIR), identifier("CNR", CNR), identifier("PID", PID)
    hold = [{"identifier": fir, "accused": police_ref(FIR, "A1")}]
    granted: Json = {"accused": P1, "bail_kind": "REGULAR", "court": COURT}
    return [
        event("police.FirRegistered", fir, "2025-01-01", 1, police_station="PATKOT", district="PAT",
              sections=[{"act": "BNS2023", "section": "303(2)"}], accused=[A1, A2]),
        event("court.RemandOrdered", cnr, "2025-01-03", 2, fir, accused=P1, court=COURT, custody_kind="JUDICIAL",
              to_date="2025-01-16", next_date="2025-01-16", jail="BR-0123"),
        event("prison.Admitted", pid, "2025-01-03", 3, jail="BR-0123", cases=hold, warrant_valid_to="2025-01-16",
              person=A1["person"]),
        event("court.BailApplied", cnr, "2025-01-20", 4, fir, accused=P1, bail_kind="REGULAR",
              court=COURT),
        # Granted on the 25th, as the court first wrote; on 10 February it corrected that to the 24th.
        event("court.BailGranted", cnr, "2025-01-25", 5, fir, event_id=GRANT, **granted),
        event("court.BailGranted", cnr, "2025-01-24", 6, fir, event_id=CORRECTION, known="2025-02-10",
              supersedes=GRANT, **granted),
        # A prisoner whom the court names and of whom no jail has written.
        event("court.ReleaseWarrantIssued", cnr, "2025-01-30", 7, fir, identifier("PID", UNWRITTEN_PID),
              accused={"ref": party(CNR, "2"), "same_as": [police_ref(FIR, "A2")]},
              pid=identifier("PID", UNWRITTEN_PID), court=COURT),
    ]  # fmt: skip


def _joint() -> list[RawRecord]:
    one, two = identifier("FIR", JOINT), identifier("FIR", JOINED)
    return [
        event("police.FirRegistered", one, "2025-01-02", 20, police_station="PATKOT"),
        event("police.FirRegistered", two, "2025-01-02", 21, police_station="PATKOT"),
        event("court.HearingHeld", identifier("CNR", JOINT_CNR), "2025-02-01", 22, one, two, purpose="EVIDENCE",
              court=COURT, hearing_date="2025-02-01"),
        event("prosecution.CourtRosterSet", identifier("COURT", COURT), "2025-01-01", 23, prosecutors=[]),
    ]  # fmt: skip


def _oddities() -> list[RawRecord]:
    cnr, fir = identifier("CNR", CNR), identifier("FIR", FIR)
    held: Json = {"purpose": "APPEARANCE", "court": COURT, "hearing_date": "2025-01-16"}
    again = event("court.HearingHeld", cnr, "2025-01-17", 31, fir, event_id=FIRST, **held)
    return [
        event("court.HearingHeld", cnr, "2025-01-16", 30, fir, event_id=TWICE, **held),
        event(
            "court.HearingHeld", cnr, "2025-01-16", 30, fir, event_id=TWICE, **{**held, "purpose": "OTHER"}
        ),
        again,
        event("court.HearingHeld", cnr, "2025-01-17", 31, fir, event_id=SECOND, **held),
        raw("court.events", f"CNR:{CNR}", b"no Avro", again.timestamp_ms)._replace(
            headers=[("ce_id", BROKEN.encode())]
        ),
    ]


def _board() -> list[RawRecord]:
    found: list[RawRecord] = []
    for n in range(JAILED):
        fir = f"BR-PATNAG-2025-{n + 1:04d}"
        ref = police_ref(fir, "A1")
        person = {"name": f"Holder {n:02d}", "relative_name": f"Elder {n:02d}", "village": "Dorpatola"}
        # Several on one day, so that since alone does not order them.
        on = (date(2024, 11, 1) + timedelta(days=n // 4)).isoformat()
        found += [
            event("police.FirRegistered", identifier("FIR", fir), "2024-10-31", 100 + 2 * n, police_station="PATNAG",
                  district="PAT", accused=[{"ref": ref, "person": person}]),
            event("prison.Admitted", identifier("PID", f"BR-0124-{n:05d}"), on, 101 + 2 * n,
                  jail="BR-0124" if n % 2 else "BR-0125",
                  cases=[{"identifier": identifier("FIR", fir), "accused": ref}]),
        ]  # fmt: skip
    return found
