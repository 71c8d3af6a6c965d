"""A source's windows: which identifier stands for a source, and the digest over the numbers of a window.

Publishers close windows with common.WindowClosed; the hub works the digest out anew from what it has received.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Final
from uuid import UUID

from schemas.events import Identifier
from schemas.identifiers import is_canonical
from schemas.reasons import FaultError, Reason

WINDOW_CLOSED: Final = "common.WindowClosed"
SEQUENCE_VOIDED: Final = "common.SequenceVoided"
ABOUT_NUMBERS: Final = frozenset({WINDOW_CLOSED, SEQUENCE_VOIDED})
"""Events about a source's numbers. They take numbers of their own, and no window is closed for them alone."""


def source_identifier(source: str) -> Identifier:
    """The identifier of a source: `police.cctns/PS-PATKOT` is `SOURCE:police.cctns~PS-PATKOT`.

    Raises FaultError for a source that is written otherwise: it could close no window.
    """
    value = source.replace("/", "~", 1)
    if "~" in source or not is_canonical("SOURCE", value):
        raise FaultError(
            Reason.SOURCE_INVALID,
            "envelope.source is written department.system/writer, as police.cctns/PS-PATKOT",
        )
    return {"kind": "SOURCE", "value": value}


def window_digest(numbered: Iterable[tuple[int, UUID]]) -> str:
    """SHA-256, hexadecimal, over (number, event id) in order of number, each written as `number id` and a line feed."""
    digest = hashlib.sha256()
    for number, event_id in numbered:
        digest.update(f"{number} {event_id}\n".encode())
    return digest.hexdigest()
