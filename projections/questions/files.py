"""A case or a prisoner by any identifier: the file as stored, and the full status of each accused for a day."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import orjson

from ops.base.clock import INDIA
from projections.files.fold import dump
from projections.files.state import FileState
from projections.files.status import accused_ids, status
from projections.linking.roots import CASES, COURT_NUMBERS, kind_of
from projections.questions.errors import NotFound, NotUnderstood
from projections.questions.when import When
from projections.store.generation import FOLD_VERSION
from projections.store.reading import Freshness, Reader, Stored, document
from schemas.accused import parse_ref
from schemas.identifiers import IdentifierError, parse, text_of

Json = dict[str, Any]


@dataclass(frozen=True)
class OneFile:
    """The answer when one file is meant. `cases`: the CaseFiles whose accused are asked for, all or `reference`."""

    identifier: str
    file: Stored
    cases: Sequence[Stored]
    when: When
    freshness: Sequence[Freshness]
    reference: str | None = None

    @cached_property
    def documents(self) -> dict[str, Json]:
        """root -> the file as a document, of `file` and of `cases`."""
        return {stored.root: document(stored.content) for stored in (self.file, *self.cases)}

    @cached_property
    def statuses(self) -> list[Json]:
        """The full status of each accused asked for, by case and accused."""
        return [
            found
            for case in self.cases
            for accused in accused_ids(self.documents[case.root])
            if (found := status(self.documents[case.root], accused, self.when.day))
            and (self.reference is None or self.reference in found["references"])
        ]

    @property
    def descriptions(self) -> Json:
        """Reference -> what is said of the person, over all files of the answer."""
        return {ref: said for stored in (*self.cases, self.file) for ref, said in stored.descriptions.items()}

    @cached_property
    def tag(self) -> str:
        """What the answer depends on, but for how far the data reach: files, descriptions, day, program."""
        digest = hashlib.sha256()
        for stored in (self.file, *self.cases):
            digest.update(stored.digest)
            digest.update(orjson.dumps(stored.descriptions, option=orjson.OPT_SORT_KEYS))
        digest.update(f"{self.when.day} {self.reference} {FOLD_VERSION}".encode())
        return digest.hexdigest()[:32]

    def json(self) -> bytes:
        """The answer. The file's bytes stand in it as they are stored."""
        rest = {
            "status": self.statuses,
            "descriptions": self.descriptions,
            "as_of_departments": told(self.freshness),
        }
        head = {"identifier": self.identifier, "root": self.file.root, "day": self.when.day}
        return b'%s,"file":%s,%s' % (orjson.dumps(head)[:-1], self.file.content, orjson.dumps(rest)[1:])


@dataclass(frozen=True, slots=True)
class SeveralFiles:
    """The answer when an identifier leads to several cases: a CNR that tries several FIRs, a person held under two."""

    identifier: str
    roots: Sequence[str]
    freshness: Sequence[Freshness]
    tag: str = field(init=False)

    def __post_init__(self) -> None:
        tag = hashlib.sha256(orjson.dumps([self.identifier, *self.roots])).hexdigest()[:32]
        object.__setattr__(self, "tag", tag)

    def json(self) -> bytes:
        """The answer: ask again for the one that is meant."""
        return orjson.dumps(
            {
                "identifier": self.identifier,
                "files": [{"root": root, "path": f"/cases/{root}"} for root in self.roots],
                "as_of_departments": told(self.freshness),
            }
        )


def identifier_of(text: str, kind: str | None = None) -> str:
    """Canonical text of an identifier in any spelling, or of the case of a reference to an accused.

    Raises NotUnderstood with an example.
    """
    try:
        return text_of(parse(text, kind))
    except IdentifierError as error:
        try:
            return parse_ref(text)["scope"] or text
        except IdentifierError:
            raise NotUnderstood(str(error)) from None


def case(reader: Reader, text: str, when: When) -> OneFile | SeveralFiles:
    """The case of an identifier, or the list of its cases; where it is in no case, its own file.

    Raises NotUnderstood, NotFound.
    """
    identifier = identifier_of(text)
    files = _Files(reader, identifier, when)
    cases = [root for root in files.roots if is_case(root)]
    roots = cases or files.roots
    if not roots:
        raise NotFound(_nothing(identifier, when))
    freshness = reader.freshness()
    if len(roots) > 1:
        return SeveralFiles(identifier, roots, freshness)
    file = files.get(roots[0])
    return OneFile(identifier, file, [file] if cases else [], when, freshness)


def custody(reader: Reader, text: str, when: When) -> OneFile:
    """A prisoner's own file, and his full status in each case under which he is held.

    Raises NotUnderstood, NotFound.
    """
    identifier = identifier_of(text, "PID")
    files = _Files(reader, identifier, when)
    if identifier not in files.roots:
        raise NotFound(_nothing(identifier, when))
    cases = [files.get(root) for root in files.roots if is_case(root)]
    return OneFile(identifier, files.get(identifier), cases, when, reader.freshness(), identifier)


def is_case(root: str) -> bool:
    """Whether a file of this root is a CaseFile."""
    kind = kind_of(root)
    return kind in CASES or kind in COURT_NUMBERS


def told(freshness: Sequence[Freshness]) -> Json:
    """Department -> how far its data reach."""
    return {
        one.topic.removesuffix(".events"): {"records": one.records, "appended_at": one.appended_at}
        for one in freshness
    }


class _Files:
    """The files of an identifier, as they stand or as they stood."""

    def __init__(self, reader: Reader, identifier: str, when: When) -> None:
        self._reader = reader
        self._past: dict[str, FileState] = {}
        self._now = when.now
        if when.now:
            # An identifier may lead to files that this reader may not see; to him they are not there.
            self.roots = reader.visible(reader.roots(identifier))
        else:
            states = reader.file_as(identifier, when.happened_by, when.known_at)
            self._past = {state.given.root: state for state in states}
            self.roots = reader.visible(sorted(self._past))

    def get(self, root: str) -> Stored:
        """The file of one of `roots`. Raises NotFound."""
        if self._now:
            stored = self._reader.file(root)
            if stored is None:
                raise NotFound("it has come, and is not folded yet: ask again in a moment")
            return stored
        state = self._past[root]
        content, _ = dump(state)
        return Stored(root, content, hashlib.sha256(content).digest(), state.descriptions)


def _nothing(identifier: str, when: When) -> str:
    told = f"nothing is known under {identifier}"
    if when.as_of is not None:
        told += f" of what had happened by {when.as_of:%d-%m-%Y}"
    if when.known_at is not None:
        told += f" of what had come by {when.known_at.astimezone(INDIA):%d-%m-%Y %H:%M} (India)"
    return told
