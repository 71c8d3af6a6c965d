"""What one case is to the person's others: pending or not, holding him or not (BNSS s.479(2), bail not released)."""

from __future__ import annotations

from datetime import date
from typing import Any

from projections.files.status.course import FINAL, charge_sheet, sections, stage
from projections.files.status.custody import custody
from projections.files.status.view import order_of, view_of
from projections.law.facts import OtherCase

Json = dict[str, Any]


def other_case(document: Json, pid: str) -> OtherCase | None:
    """The case of a document as another case of the prisoner `pid` (canonical text); None where he is not in it.

    He stands there under the same PID, which the jail gives to one person: so it is sure to be his.
    """
    for accused in document["accused"]:
        if pid in accused["references"]:
            view = view_of(document, accused, order_of(document))
            reached = stage(view, charge_sheet(view), sections(view)[0])
            inside = custody(view)["inside"]
            return OtherCase(
                case=document["root"],
                source=pid,
                as_of=date.fromisoformat(document["events"][-1]["occurred_at"][:10]),
                confirmed=True,
                pending=reached["value"] not in FINAL,
                holds=inside["value"] if inside["by"] else None,
            )
    return None
