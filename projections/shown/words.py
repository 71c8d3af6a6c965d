"""Values as words of one language: labels, codes, days in Indian order, sections by act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from ops.base.clock import INDIA
from projections.shown.labels import LABELS
from projections.shown.titles import title
from schemas.acts import acts

Language = Literal["en", "hi"]


@dataclass(frozen=True, slots=True)
class Words:
    """Speaks one language. What has no label is shown as it came."""

    language: Language = "en"

    def __call__(self, key: str, **parts: Any) -> str:
        """A label, filled in."""
        return LABELS[key][self.language == "hi"].format(**parts)

    def code(self, value: str) -> str:
        """A department's code in words, else the code in lower case without underscores."""
        if value in LABELS:
            return self(value)
        return value.replace("_", " ").lower() if value.isupper() and "-" not in value else value

    def written(self, text: str) -> str:
        """A text of a row: a code of the contract in words; of a place or a post as it is written."""
        return self.code(text) if text in LABELS or "_" in text else text

    def event(self, type_: str) -> str:
        """What a type of event is called."""
        return title(type_, self.language == "hi")

    def day(self, value: str | date) -> str:
        """A civil day in Indian order, 31-01-2026; `value` is ISO text or a date. Other text stays, as a code."""
        try:
            found = value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            return self.code(str(value))
        return f"{found:%d-%m-%Y}"

    def moment(self, value: str | datetime) -> str:
        """A moment as India's clocks showed it; a civil day stays one."""
        if isinstance(value, str):
            if len(value) == len("2026-01-31"):
                return self.day(value)
            value = datetime.fromisoformat(value)
        return f"{value.astimezone(INDIA):%d-%m-%Y %H:%M}"

    def sections(self, texts: list[str]) -> str:
        """Sections by act: "BNS 115(2), 303(2); IPC 379"."""
        by_act: dict[str, list[str]] = {}
        for text in texts:
            act, _, section = text.partition(" ")
            by_act.setdefault(act, []).append(section)
        return "; ".join(self._act(act, ", ".join(found)) for act, found in by_act.items())

    def _act(self, code: str, numbers: str) -> str:
        act = acts().get(code)
        if act is None:
            return f"{code} {numbers}"
        return f"{act.short} {numbers}" if self.language == "en" else f"{act.title_hi} की धारा {numbers}"

    def value(self, value: Any) -> str:
        """A Fact's value, whatever it is of."""
        if value is None:
            return self("not_recorded")
        if isinstance(value, bool):
            return self("yes" if value else "no")
        if isinstance(value, list):
            return self.sections(value) if value else self("none")
        return self.day(value) if isinstance(value, str) else str(value)

    def reference(self, text: str) -> str:
        """A reference to an accused: who calls him what."""
        scheme, _, rest = text.partition(":")
        scope, _, code = ("", "", rest) if scheme == "PID" else rest.rpartition(":")
        key = f"ref.{scheme}"
        return self(key, code=code, scope=identifier(scope)) if key in LABELS else text


def identifier(text: str) -> str:
    """A canonical identifier for the eye: "FIR BR-PATKOT-2025-0123"."""
    return text.replace(":", " ", 1)
