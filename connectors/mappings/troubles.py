"""Why a row, or a part of one, could not become an event: one trouble each, in words for the clerk who keyed it.

The symbol stands in reports and in what is kept aside, so it never changes. No text repeats a value of the row.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Trouble(StrEnum):
    """`str(trouble)` is the symbol; `english` and `hindi` say what is wrong and what to do."""

    english: str
    hindi: str

    def __new__(cls, symbol: str, english: str, hindi: str) -> Self:
        trouble = str.__new__(cls, symbol)
        trouble._value_ = symbol
        trouble.english = english
        trouble.hindi = hindi
        return trouble

    SHAPE_UNKNOWN = (
        "SHAPE_UNKNOWN",
        "The row does not have the shape that was agreed; compare it with the example in the guide.",
        "पंक्ति तय रूप में नहीं है; मार्गदर्शिका के उदाहरण से मिलाएँ।",
    )
    FIELD_MISSING = (
        "FIELD_MISSING",
        "A field without which the row says nothing is empty; fill it in and send the row again.",
        "एक ज़रूरी खाना खाली है; उसे भरकर पंक्ति फिर भेजें।",
    )
    DATE_UNREADABLE = (
        "DATE_UNREADABLE",
        "A date or time cannot be read, or does not exist; write it as day-month-year: 31-01-2025.",
        "तारीख़ या समय पढ़ा नहीं जा सका या होता ही नहीं; दिन-माह-वर्ष लिखें: 31-01-2025।",
    )
    NUMBER_UNREADABLE = (
        "NUMBER_UNREADABLE",
        "A number cannot be read; write digits only.",
        "संख्या पढ़ी नहीं जा सकी; केवल अंक लिखें।",
    )
    IDENTIFIER_UNREADABLE = (
        "IDENTIFIER_UNREADABLE",
        "A case, prisoner or other number is not written as such numbers are; correct it at the source.",
        "केस, बंदी या अन्य नंबर सही रूप में नहीं है; उसे मूल अभिलेख में सुधारें।",
    )
    STATION_UNKNOWN = (
        "STATION_UNKNOWN",
        "The police station is not in the table of stations; correct its name, or add it to the mapping's table.",
        "थाना सूची में नहीं है; नाम सुधारें या मैपिंग की सूची में जोड़ें।",
    )
    CODE_UNKNOWN = (
        "CODE_UNKNOWN",
        "A word has no meaning in the mapping's tables; correct it, or add it to the table.",
        "यह शब्द मैपिंग की सूची में नहीं है; सुधारें या सूची में जोड़ें।",
    )
    CONTRADICTION = (
        "CONTRADICTION",
        "Two fields of the row contradict each other; correct the one that is wrong.",
        "पंक्ति के दो खाने आपस में मेल नहीं खाते; जो ग़लत है उसे सुधारें।",
    )
    EVENT_REFUSED = (
        "EVENT_REFUSED",
        "The event that the row makes is not allowed by the exchange; the detail says which field.",
        "पंक्ति से बनी सूचना विनिमय के नियम से मान्य नहीं; किस खाने में दोष है, यह विवरण में है।",
    )
    NOTHING_SAID = (
        "NOTHING_SAID",
        "Nothing in the row could be made into an event.",
        "पंक्ति में ऐसा कुछ नहीं मिला जिससे सूचना बन सके।",
    )


class UnreadableError(ValueError):
    """A row or a part of it cannot be read: why, and which field. It carries no value of the row."""

    def __init__(self, trouble: Trouble, field: str) -> None:
        super().__init__(f"{trouble}: {field}")
        self.trouble = trouble
        self.field = field
