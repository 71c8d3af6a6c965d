"""Case status of the eCourts Case Information System (CIS), as its interface gives it: the whole case at each poll.

    {"cino", "type_name_reg", "reg_no", "reg_year", "dt_regis", "fir_no", "police_station", "fir_year",
     "acts": {"act1": {"actname", "section"}},
     "historyofcasehearing": {"sr_no1": {"judge_name", "business_date", "hearing_date", "purpose_of_listing"}},
     "interimorder": {"sr_no1": {"order_no", "order_date", "order_details"}},
     "date_first_list", "date_next_list", "disposal_type", "pend_disp", "date_of_decision"}

A line of the history says that on business_date the case was heard for that purpose, and that hearing_date was fixed.
The judge is passed on only as a post, where the text is one: CIS often has a name there. CIS knows days, no times.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final

from connectors.mappings import reading
from connectors.mappings.book import Book, name_key
from connectors.mappings.drafting import Draft, Identifier, Record, mapping, office
from connectors.mappings.fields import Fields
from connectors.mappings.reading import When
from connectors.mappings.sections import act_rows, of_children, sections_of
from connectors.mappings.troubles import Trouble, UnreadableError

_POSTS: Final = (
    ("CJM", r"chief judicial magistrate|\bcjm\b|मुख्य न्यायिक दंडाधिकारी|मुख्य न्यायिक दण्डाधिकारी"),
    ("ACJM", r"additional chief judicial|\bacjm\b"),
    ("SDJM", r"sub ?divisional judicial|\bsdjm\b|अनुमंडल न्यायिक"),
    ("ADJ", r"additional (district|sessions)|\badj\b|\basj\b|अपर (जिला|सत्र)"),
    ("DSJ", r"(district and sessions|sessions|district) judge|\bd ?sj\b|जिला एवं सत्र|सत्र न्यायाधीश"),
    ("SPL", r"special (judge|court)|exclusive special|विशेष न्याया"),
    ("JM", r"judicial magistrate|munsif|\bjm(fc|ic)?\b|न्यायिक दंडाधिकारी|न्यायिक दण्डाधिकारी"),
)  # fmt: skip
_MANNERS: Final = (
    ("PLEA_BARGAIN", r"plea barg"),
    ("FINAL_FORM_ACCEPTED", r"final (form|report)|closure report|\bff accepted|अंतिम प्रपत्र|अंतिम प्रतिवेदन"),
    ("COMPOUNDED", r"compound|compromis|lok adalat|सुलह|समझौता|लोक अदालत"),
    ("WITHDRAWN", r"withdraw|वापस"),
    ("QUASHED", r"quash|निरस्त"),
    ("ABATED", r"abate|उपशमित"),
    ("TRANSFERRED", r"transfer|made over|committed|commitment|स्थानांतरित|स्थानान्तरित|सुपुर्द"),
    ("DISCHARGED", r"discharg|उन्मोचित"),
    ("ACQUITTED", r"acquit|दोषमुक्त|बरी"),
    ("CONVICTED", r"convict|दोषसिद्ध|सजा|सज़ा"),
)
_PURPOSES: Final = (
    ("PRODUCTION", r"production|पेशी|custody"),
    ("BAIL", r"bail|जमानत|ज़मानत"),
    ("COGNIZANCE", r"cognizance|संज्ञान"),
    ("CHARGE", r"charge|आरोप"),
    ("EVIDENCE", r"evidence|witness|साक्ष्य|गवाह"),
    ("ARGUMENTS", r"argument|बहस"),
    ("JUDGMENT", r"judge?ment|निर्णय|फैसला"),
    ("STATEMENT", r"statement|s ?313|351|बयान"),
    ("APPEARANCE", r"appear|summons?|warrant|उपस्थिति|हाजिरी"),
)
_PENDING: Final = frozenset({"p", "pending", "लंबित", "लम्बित"})
_DISPOSED: Final = frozenset({"d", "disposed", "disposed off", "disposed of", "निष्पादित", "निस्तारित"})


@mapping
def case_status(draft: Draft, document: Any, book: Book) -> None:
    """One case as a poll gives it: scope is its CNR."""
    case = Fields(document, "case")
    cnr = book.identifier("CNR", case.needed("cino", "cnr", "cnr_no", "cnr_number"), "cino")
    draft.scope = f"{cnr['kind']}:{cnr['value']}"
    court = book.court(case.text("court_name", "court_no_desg_name", "court_code"), cnr["value"][:6])
    sections = _sections(draft, case)
    # Where nobody knows the sections: what is not known is not shown to all.
    sensitivity = (
        "SENSITIVE_FIR" if sections is None else "CHILD_VICTIM" if of_children(sections) else "NORMAL"
    )
    facts = _Case(draft, cnr, court, _claims(draft, case, book), sensitivity)
    registered = _registered(draft, case)
    fixed = registered
    for key, entry in case.rows("historyofcasehearing", "history_of_case_hearing"):
        with draft.part(f"hearing/{key}", entry):
            heard = facts.hearing(f"hearing/{key}", entry)
            fixed = heard if fixed is None or heard.at >= fixed.at else fixed
    facts.listings(case, registered, fixed)
    for key, entry in case.rows("interimorder", "interim_order"):
        with draft.part(f"order/{key}", entry):
            facts.order(f"order/{key}", entry)
    with draft.part("disposal", _of(case, "pend_disp", "disposal_type", "date_of_decision")):
        facts.disposal(case)
    facts.registration(case, registered, sections or [])


class _Case:
    """What all events of one case have in common."""

    def __init__(
        self, draft: Draft, cnr: Identifier, court: str, claims: list[Identifier], sensitivity: str
    ) -> None:
        self._draft = draft
        self._cnr = cnr
        self._court = court
        self._claims = claims
        self._sensitivity = sensitivity

    def _add(self, key: str, event: str, when: When, body: Record, judge: Record | None = None) -> None:
        self._draft.add(
            key, event, self._cnr, when, {"court": self._court, **body},
            claims=self._claims, sensitivity=self._sensitivity, actor=judge,
        )  # fmt: skip

    def hearing(self, key: str, entry: Any) -> When:
        """A line of the history: the day on which something was fixed."""
        line = Fields(entry, key)
        held = line.when_needed("business_date", "business_on_date")
        judge = self._judge(line.text("judge_name", "judge"))
        self._add(
            key, "court.HearingHeld", held,
            {
                "judge": judge,
                "hearing_date": held.day,
                "purpose": _purpose(line.text("purpose_of_listing", "purpose")),
                "next_date": line.day("hearing_date", "next_date"),
            },
            judge,
        )  # fmt: skip
        return held

    def listings(self, case: Fields, registered: When | None, fixed: When | None) -> None:
        """The first date and the next one: the first was fixed at registration, the next on the last day heard."""
        for key, name, on in (
            ("list/first", "date_first_list", registered),
            ("list/next", "date_next_list", fixed),
        ):
            with self._draft.part(key, _of(case, name)):
                listed = case.when(name)
                if listed is None:
                    continue
                if on is None:
                    raise UnreadableError(Trouble.FIELD_MISSING, "dt_regis")
                self._add(
                    key,
                    "court.HearingListed",
                    on if on.at < listed.at else listed,
                    {"hearing_date": listed.day},
                )

    def order(self, key: str, entry: Any) -> None:
        """An interim order. Its text is the court's, and may name people: only its kind is read."""
        line = Fields(entry, key)
        made = line.when_needed("order_date", "date")
        body = {
            "order_number": line.text("order_no", "order_number"),
            "order_date": made.day,
            "order_kind": _found(_PURPOSES, line.text("order_details")),
        }
        self._add(key, "court.OrderUploaded", made, body)

    def disposal(self, case: Fields) -> None:
        """How and when the case ended, once it has."""
        state = name_key(case.text("pend_disp", "status"))
        decided = case.when("date_of_decision", "disposal_date")
        if state in _PENDING or (not state and decided is None):
            if decided is not None:
                raise UnreadableError(Trouble.CONTRADICTION, "pend_disp, date_of_decision")
            return
        if state and state not in _DISPOSED:
            raise UnreadableError(Trouble.CODE_UNKNOWN, "pend_disp")
        if decided is None:
            raise UnreadableError(Trouble.FIELD_MISSING, "date_of_decision")
        self._add(
            "disposal", "court.CaseDisposed", decided, {"manner": self._manner(case.text("disposal_type"))}
        )

    def registration(self, case: Fields, registered: When | None, sections: list[Record]) -> None:
        """The case as it was registered, with its sections."""
        with self._draft.part("registration", _of(case, "type_name_reg", "reg_no", "reg_year", "dt_regis")):
            number, year = case.text("reg_no", "registration_number"), case.number("reg_year")
            if registered is None:
                if number or sections:
                    raise UnreadableError(Trouble.FIELD_MISSING, "dt_regis")
                return
            body = {
                "case_type": "_".join(
                    case.text("type_name_reg", "case_type").upper().replace(".", "").split()
                ),
                "case_number": number,
                "year": year,
                "registered_on": registered.day,
                "filed_on": self._draft_day(case, "date_of_filing", "dt_filing"),
                "sections": sections,
            }
            self._add("registration", "court.CaseRegistered", registered, body)

    def _draft_day(self, case: Fields, *names: str) -> date | None:
        found = self._draft.moment(case, *names)
        return case.day(*names) if found is not None else None

    def _manner(self, written: str) -> str:
        found = _found(_MANNERS, written)
        if found:
            return found
        self._draft.note(
            "The manner of disposal is not in the table; it is passed on as OTHER.",
            "निष्पादन का प्रकार सूची में नहीं है; OTHER भेजा गया।",
        )
        return "OTHER" if written else "UNKNOWN"

    def _judge(self, written: str) -> Record | None:
        post = _found(_POSTS, written)
        return (
            office("JUDGE", f"{self._court}-{post}" if "-" not in self._court else self._court)
            if post
            else None
        )


def _found(table: tuple[tuple[str, str], ...], written: str) -> str:
    plain = name_key(written)
    return next((code for code, pattern in table if re.search(pattern, plain)), "")


def _purpose(written: str) -> str:
    """A purpose's code; one that is not in the table as it is written, in capitals."""
    return _found(_PURPOSES, written) or "_".join(written.upper().split())[:64]


def _registered(draft: Draft, case: Fields) -> When | None:
    """The day of registration, else of filing; one that cannot be read is put in quarantine."""
    for names in (("dt_regis", "date_of_registration"), ("date_of_filing", "dt_filing")):
        with draft.part(f"date/{names[0]}", _of(case, *names)):
            found = case.when(*names)
            if found is not None:
                return found
    return None


def _claims(draft: Draft, case: Fields, book: Book) -> list[Identifier]:
    """The FIR that the case is of; where it cannot be told the case goes on without it."""
    given = _of(case, "fir_no", "police_station", "fir_year", "police_st_code")
    with draft.part("fir", given):
        number = case.text("fir_no", "fir_number")
        if not number or not int(re.sub(r"\D", "", reading.ascii_digits(number)) or "0"):
            return []
        station = book.station(
            case.text("police_st_code", "police_station_code"),
            case.text("police_station", "ps_name"),
            "police_station",
        )
        return [book.fir(station, number, case.number("fir_year"), "fir_no")]
    return []


def _sections(draft: Draft, case: Fields) -> list[Record] | None:
    """The sections of the register; None where they cannot be read."""
    with draft.part("acts", case.value("acts")):
        return sections_of(draft, act_rows(entry for _, entry in case.rows("acts", "act")))
    return None


def _of(case: Fields, *names: str) -> dict[str, Any]:
    return {name: case.value(name) for name in names}
