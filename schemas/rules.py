"""Rules of single event types: what a decision of the hub's own topics must say to mean anything.

A link's first identifier is its anchor and its kind can join the two; a human decision names an office; a
repair names two different ones; a secret tip or a verification is joined to no case. Everything else is true of all
events and stands in validate.py.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from schemas import links
from schemas.accused import PID
from schemas.event import event_id_of
from schemas.reasons import FaultError, Reason
from schemas.topics import TOPICS

Record = dict[str, Any]
# Services whose applications enter no case: who tips off stays secret, who was verified is suspected of nothing.
KEPT_APART: Final = frozenset(
    {
        "SECRET_TIP",
        "CHARACTER_CERTIFICATE",
        "TENANT_VERIFICATION",
        "SERVANT_VERIFICATION",
        "EMPLOYEE_VERIFICATION",
    }
)
_TOPIC_NAMES: Final = frozenset(topic.name for topic in TOPICS)


def _link_is_possible(record: Record) -> None:
    left, right, kind = record["left"], record["right"], record["link_kind"]
    if left != record["envelope"]["anchor"]:
        raise FaultError(Reason.LINK_IMPOSSIBLE, "left must be the anchor")
    if not links.fits(kind, left["kind"], right["kind"]):
        raise FaultError(Reason.LINK_IMPOSSIBLE, f"{kind} cannot join {left['kind']} and {right['kind']}")
    between_accused = kind in links.BETWEEN_ACCUSED
    for side, identifier in (("left", left), ("right", right)):
        ref = record[side + "_accused"]
        if between_accused != (ref is not None):
            raise FaultError(
                Reason.LINK_IMPOSSIBLE, f"{side}_accused is for ACCUSED_IS and SAME_PERSON, and needed there"
            )
        if ref is not None and _case_of(ref) != f"{identifier['kind']}:{identifier['value']}":
            raise FaultError(Reason.LINK_IMPOSSIBLE, f"{side} must be the case of {side}_accused, or his PID")
    if (left, record["left_accused"]) == (right, record["right_accused"]):
        raise FaultError(Reason.LINK_IMPOSSIBLE, "left and right are the same")


def _case_of(ref: Record) -> str:
    return f"{PID}:{ref['code']}" if ref["scheme"] == PID else str(ref["scope"])


def _reviewer_is_named(record: Record) -> None:
    if record["reviewer"] is None:
        raise FaultError(
            Reason.OFFICE_MISSING, "reviewer must be named: only an office confirms, rejects or undoes"
        )


def _decision_is_named(record: Record) -> None:
    if event_id_of(record["decision"]) is None:
        raise FaultError(
            Reason.TARGET_INVALID, "decision must be the event id of the decision that is undone"
        )


def _target_is_named(record: Record) -> None:
    if event_id_of(record["target"]) is None:
        raise FaultError(Reason.TARGET_INVALID, "target must be the id under which the event was set aside")


def _proposer_is_named(record: Record) -> None:
    if record["proposed_by"] is None:
        raise FaultError(Reason.OFFICE_MISSING, "proposed_by must be named")


def _correction_is_whole_or_none(record: Record) -> None:
    if record["corrected_value"]:
        _correction_is_whole(record)


def _two_offices(record: Record) -> None:
    proposed, approved = record["proposed_by"], record["approved_by"]
    if proposed is None or approved is None or proposed == approved:
        raise FaultError(Reason.OFFICE_MISSING, "proposed_by and approved_by must be two different offices")


def _correction_is_whole(record: Record) -> None:
    if (
        not record["corrected_value"]
        or not record["corrected_key"]
        or record["corrected_topic"] not in _TOPIC_NAMES
    ):
        raise FaultError(
            Reason.TARGET_INVALID, "corrected_value, corrected_topic and corrected_key must be given"
        )


def _joins_no_case(record: Record) -> None:
    if record["service"] in KEPT_APART and record["envelope"]["claims"]:
        raise FaultError(
            Reason.CLAIM_NOT_ALLOWED,
            "a secret tip or a verification is joined to no case: leave led_to empty",
        )


RULES: Final[dict[str, tuple[Callable[[Record], None], ...]]] = {
    "hub.LinkAsserted": (_link_is_possible,),
    "hub.LinkConfirmed": (_link_is_possible, _reviewer_is_named),
    "hub.LinkRejected": (_link_is_possible, _reviewer_is_named),
    "hub.LinkUndone": (_link_is_possible, _reviewer_is_named, _decision_is_named),
    "hub.RepairProposed": (_target_is_named, _proposer_is_named, _correction_is_whole_or_none),
    "hub.RepairApproved": (_target_is_named, _two_offices, _correction_is_whole),
    "hub.EventDiscarded": (_target_is_named, _two_offices),
    "citizen.ApplicationDecided": (_joins_no_case,),
}
