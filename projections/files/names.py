"""When two written names are the same: normalised, then equal. Nothing is guessed from sound or spelling.

Unicode compatibility forms are made one, case and punctuation are dropped, titles that stand in front are dropped
("Shri"; "Md." is no title), "s/o" before a relative's name too. Devanagari is compared as Devanagari: a name in one
script never equals a name in another.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any, Final

Json = dict[str, Any]

_TITLES: Final = frozenset(
    {
        "shri", "sri", "shree", "smt", "shrimati", "sushri", "kumari", "km", "mr", "mrs", "ms", "miss", "dr",
        "late", "lt", "sw", "swargiya", "श्री", "श्रीमती", "सुश्री", "कुमारी", "कु", "डॉ", "स्व", "स्वर्गीय",
    }
)  # fmt: skip
_RELATION: Final = re.compile(r"^\s*[sdwchf]\s*/\s*o\b\.?", re.IGNORECASE)
_JOINERS: Final = dict.fromkeys((0x200B, 0x200C, 0x200D, 0xFEFF))


@lru_cache(maxsize=16_384)  # a file compares the same names at every new reference
def normalised(name: str) -> str:
    """The form in which names are compared; "" where nothing but titles is left."""
    text = unicodedata.normalize("NFKC", name).translate(_JOINERS)
    text = _RELATION.sub(" ", text).casefold()
    kept = "".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in text)
    words = kept.split()
    while words and words[0] in _TITLES:
        words.pop(0)
    return " ".join(words)


def keys(description: Json) -> frozenset[tuple[str, str]]:
    """What a reference can be matched by: (name, relative's name), once for each script of the name.

    `description` maps parts to Facts. Empty without a relative's name: a name alone joins nobody.
    """
    relative = normalised(_value(description, "relative_name"))
    if not relative:
        return frozenset()
    names = (normalised(_value(description, part)) for part in ("name", "name_native"))
    return frozenset((name, relative) for name in names if name)


def _value(description: Json, part: str) -> str:
    fact = description.get(part)
    return "" if fact is None else str(fact["value"])
