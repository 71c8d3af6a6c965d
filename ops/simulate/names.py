"""Invented names, in Latin script and Devanagari. Made of syllables that no real name is made of."""

from __future__ import annotations

from random import Random
from typing import Final, NamedTuple


class Name(NamedTuple):
    """One name in both scripts."""

    latin: str
    native: str


_SYLLABLES: Final = (
    ("jha", "झा"), ("plo", "प्लो"), ("tre", "त्रे"), ("zu", "ज़ु"), ("gri", "ग्रि"), ("dho", "धो"), ("kve", "क्वे"),
    ("bhu", "भु"), ("nyo", "न्यो"), ("sla", "स्ला"), ("mri", "म्रि"), ("thu", "थु"), ("vro", "व्रो"), ("che", "चे"),
    ("phi", "फि"), ("hlu", "ह्लु"), ("dra", "द्रा"), ("gho", "घो"), ("khe", "खे"), ("pya", "प्या"),
)  # fmt: skip
_ENDINGS: Final = {
    "M": (("n", "न"), ("sh", "श"), ("k", "क"), ("m", "म"), ("l", "ल"), ("t", "त")),
    "F": (("ni", "नी"), ("ri", "री"), ("ti", "ती"), ("la", "ला"), ("sha", "शा"), ("mi", "मी")),
}
_FAMILY: Final = (("var", "वर"), ("das", "दस"), ("kor", "कोर"), ("mel", "मेल"), ("pat", "पट"))
_VILLAGE: Final = (("pur", "पुर"), ("tola", "टोला"), ("dih", "डीह"), ("bigha", "बिगहा"))


def _compose(rng: Random, endings: tuple[tuple[str, str], ...]) -> Name:
    first, second = rng.choice(_SYLLABLES), rng.choice(_SYLLABLES)
    end = rng.choice(endings)
    return Name((first[0] + second[0] + end[0]).capitalize(), first[1] + second[1] + end[1])


def family_name(rng: Random) -> Name:
    """A family name."""
    return _compose(rng, _FAMILY)


def full_name(rng: Random, gender: str, family: Name) -> Name:
    """A given name for "M" or "F", with the family name."""
    given = _compose(rng, _ENDINGS[gender])
    return Name(f"{given.latin} {family.latin}", f"{given.native} {family.native}")


def village_name(rng: Random) -> str:
    """A village, in Latin script."""
    return _compose(rng, _VILLAGE).latin


def skeleton(name: Name) -> str:
    """The consonants of a name: two names that differ in nothing else could be taken for one."""
    return "".join(letter for letter in name.latin.lower() if letter not in "aeiouhy ")
