"""The topics of the exchange: the one place where they are declared.

Departments write their own topic and read none of the others'. All have the broker's append time (a
publisher's clock can't backdate what the hub knew), are kept for ever, are never created by accident, and
never elect a replica that lacks acknowledged records.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

DEPARTMENT_TOPICS: Final = (
    "police.events", "excise.events", "court.events", "prosecution.events", "prison.events",
    "probation.events", "forensics.events", "legalaid.events", "emergency.events", "citizen.events",
    "cyber.events", "economic.events",
)  # fmt: skip
IDENTITY: Final = "hub.identity"
REPAIRS: Final = "hub.repairs"
CASE_STATUS: Final = "hub.case-status"
ALARMS: Final = "hub.alarms"
RECEIPTS: Final = "hub.receipts"
ACCESS: Final = "hub.access"

# What the hub projects; the other topics are its own messages.
SOURCE_TOPICS: Final = (*DEPARTMENT_TOPICS, IDENTITY, REPAIRS)

PARTITIONS: Final = 12


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic as it is to be created; `config` are the broker's own settings by name."""

    name: str
    partitions: int
    config: dict[str, str]


def _topic(name: str, cleanup: str = "delete") -> Topic:
    return Topic(
        name,
        PARTITIONS,
        {
            "cleanup.policy": cleanup,
            "message.timestamp.type": "LogAppendTime",
            "retention.ms": "-1",
            "retention.bytes": "-1",
            "unclean.leader.election.enable": "false",
        },
    )


TOPICS: Final = (
    *(_topic(name) for name in SOURCE_TOPICS),
    _topic(CASE_STATUS, cleanup="compact"),
    _topic(ALARMS),
    _topic(RECEIPTS),
    _topic(ACCESS),
)
