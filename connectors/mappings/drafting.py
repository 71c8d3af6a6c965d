"""What a mapping gives: rows that became events, and what could not, each with the reason.

A `Draft` is filled while a document is read. A part that cannot be read is put in quarantine alone, under the key that
it would have had, and the rest goes on. So a mapping never raises, and a document always leaves something behind.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Any

from connectors.mappings.book import Book
from connectors.mappings.fields import Fields
from connectors.mappings.reading import When
from connectors.mappings.troubles import Trouble, UnreadableError

Record = dict[str, Any]
Identifier = dict[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One event that the document makes, without what a publisher adds (ids, numbers, time of recording).

    `key` names the row inside its document, the same at each poll: "hearing/sr_no3".
    """

    key: str
    type: str
    record: Record


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A part of a document that made no event: kept as it came."""

    key: str
    row: Any
    trouble: Trouble
    field: str


@dataclass(frozen=True, slots=True)
class Note:
    """Something that was read with a grain of salt, for the report: in English and Hindi."""

    english: str
    hindi: str


@dataclass(frozen=True, slots=True)
class Mapped:
    """All that one document comes to. `scope` names it ("CNR:BRPA…"), "" where not even that could be read."""

    scope: str
    rows: tuple[Row, ...]
    quarantined: tuple[Quarantined, ...]
    notes: tuple[Note, ...] = ()


Mapping = Callable[[Any, Book], Mapped]
_Read = Callable[["Draft", Any, Book], None]


class Draft:
    """A document that is being read."""

    def __init__(self) -> None:
        self.scope = ""
        self._rows: dict[str, Row] = {}
        self._quarantined: list[Quarantined] = []
        self._notes: dict[Note, None] = {}

    def add(
        self,
        key: str,
        event: str,
        anchor: Identifier,
        when: When,
        body: Record,
        *,
        claims: Iterable[Identifier] = (),
        sensitivity: str = "NORMAL",
        actor: Record | None = None,
    ) -> None:
        """An event. Two rows of one key are a contradiction: the second is put in quarantine."""
        envelope = {
            "occurred_at": when.at,
            "occurred_precision": when.precision,
            "anchor": anchor,
            "claims": [claim for claim in claims if claim != anchor],
            "sensitivity": sensitivity,
            "actor": actor,
        }
        if key in self._rows:
            raise UnreadableError(Trouble.CONTRADICTION, key)
        self._rows[key] = Row(key, event, {"envelope": envelope, **body})

    def quarantine(self, key: str, row: Any, fault: UnreadableError) -> None:
        """Keep a part that could not be read."""
        self._quarantined.append(Quarantined(key, row, fault.trouble, fault.field))

    def part(self, key: str, row: Any) -> _Part:
        """To read a part of the document in: if it fails, the part alone is put in quarantine, under this key."""
        return _Part(self, key, row)

    def moment(self, fields: Fields, *names: str) -> datetime | None:
        """A time that the event can do without: one that cannot be read is put in quarantine alone."""
        with self.part(names[0], fields.value(*names)):
            return fields.moment(*names)
        return None

    def note(self, english: str, hindi: str) -> None:
        """Tell the office something; each thing once."""
        self._notes[Note(english, hindi)] = None

    def mapped(self) -> Mapped:
        """What it came to."""
        return Mapped(self.scope, tuple(self._rows.values()), tuple(self._quarantined), tuple(self._notes))


class _Part:
    """See Draft.part."""

    def __init__(self, draft: Draft, key: str, row: Any) -> None:
        self._draft, self._key, self._row = draft, key, row

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if isinstance(error, UnreadableError):
            self._draft.quarantine(self._key, self._row, error)
            return True
        return False


def mapping(read: _Read) -> Mapping:
    """Makes a mapping of a function that fills a draft and may raise UnreadableError for the whole document."""

    @functools.wraps(read)
    def mapped(document: Any, book: Book) -> Mapped:
        draft, document = Draft(), storable(document)
        try:
            read(draft, document, book)
        except UnreadableError as fault:
            # Nothing of it is taken: what was not reached would look as if it were gone.
            draft = Draft()
            draft.quarantine("", document, fault)
        found = draft.mapped()
        if not found.rows and not found.quarantined:
            draft.quarantine("", document, UnreadableError(Trouble.NOTHING_SAID, "row"))
            return draft.mapped()
        return found

    return mapped


def storable(value: Any) -> Any:
    """A document as UTF-8 and JSON can hold it: half a surrogate pair, which `json` lets through, becomes U+FFFD, and a
    number too long for 64 bits its digits."""
    if isinstance(value, str):
        return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if isinstance(value, dict):
        return {storable(str(name)): storable(one) for name, one in value.items()}
    if isinstance(value, list):
        return [storable(one) for one in value]
    if isinstance(value, int) and not -(1 << 63) <= value < 1 << 64:
        return str(value)
    return value


def office(kind: str, code: str, district: str = "") -> Record | None:
    """A post (sangam.common.Office); None where its code is not known."""
    return {"kind": kind, "code": code, "district": district} if code else None
