"""What other records say in the case that they are reached from: what it arose from, exhibits, probation.

    document["origins"][INCIDENT_112, NCRP_ACK or APPLICATION_NO] = as in the record's own file
    document["exhibits"] = {"seizures": […], "sent": […], "laboratory": {FSL_NO: as in the exhibit's own file}}
    document["probation"][REPORT_NO or ORDER_NO] = as in the order's own file, + "accused": ref

An exhibit is followed from the seizure to the report by the number of the seizure list, the exhibit's number at the
station and the laboratory's number.
"""

from __future__ import annotations

from typing import Any, Final

from projections.files import citizen, cyber, emergency, forensics, probation
from projections.files.parties import meet, ref_text
from projections.files.state import FileState
from projections.files.story import Entry, Table, kept, tell_story
from projections.files.telling import Telling

Json = dict[str, Any]

_POLICE: Final[Table] = {
    "police.SeizureMade": Entry(
        "seizures",
        kept("seizure_list_number place under items witnesses audio_video officer", moments="seized_at"),
        many=True,
    ),
    "police.ExhibitSent": Entry(
        "sent",
        kept(
            "exhibit_no seizure_list_number kind parcels seals forwarding_memo laboratory",
            days="sent_on",
            identifiers="fsl_no",
        ),
        many=True,
    ),
}


def origin(state: FileState, told: Telling) -> bool:
    """What came before the case, from a record that led to it; False where it is nobody's business here."""
    if told.by == "citizen" and not citizen.enters_a_case(told):
        return False
    table = {"citizen": citizen.TABLE, "cyber": cyber.TABLE, "emergency": emergency.TABLE}[told.by]
    tell_story(state.document["origins"].setdefault(told.anchor, {}), told, table)
    return True


def exhibit(state: FileState, told: Telling) -> None:
    """An exhibit as the station seized and sent it."""
    for accused in told.body["accused"]:
        meet(state, accused, told)
    tell_story(state.document["exhibits"], told, _POLICE)


def laboratory(state: FileState, told: Telling) -> None:
    """An exhibit as the laboratory has it."""
    numbers: Json = state.document["exhibits"].setdefault("laboratory", {})
    tell_story(numbers.setdefault(told.anchor, {}), told, forensics.TABLE)


def ordered(state: FileState, told: Telling) -> None:
    """A report or an order of probation."""
    meet(state, told.body["accused"], told)
    part: Json = state.document["probation"].setdefault(told.anchor, {})
    part["accused"] = ref_text(told.body["accused"]["ref"])
    tell_story(part, told, probation.TABLE)


HANDLERS = {
    **dict.fromkeys((*emergency.TABLE, *citizen.TABLE, *cyber.TABLE), origin),
    **dict.fromkeys(_POLICE, exhibit),
    **dict.fromkeys(forensics.TABLE, laboratory),
    **dict.fromkeys(probation.TABLE, ordered),
}
