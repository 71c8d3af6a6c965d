"""One valid example of each event, in plain form: what the pages show and the tests read.

It lies beside the schema: `police/FirRegistered.example.json` is the example of `police/FirRegistered.avsc`.
"""

from __future__ import annotations

import json
from typing import Any

from schemas.loader import FOLDER

Json = dict[str, Any]


def example_text(event: str) -> str:
    """The example of an event type as it is written. Raises FileNotFoundError where there is none."""
    department, _, name = event.partition(".")
    return (FOLDER / department / f"{name}.example.json").read_text(encoding="utf-8")


def example(event: str) -> Json:
    """The example of an event type in plain form (schemas/plain.py)."""
    found: Json = json.loads(example_text(event))
    return found
