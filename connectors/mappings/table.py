"""The native mappings by name, as a mapping's TOML names them."""

from __future__ import annotations

from typing import Final

from connectors.mappings import ecourts, eprisons, eprosecution, erss112, iif1, iif3, iif5, ncrp
from connectors.mappings.drafting import Mapping

MAPPINGS: Final[dict[str, Mapping]] = {
    "ecourts-case-status": ecourts.case_status,
    "cctns-iif1": iif1.fir,
    "cctns-iif3": iif3.arrest,
    "cctns-iif5": iif5.final_report,
    "eprisons-inmate": eprisons.inmate,
    "eprisons-warrant": eprisons.warrant,
    "eprosecution": eprosecution.entry,
    "erss-112": erss112.incident,
    "ncrp": ncrp.complaint,
}
