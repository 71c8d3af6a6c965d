"""What an excise station says in a case, under its own number: as the police do, in the same places.

document["police"][EXCISE_CASE] = {"registered", "sections": Fact, "reports": […]}; arrests stand at the accused.
"""

from __future__ import annotations

from typing import cast

from projections.files import case_police
from projections.files import values as v
from projections.files.parties import meet
from projections.files.state import FileState
from projections.files.story import kept
from projections.files.telling import Telling, item
from schemas import events

_REGISTERED = kept(
    "district police_station case_number year place_of_occurrence investigator items",
    moments="offence_from offence_to information_received_at",
)


def case_registered(state: FileState, told: Telling) -> None:
    """A case was registered under the Prohibition and Excise Act or the NDPS Act."""
    body = cast(events.ExciseCaseRegistered, told.body)
    part = case_police.station(state, told)
    part["registered"] = v.pick(body, _REGISTERED, item(told))
    if body["sections"]:
        case_police.state_sections(part, v.text_of_sections(body["sections"]), told, altered=False)
    for accused in body["accused"]:
        record = meet(state, accused, told)
        record.setdefault("named_in", {}).setdefault(told.anchor, told.id)


HANDLERS = {
    "excise.ExciseCaseRegistered": case_registered,
    "excise.ExciseArrestMade": case_police.arrest_made,
    "excise.ExciseFinalReportSubmitted": case_police.final_report_submitted,
}
