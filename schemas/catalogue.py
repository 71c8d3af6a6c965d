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
_JAIL = frozenset({"JAIL"})
_EXCISE_CASE = frozenset({"EXCISE_CASE"})
_FSL_NO = frozenset({"FSL_NO"})
_INCIDENT = frozenset({"INCIDENT_112"})
_APPLICATION = frozenset({"APPLICATION_NO"})
_ACK = frozenset({"NCRP_ACK"})
_SOURCE = frozenset({"SOURCE"})
_LINKED = links.CASES | links.COURT_NUMBERS | links.ORIGINS | {"PID", "FSL_NO", "ORDER_NO", "REPORT_NO"}

_NONE: dict[str, str] = {}
_ORIGIN = dict.fromkeys(sorted(links.ORIGINS), "AROSE_FROM") | {"ZERO_FIR": "SAME_CASE"}
_ARREST = {"GD": "AROSE_FROM", "FIR": "AROSE_FROM", "ZERO_FIR": "AROSE_FROM"}
_EXCISE_ORIGIN = dict.fromkeys(sorted(links.ORIGINS), "AROSE_FROM")
_EXCISE_ARREST = {"GD": "AROSE_FROM"}
_LED_TO = dict.fromkeys(("EXCISE_CASE", "FIR", "ZERO_FIR"), "AROSE_FROM")
_BECAME = {"FIR": "SAME_CASE"}
_EXAMINED = {"FSL_NO": "EXAMINED_FOR"}
_EXAMINED_FOR = dict.fromkeys(sorted(links.CASES), "EXAMINED_FOR")
_REPORT = dict.fromkeys(sorted(links.COURT_NUMBERS), "TRIED_IN")
_TRIED = dict.fromkeys(sorted(links.CASES), "TRIED_IN") | {"CNR": "CONTINUES", "PTN": "CONTINUES"}
_TRIED_HELD = _TRIED | {"PID": "HELD_UNDER"}
_REPORT_HELD = _REPORT | {"PID": "HELD_UNDER"}
_TRIED_ORDER = _TRIED | {"ORDER_NO": "ORDERED_IN"}
_HELD = dict.fromkeys(sorted(links.CASES | links.COURT_NUMBERS), "HELD_UNDER")
_ORDERED = dict.fromkeys(sorted(links.COURT_NUMBERS), "ORDERED_IN")
_HOLDS = ("cases[].identifier",)

_POLICE_TOPIC = frozenset({"police.events"})
_COURT_TOPIC = frozenset({"court.events"})
_PRISON_TOPIC = frozenset({"prison.events"})
_PROS_TOPIC = frozenset({"prosecution.events"})
_PROB_TOPIC = frozenset({"probation.events"})
_EXCISE_TOPIC = frozenset({"excise.events"})
_FSL_TOPIC = frozenset({"forensics.events"})
_AID_TOPIC = frozenset({"legalaid.events"})
_112_TOPIC = frozenset({"emergency.events"})
_CITIZEN_TOPIC = frozenset({"citizen.events"})
_CYBER_TOPIC = frozenset({"cyber.events"})
_EOU_TOPIC = frozenset({"economic.events"})
_IDENTITY_TOPIC = frozenset({IDENTITY})
_REPAIRS_TOPIC = frozenset({REPAIRS})
_EVERY_DEPARTMENT = frozenset(DEPARTMENT_TOPICS)
# The hub's own desks number what they decide, too.
_EVERY_NUMBERING = _EVERY_DEPARTMENT | _REPAIRS_TOPIC

# fmt: off
_LINES = (
    EventType("emergency.IncidentReported", _112_TOPIC, _INCIDENT, "07:00"),
    EventType("emergency.UnitDispatched", _112_TOPIC, _INCIDENT, "07:05"),
    EventType("emergency.UnitArrived", _112_TOPIC, _INCIDENT, "07:20"),
    EventType("emergency.IncidentClosed", _112_TOPIC, _INCIDENT, "08:00", _LED_TO, ("led_to[]",)),
    EventType("citizen.ApplicationSubmitted", _CITIZEN_TOPIC, _APPLICATION, "07:30"),
    EventType("citizen.EComplaintFiled", _CITIZEN_TOPIC, _APPLICATION, "07:30", _LED_TO, ("led_to[]",)),
    EventType("citizen.ApplicationMoved", _CITIZEN_TOPIC, _APPLICATION, "12:00"),
    EventType("citizen.ApplicationDecided", _CITIZEN_TOPIC, _APPLICATION, "17:00", _LED_TO, ("led_to[]",)),
    EventType("cyber.ComplaintReceived", _CYBER_TOPIC, _ACK, "07:30"),
    EventType("cyber.AmountHeld", _CYBER_TOPIC, _ACK, "07:45"),
    EventType("cyber.EZeroFirCreated", _CYBER_TOPIC, _ACK, "08:10", _LED_TO, ("zero_fir",)),
    EventType("cyber.EZeroFirSigned", _CYBER_TOPIC, _ACK, "08:20", _LED_TO, ("zero_fir", "fir")),
    EventType("cyber.EZeroFirLapsed", _CYBER_TOPIC, _ACK, "23:00", _LED_TO, ("zero_fir",)),
    EventType("economic.CaseTakenOver", _EOU_TOPIC, _PROSECUTION, "10:15", _TRIED),
    EventType("economic.PmlaProposalSent", _EOU_TOPIC, _PROSECUTION, "13:00", _TRIED),
    EventType("economic.PropertyAttached", _EOU_TOPIC, _PROSECUTION, "15:30", _TRIED),
    EventType("economic.AttachmentConfirmed", _EOU_TOPIC, _PROSECUTION, "16:20", _TRIED),
    EventType("police.EInformationGiven", _POLICE_TOPIC, _FIR_OR_GD, "08:30", _ARREST, ("gd",)),
    EventType("police.PreliminaryEnquiryOpened", _POLICE_TOPIC, _FIR_OR_GD, "08:40", _ARREST, ("gd",)),
    EventType("police.PreliminaryEnquiryClosed", _POLICE_TOPIC, _FIR_OR_GD, "08:50", _ARREST, ("gd", "fir")),
    EventType("police.EInformationSigned", _POLICE_TOPIC, _FIR_OR_GD, "08:55", _ARREST, ("gd", "fir")),
    EventType("police.FirRegistered", _POLICE_TOPIC, _FIR, "09:00", _ORIGIN, ("arose_from[]",)),
    EventType("police.InquestHeld", _POLICE_TOPIC, _FIR_OR_GD, "09:10", _ARREST),
    EventType("police.ForensicVisitRequested", _POLICE_TOPIC, _FIR, "09:20"),
    EventType("police.VictimExamined", _POLICE_TOPIC, _FIR, "09:40"),
    EventType("police.FirTransferred", _POLICE_TOPIC, _FIR, "10:00", _BECAME, ("became",)),
    EventType("police.NoticeOfAppearanceServed", _POLICE_TOPIC, _FIR, "10:30"),
    EventType("police.SearchMade", _POLICE_TOPIC, _FIR, "10:40"),
    EventType("police.SeizureMade", _POLICE_TOPIC, _FIR, "10:50"),
    EventType("police.ArrestMade", _POLICE_TOPIC, _FIR_OR_GD, "11:00", _ARREST, ("gd",)),
    EventType("police.ForensicVisitMade", _POLICE_TOPIC, _FIR, "11:10"),
    EventType("police.PoliceCustodySought", _POLICE_TOPIC, _FIR, "11:20"),
    EventType("police.SectionsAltered", _POLICE_TOPIC, _FIR, "11:30"),
    EventType("police.InvestigatorChanged", _POLICE_TOPIC, _FIR, "11:45"),
    EventType("police.AntecedentsReported", _POLICE_TOPIC, _FIR, "12:00"),
    EventType("police.FinalReportSubmitted", _POLICE_TOPIC, _FIR, "12:30", _REPORT, ("court_case",)),
    EventType("police.SearchRecordSent", _POLICE_TOPIC, _FIR, "15:00"),
    EventType("police.InquestReportSent", _POLICE_TOPIC, _FIR_OR_GD, "15:10", _ARREST),
    EventType("police.MedicalReportReceived", _POLICE_TOPIC, _FIR, "15:20"),
    EventType("police.ExhibitSent", _POLICE_TOPIC, _FIR, "15:30", _EXAMINED, ("fsl_no",)),
    EventType("police.ProgressInformed", _POLICE_TOPIC, _FIR, "15:40"),
    EventType("police.EscortAssigned", _POLICE_TOPIC, _FIR, "16:00", _REPORT_HELD, ("pid", "court_case")),
    EventType("police.ProcessExecuted", _POLICE_TOPIC, _FIR, "17:00", _REPORT, ("court_case",)),
    EventType("police.EInformationLapsed", _POLICE_TOPIC, _FIR_OR_GD, "23:00", _ARREST, ("gd",)),
    EventType("excise.ExciseCaseRegistered", _EXCISE_TOPIC, _EXCISE_CASE, "09:00", _EXCISE_ORIGIN, ("arose_from[]",)),
    EventType("excise.ExciseArrestMade", _EXCISE_TOPIC, _EXCISE_CASE, "11:00", _EXCISE_ARREST, ("gd",)),
    EventType("excise.ExciseFinalReportSubmitted", _EXCISE_TOPIC, _EXCISE_CASE, "12:30", _REPORT, ("court_case",)),
    EventType("prosecution.CourtRosterSet", _PROS_TOPIC, _ROSTER, "09:00"),
    EventType("prosecution.CaseAllotted", _PROS_TOPIC, _PROSECUTION, "10:00", _TRIED),
    EventType("prosecution.ScrutinyOpened", _PROS_TOPIC, _PROSECUTION, "10:30", _TRIED),
    EventType("prosecution.SanctionSought", _PROS_TOPIC, _PROSECUTION, "10:40", _TRIED),
    EventType("prosecution.OpinionGiven", _PROS_TOPIC, _PROSECUTION, "10:50", _TRIED),
    EventType("prosecution.DefectRaised", _PROS_TOPIC, _PROSECUTION, "11:00", _TRIED),
    EventType("prosecution.SanctionReceived", _PROS_TOPIC, _PROSECUTION, "11:30", _TRIED),
    EventType("prosecution.DefectCured", _PROS_TOPIC, _PROSECUTION, "12:00", _TRIED),
    EventType("prosecution.ScrutinyClosed", _PROS_TOPIC, _PROSECUTION, "12:10", _TRIED),
    EventType("prosecution.BailOpposed", _PROS_TOPIC, _PROSECUTION, "14:30", _TRIED),
    EventType("prosecution.WitnessProduced", _PROS_TOPIC, _PROSECUTION, "14:45", _TRIED),
    EventType("prosecution.AdjournmentSought", _PROS_TOPIC, _PROSECUTION, "15:42", _TRIED),
    EventType("prosecution.ProceedingsRecorded", _PROS_TOPIC, _PROSECUTION, "16:30", _TRIED),
    EventType("prosecution.AppealProposed", _PROS_TOPIC, _PROSECUTION, "17:00", _TRIED),
    EventType("prosecution.AppealNotProposed", _PROS_TOPIC, _PROSECUTION, "17:10", _TRIED),
    EventType("court.HearingListed", _COURT_TOPIC, _COURT, "08:00", _TRIED),
    EventType("court.CasesClubbed", _COURT_TOPIC, _COURT, "10:00", _TRIED, ("clubbed[]",)),
    EventType("court.CaseSplit", _COURT_TOPIC, _COURT, "10:15", _TRIED, ("split_into[]",)),
    EventType("court.AppealFiled", _COURT_TOPIC, _COURT, "10:20", _TRIED, ("against[]",)),
    EventType("court.CaseRegistered", _COURT_TOPIC, _COURT, "10:20", _TRIED),
    EventType("court.CaseTransferred", _COURT_TOPIC, _COURT, "10:30", _TRIED, ("became",)),
    EventType("court.AppearanceRecorded", _COURT_TOPIC, _COURT, "11:20", _TRIED),
    EventType("court.CounselAppeared", _COURT_TOPIC, _COURT, "11:25", _TRIED),
    EventType("court.Surrendered", _COURT_TOPIC, _COURT, "11:30", _TRIED_HELD),
    EventType("court.BailApplied", _COURT_TOPIC, _COURT, "11:45", _TRIED),
    EventType("court.SuretyOffered", _COURT_TOPIC, _COURT, "11:50", _TRIED),
    EventType("court.DischargeApplied", _COURT_TOPIC, _COURT, "11:55", _TRIED),
    EventType("court.AgeClaimed", _COURT_TOPIC, _COURT, "12:00", _TRIED),
    EventType("court.ChargeSheetConsumed", _COURT_TOPIC, _COURT, "13:00", _TRIED),
    EventType("court.RemandOrdered", _COURT_TOPIC, _COURT, "14:00", _TRIED_HELD),
    EventType("court.CognizanceTaken", _COURT_TOPIC, _COURT, "14:15", _TRIED),
    EventType("court.CopiesSupplied", _COURT_TOPIC, _COURT, "14:16", _TRIED),
    EventType("court.CaseCommitted", _COURT_TOPIC, _COURT, "14:20", _TRIED, ("became",)),
    EventType("court.TimeExtended", _COURT_TOPIC, _COURT, "14:22", _TRIED),
    EventType("court.FurtherInvestigationPermitted", _COURT_TOPIC, _COURT, "14:24", _TRIED),
    EventType("court.AgeDetermined", _COURT_TOPIC, _COURT, "14:26", _TRIED),
    EventType("court.ChargesFramed", _COURT_TOPIC, _COURT, "14:30", _TRIED),
    EventType("court.Discharged", _COURT_TOPIC, _COURT, "14:40", _TRIED),
    EventType("court.WitnessExamined", _COURT_TOPIC, _COURT, "14:50", _TRIED),
    EventType("court.ArgumentsConcluded", _COURT_TOPIC, _COURT, "14:55", _TRIED),
    EventType("court.BailGranted", _COURT_TOPIC, _COURT, "15:00", _TRIED),
    EventType("court.BailRejected", _COURT_TOPIC, _COURT, "15:05", _TRIED),
    EventType("court.BailCancelled", _COURT_TOPIC, _COURT, "15:10", _TRIED),
    EventType("court.BailConditionsRelaxed", _COURT_TOPIC, _COURT, "15:12", _TRIED),
    EventType("court.SuretyVerificationCalled", _COURT_TOPIC, _COURT, "15:14", _TRIED),
    EventType("court.DelayAttributed", _COURT_TOPIC, _COURT, "15:16", _TRIED),
    EventType("court.DetentionContinued", _COURT_TOPIC, _COURT, "15:18", _TRIED),
    EventType("court.BondAccepted", _COURT_TOPIC, _COURT, "15:30", _TRIED),
    EventType("court.HearingHeld", _COURT_TOPIC, _COURT, "15:40", _TRIED),
    EventType("court.HearingAdjourned", _COURT_TOPIC, _COURT, "15:45", _TRIED),
    EventType("court.OrderUploaded", _COURT_TOPIC, _COURT, "15:48", _TRIED),
    EventType("court.JudgmentDelivered", _COURT_TOPIC, _COURT, "15:50", _TRIED),
    EventType("court.SentencePassed", _COURT_TOPIC, _COURT, "16:00", _TRIED),
    EventType("court.AppealDecided", _COURT_TOPIC, _COURT, "16:05", _TRIED, ("against[]",)),
    EventType("court.ProbationOrdered", _COURT_TOPIC, _COURT, "16:10", _TRIED_ORDER, ("order",)),
    EventType("court.CaseDisposed", _COURT_TOPIC, _COURT, "16:15", _TRIED),
    EventType("court.ReleaseWarrantIssued", _COURT_TOPIC, _COURT, "16:30", _TRIED_HELD, ("pid",)),
    EventType("court.ProcessIssued", _COURT_TOPIC, _COURT, "16:40", _TRIED),
    EventType("court.ProductionWarrantIssued", _COURT_TOPIC, _COURT, "16:45", _TRIED_HELD, ("pid",)),
    EventType("court.Proclaimed", _COURT_TOPIC, _COURT, "16:50", _TRIED),
    EventType("prison.OpeningBalance", _PRISON_TOPIC, _PID, "06:00", _HELD, _HOLDS),
    EventType("prison.HeadcountTaken", _PRISON_TOPIC, _JAIL, "06:30"),
    EventType("prison.TransferredOut", _PRISON_TOPIC, _PID, "08:30"),
    EventType("prison.MedicalCategorySet", _PRISON_TOPIC, _PID, "10:00"),
    EventType("prison.Hospitalised", _PRISON_TOPIC, _PID, "10:30"),
    EventType("prison.RemissionCredited", _PRISON_TOPIC, _PID, "11:00", _HELD, _HOLDS),
    EventType("prison.Section479Applied", _PRISON_TOPIC, _PID, "12:00", _HELD, _HOLDS),
    EventType("prison.LegalServicesInformed", _PRISON_TOPIC, _PID, "12:30", _HELD, _HOLDS),
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
    EventType("prison.Escaped", _PRISON_TOPIC, _PID, "19:30", _HELD, _HOLDS),
    EventType("prison.Recaptured", _PRISON_TOPIC, _PID, "19:40", _HELD, _HOLDS),
    EventType("prison.Died", _PRISON_TOPIC, _PID, "19:50", _HELD, _HOLDS),
    EventType("probation.ReportRequested", _PROB_TOPIC, _REPORT_NO, "16:00", _ORDERED, ("case",)),
    EventType("probation.ReportSubmitted", _PROB_TOPIC, _REPORT_NO, "16:30", _ORDERED, ("case",)),
    EventType("probation.SupervisionStarted", _PROB_TOPIC, _ORDER_NO, "17:00", _ORDERED, ("case",)),
    EventType("probation.ContactLogged", _PROB_TOPIC, _ORDER_NO, "17:10", _ORDERED, ("case",)),
    EventType("probation.ConditionBreached", _PROB_TOPIC, _ORDER_NO, "17:20", _ORDERED, ("case",)),
    EventType("probation.VariationSought", _PROB_TOPIC, _ORDER_NO, "17:30", _ORDERED, ("case",)),
    EventType("probation.SupervisionCompleted", _PROB_TOPIC, _ORDER_NO, "17:40", _ORDERED, ("case",)),
    EventType("probation.SupervisionRevoked", _PROB_TOPIC, _ORDER_NO, "17:50", _ORDERED, ("case",)),
    EventType("forensics.ExhibitReceived", _FSL_TOPIC, _FSL_NO, "16:00", _EXAMINED_FOR, ("case",)),
    EventType("forensics.ExaminationStarted", _FSL_TOPIC, _FSL_NO, "16:20", _EXAMINED_FOR, ("case",)),
    EventType("forensics.ReportIssued", _FSL_TOPIC, _FSL_NO, "16:40", _EXAMINED_FOR, ("case",)),
    EventType("forensics.ExhibitReturned", _FSL_TOPIC, _FSL_NO, "17:00", _EXAMINED_FOR, ("case",)),
    EventType("legalaid.LawyerAssigned", _AID_TOPIC, _PROSECUTION, "11:00", _TRIED_HELD, ("pid",)),
    EventType("legalaid.UtrcReviewed", _AID_TOPIC, _PROSECUTION, "16:30", _TRIED_HELD, ("pid",)),
    EventType("hub.LinkAsserted", _IDENTITY_TOPIC, _LINKED, "20:00"),
    EventType("hub.LinkConfirmed", _IDENTITY_TOPIC, _LINKED, "20:10"),
    EventType("hub.LinkRejected", _IDENTITY_TOPIC, _LINKED, "20:20"),
    EventType("hub.LinkUndone", _IDENTITY_TOPIC, _LINKED, "20:30"),
    EventType("hub.RepairProposed", _REPAIRS_TOPIC, _ANY, "20:50"),
    EventType("hub.RepairApproved", _REPAIRS_TOPIC, _ANY, "21:00"),
    EventType("hub.EventDiscarded", _REPAIRS_TOPIC, _ANY, "21:10"),
    EventType("common.WindowClosed", _EVERY_NUMBERING, _SOURCE, "23:57"),
    EventType("common.SequenceVoided", _EVERY_NUMBERING, _SOURCE, "23:58"),
    EventType("common.Retracted", _EVERY_DEPARTMENT, _ANY, "23:59", needs_supersedes=True),
)
# fmt: on

CATALOGUE: Final[dict[str, EventType]] = {line.name: line for line in _LINES}
