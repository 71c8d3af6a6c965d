"""A key for a first try on this machine: made here, entered in the file of publishers, and good on loopback alone."""

from __future__ import annotations

import os
from pathlib import Path

from joserfc.jwk import RSAKey

from connectors.gateway.publishers import PublishersInvalid, read
from connectors.gateway.tokens import signed
from ops.base.clock import Clock

_BITS = 2048


def dev_token(publishers: Path, department: str, clock: Clock) -> str:
    """A token of a department's development key, valid for an hour; key and entry are made where there are none.

    Raises PublishersInvalid, also where the department has an entry with a key of its own.
    """
    entry = read(publishers).get(department)
    if entry is not None and not entry.development:
        raise PublishersInvalid(f"{publishers} has an entry [{department}]: sign with its key")
    key_file = publishers.parent / "dev-keys" / f"{department}.key"
    key = _key(key_file)
    if entry is None:
        known = publishers.read_text(encoding="utf-8") if publishers.exists() else ""
        written = (
            f'{known}\n[{department}]\nsources = ["{department}."]\nkeys = ["dev-keys/{department}.pem"]\n'
            "development = true\n"
        )
        growing = publishers.with_suffix(".growing")
        growing.write_text(written.lstrip("\n"), encoding="utf-8")
        try:
            read(growing)
        except PublishersInvalid as error:
            growing.unlink()
            raise PublishersInvalid(str(error).replace(str(growing), str(publishers))) from None
        growing.replace(publishers)
    return signed(department, key, clock)


def _key(path: Path) -> RSAKey:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = RSAKey.generate_key(_BITS)
        path.with_suffix(".pem").write_bytes(made.as_pem(private=False))
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(made.as_pem(private=True))
    return RSAKey.import_key(path.read_bytes())
