"""Writes the decisions about records set aside to hub.repairs: what one office proposes and another approves.

They go through an outbox of their own, as everything that is published does: what is decided is on disk first.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from connectors.schema_ids import schema_ids
from connectors.sdk import Connector
from ops.base.errors import UserError
from ops.base.settings import Settings
from projections.questions.quarantine import Corrected
from schemas.codec import Encoder
from schemas.event import Event
from schemas.identifiers import parse

Record = dict[str, Any]

SOURCE: Final = "hub.review/REPAIRS"
_SEND_WITHIN: Final = 30.0


def folder(settings: Settings) -> Path:
    """Where decisions wait for the broker."""
    return settings.home / "repairs"


class Repairs:
    """Publishes decisions; `now` is their time."""

    def __init__(self, settings: Settings, now: datetime) -> None:
        """Raises UserError."""
        self._now = now
        self._id_of = schema_ids(settings.require_registry())
        try:
            self.connector = Connector(
                folder(settings), settings.require_kafka(), settings.require_registry()
            )
        except ValueError as error:
            raise UserError(str(error)) from error

    def __enter__(self) -> Repairs:
        return self

    def __exit__(self, *_: object) -> None:
        self.connector.close()

    @property
    def salt_key(self) -> bytes:
        """With which descriptions that an editor enters anew are salted."""
        return self.connector.salt_key

    def propose(
        self, target: UUID, anchor: str | None, change: Corrected | None, office: Record, reason: str
    ) -> UUID:
        """Propose a correction, or without one to discard; the proposal's id."""
        record: Record = {"target": str(target), "reason": reason, "proposed_by": office}
        if change is not None:
            message = Encoder(self._id_of).encode(change.type, change.record)
            record |= {
                "corrected_value": message.value,
                "corrected_topic": change.topic,
                "corrected_key": change.key,
            }
        return self._publish(
            "hub.RepairProposed", anchor or (change.key if change else None), target, record, office
        )

    def approve(self, proposed: Event, office: Record) -> UUID:
        """Approve a proposal as a second office: it acts from now on. Raises UserError for the office that proposed."""
        body = proposed.body
        if office == body["proposed_by"]:
            raise UserError("another office than the one that proposed it must approve")
        record: Record = {
            "target": body["target"], "reason": body["reason"], "proposed_by": body["proposed_by"],
            "approved_by": office,
        }  # fmt: skip
        if not body["corrected_value"]:
            return self._publish("hub.EventDiscarded", proposed.anchor, UUID(body["target"]), record, office)
        record |= {name: body[name] for name in ("corrected_value", "corrected_topic", "corrected_key")}
        return self._publish("hub.RepairApproved", proposed.anchor, UUID(body["target"]), record, office)

    def _publish(self, event: str, anchor: str | None, target: UUID, body: Record, office: Record) -> UUID:
        envelope = {
            "source": SOURCE,
            "source_record": f"{event}/{target}/{self._now.isoformat()}",
            "occurred_at": self._now,
            "occurred_precision": "INSTANT",
            "recorded_at": self._now,
            "anchor": dict(parse(anchor or f"SOURCE:{SOURCE.replace('/', '~')}")),
            "actor": office,
        }
        kept = self.connector.publish(event, {"envelope": envelope, **body})
        if not self.connector.flush(_SEND_WITHIN):
            raise UserError(
                "decided and on disk, but the broker cannot be reached: it is sent with the next decision"
            )
        return kept.event_id


def office_of(text: str) -> Record:
    """An office as it is typed: KIND:CODE or KIND:CODE:DISTRICT. Raises UserError."""
    parts = [part.strip() for part in text.split(":")]
    if not 2 <= len(parts) <= 3 or not all(parts[:2]):
        raise UserError("an office is written KIND:CODE or KIND:CODE:DISTRICT, as SCRB:SCRB-NODAL:PAT")
    return {"kind": parts[0], "code": parts[1], "district": parts[2] if len(parts) == 3 else ""}
