"""Devanagari in Latin letters, as clerks write it: one letter for each sound, without marks.

Not a standard's transliteration (ISO 15919 needs marks that nobody types): what it gives is to be compared with what
people write, after `sound.even` has taken both to one form.
"""

from __future__ import annotations

import unicodedata
from typing import Final

_CONSONANTS: Final = dict(
    zip(
        "कखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसहळ",
        "k kh g gh n ch chh j jh n t th d dh n t th d dh n p ph b bh m y r l v sh sh s h l".split(),  # noqa: SIM905
        strict=True,
    )
)
_VOWELS: Final = dict(
    zip("अआइईउऊऋएऐओऔऑऍ", ["a", "aa", "i", "ii", "u", "uu", "ri", "e", "ai", "o", "au", "o", "e"], strict=True)
)
_SIGNS: Final = dict(
    zip("ािीुूृेैोौॉॅ", ["aa", "i", "ii", "u", "uu", "ri", "e", "ai", "o", "au", "o", "e"], strict=True)
)
_VIRAMA, _NUKTA = "्", "़"
#: With a dot below the letter is another sound.
_DOTTED: Final = {"क": "k", "ख": "kh", "ग": "g", "ज": "z", "ड": "r", "ढ": "rh", "फ": "f", "य": "y"}
_SPECIAL: Final = (("ज्ञ", "gy"), ("क्ष", "ksh"))
_NASAL: Final = "ंँ"


def latin(text: str) -> str:
    """A text in Latin letters, in lower case; what is neither script stays as it is."""
    plain = unicodedata.normalize("NFD", text)
    plain = "".join(c for c in plain if unicodedata.category(c) != "Mn" or "\u0900" <= c <= "\u097f")
    for written, sound in _SPECIAL:
        plain = plain.replace(written, sound + _VIRAMA)
    found: list[str] = []
    at = 0
    while at < len(plain):
        letter = plain[at]
        at += 1
        if letter in _CONSONANTS:
            sound = _CONSONANTS[letter]
            if at < len(plain) and plain[at] == _NUKTA:
                sound = _DOTTED.get(letter, sound)
                at += 1
            found.append(sound)
            following = plain[at] if at < len(plain) else ""
            if following in _SIGNS or following == _VIRAMA:
                found.append(_SIGNS.get(following, ""))
                at += 1
            elif following and (following in _CONSONANTS or following in _NASAL or following == "ः"):
                # The vowel that is not written; at the end of a word it is not spoken either.
                found.append("a")
        elif letter in _VOWELS:
            found.append(_VOWELS[letter])
        elif letter in _NASAL:
            found.append("n")
        elif letter in _SIGNS:
            found.append(_SIGNS[letter])
        elif letter not in (_VIRAMA, _NUKTA, "ः", "\u200c", "\u200d"):
            found.append(letter.lower())
    return "".join(found)
