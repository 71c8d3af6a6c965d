"""Who may publish what, as data: `publishers.toml`. A new department, system or key is an entry there, and no code.

    [patna-courts]                       # the publisher's name: `iss` of its tokens
    department = "court"                 # whose topic it writes; left out: the name
    sources = ["court.cis/BRPA"]         # beginnings of the sources that are its own
    keys = ["keys/patna-courts.pem"]     # public keys of its tokens; two while one is being replaced
    certificates = ["8f14e45f…"]         # SHA-256 fingerprints of its client certificates
    numbers_itself = false               # whether its sources give source_seq themselves
    events_per_second = 500
    development = false                  # a key of this machine's own: the gateway then listens on loopback alone

Promises: the file is read again when it has changed, within a second; a file that cannot be read changes nothing, and
that is logged; a publisher without an entry can do nothing.
"""

from __future__ import annotations

import re
import time
import tomllib
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from joserfc.errors import JoseError, SecurityWarning
from joserfc.jwk import ECKey, RSAKey
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ops.base.errors import UserError
from ops.base.log import get_logger
from schemas.topics import DEPARTMENT_TOPICS

log = get_logger(__name__)

DEFAULT_RATE: Final = 500
_DEPARTMENTS: Final = frozenset(topic.partition(".")[0] for topic in DEPARTMENT_TOPICS)
_NAME: Final = re.compile(r"[a-z][a-z0-9-]{0,63}")
_LOOK_AGAIN: Final = 1.0
_LEAST_RSA: Final = 2048

Key = RSAKey | ECKey


class PublishersInvalid(UserError):
    """The file of publishers cannot be used; the text says where, and what was expected."""


class _Entry(BaseModel):
    """An entry of the file, as written."""

    model_config = ConfigDict(extra="forbid", strict=True)

    department: str | None = None
    sources: list[str] = Field(min_length=1)
    keys: list[str] = []
    certificates: list[str] = []
    numbers_itself: bool = False
    events_per_second: int = Field(default=DEFAULT_RATE, ge=1)
    development: bool = False


@dataclass(frozen=True)
class Publisher:
    """One who may publish, with the keys that its tokens may be signed with."""

    name: str
    department: str
    sources: tuple[str, ...]
    keys: tuple[Key, ...]
    certificates: frozenset[str]
    numbers_itself: bool
    events_per_second: int
    development: bool

    @property
    def topic(self) -> str:
        """The one topic that it writes."""
        return f"{self.department}.events"

    def owns(self, source: str) -> bool:
        """Whether a source is its own."""
        return source.startswith(self.sources)


class Publishers:
    """The publishers of a file, as it is now."""

    def __init__(self, path: Path, loopback: bool) -> None:
        """`loopback`: no other machine can ask, so that development keys may be used. Raises PublishersInvalid."""
        self.path = path
        self._loopback = loopback
        self._stamp = _stamp(path)
        self._by_name = self._read()
        self._looked = time.monotonic()

    def all(self) -> Mapping[str, Publisher]:
        """Name -> publisher."""
        now = time.monotonic()
        if now - self._looked > _LOOK_AGAIN:
            self._looked = now
            self._read_again()
        return self._by_name

    def _read_again(self) -> None:
        stamp = _stamp(self.path)
        if stamp == self._stamp:
            return
        self._stamp = stamp
        try:
            self._by_name = self._read()
            log.info("publishers.read", count=len(self._by_name))
        except PublishersInvalid as error:
            log.error("publishers.invalid", error=error)

    def _read(self) -> dict[str, Publisher]:
        found = read(self.path)
        for name, publisher in found.items():
            if publisher.development and not self._loopback:
                raise PublishersInvalid(
                    f"{self.path}, [{name}]: a development key is good on loopback alone: take the entry out"
                )
        return found


def _stamp(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size


def read(path: Path) -> dict[str, Publisher]:
    """The publishers of a file; none where there is no file. Raises PublishersInvalid."""
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise PublishersInvalid(f"{path} cannot be read: {error}") from error
    return {name: _publisher(path, name, entry) for name, entry in entries.items()}


def _publisher(path: Path, name: str, written: object) -> Publisher:
    where = f"{path}, [{name}]"
    if not _NAME.fullmatch(name):
        raise PublishersInvalid(f"{where}: a name is of small letters, digits and hyphens")
    try:
        entry = _Entry.model_validate(written)
    except ValidationError as error:
        told = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
        raise PublishersInvalid(f"{where}: {told}") from None
    department = entry.department or name
    if department not in _DEPARTMENTS:
        raise PublishersInvalid(f"{where}: department must be one of {', '.join(sorted(_DEPARTMENTS))}")
    for source in entry.sources:
        if not source.startswith(department + "."):
            raise PublishersInvalid(f"{where}: sources begin with the department, as {department}.…")
    keys = tuple(key for name in entry.keys for key in _keys(where, path.parent / name))
    certificates = frozenset(one.replace(":", "").lower() for one in entry.certificates)
    for one in certificates:
        if not re.fullmatch(r"[0-9a-f]{64}", one):
            raise PublishersInvalid(
                f"{where}: a certificate is its SHA-256 fingerprint, 64 hexadecimal digits"
            )
    return Publisher(
        name, department, tuple(entry.sources), keys, certificates, entry.numbers_itself, entry.events_per_second,
        entry.development,
    )  # fmt: skip


def _keys(where: str, path: Path) -> Iterator[Key]:
    try:
        text = path.read_bytes()
    except OSError as error:
        raise PublishersInvalid(f"{where}: key {path} cannot be read: {error.strerror}") from error
    if b"PRIVATE" in text:
        raise PublishersInvalid(
            f"{where}: {path} is a private key, which stays with the publisher: give the public one"
        )
    for kind in (RSAKey, ECKey):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", SecurityWarning)  # of a short key, which is refused below
                key = kind.import_key(text)
        except (JoseError, ValueError, TypeError):
            continue
        if isinstance(key, RSAKey) and key.raw_value.key_size < _LEAST_RSA:
            raise PublishersInvalid(f"{where}: {path}: an RSA key has {_LEAST_RSA} bits or more")
        yield key
        return
    raise PublishersInvalid(f"{where}: {path} is no public key: RSA or EC (P-256), in PEM")
