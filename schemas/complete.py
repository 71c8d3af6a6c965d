"""Makes a record complete, as every publisher must before it sends: defaults, claims, salts.

It gives a new record and leaves the given one alone. What it adds follows from the record and the connector's
key alone, so that a re-send is the same event with the same content.
"""

from __future__ import annotations

import copy
import hmac
from functools import cache
from typing import Any, Final

from schemas.loader import default_of, definitions, record_of
from schemas.reasons import FaultError, Reason
from schemas.validate import claimed_in

Record = dict[str, Any]
_PERSON: Final = "sangam.common.PersonDescription"


def complete(event: str, record: Record, salt_key: bytes) -> Record:
    """The record with every field that it left to a default, with its claims, and with salted descriptions.

    Claims are those that it makes and those of the body's claim paths, sorted, each once. A description
    without a salt gets HMAC-SHA-256 of source_record and field path under `salt_key`, the connector's secret.
    Raises FaultError where a field without a default is missing, or a field is unknown.
    """
    filled = _filled("sangam." + event, record, "")
    claim_and_salt(event, filled, salt_key)
    return filled


def claim_and_salt(event: str, record: Record, salt_key: bytes) -> None:
    """What `complete` adds beyond defaults, put into a record that has all its fields, as `from_plain` gives it."""
    envelope = record["envelope"]
    claims = {(claim["kind"], claim["value"]) for claim in (*envelope["claims"], *claimed_in(event, record))}
    envelope["claims"] = [{"kind": kind, "value": value} for kind, value in sorted(claims)]
    for path, person in _persons("sangam." + event, record, ""):
        if not person["salt"]:
            person["salt"] = hmac.digest(salt_key, f"{envelope['source_record']}\n{path}".encode(), "sha256")


@cache
def _fields(full_name: str) -> dict[str, Any]:
    return {field["name"]: field for field in definitions()[full_name]["fields"]}


def _filled(full_name: str, record: Record, path: str) -> Record:
    fields = _fields(full_name)
    for name in record:
        if name not in fields:
            raise FaultError(Reason.PLAIN_INVALID, f"{path}{name}: no such field")
    filled: Record = {}
    for name, field in fields.items():
        if name not in record:
            if "default" not in field:
                raise FaultError(Reason.PLAIN_INVALID, f"{path}{name}: missing")
            filled[name] = default_of(field)
            continue
        inner, value = record_of(field["type"]), record[name]
        if inner is None or value is None:
            filled[name] = copy.copy(value) if isinstance(value, list) else value
        elif isinstance(value, list):
            filled[name] = [_filled(inner, one, f"{path}{name}[].") for one in value]
        else:
            filled[name] = _filled(inner, value, f"{path}{name}.")
    return filled


def _persons(full_name: str, record: Record, path: str) -> list[tuple[str, Record]]:
    """Every description of a person in a record, with its path ("accused[0].person")."""
    if full_name == _PERSON:
        return [(path, record)]
    found: list[tuple[str, Record]] = []
    for name, inner in _describing(full_name):
        value = record[name]
        below = f"{path}.{name}" if path else name
        if value is None:
            continue
        if isinstance(value, list):
            for number, one in enumerate(value):
                found += _persons(inner, one, f"{below}[{number}]")
        else:
            found += _persons(inner, value, below)
    return found


@cache
def _describing(full_name: str) -> tuple[tuple[str, str], ...]:
    """The fields of a record that can hold descriptions of persons, at any depth, each with its record."""
    inner = ((name, record_of(field["type"])) for name, field in _fields(full_name).items())
    return tuple((name, of) for name, of in inner if of is not None and (of == _PERSON or _describing(of)))
