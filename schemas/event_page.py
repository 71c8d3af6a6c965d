"""Writes docs/events.md: every event with its key, claims, fields and an example: `python -m schemas.event_page`."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from schemas.catalogue import CATALOGUE, DEPARTMENTS, EventType
from schemas.examples import example_text
from schemas.loader import NAMESPACE, definitions
from schemas.messages import MESSAGES

PAGE: Final = Path(__file__).parent.parent / "docs" / "events.md"
_SHARED: Final = NAMESPACE + "common."
_LOGICAL: Final = {"uuid": "UUID", "timestamp-micros": "moment", "date": "day"}
_WORDS: Final = {"string": "text", "boolean": "flag", "int": "number", "long": "number", "bytes": "bytes"}
_TITLES: Final = {
    "police": "Police (CCTNS)",
    "excise": "Excise and prohibition",
    "court": "Courts (eCourts CIS, High Court)",
    "prosecution": "Directorate of Prosecution",
    "prison": "Prisons (ePrisons)",
    "probation": "Probation service",
    "forensics": "Forensic laboratories",
    "legalaid": "Legal services authorities",
    "emergency": "Emergency response (112)",
    "citizen": "Citizens' portal",
    "cyber": "Cyber-crime unit (NCRP, 1930)",
    "economic": "Economic Offences Unit",
    "hub": "Reviewers' decisions and repairs (the hub's own topics)",
    "common": "Of every department",
}
_HEAD: Final = """# Events

Generated from the `.avsc` files, the catalogue and the examples by `python -m schemas.event_page`.

Each event is one Avro record on its department's topic; the Kafka key is the canonical text of `envelope.anchor`
([identifiers.md](identifiers.md)). Examples are in plain form, one object a line in a file for `sangam publish`; what
is left out has its default. A moment without a zone is India's. `[…]` is a list, `?` may be null, `*` must be there.

* **Key**: the kinds of identifier that may anchor the event.
* **Claims**: what else it may name in `envelope.claims`, and the link that this proves. Fields marked *claim* are
  copied there by the publisher.
* **Hour**: where it stands in its day when the source knows only the day.
"""
_MESSAGES_HEAD: Final = """
## The hub's own messages

The hub sends these and never reads them as events. Their first field is `message` (Outbound) instead of the envelope.
"""


def render() -> str:
    """The text of the page."""
    parts = [_HEAD, _contents()]
    for department in (*DEPARTMENTS, "common"):
        lines = [line for line in CATALOGUE.values() if line.department == department]
        parts.append(f"\n## {_TITLES[department]}\n")
        parts += [_event(line) for line in sorted(lines, key=lambda line: line.name)]
    parts.append(_MESSAGES_HEAD)
    for name, topic in sorted(MESSAGES.items()):
        definition = definitions()[NAMESPACE + name]
        parts.append(f"\n### {name}\n\n{definition['doc']}\n\nTopic `{topic}`.\n\n{_fields(definition, ())}")
    parts.append("\n## Shared records\n")
    for full, definition in definitions().items():
        if full.startswith(_SHARED) and full.removeprefix(NAMESPACE) not in CATALOGUE:
            parts.append(_shared(definition))
    return "".join(parts)


def _contents() -> str:
    rows = ["\n| department | events |\n|---|---|\n"]
    for department in (*DEPARTMENTS, "common"):
        names = sorted(name for name, line in CATALOGUE.items() if line.department == department)
        links = ", ".join(f"[{name.partition('.')[2]}](#{_anchor(name)})" for name in names)
        rows.append(f"| {_TITLES[department]} | {links} |\n")
    return "".join(rows)


def _anchor(heading: str) -> str:
    """The address that a heading gets on the page."""
    return heading.lower().replace(".", "")


def _event(line: EventType) -> str:
    definition = definitions()[NAMESPACE + line.name]
    topics = f"`{line.topic}`" if len(line.topics) == 1 else "the department's own"
    anchors = "any" if len(line.anchors) > 15 else ", ".join(f"`{kind}`" for kind in sorted(line.anchors))
    claims = ", ".join(f"`{kind}` ({link})" for kind, link in sorted(line.claims.items())) or "none"
    return (
        f"\n### {line.name}\n\n{definition['doc']}\n\n"
        f"Topic {topics}. Key: {anchors}. Claims: {claims}. Hour: {line.nominal_hour}.\n\n"
        f"{_fields(definition, line.claim_paths)}\n```json\n{example_text(line.name)}```\n"
    )


def _fields(definition: dict[str, Any], claim_paths: tuple[str, ...]) -> str:
    claimed = {path.partition(".")[0].removesuffix("[]") for path in claim_paths}
    rows = ["| field | type | meaning |\n|---|---|---|\n"]
    for field in definition["fields"][1:]:
        meaning = field["doc"].replace("|", "\\|") + (" *Claim.*" if field["name"] in claimed else "")
        need = "" if "default" in field else " *"
        rows.append(f"| `{field['name']}` | {_type(field['type'])}{need} | {meaning} |\n")
    return "".join(rows)


def _shared(definition: dict[str, Any]) -> str:
    head = f"\n### {definition['name']}\n\n{definition['doc']}\n"
    if definition["type"] == "enum":
        return head + "\n" + ", ".join(f"`{symbol}`" for symbol in definition["symbols"]) + "\n"
    rows = ["\n| field | type | meaning |\n|---|---|---|\n"]
    for field in definition["fields"]:
        need = "" if "default" in field else " *"
        rows.append(f"| `{field['name']}` | {_type(field['type'])}{need} | {field['doc']} |\n")
    return head + "".join(rows)


def _type(node: Any) -> str:
    if isinstance(node, list):
        return _type(node[1]) + "?"
    if isinstance(node, dict):
        return f"[{_type(node['items'])}]" if node["type"] == "array" else _LOGICAL[node["logicalType"]]
    if node in _WORDS:
        return _WORDS[node]
    name = node.rpartition(".")[2]
    return f"[{name}](#{_anchor(name)})"


if __name__ == "__main__":
    PAGE.write_text(render(), encoding="utf-8")
