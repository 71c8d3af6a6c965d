"""The reports that exist on paper already: each a pure function of case files, each figure with its list beside it.

To add one: a module with a `Definition`, and its line in REPORTS.
"""

from __future__ import annotations

from typing import Final

from projections.reports.prosecution import PROSECUTION
from projections.reports.report import Definition
from projections.reports.s479 import S479

REPORTS: Final[dict[str, Definition]] = {one.name: one for one in (S479, PROSECUTION)}

__all__ = ["REPORTS"]
