"""How a name sounds: two spellings of one name come to the same form, or near it; keys look names up, `alike` ranks.

Taken to be the same: long and short vowels (ee i, oo u, aa a), aspirated and plain consonants (bh b), sh and s, v w
and b, ph and f, z and j, q and k, the three n's, doubled letters, an unspoken final a. A key is what is left of a word
without its vowels; two words of one key are candidates, and which is meant the likeness of the whole says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import DamerauLevenshtein

from projections.files.names import normalised
from projections.search.letters import latin

#: In order; what is written on the left sounds as what stands on the right.
_SAME: Final = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"[^a-z]", ""),
        (r"x", "ks"),
        (r"ksh|kṣ", "ks"),
        (r"(?:jn|gn|dny)(?=[aeiouy])", "gy"),
        (r"t?chh?", "C"),
        (r"ck", "k"),
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"C", "c"),
        (r"ph", "f"),
        (r"ngh$", "n"),
        (r"sh", "s"),
        (r"z", "j"),
        (r"q", "k"),
        (r"ow(?![aeiou])", "o"),
        (r"[wb]", "v"),
        (r"m(?=[pfv])", "n"),
        (r"(?<=[kgcjtdpvr])h", ""),
        (r"ee+|ie|ii+|ea|y(?![aeiou])", "i"),
        (r"oo+|ou|uu+", "u"),
        (r"au", "o"),
        (r"ai|ay|ei|ey", "e"),
        (r"aa+", "a"),
        (r"(.)\1+", r"\1"),
        (r"(?<=[^aeiou])a$", ""),
    )
)
_VOWELS: Final = re.compile(r"[aeiouh]")
_GLIDES: Final = re.compile(r"(?<!^)y")


@lru_cache(maxsize=65_536)
def even(word: str) -> str:
    """One word as it sounds, in plain Latin letters; "" where no letter is left."""
    sound = latin(word).lower()
    for pattern, instead in _SAME:
        sound = pattern.sub(instead, sound)
    return sound


def words(name: str) -> list[str]:
    """The words of a name as they sound, without titles."""
    return [sound for word in normalised(name).split() if (sound := even(word))]


def key(sound: str) -> str:
    """What a word is looked up by: its consonants; a vowel at the start counts as one of any kind."""
    bones = _GLIDES.sub("", _VOWELS.sub("", sound))
    first = "a" if sound[0] in "aeiou" else ""
    # d and r are one letter with a dot in Devanagari, and either in Latin.
    return (first + re.sub(r"(.)\1+", r"\1", bones.replace("d", "r"))) or sound[:1]


def keys(names: Iterable[str]) -> set[str]:
    """The keys of all words of some names."""
    return {key(sound) for name in names for sound in words(name)}


def alike(asked: str, *names: str) -> float:
    """How alike a name that is asked for is to one of a person's names, 0 to 1; the order of words does not matter."""
    wanted = words(asked)
    return max((_likeness(wanted, words(name)) for name in names if name), default=0.0)


def _likeness(wanted: list[str], held: list[str]) -> float:
    if not wanted or not held:
        return 0.0
    best = [max(_word(one, other) for other in held) for one in wanted]
    covered = sum(best) / len(wanted)
    # A word that the person has and that was not asked for takes a little away.
    return covered - 0.02 * max(0, len(held) - len(wanted))


@lru_cache(maxsize=262_144)
def _word(one: str, other: str) -> float:
    likeness: float = DamerauLevenshtein.normalized_similarity(one, other)
    return likeness + 0.15 * (key(one) == key(other))
