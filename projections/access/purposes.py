"""Why somebody reads: the closed list. What is not on it is no reason."""

from __future__ import annotations

from enum import StrEnum


class Purpose(StrEnum):
    """A reason for which records may be read; each role has its own among them."""

    INVESTIGATION = "INVESTIGATION"
    PROSECUTION = "PROSECUTION"
    TRIAL = "TRIAL"
    CUSTODY = "CUSTODY"
    LEGAL_AID = "LEGAL_AID"
    PROBATION = "PROBATION"
    CHILD_WELFARE = "CHILD_WELFARE"
    FORENSICS = "FORENSICS"
    EMERGENCY_RESPONSE = "EMERGENCY_RESPONSE"
    SUPERVISION = "SUPERVISION"
    CITIZEN_SERVICE = "CITIZEN_SERVICE"
    DATA_QUALITY = "DATA_QUALITY"
    OPERATION = "OPERATION"
    AUDIT = "AUDIT"
    ADMINISTRATION = "ADMINISTRATION"

    @property
    def words(self) -> tuple[str, str]:
        """In English and in Hindi."""
        return _WORDS[self]


_WORDS = {
    Purpose.INVESTIGATION: ("Investigation of the case (BNSS ch. XIII)", "मामले का अन्वेषण (बीएनएसएस अध्याय 13)"),
    Purpose.PROSECUTION: ("Prosecution of the case", "मामले का अभियोजन"),
    Purpose.TRIAL: ("Inquiry, trial or remand before the court", "न्यायालय में जाँच, विचारण या रिमांड"),
    Purpose.CUSTODY: ("Care and release of a prisoner", "बंदी की देखरेख और रिहाई"),
    Purpose.LEGAL_AID: ("Legal aid to a person in custody", "अभिरक्षा में व्यक्ति को विधिक सहायता"),
    Purpose.PROBATION: ("Report or supervision of probation", "परिवीक्षा की रिपोर्ट या पर्यवेक्षण"),
    Purpose.CHILD_WELFARE: ("Protection of a child (JJ Act 2015)", "बालक का संरक्षण (किशोर न्याय अधिनियम 2015)"),
    Purpose.FORENSICS: ("Examination of exhibits", "प्रदर्शों का परीक्षण"),
    Purpose.EMERGENCY_RESPONSE: ("Response to an emergency call", "आपात कॉल पर कार्रवाई"),
    Purpose.SUPERVISION: ("Supervision of offices", "कार्यालयों का पर्यवेक्षण"),
    Purpose.CITIZEN_SERVICE: ("A citizen's application", "नागरिक का आवेदन"),
    Purpose.DATA_QUALITY: ("Correction of data", "आँकड़ों का सुधार"),
    Purpose.OPERATION: ("Running of the hub", "हब का संचालन"),
    Purpose.AUDIT: ("Review of who read what", "किसने क्या पढ़ा, इसकी समीक्षा"),
    Purpose.ADMINISTRATION: ("Granting of access", "पहुँच देना"),
}
