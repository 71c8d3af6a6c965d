"""The districts of the simulated State: stations, courts, jails and posts, by plausible codes that are nobody's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ops.simulate.rows import Json, office

_CODES: Final = (
    "DAN", "JHU", "KOR", "MEL", "NIV", "PRA", "SUV", "TAR", "VEN", "GAL", "BEL", "CHA", "DOL", "FAL", "HIR", "ITA",
    "KAM", "LOH", "MOR", "NAD", "OSA", "PHU", "RIV", "SAK", "TUL", "URA", "VIM", "YAM", "ZEL", "ARV", "BIN", "CUD",
    "DEV", "EKM", "GOD", "HAL", "JIR", "KUS",
)  # fmt: skip
_STATIONS: Final = (
    "KOT", "NAG", "PUR", "BAZ", "GHA", "TOL", "MAN", "SAR", "DIH", "BAG", "CHK", "MUF",
)  # fmt: skip
_BENCHES: Final = (("01", "CJM"), ("01", "SDJM"), ("01", "JM1"), ("02", "ADJ1"), ("02", "SPL"))
CASES_A_DISTRICT: Final = 1500


@dataclass(frozen=True, slots=True)
class Court:
    """A bench: its code, and the establishment under whose numbers it works."""

    code: str
    establishment: str
    district: str
    source: str

    @property
    def judge(self) -> Json:
        """The presiding judge's post."""
        return office("JUDGE", self.code, self.district)


@dataclass(frozen=True, slots=True)
class District:
    """One district. Stations and jails are codes as identifiers have them, without "BR-" for stations."""

    code: str
    stations: tuple[str, ...]
    courts: tuple[Court, ...]
    jails: tuple[str, ...]

    @property
    def prosecution(self) -> str:
        """Source of the district's prosecution office."""
        return f"prosecution.eprosecution/{self.code}"

    @property
    def probation(self) -> str:
        """Source of the district's probation office."""
        return f"probation.pms/{self.code}"

    @property
    def review(self) -> str:
        """Source of the district's reviewers of links."""
        return f"hub.identity/REVIEW-{self.code}"


def districts(cases: int, seed: int) -> tuple[District, ...]:
    """As many districts as that many cases need, one to thirty-eight.

    Which they are follows from the seed: two small worlds in one exchange should not write about the same FIRs.
    """
    count = min(len(_CODES), 1 + cases // CASES_A_DISTRICT)
    first = seed % len(_CODES)
    places = sorted((first + n) % len(_CODES) for n in range(count))
    return tuple(_district(place + 1, _CODES[place]) for place in places)


def _district(place: int, code: str) -> District:
    return District(
        code,
        tuple(code + station for station in _STATIONS),
        tuple(
            Court(f"BR{code[:2]}{unit}-{bench}", f"BR{code[:2]}{unit}", code, f"court.cis/BR{code[:2]}{unit}")
            for unit, bench in _BENCHES
        ),
        (f"BR-{place:02d}01", f"BR-{place:02d}02"),
    )
