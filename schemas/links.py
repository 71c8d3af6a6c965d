"""The kinds of link: which two identifiers each can join.

A link is a fact "this identifier and that one belong together". What follows from it is the business of the
projections; here stands only what the contract needs, to refuse a claim or a decision that can mean nothing.
"""

from __future__ import annotations

from typing import Final

CASES: Final = frozenset({"FIR", "ZERO_FIR", "EXCISE_CASE", "COMPLAINT_CASE", "SECURITY_PROCEEDING"})
COURT_NUMBERS: Final = frozenset({"PTN", "CNR"})
ORIGINS: Final = frozenset({"GD", "INCIDENT_112", "NCRP_ACK", "APPLICATION_NO"})
_ACCUSED_SCOPES: Final = CASES | COURT_NUMBERS | {"PID"}

# kind -> the identifier kinds at its two ends; either may be named first
ENDS: Final[dict[str, tuple[frozenset[str], frozenset[str]]]] = {
    "SAME_CASE": (frozenset({"FIR", "ZERO_FIR"}), frozenset({"FIR"})),
    "CONTINUES": (COURT_NUMBERS, frozenset({"CNR"})),
    "TRIED_IN": (CASES, COURT_NUMBERS),
    "HELD_UNDER": (frozenset({"PID"}), CASES | COURT_NUMBERS),
    "AROSE_FROM": (frozenset({"FIR", "ZERO_FIR", "EXCISE_CASE"}), ORIGINS),
    "EXAMINED_FOR": (frozenset({"FSL_NO"}), CASES),
    "ORDERED_IN": (frozenset({"ORDER_NO", "REPORT_NO"}), COURT_NUMBERS),
    "ACCUSED_IS": (_ACCUSED_SCOPES, _ACCUSED_SCOPES),
    "SAME_PERSON": (_ACCUSED_SCOPES, _ACCUSED_SCOPES),
}
BETWEEN_ACCUSED: Final = frozenset({"ACCUSED_IS", "SAME_PERSON"})


def fits(link_kind: str, one: str, other: str) -> bool:
    """Whether a link of this kind can join identifiers of these two kinds, in either order."""
    ends = ENDS.get(link_kind)
    if ends is None:
        return False
    first, second = ends
    return (one in first and other in second) or (other in first and one in second)
