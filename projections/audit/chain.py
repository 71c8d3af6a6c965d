"""The chain: each entry's hash covers all that the entry says and the hash of the one before. Pure.

    hash(n) = SHA-256(hash(n-1) ‖ canonical JSON of entry n without its hash)

So an entry that is changed, taken out, put in or moved breaks the chain where it was. Only the end can be cut off
unseen; against that stand checkpoints, which others keep.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import orjson

START = b""
"""What stands before the first entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry. `kind`: SIGNED_IN, SIGNED_OUT, ASKED, ANSWERED, REFUSED, FAILED, EMERGENCY, GRANTED, REVOKED."""

    seq: int
    at: datetime
    kind: str
    subject: str
    issuer: str
    role: str
    purpose: str
    question: str
    about: str
    reason: str = ""
    opened: int | None = None
    roots: list[str] = field(default_factory=list)
    reach: list[str] = field(default_factory=list)
    ticket: bytes | None = None
    previous: bytes = START
    hash: bytes = START

    def sealed(self) -> bytes:
        """The hash that the entry must have."""
        said: dict[str, Any] = asdict(self)
        del said["hash"]
        said["at"] = self.at.astimezone(UTC).isoformat(timespec="microseconds")
        said["ticket"] = None if self.ticket is None else self.ticket.hex()
        said["previous"] = self.previous.hex()
        return sha256(self.previous + orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).digest()


@dataclass(frozen=True, slots=True)
class Broken:
    """What is wrong, and at which entry."""

    seq: int
    what: str


def verify(entries: Iterable[Entry], ends: Mapping[int, bytes] | None = None) -> tuple[int, list[Broken]]:
    """How many entries there are, and everything that is wrong with them, in the order in which they stand.

    `ends`: number -> hash, as checkpoints and the head tell; each must be an entry of that hash.
    """
    broken: list[Broken] = []
    wanted = dict(ends or {})
    wanted.pop(0, None)
    count, seq, previous = 0, 0, START
    for entry in entries:
        count += 1
        if entry.seq != seq + 1:
            broken.append(Broken(seq + 1, f"entries {seq + 1} to {entry.seq - 1} are missing" if entry.seq > seq + 1
                                 else f"entry {entry.seq} stands after entry {seq}"))  # fmt: skip
        if entry.previous != previous:
            broken.append(Broken(entry.seq, "it does not follow the entry before it"))
        if entry.hash != entry.sealed():
            broken.append(Broken(entry.seq, "what it says was changed"))
        if entry.seq in wanted and wanted.pop(entry.seq) != entry.hash:
            broken.append(Broken(entry.seq, "it is not the entry that was told as the chain's end"))
        seq, previous = entry.seq, entry.hash
    broken += [Broken(end, "the chain's end was told to be here, and is gone") for end in sorted(wanted)]
    return count, broken
