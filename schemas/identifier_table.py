"""The table of identifier kinds: what each numbers, its canonical pattern, an example, and how it is written.

A new kind, or a spelling met in practice, is a line here; docs/identifiers.md is generated from it, and a
test holds every spelling's example to the kind's own example.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

Groups = dict[str, str]


@dataclass(frozen=True, slots=True)
class Spelling:
    """A way in which an identifier is written in practice; each example means the kind's own example."""

    pattern: re.Pattern[str]
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of identifier: what it numbers, pattern and example of its canonical value, its spellings.

    `build` makes the canonical value of the named groups of a spelling.
    """

    name: str
    meaning: str
    pattern: str
    example: str
    build: Callable[[Groups], str]
    spellings: tuple[Spelling, ...]


def _spelling(pattern: str, *examples: str) -> Spelling:
    return Spelling(re.compile(pattern, re.IGNORECASE | re.ASCII), examples)


def _series(width: int) -> Callable[[Groups], str]:
    def build(groups: Groups) -> str:
        year = groups["year"] if len(groups["year"]) == 4 else "20" + groups["year"]
        return f"{groups['state']}-{groups['unit']}-{year}-{int(groups['number']):0{width}d}"

    return build


def _court_series(groups: Groups) -> str:
    return f"{groups['unit']}-{groups['year']}-{int(groups['number']):06d}"


def _joined(*names: str) -> Callable[[Groups], str]:
    return lambda groups: "-".join(groups[name] for name in names)


_STATE = r"(?:(?P<state>[A-Z]{2})[ /-]+)?"
_UNIT = r"(?P<unit>[A-Z][A-Z0-9]{1,15})"
_NUMBER = r"(?P<number>\d{1,6})"
_OF_YEAR = _NUMBER + r" ?/ ?(?P<year>(?:19|20)?\d{2})"
_YEAR = r"(?P<year>(?:19|20)\d{2})"
_COURT_CODE = r"(?P<unit>[A-Z]{4}[A-Z0-9]{2})"
_NO = r"(?:NO\.?|NUMBER)?[ :]*"
_PS = r"(?:P\.? ?S\.?|POLICE STATION|THANA)"
_SERIES = r"[A-Z]{2}-[A-Z][A-Z0-9]{1,15}-(?:19|20)\d{2}-(?:\d{4}|[1-9]\d{4,5})"


def _station_spellings(word: str, station: str, *named: str) -> tuple[Spelling, ...]:
    """How a number in a station's yearly register is written; `named` are examples with the word."""
    return (
        _spelling(_STATE + _UNIT + "[ -]+" + _YEAR + "[ -]+" + _NUMBER, f"br-{station.lower()}-2025-123"),
        _spelling(_STATE + _UNIT + "[ /-]+" + _NO + _OF_YEAR, f"BR {station} 123/2025"),
        _spelling(
            rf"(?:{word} *)?{_NO}{_OF_YEAR},? *{_STATE}{_PS} *{_UNIT}", f"No. 123/2025 PS {station}", *named
        ),
        _spelling(rf"{_STATE}{_PS} *{_UNIT},? *(?:{word} *)?{_NO}{_OF_YEAR}", f"P.S. {station} No. 123/25"),
        _spelling(rf"{_STATE}{_UNIT} *{_PS} *(?:{word} *)?{_NO}{_OF_YEAR}", f"{station} P.S. No. 123/2025"),
    )


def _offices_spelling(width_example: str) -> tuple[Spelling, ...]:
    return (_spelling(_STATE + _UNIT + "[ /-]+" + _YEAR + "[ /-]+" + _NUMBER, width_example),)


_FIR_WORD = r"(?:F\.? ?I\.? ?R\.?|(?:FIR )?CASE|CR\.?)"
_ZERO_WORD = r"(?:ZERO[ -]*(?:F\.? ?I\.? ?R\.?))"
_EXCISE_WORD = r"(?:EXCISE|UTPAD) *(?:CASE)?"

TABLE: Final = (
    Kind(
        "FIR", "first information report of a police station", _SERIES, "BR-PATKOT-2025-0123", _series(4),
        _station_spellings(_FIR_WORD, "PATKOT", "FIR No. 123/2025 PS PATKOT", "F.I.R. 123/25, Thana Patkot"),
    ),
    Kind(
        "ZERO_FIR", "FIR registered without jurisdiction, BNSS s.173(1)", _SERIES, "BR-PATKOT-2025-0123",
        _series(4),
        _station_spellings(_ZERO_WORD, "PATKOT", "Zero FIR 123/2025 PS PATKOT"),
    ),
    Kind(
        "CNR", "case number record of a court", r"[A-Z]{4}[A-Z0-9]{2}\d{6}(?:19|20)\d{2}", "BRPA010001232025",
        lambda g: g["place"] + g["unit"] + g["serial"] + g["year"],
        (
            _spelling(
                rf"(?:CNR *{_NO})?(?P<place>[A-Z]{{4}})[ -]?(?P<unit>[A-Z0-9]{{2}})[ /-]*"
                rf"(?P<serial>\d{{6}})[ /-]*{_YEAR}",
                "brpa01-000123-2025", "BRPA 01 000123 2025", "CNR No. BRPA01-000123/2025", "brpa010001232025",
            ),
        ),
    ),
    Kind(
        "PTN", "a court's number before there is a CNR", r"[A-Z]{4}[A-Z0-9]{2}-(?:19|20)\d{2}-\d{6}",
        "BRPA01-2025-000045", _court_series,
        (
            _spelling(_COURT_CODE + "[ /-]+" + _YEAR + "[ /-]+" + _NUMBER, "brpa01/2025/45"),
            _spelling(rf"PTN *{_NO}{_COURT_CODE}[ /-]+{_YEAR}[ /-]+{_NUMBER}", "PTN No. BRPA01-2025-45"),
        ),
    ),
    Kind(
        "PID", "prisoner's id in the prisons' system", r"[A-Z]{2}-\d{4}-\d{5,8}", "BR-0123-45678",
        _joined("state", "jail", "number"),
        (
            _spelling(
                rf"(?:PID *{_NO})?{_STATE}(?P<jail>\d{{4}})[ /-]+(?P<number>\d{{5,8}})",
                "br/0123/45678", "PID No. 0123-45678",
            ),
        ),
    ),
    Kind(
        "UTP_NO", "a jail's own number of an undertrial", r"[A-Z]{2}-\d{4}-(?:19|20)\d{2}-\d{5}",
        "BR-0123-2025-00456", lambda g: f"{g['state']}-{g['unit']}-{g['year']}-{int(g['number']):05d}",
        (
            _spelling(rf"{_STATE}(?P<unit>\d{{4}})[ -]+{_YEAR}[ -]+{_NUMBER}", "br-0123-2025-456"),
            _spelling(rf"(?:UTP *{_NO}){_NUMBER}/{_YEAR},? *JAIL *{_STATE}(?P<unit>\d{{4}})",
                      "UTP No. 456/2025 Jail 0123"),
        ),
    ),
    Kind(
        "REPORT_NO", "a probation officer's report", r"[A-Z]{2}-[A-Z][A-Z0-9]{1,15}-(?:19|20)\d{2}-\d{5}",
        "BR-PATPO-2025-00012", _series(5), _offices_spelling("br/patpo/2025/12"),
    ),
    Kind(
        "COURT", "a court by its establishment and bench",
        r"[A-Z]{4}[A-Z0-9]{2}(?:-[A-Z0-9]{1,12})?", "BRPA01-CJM",
        lambda g: g["unit"] + (f"-{g['bench']}" if g["bench"] else ""),
        (_spelling(_COURT_CODE + "(?:[ /-]+(?P<bench>[A-Z0-9]{1,12}))?", "brpa01/cjm"),),
    ),
    Kind(
        "JAIL", "a jail", r"[A-Z]{2}-\d{4}", "BR-0123", _joined("state", "unit"),
        (
            _spelling(_STATE + r"(?P<unit>\d{4})", "br 0123"),
            _spelling(r"JAIL *(?:CODE)? *" + _STATE + r"(?P<unit>\d{4})", "Jail 0123"),
        ),
    ),
    Kind(
        "SOURCE", "one writer with its own numbering", r"[a-z]+\.[a-z0-9-]+~[A-Za-z0-9._-]{1,64}",
        "police.cctns~PS-PATKOT", lambda g: f"{g['department'].lower()}.{g['system'].lower()}~{g['writer']}",
        (
            _spelling(r"(?P<department>[A-Z]+)\.(?P<system>[A-Z0-9-]+)[/~](?P<writer>[A-Z0-9._-]{1,64})",
                      "police.cctns/PS-PATKOT"),
        ),
    ),
    Kind(
        "EXCISE_CASE", "case of an excise station, in its own series", _SERIES,
        "BR-PATEXC-2025-0123", _series(4),
        _station_spellings(_EXCISE_WORD, "PATEXC", "Excise Case No. 123/2025 PS PATEXC"),
    ),
    Kind(
        "COMPLAINT_CASE", "complaint to a magistrate, BNSS s.223",
        r"[A-Z]{4}[A-Z0-9]{2}-(?:19|20)\d{2}-\d{6}",
        "BRPA01-2025-000123", _court_series,
        (
            _spelling(_COURT_CODE + "[ -]+" + _YEAR + "[ -]+" + _NUMBER, "brpa01-2025-123"),
            _spelling(rf"COMPLAINT *(?:CASE)? *{_NO}{_NUMBER}/{_YEAR},? *{_COURT_CODE}",
                      "Complaint Case No. 123/2025 BRPA01"),
        ),
    ),
    Kind(
        "SECURITY_PROCEEDING", "proceeding of an executive magistrate, BNSS chapter IX", _SERIES,
        "BR-PATSDM-2025-0034", _series(4),
        (
            _spelling(_STATE + _UNIT + "[ -]+" + _YEAR + "[ -]+" + _NUMBER, "br-patsdm-2025-34"),
            _spelling(_STATE + _UNIT + "[ /-]+" + _NO + _OF_YEAR, "PATSDM 34/2025"),
        ),
    ),
    Kind(
        "GD", "entry in a station's general diary", r"[A-Z]{2}-[A-Z][A-Z0-9]{1,15}-(?:19|20)\d{6}-\d{4}",
        "BR-PATKOT-20250131-0012",
        lambda g: f"{g['state']}-{g['unit']}-{g['year']}{g['month']}{g['day']}-{int(g['number']):04d}",
        (
            _spelling(
                rf"{_STATE}{_UNIT}[ -]+{_YEAR}-?(?P<month>\d{{2}})-?(?P<day>\d{{2}})[ -]+"
                r"(?P<number>\d{1,4})",
                "br-patkot-2025-01-31-12",
            ),
            _spelling(
                rf"(?:G\.?D\.?E?\.?|SANHA) *{_NO}(?P<number>\d{{1,4}}),? *(?:DT\.?|DATED)? *"
                rf"(?P<day>\d{{2}})[./-](?P<month>\d{{2}})[./-]{_YEAR},? *{_STATE}{_PS} *{_UNIT}",
                "GD No. 12 dt. 31.01.2025 PS PATKOT",
            ),
        ),
    ),
    Kind(
        "INCIDENT_112", "an incident of the emergency number 112", r"[A-Z]{2}-(?:19|20)\d{6}-\d{7}",
        "BR-20250131-0001234", lambda g: f"{g['state']}-{g['date']}-{int(g['number']):07d}",
        (
            _spelling(
                rf"(?:(?:112|ERSS) *(?:EVENT|INCIDENT)? *{_NO})?{_STATE}"
                r"(?P<date>(?:19|20)\d{6})[ /-]+(?P<number>\d{1,7})",
                "20250131/1234", "112 Event No. 20250131-1234",
            ),
        ),
    ),
    Kind(
        "NCRP_ACK", "acknowledgement of the cyber-crime portal", r"\d{14}", "30501250012345",
        lambda g: g["a"] + g["b"] + g["c"],
        (
            _spelling(
                rf"(?:(?:NCRP|1930|ACK(?:NOWLEDGEMENT)?) *{_NO})?"
                r"(?P<a>\d{3})[ -]?(?P<b>\d{4})[ -]?(?P<c>\d{7})",
                "305-0125-0012345", "NCRP No. 30501250012345",
            ),
        ),
    ),
    Kind(
        "FSL_NO", "a forensic laboratory's number of an examination",
        r"[A-Z]{2}-[A-Z][A-Z0-9]{1,15}-(?:19|20)\d{2}-\d{5}", "BR-FSLPAT-2025-00123", _series(5),
        (
            *_offices_spelling("br/fslpat/2025/123"),
            _spelling(rf"(?:LAB *)?{_NO}{_OF_YEAR} *{_STATE}{_UNIT}", "Lab No. 123/2025 FSLPAT"),
        ),
    ),
    Kind(
        "ORDER_NO", "a probation order", r"[A-Z]{2}-[A-Z][A-Z0-9]{1,15}-(?:19|20)\d{2}-\d{5}",
        "BR-PATPO-2025-00007", _series(5), _offices_spelling("br/patpo/2025/7"),
    ),
    Kind(
        "APPLICATION_NO", "an application on the citizens' portal", r"[A-Z]{2}-(?:19|20)\d{2}-\d{7}",
        "BR-2025-0000123", lambda g: f"{g['state']}-{g['year']}-{int(g['number']):07d}",
        (_spelling(_STATE + _YEAR + r"[ /-]+(?P<number>\d{1,7})", "br/2025/123"),),
    ),
)  # fmt: skip
