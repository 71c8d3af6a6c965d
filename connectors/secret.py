"""The connector's secret, with which descriptions of persons are salted (schemas/complete.py).

It never leaves the machine and has no default: it is made once, at random, in a file that its owner alone can
read. A copy of it belongs into the department's backup: with another key a re-sent description has another digest.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

LENGTH = 32


def connector_key(path: Path) -> bytes:
    """The key in this file, 32 bytes; made if there is none. Raises ValueError for a file that is no key."""
    try:
        # Exclusive, so that of two that make it at once both use the same.
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        key = path.read_bytes()
        if len(key) != LENGTH:
            raise ValueError(f"{path} holds no key of {LENGTH} bytes; restore it from the backup") from None
        return key
    with os.fdopen(handle, "wb") as file:
        key = secrets.token_bytes(LENGTH)
        file.write(key)
    return key
