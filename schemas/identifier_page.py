"""Writes docs/identifiers.md from the table of identifiers: `python -m schemas.identifier_page`."""

from __future__ import annotations

from pathlib import Path

from schemas.accused import SCOPES
from schemas.identifiers import KINDS

PAGE = Path(__file__).parent.parent / "docs" / "identifiers.md"
_HEAD = """# Identifiers

Generated from `schemas/identifier_table.py` by `python -m schemas.identifier_page`.

Every identifier has one canonical text, `KIND:value`, without space or slash: `FIR:BR-PATKOT-2025-0123`. It
is the Kafka key of the events that it anchors and their address in the API. In Avro it is the record
`sangam.common.Identifier {kind, value}`. Where a spelling names no State, the home State is meant (`BR`); a
year of two digits is of this century; Devanagari digits and long dashes are read as plain ones.

| kind | what it numbers | canonical value | pattern | also written |
|---|---|---|---|---|
"""
_ACCUSED = """
## References to an accused

| scheme | unique inside | canonical text |
|---|---|---|
| `CCTNS_CODE` (police, excise) | {police} | `CCTNS_CODE:FIR:BR-PATKOT-2025-0123:A1` |
| `CIS_PARTY` (court) | {court} | `CIS_PARTY:CNR:BRPA010001232025:1` |
| `PID` (prison) | – | `PID:BR-0123-45678` |
"""


def render() -> str:
    """The text of the page."""
    rows = [
        f"| `{k.name}` | {k.meaning} | `{k.example}` | `{_cell(k.pattern)}` | {_written(k.name)} |"
        for k in KINDS.values()
    ]
    accused = _ACCUSED.format(
        police=", ".join(sorted(SCOPES["CCTNS_CODE"])), court=", ".join(sorted(SCOPES["CIS_PARTY"]))
    )
    return _HEAD + "\n".join(rows) + "\n" + accused


def _written(kind: str) -> str:
    return ", ".join(f"`{example}`" for spelling in KINDS[kind].spellings for example in spelling.examples)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(render(), encoding="utf-8")
