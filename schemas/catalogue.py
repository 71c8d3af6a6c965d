"""The catalogue: one line per event type.

A line says on which topic an event stands, which identifiers can anchor it, which claims it may make and
what link each proves, which fields of its body are claims, and the hour at which it stands when its source
knows only the day (arrest before remand before admission). A new event is its `.avsc` file and its line here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from schemas import links
from schemas.identifiers import KINDS
from schemas.topics import DEPARTMENT_TOPICS, IDENTITY, REPAIRS

# Order of departments in the sort key of events of one moment.
DEPARTMENTS: Final = (
    "police", "excise", "court", "prosecution", "prison", "probation", "forensics", "legalaid", "emergency",
    "citizen", "cyber", "economic", "hub",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class EventType:
    """One event type.

    `claims` maps the kind of a claimed identifier to the kind of link between it and the anchor; a claim of
    another kind, or one that this link cannot join to the anchor, is refused. `claim_paths` are the body's
    fields that hold claims ("cases[].identifier"). `nominal_hour` is "HH:MM" of Asia/Kolkata.
    """

    name: str
    topics: frozenset[str]
    anchors: frozenset[str]
    nominal_hour: str
    claims: Mapping[str, str] = field(default_factory=dict)
    claim_paths: tuple[str, ...] = ()
    needs_supersedes: bool = False

    @property
    def department(self) -> str:
        """The first part of the name: "court"."""
        return self.name.partition(".")[0]

    @property
    def topic(self) -> str:
        """The one topic of the type; ValueError for those of `common`, which stand on their source's topic."""
        if len(self.topics) != 1:
            raise ValueError(f"{self.name} stands on the topic of the department that publishes it")
        return next(iter(self.topics))

    @property
    def nominal(self) -> timedelta:
        """The nominal hour as time since the civil day's midnight."""
        hours, minutes = self.nominal_hour.split(":")
        return timedelta(hours=int(hours), minutes=int(minutes))

    def link_kind(self, anchor_kind: str, claim_kind: str) -> str | None:
        """The kind of link that a claim proves for an anchor of this kind; None where it is not allowed."""
        kind = self.claims.get(claim_kind)
        return kind if kind is not None and links.fits(kind, anchor_kind, claim_kind) else None


_ANY = frozenset(KINDS)
_FIR = frozenset({"FIR", "ZERO_FIR"})
_FIR_OR_GD = _FIR | {"GD"}
_COURT = frozenset({"CNR", "PTN"})
_PROSECUTION = frozenset({"CNR", "PTN", "FIR"})
_PID = frozenset({"PID"})
_REPORT_NO = frozenset({"REPORT_NO"})
_ORDER_NO = frozenset({"ORDER_NO"})
_ROSTER = frozenset({"COURT"})
_SOURCE = frozenset({"SOURCE"})
_LINKED = links.CASES | links.COURT_NUMBERS | links.ORIGINS | {"PID", "FSL_NO", "ORDER_NO", "REPORT_NO"}

_NONE: dict[str, str] = {}
_ORIGIN = dict.fromkeys(sorted(links.ORIGINS), "AROSE_FROM") | {"ZERO_FIR": "SAME_CASE"}
_ARREST = {"GD": "AROSE_FROM", "FIR": "AROSE_FROM", "ZERO_FIR": "AROSE_FROM"}
_BECAME = {"FIR": "SAME_CASE"}
_REPORT = dict.fromkeys(sorted(links.COURT_NUMBERS), "TRIED_IN")
_TRIED = dict.fromkeys(sorted(links.CASES), "TRIED_IN") | {"CNR": "CONTINUES", "PTN": "CONTINUES"}
_TRIED_HELD = _TRIED | {"PID": "HELD_UNDER"}
_HELD = dict.fromkeys(sorted(links.CASES | links.COURT_NUMBERS), "HELD_UNDER")
_ORDERED = dict.fromkeys(sorted(links.COURT_NUMBERS), "ORDERED_IN")
_HOLDS = ("cases[].identifier",)

_POLICE_TOPIC = frozenset({"police.events"})
_COURT_TOPIC = frozenset({"court.events"})
_PRISON_TOPIC = frozenset({"prison.events"})
_PROS_TOPIC = frozenset({"prosecution.events"})
_PROB_TOPIC = frozenset({"probation.events"})
_IDENTITY_TOPIC = frozenset({IDENTITY})
_REPAIRS_TOPIC = frozenset({REPAIRS})
_EVERY_DEPARTMENT = frozenset(DEPARTMENT_TOPICS)

# fmt: off
_LINES = (
    EventType("police.FirRegistered", _POLICE_TOPIC, _FIR, "09:00", _ORIGIN, ("arose_from[]",)),
    EventType("police.FirTransferred", _POLICE_TOPIC, _FIR, "10:00", _BECAME, ("became",)),
    EventType("police.ArrestMade", _POLICE_TOPIC, _FIR_OR_GD, "11:00", _ARREST, ("gd",)),
    EventType("police.SectionsAltered", _POLICE_TOPIC, _FIR, "11:30"),
    EventType("police.AntecedentsReported", _POLICE_TOPIC, _FIR, "12:00"),
    EventType("police.FinalReportSubmitted", _POLICE_TOPIC, _FIR, "12:30", _REPORT, ("court_case",)),
    EventType("court.HearingListed", _COURT_TOPIC, _COURT, "08:00", _TRIED),
    EventType("court.CasesClubbed", _COURT_TOPIC, _COURT, "10:00", _TRIED, ("clubbed[]",)),
    EventType("court.CaseSplit", _COURT_TOPIC, _COURT, "10:15", _TRIED, ("split_into[]",)),
    EventType("court.Surrendered", _COURT_TOPIC, _COURT, "11:30", _TRIED_HELD),
    EventType("court.BailApplied", _COURT_TOPIC, _COURT, "11:45", _TRIED),
    EventType("court.ChargeSheetConsumed", _COURT_TOPIC, _COURT, "13:00", _TRIED),
    EventType("court.RemandOrdered", _COURT_TOPIC, _COURT, "14:00", _TRIED_HELD),
    EventType("court.CognizanceTaken", _COURT_TOPIC, _COURT, "14:15", _TRIED),
    EventType("court.ChargesFramed", _COURT_TOPIC, _COURT, "14:30", _TRIED),
    EventType("court.Discharged", _COURT_TOPIC, _COURT, "14:40", _TRIED),
    EventType("court.BailGranted", _COURT_TOPIC, _COURT, "15:00", _TRIED),
    EventType("court.BailRejected", _COURT_TOPIC, _COURT, "15:05", _TRIED),
    EventType("court.BailCancelled", _COURT_TOPIC, _COURT, "15:10", _TRIED),
    EventType("court.BondAccepted", _COURT_TOPIC, _COURT, "15:30", _TRIED),
    EventType("court.HearingHeld", _COURT_TOPIC, _COURT, "15:40", _TRIED),
    EventType("court.HearingAdjourned", _COURT_TOPIC, _COURT, "15:45", _TRIED),
    EventType("court.JudgmentDelivered", _COURT_TOPIC, _COURT, "15:50", _TRIED),
    EventType("court.SentencePassed", _COURT_TOPIC, _COURT, "16:00", _TRIED),
    EventType("court.CaseDisposed", _COURT_TOPIC, _COURT, "16:15", _TRIED),
    EventType("court.ReleaseWarrantIssued", _COURT_TOPIC, _COURT, "16:30", _TRIED_HELD, ("pid",)),
    EventType("prison.OpeningBalance", _PRISON_TOPIC, _PID, "06:00", _HELD, _HOLDS),
    EventType("prison.TransferredOut", _PRISON_TOPIC, _PID, "08:30"),
    EventType("prison.ProducedInCourt", _PRISON_TOPIC, _PID, "13:30", _HELD, _HOLDS),
    EventType("prison.NotProduced", _PRISON_TOPIC, _PID, "13:35", _HELD, _HOLDS),
    EventType("prison.TransferredIn", _PRISON_TOPIC, _PID, "17:00", _HELD, _HOLDS),
    EventType("prison.Returned", _PRISON_TOPIC, _PID, "17:15", _HELD, _HOLDS),
    EventType("prison.Admitted", _PRISON_TOPIC, _PID, "17:30", _HELD, _HOLDS),
    EventType("prison.WarrantReceived", _PRISON_TOPIC, _PID, "17:45", _HELD, _HOLDS),
    EventType("prison.CaseHoldChanged", _PRISON_TOPIC, _PID, "18:00", _HELD, _HOLDS),
    EventType("prison.ReleaseOrderReceived", _PRISON_TOPIC, _PID, "18:15", _HELD, _HOLDS),
    EventType("prison.ReleaseRefused", _PRISON_TOPIC, _PID, "18:30", _HELD, _HOLDS),
    EventType("prison.NotReleasedReason", _PRISON_TOPIC, _PID, "18:45", _HELD, _HOLDS),
    EventType("prison.InterimReleased", _PRISON_TOPIC, _PID, "19:00", _HELD, _HOLDS),
    EventType("prison.Released", _PRISON_TOPIC, _PID, "19:15", _HELD, _HOLDS),
    EventType("prosecution.CourtRosterSet", _PROS_TOPIC, _ROSTER, "09:00"),
    EventType("prosecution.CaseAllotted", _PROS_TOPIC, _PROSECUTION, "10:00", _TRIED),
    EventType("prosecution.ScrutinyOpened", _PROS_TOPIC, _PROSECUTION, "10:30", _TRIED),
    EventType("prosecution.DefectRaised", _PROS_TOPIC, _PROSECUTION, "11:00", _TRIED),
    EventType("prosecution.DefectCured", _PROS_TOPIC, _PROSECUTION, "12:00", _TRIED),
    EventType("probation.ReportRequested", _PROB_TOPIC, _REPORT_NO, "16:00", _ORDERED, ("case",)),
    EventType("probation.ReportSubmitted", _PROB_TOPIC, _REPORT_NO, "16:30", _ORDERED, ("case",)),
    EventType("probation.SupervisionStarted", _PROB_TOPIC, _ORDER_NO, "17:00", _ORDERED, ("case",)),
    EventType("hub.LinkAsserted", _IDENTITY_TOPIC, _LINKED, "20:00"),
    EventType("hub.LinkConfirmed", _IDENTITY_TOPIC, _LINKED, "20:10"),
    EventType("hub.LinkRejected", _IDENTITY_TOPIC, _LINKED, "20:20"),
    EventType("hub.LinkUndone", _IDENTITY_TOPIC, _LINKED, "20:30"),
    EventType("hub.RepairApproved", _REPAIRS_TOPIC, _ANY, "21:00"),
    EventType("hub.EventDiscarded", _REPAIRS_TOPIC, _ANY, "21:10"),
    EventType("common.WindowClosed", _EVERY_DEPARTMENT, _SOURCE, "23:57"),
    EventType("common.SequenceVoided", _EVERY_DEPARTMENT, _SOURCE, "23:58"),
    EventType("common.Retracted", _EVERY_DEPARTMENT, _ANY, "23:59", needs_supersedes=True),
)
# fmt: on

CATALOGUE: Final[dict[str, EventType]] = {line.name: line for line in _LINES}
