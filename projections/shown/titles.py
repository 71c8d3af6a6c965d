"""What each type of event is called: in English from its own name, in Hindi from this table.

The Hindi is that of daily use in Bihar's offices and was compared with no official text.
"""

from __future__ import annotations

import re
from typing import Final

#: One a line: the type, then its name.
_LINES: Final = """
emergency.IncidentReported 112 पर सूचना
emergency.UnitDispatched दल रवाना
emergency.UnitArrived दल पहुँचा
emergency.IncidentClosed 112 की घटना बंद
citizen.ApplicationSubmitted आवेदन जमा
citizen.EComplaintFiled ई-शिकायत दर्ज
citizen.ApplicationMoved आवेदन आगे बढ़ा
citizen.ApplicationDecided आवेदन पर निर्णय
cyber.ComplaintReceived साइबर शिकायत प्राप्त
cyber.AmountHeld राशि रोकी गई
cyber.EZeroFirCreated ई-शून्य प्राथमिकी बनी
cyber.EZeroFirSigned ई-शून्य प्राथमिकी हस्ताक्षरित
cyber.EZeroFirLapsed ई-शून्य प्राथमिकी व्यपगत
economic.CaseTakenOver मामला आर्थिक अपराध इकाई ने लिया
economic.PmlaProposalSent पीएमएलए प्रस्ताव भेजा
economic.PropertyAttached संपत्ति कुर्क
economic.AttachmentConfirmed कुर्की की पुष्टि
police.EInformationGiven ई-सूचना दी गई
police.PreliminaryEnquiryOpened प्रारंभिक जाँच आरंभ
police.PreliminaryEnquiryClosed प्रारंभिक जाँच समाप्त
police.EInformationSigned ई-सूचना पर हस्ताक्षर
police.FirRegistered प्राथमिकी दर्ज
police.InquestHeld मृत्यु समीक्षा
police.ForensicVisitRequested विधि विज्ञान दल बुलाया
police.VictimExamined पीड़ित का चिकित्सीय परीक्षण
police.FirTransferred प्राथमिकी स्थानांतरित
police.NoticeOfAppearanceServed उपस्थिति का नोटिस तामील
police.SearchMade तलाशी
police.SeizureMade जब्ती
police.ArrestMade गिरफ्तारी
police.ForensicVisitMade विधि विज्ञान दल का निरीक्षण
police.PoliceCustodySought पुलिस अभिरक्षा की माँग
police.SectionsAltered धाराएँ बदलीं
police.InvestigatorChanged अनुसंधानकर्ता बदला
police.AntecedentsReported पूर्ववृत्त की रिपोर्ट
police.FinalReportSubmitted अंतिम प्रतिवेदन दाखिल
police.SearchRecordSent तलाशी का अभिलेख भेजा
police.InquestReportSent मृत्यु समीक्षा रिपोर्ट भेजी
police.MedicalReportReceived चिकित्सीय रिपोर्ट प्राप्त
police.ExhibitSent प्रदर्श भेजा
police.ProgressInformed प्रगति की सूचना दी
police.EscortAssigned रक्षक दल नियुक्त
police.ProcessExecuted आदेशिका तामील
police.EInformationLapsed ई-सूचना व्यपगत
excise.ExciseCaseRegistered उत्पाद मामला दर्ज
excise.ExciseArrestMade उत्पाद गिरफ्तारी
excise.ExciseFinalReportSubmitted उत्पाद अंतिम प्रतिवेदन दाखिल
prosecution.CourtRosterSet न्यायालय की सूची तय
prosecution.CaseAllotted मामला आवंटित
prosecution.ScrutinyOpened संवीक्षा आरंभ
prosecution.SanctionSought मंजूरी माँगी
prosecution.OpinionGiven विधिक मत दिया
prosecution.DefectRaised त्रुटि बताई
prosecution.SanctionReceived मंजूरी प्राप्त
prosecution.DefectCured त्रुटि दूर
prosecution.ScrutinyClosed संवीक्षा समाप्त
prosecution.BailOpposed जमानत का विरोध
prosecution.WitnessProduced साक्षी प्रस्तुत
prosecution.AdjournmentSought स्थगन माँगा
prosecution.ProceedingsRecorded कार्यवाही दर्ज
prosecution.AppealProposed अपील का प्रस्ताव
prosecution.AppealNotProposed अपील प्रस्तावित नहीं
court.HearingListed सुनवाई सूचीबद्ध
court.CasesClubbed मामले एक साथ
court.CaseSplit मामला अलग
court.AppealFiled अपील दायर
court.CaseRegistered मामला पंजीकृत
court.CaseTransferred मामला अंतरित
court.AppearanceRecorded उपस्थिति दर्ज
court.CounselAppeared अधिवक्ता उपस्थित
court.Surrendered आत्मसमर्पण
court.BailApplied जमानत आवेदन
court.SuretyOffered प्रतिभू प्रस्तुत
court.DischargeApplied उन्मोचन आवेदन
court.AgeClaimed आयु का दावा
court.ChargeSheetConsumed आरोपपत्र प्रणाली में लिया
court.RemandOrdered रिमांड आदेश
court.CognizanceTaken संज्ञान
court.CopiesSupplied प्रतियाँ दी गईं
court.CaseCommitted मामला सुपुर्द
court.TimeExtended समय बढ़ाया
court.FurtherInvestigationPermitted आगे अन्वेषण की अनुमति
court.AgeDetermined आयु निर्धारित
court.ChargesFramed आरोप गठित
court.Discharged उन्मोचित
court.WitnessExamined साक्षी का परीक्षण
court.ArgumentsConcluded बहस पूरी
court.BailGranted जमानत मंजूर
court.BailRejected जमानत अस्वीकृत
court.BailCancelled जमानत रद्द
court.BailConditionsRelaxed जमानत की शर्तें शिथिल
court.SuretyVerificationCalled प्रतिभू का सत्यापन माँगा
court.DelayAttributed विलंब का कारण ठहराया
court.DetentionContinued निरोध जारी
court.BondAccepted बंधपत्र स्वीकृत
court.HearingHeld सुनवाई हुई
court.HearingAdjourned सुनवाई स्थगित
court.OrderUploaded आदेश अपलोड
court.JudgmentDelivered निर्णय सुनाया
court.SentencePassed दंडादेश
court.AppealDecided अपील पर निर्णय
court.ProbationOrdered परिवीक्षा का आदेश
court.CaseDisposed मामला निष्पादित
court.ReleaseWarrantIssued रिहाई वारंट जारी
court.ProcessIssued आदेशिका जारी
court.ProductionWarrantIssued पेशी वारंट जारी
court.Proclaimed उद्घोषणा
prison.OpeningBalance आरंभिक प्रविष्टि
prison.HeadcountTaken बंदी गणना
prison.TransferredOut दूसरी कारा भेजा
prison.MedicalCategorySet चिकित्सीय श्रेणी
prison.Hospitalised अस्पताल में भर्ती
prison.RemissionCredited परिहार जोड़ा
prison.Section479Applied धारा 479 का आवेदन
prison.LegalServicesInformed विधिक सेवा को सूचना
prison.ProducedInCourt न्यायालय में पेश
prison.NotProduced पेश नहीं किया
prison.TransferredIn कारा में आया
prison.Returned वापस आया
prison.Admitted कारा में प्रवेश
prison.WarrantReceived वारंट प्राप्त
prison.CaseHoldChanged निरोध का मामला बदला
prison.ReleaseOrderReceived रिहाई आदेश प्राप्त
prison.ReleaseRefused रिहाई रोकी
prison.NotReleasedReason रिहा न होने का कारण
prison.InterimReleased अंतरिम रिहाई
prison.Released रिहा
prison.Escaped फरार
prison.Recaptured पुनः पकड़ा
prison.Died मृत्यु
probation.ReportRequested रिपोर्ट माँगी
probation.ReportSubmitted रिपोर्ट दी
probation.SupervisionStarted पर्यवेक्षण आरंभ
probation.ContactLogged भेंट दर्ज
probation.ConditionBreached शर्त का उल्लंघन
probation.VariationSought शर्त बदलने की माँग
probation.SupervisionCompleted पर्यवेक्षण पूरा
probation.SupervisionRevoked पर्यवेक्षण समाप्त किया
forensics.ExhibitReceived प्रदर्श प्राप्त
forensics.ExaminationStarted परीक्षण आरंभ
forensics.ReportIssued प्रतिवेदन जारी
forensics.ExhibitReturned प्रदर्श वापस
legalaid.LawyerAssigned अधिवक्ता नियुक्त
legalaid.UtrcReviewed विचाराधीन समीक्षा समिति में
hub.LinkAsserted संबंध बताया
hub.LinkConfirmed संबंध पुष्ट
hub.LinkRejected संबंध अस्वीकृत
hub.LinkUndone संबंध हटाया
hub.RepairProposed सुधार प्रस्तावित
hub.RepairApproved सुधार स्वीकृत
hub.EventDiscarded घटना हटाई
common.WindowClosed अवधि बंद
common.SequenceVoided क्रम संख्या निरस्त
common.Retracted वापस लिया
"""
HINDI: Final[dict[str, str]] = {
    name: called for name, _, called in (line.partition(" ") for line in _LINES.strip().split("\n"))
}
_WORD: Final = re.compile(r"(?<=[a-z])(?=[A-Z0-9])")


def title(event_type: str, hindi: bool) -> str:
    """What a type of event is called; its own name where nobody has named it in Hindi."""
    if hindi and event_type in HINDI:
        return HINDI[event_type]
    name = _WORD.sub(" ", event_type.partition(".")[2]).replace("Fir ", "FIR ").replace("Utrc", "UTRC")
    return name[:1] + name[1:].lower() if not name.startswith(("FIR", "UTRC")) else name
