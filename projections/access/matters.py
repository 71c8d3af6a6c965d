"""What an event is about, as far as that decides who may read it. One line for each type that not everyone may read.

A type of which nobody has said anything is read by its own department and by courts alone: an event that is added to
the catalogue is not open by mistake (tests/projections/access/test_matters.py asks for its line).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Matter(StrEnum):
    """A kind of content."""

    OPEN = "OPEN"
    """Read by whoever stands in a relation to the case."""
    DEFECTS = "DEFECTS"
    """What scrutiny found wanting in the police's report: the prosecutor and the investigating officer."""
    OPINIONS = "OPINIONS"
    """Opinions, proposals of appeal, instructions: the prosecution alone."""
    INVESTIGATION = "INVESTIGATION"
    """How the investigation goes, and what led to it: police, prosecutor and court."""
    POLICE_CUSTODY = "POLICE_CUSTODY"
    """That police custody is sought: not for jail, legal aid or citizen before the court has ordered it."""
    LABORATORY = "LABORATORY"
    """Exhibits and results before the report: laboratory, investigating officer, prosecutor, court."""
    ATTACHMENT = "ATTACHMENT"
    """Attachments of property that are not yet executed."""
    HEALTH = "HEALTH"
    """A prisoner's health: the jail, the court, legal services."""
    WELFARE = "WELFARE"
    """How a person does under probation: the probation service and the court."""
    INTELLIGENCE = "INTELLIGENCE"
    """Tips, and verifications of tenants, servants and characters: no role reads them in a case, whatever they join."""
    DEPARTMENT = "DEPARTMENT"
    """Not reviewed, or of concern to none but the department itself."""


def _types(department: str, names: str) -> list[str]:
    return [f"{department}.{name}" for name in names.split()]


#: Types that everyone with a relation to the case may read.
OPEN: Final[frozenset[str]] = frozenset(
    [
        *_types("common", "Retracted"),
        *_types("police", "FirRegistered FirTransferred ArrestMade SectionsAltered AntecedentsReported"),
        *_types("police", "FinalReportSubmitted InvestigatorChanged NoticeOfAppearanceServed EscortAssigned"),
        *_types("police", "ProcessExecuted EInformationGiven EInformationSigned EInformationLapsed"),
        *_types("excise", "ExciseCaseRegistered ExciseArrestMade ExciseFinalReportSubmitted"),
        *_types("court", "HearingListed CasesClubbed CaseSplit Surrendered BailApplied ChargeSheetConsumed"),
        *_types("court", "RemandOrdered CognizanceTaken ChargesFramed Discharged BailGranted BailRejected"),
        *_types(
            "court",
            "BailCancelled BondAccepted HearingHeld HearingAdjourned JudgmentDelivered SentencePassed",
        ),
        *_types("court", "CaseDisposed ReleaseWarrantIssued AppealFiled CaseTransferred AppearanceRecorded"),
        *_types(
            "court", "CounselAppeared SuretyOffered DischargeApplied AgeClaimed CopiesSupplied CaseCommitted"
        ),
        *_types("court", "TimeExtended FurtherInvestigationPermitted AgeDetermined WitnessExamined"),
        *_types("court", "ArgumentsConcluded BailConditionsRelaxed SuretyVerificationCalled DelayAttributed"),
        *_types(
            "court", "DetentionContinued AppealDecided ProbationOrdered ProcessIssued ProductionWarrantIssued"
        ),
        *_types("court", "Proclaimed CaseRegistered OrderUploaded"),
        *_types(
            "prison",
            "OpeningBalance TransferredOut ProducedInCourt NotProduced TransferredIn Returned Admitted",
        ),
        *_types(
            "prison", "WarrantReceived CaseHoldChanged ReleaseOrderReceived ReleaseRefused NotReleasedReason"
        ),
        *_types("prison", "InterimReleased Released HeadcountTaken RemissionCredited Section479Applied"),
        *_types("prison", "LegalServicesInformed Escaped Recaptured Died"),
        *_types(
            "prosecution", "CourtRosterSet CaseAllotted ScrutinyOpened AdjournmentSought ProceedingsRecorded"
        ),
        *_types("prosecution", "BailOpposed"),
        *_types("probation", "ReportRequested ReportSubmitted SupervisionStarted SupervisionCompleted"),
        *_types("probation", "SupervisionRevoked"),
        *_types("forensics", "ReportIssued"),
        *_types("legalaid", "LawyerAssigned UtrcReviewed"),
        *_types("economic", "CaseTakenOver"),
        *_types("hub", "LinkAsserted LinkConfirmed LinkRejected LinkUndone"),
    ]
)

#: Types that some may read.
CLOSED: Final[dict[str, Matter]] = {
    name: matter
    for matter, names in {
        Matter.DEFECTS: _types("prosecution", "DefectRaised DefectCured ScrutinyClosed"),
        Matter.OPINIONS: _types("prosecution", "OpinionGiven AppealProposed AppealNotProposed"),
        Matter.POLICE_CUSTODY: _types("police", "PoliceCustodySought"),
        Matter.INVESTIGATION: [
            *_types(
                "police", "PreliminaryEnquiryOpened PreliminaryEnquiryClosed InquestHeld InquestReportSent"
            ),
            *_types(
                "police", "ForensicVisitRequested ForensicVisitMade VictimExamined SearchMade SeizureMade"
            ),
            *_types("police", "SearchRecordSent MedicalReportReceived ProgressInformed"),
            *_types("prosecution", "SanctionSought SanctionReceived WitnessProduced"),
            *_types("emergency", "IncidentReported UnitDispatched UnitArrived IncidentClosed"),
            *_types("citizen", "EComplaintFiled"),
            *_types("cyber", "ComplaintReceived AmountHeld EZeroFirCreated EZeroFirSigned EZeroFirLapsed"),
            *_types("economic", "PmlaProposalSent"),
        ],
        Matter.LABORATORY: [
            *_types("police", "ExhibitSent"),
            *_types("forensics", "ExhibitReceived ExaminationStarted ExhibitReturned"),
        ],
        Matter.ATTACHMENT: _types("economic", "PropertyAttached AttachmentConfirmed"),
        Matter.HEALTH: _types("prison", "MedicalCategorySet Hospitalised"),
        Matter.WELFARE: _types("probation", "ContactLogged ConditionBreached VariationSought"),
        Matter.INTELLIGENCE: _types("citizen", "ApplicationSubmitted ApplicationMoved ApplicationDecided"),
        Matter.DEPARTMENT: [
            *_types("hub", "RepairProposed RepairApproved EventDiscarded"),
            *_types("common", "WindowClosed SequenceVoided"),
        ],
    }.items()
    for name in names
}


def matter_of(event_type: str) -> Matter:
    """What an event of this type is about."""
    if event_type in OPEN:
        return Matter.OPEN
    return CLOSED.get(event_type, Matter.DEPARTMENT)
