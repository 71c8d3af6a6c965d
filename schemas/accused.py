"""References to an accused: what is valid, and their canonical text.

Police say A1 inside one FIR, the court's system numbers parties inside one CNR, the jail has a PID.
Canonical: `CCTNS_CODE:FIR:BR-PATKOT-2025-0123:A1`, `CIS_PARTY:CNR:BRPA010001232025:1`, `PID:BR-0123-45678`.
"""

from __future__ import annotations

import re
from typing import Final

from schemas.events import AccusedRef
from schemas.identifiers import MATCH, IdentifierError

CCTNS_CODE: Final = "CCTNS_CODE"
CIS_PARTY: Final = "CIS_PARTY"
PID: Final = "PID"
# scheme -> kinds of the case inside which its codes are unique
SCOPES: Final = {
    CCTNS_CODE: frozenset({"FIR", "ZERO_FIR", "EXCISE_CASE", "GD"}),
    CIS_PARTY: frozenset({"CNR", "PTN", "COMPLAINT_CASE"}),
}
_CODE: Final = re.compile(r"[A-Z0-9]{1,12}", re.ASCII).fullmatch
_MEANT: Final = "SCHEME:CASE:CODE or PID:value"
_EXAMPLE: Final = "CCTNS_CODE:FIR:BR-PATKOT-2025-0123:A1"


def is_canonical_ref(ref: AccusedRef) -> bool:
    """Whether scheme, scope and code fit each other and are in canonical spelling."""
    scheme = ref["scheme"]
    if scheme == PID:
        return not ref["scope"] and MATCH["PID"](ref["code"]) is not None
    kinds = SCOPES.get(scheme)
    if kinds is None or _CODE(ref["code"]) is None:
        return False
    kind, _, value = ref["scope"].partition(":")
    return kind in kinds and MATCH[kind](value) is not None


def text_of_ref(ref: AccusedRef) -> str:
    """The canonical text of a valid reference."""
    if ref["scheme"] == PID:
        return f"{PID}:{ref['code']}"
    return f"{ref['scheme']}:{ref['scope']}:{ref['code']}"


def parse_ref(text: str) -> AccusedRef:
    """The reference that a canonical text stands for. Raises IdentifierError."""
    scheme, _, rest = text.partition(":")
    scope, _, code = ("", "", rest) if scheme == PID else rest.rpartition(":")
    ref: AccusedRef = {"scheme": scheme, "scope": scope, "code": code}
    if not is_canonical_ref(ref):
        raise IdentifierError("a reference to an accused", _MEANT, _EXAMPLE)
    return ref
