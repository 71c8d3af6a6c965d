"""Five hundred invented people, each written in Devanagari and in two Latin spellings: the right one is found.

The spellings are made here from a table of how each syllable is written by one clerk and by another, not from the
rules that are tested.
"""

from __future__ import annotations

from random import Random

import pytest

from projections.search.letters import latin
from projections.search.sound import alike, even, key, keys

#: (Devanagari, one clerk's Latin, another's).
FIRST = (
    ("रा", "ra", "raa"), ("मो", "mo", "mo"), ("सु", "su", "soo"), ("शि", "shi", "si"), ("वि", "vi", "wi"),
    ("बि", "bi", "bee"), ("फू", "phu", "foo"), ("भा", "bha", "ba"), ("दी", "di", "dee"), ("क्ष", "ksha", "xa"),
    ("ज्ञा", "gya", "gnya"), ("छो", "chho", "cho"), ("चं", "chan", "chan"), ("अ", "a", "a"), ("इ", "i", "e"),
    ("उ", "u", "oo"), ("गु", "gu", "goo"), ("हे", "he", "hey"), ("यो", "yo", "yo"), ("नं", "nan", "nan"),
    ("ज़ा", "za", "ja"), ("क़ा", "qa", "ka"), ("झ", "jha", "jha"), ("ठा", "tha", "thaa"), ("ल", "la", "la"),
)  # fmt: skip
MIDDLE = (
    ("मे", "me", "may"), ("ज", "ja", "ja"), ("री", "ri", "ree"), ("धा", "dha", "da"), ("ला", "la", "laa"),
    ("शा", "sha", "sa"), ("की", "ki", "kee"), ("ना", "na", "naa"), ("दे", "de", "dey"), ("वा", "va", "wa"),
    ("टू", "tu", "too"), ("प", "pa", "pa"), ("ड़ी", "ri", "dee"), ("गे", "ge", "gay"),
)  # fmt: skip
LAST = (
    ("श", "sh", "s"), ("न", "n", "na"), ("र", "r", "ra"), ("ल", "l", "l"), ("त", "t", "th"), ("व", "v", "w"),
    ("क", "k", "k"), ("म", "m", "ma"), ("णी", "ni", "nee"), ("षा", "sha", "sa"), ("", "", ""),
)  # fmt: skip
FAMILY = (
    ("सिंह", "Singh", "Sinh"), ("यादव", "Yadav", "Yadaw"), ("प्रसाद", "Prasad", "Parsad"), ("शर्मा", "Sharma", "Sarma"),
    ("पासवान", "Paswan", "Pasvan"), ("मिश्रा", "Mishra", "Misra"), ("चौधरी", "Chaudhary", "Choudhari"),
    ("वर्मा", "Verma", "Varma"), ("झा", "Jha", "Jha"), ("ठाकुर", "Thakur", "Thakoor"), ("देवी", "Devi", "Devee"),
    ("खातून", "Khatun", "Khatoon"), ("कुमार", "Kumar", "Kumaar"), ("महतो", "Mahto", "Mahato"),
)  # fmt: skip


def people(count: int, seed: int) -> list[tuple[str, str, str]]:
    """Names that differ in Devanagari, each in its three spellings."""
    rng = Random(seed)
    found: dict[str, tuple[str, str]] = {}
    while len(found) < count:
        parts = [rng.choice(FIRST), rng.choice(MIDDLE), rng.choice(LAST)]
        family = rng.choice(FAMILY)
        native, one, other = ("".join(part[n] for part in parts) for n in range(3))
        found[f"{native} {family[0]}"] = (f"{one.title()} {family[1]}", f"{other.title()} {family[2]}")
    return [(native, *latins) for native, latins in found.items()]


@pytest.mark.parametrize(("asked", "held"), [(0, 1), (0, 2), (1, 0), (1, 2), (2, 0), (2, 1)])
def test_the_right_person_is_among_the_first_five(asked: int, held: int) -> None:
    everyone = people(500, seed=1)
    looked_up: dict[str, set[int]] = {}
    for place, names in enumerate(everyone):
        for one in keys([names[held]]):
            looked_up.setdefault(one, set()).add(place)
    found = 0
    for place, names in enumerate(everyone):
        near = set().union(*(looked_up.get(one, set()) for one in keys([names[asked]])))
        ranked = sorted(near, key=lambda n: (-alike(names[asked], everyone[n][held]), n))
        found += place in ranked[:5]
    assert found >= 475, f"{found} of 500"


@pytest.mark.parametrize(
    ("native", "spellings"),
    [
        ("राजेश", ("Rajesh", "Raajes", "RAJESH")),
        ("विकास", ("Vikas", "Bikash", "Wikaas")),
        ("सिंह", ("Singh", "Sinh")),
        ("ज्ञानेश्वर", ("Gyaneshwar", "Gnyaneshwar")),
        ("शत्रुघ्न", ("Shatrughna", "Satrughan")),
        ("फूलन", ("Phulan", "Foolan")),
        ("चौधरी", ("Chaudhary", "Choudhari", "Chowdhury")),
        ("लक्ष्मी", ("Lakshmi", "Laxmi")),
        ("मोहम्मद", ("Mohammad", "Mohammed", "Muhammad")),
    ],
)
def test_spellings_of_one_name_have_one_key(native: str, spellings: tuple[str, ...]) -> None:
    assert {key(even(one)) for one in (native, *spellings)} == {key(even(native))}


def test_what_is_no_letter_has_no_sound_and_other_scripts_do_no_harm() -> None:
    assert keys(["", " ", "123", "श्री"]) == set()
    assert latin("José ज़ाकिर") == "jose zaakir"
    assert even("山") == ""
