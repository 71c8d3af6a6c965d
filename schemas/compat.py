"""Whether two versions of a schema can read each other: the pure check behind FULL_TRANSITIVE.

The registry makes the same check when a schema is registered; this one runs with the tests, against the
versions kept in `versions/`, so that an incompatible change fails before it is shipped. It follows the rules
of schema resolution of the Avro specification 1.11 and, since the hub reads old and new side by side, is
stricter in one point: logical types must agree.

`python -m schemas.compat` keeps the schemas of today as a further version where they are new.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from schemas.loader import event_names, message_names, schema_of, schema_text
from schemas.writers import fingerprint

VERSIONS: Final = Path(__file__).parent / "versions"
_WIDER: Final = {
    "int": {"long", "float", "double"},
    "long": {"float", "double"},
    "float": {"double"},
    "string": {"bytes"},
    "bytes": {"string"},
}
Names = dict[str, Any]


def conflicts(one: Any, other: Any) -> list[str]:
    """Why two self-contained schemas cannot read each other, each reason with its path; empty where they can."""
    return _unreadable(one, other) + _unreadable(other, one)


def kept_versions(event: str) -> list[Any]:
    """The schemas of an event that were ever in use, oldest first."""
    path = VERSIONS / f"{event}.json"
    return list(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else []


def keep_all() -> list[str]:
    """Keeps today's schema of each event and message that has none alike; those concerned. ValueError on a conflict."""
    kept = []
    for event in (*event_names(), *message_names()):
        versions = kept_versions(event)
        today = schema_of(event)
        found = [reason for version in versions for reason in conflicts(today, version)]
        if found:
            raise ValueError(f"{event}: {'; '.join(found)}")
        marks = {fingerprint(json.dumps(version)) for version in versions}
        if fingerprint(schema_text(event)) not in marks:
            VERSIONS.mkdir(exist_ok=True)
            lines = ",\n".join(json.dumps(version, ensure_ascii=False) for version in [*versions, today])
            (VERSIONS / f"{event}.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")
            kept.append(event)
    return kept


def _unreadable(writer: Any, reader: Any) -> list[str]:
    """Why what `writer` wrote cannot be read with `reader`."""
    found: list[str] = []
    _compare(writer, reader, _names_of(writer), _names_of(reader), str(reader.get("name", "")), found)
    return found


def _names_of(schema: Any) -> Names:
    names: Names = {}

    def collect(node: Any, namespace: str) -> None:
        if isinstance(node, list):
            for branch in node:
                collect(branch, namespace)
        elif isinstance(node, dict):
            if "name" in node and "type" in node:
                namespace = node.get("namespace", namespace)
                names[f"{namespace}.{node['name']}"] = node
            for field in node.get("fields", []):
                collect(field["type"], namespace)
            if node.get("type") == "array":
                collect(node["items"], namespace)

    collect(schema, "")
    return names


def _kind(node: Any) -> str:
    return "union" if isinstance(node, list) else node if isinstance(node, str) else str(node["type"])


def _compare(writer: Any, reader: Any, written: Names, read: Names, path: str, found: list[str]) -> None:
    writer = written.get(writer, writer) if isinstance(writer, str) else writer
    reader = read.get(reader, reader) if isinstance(reader, str) else reader
    if isinstance(writer, list):
        for branch in writer:
            _compare(branch, reader, written, read, path, found)
        return
    if isinstance(reader, list):
        tries = []
        for branch in reader:
            attempt: list[str] = []
            _compare(writer, branch, written, read, path, attempt)
            tries.append(attempt)
        if all(tries):
            found.append(f"{path}: no branch of the union reads {_kind(writer)}")
        return
    wrote, reads = _kind(writer), _kind(reader)
    if wrote != reads:
        if reads not in _WIDER.get(wrote, ()):
            found.append(f"{path}: {wrote} cannot be read as {reads}")
        return
    if _logical(writer) != _logical(reader):
        found.append(f"{path}: logical type {_logical(writer)} is not {_logical(reader)}")
    if wrote == "record":
        _compare_records(writer, reader, written, read, path, found)
    elif wrote == "enum":
        _compare_enums(writer, reader, path, found)
    elif wrote == "array":
        _compare(writer["items"], reader["items"], written, read, path + "[]", found)


def _logical(node: Any) -> str | None:
    return node.get("logicalType") if isinstance(node, dict) else None


def _compare_records(
    writer: Any, reader: Any, written: Names, read: Names, path: str, found: list[str]
) -> None:
    if writer["name"] != reader["name"]:
        found.append(f"{path}: record {writer['name']} is not {reader['name']}")
        return
    fields = {field["name"]: field for field in writer["fields"]}
    for field in reader["fields"]:
        below = f"{path}.{field['name']}"
        if field["name"] in fields:
            _compare(fields[field["name"]]["type"], field["type"], written, read, below, found)
        elif "default" not in field:
            found.append(f"{below}: new without a default")


def _compare_enums(writer: Any, reader: Any, path: str, found: list[str]) -> None:
    if writer["name"] != reader["name"]:
        found.append(f"{path}: enum {writer['name']} is not {reader['name']}")
    lost = set(writer["symbols"]) - set(reader["symbols"])
    if lost and "default" not in reader:
        found.append(f"{path}: no default for {', '.join(sorted(lost))}")


if __name__ == "__main__":
    for name in keep_all():
        print(f"kept a version of {name}")  # noqa: T201
