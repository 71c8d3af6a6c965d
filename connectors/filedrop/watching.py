"""Which files of a folder are whole: those that have stood as they are for a while, and are not our own answers.

Pure: it is shown the folder again and again and told the time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from connectors.filedrop.report import ASIDE, REPORT
from connectors.filedrop.tables import KINDS

_HALF: Final = (".part", ".tmp", ".crdownload", ".partial")


class Look(NamedTuple):
    """A file as it was seen: bytes, and when it was last written, in nanoseconds."""

    size: int
    written: int


def is_ours_to_take(name: str) -> bool:
    """A file that is dropped: of a kind that we read, neither half-written, hidden, locked, nor an answer of ours."""
    plain = name.casefold()
    if plain.startswith((".", "~$")) or plain.endswith((*_HALF, REPORT, ASIDE)):
        return False
    return plain.endswith(KINDS)


def looks(folder: Path) -> dict[Path, Look]:
    """The files of a folder that may be taken, as they stand now."""
    return dict(_looks(folder))


def _looks(folder: Path) -> Iterator[tuple[Path, Look]]:
    for path in sorted(folder.iterdir()):
        if is_ours_to_take(path.name) and path.is_file():
            status = path.stat()
            yield path, Look(status.st_size, status.st_mtime_ns)


class Stable:
    """Tells files that have not changed for `seconds`, each once until it changes."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._since: dict[Path, tuple[Look, float]] = {}
        self._told: dict[Path, Look] = {}
        self.waiting = False
        """Whether some file, when they were last seen, was not whole yet."""

    def ready(self, seen: Mapping[Path, Look], now: float) -> list[Path]:
        """Those that are whole now, by name; `now` is a clock that only goes forward."""
        self._since = {
            path: kept if (kept := self._since.get(path)) and kept[0] == look else (look, now)
            for path, look in seen.items()
        }
        self._told = {path: look for path, look in self._told.items() if path in seen}
        found = [
            path
            for path, (look, since) in self._since.items()
            if look.size and now - since >= self._seconds and self._told.get(path) != look
        ]
        self._told.update({path: seen[path] for path in found})
        self.waiting = any(look.size and self._told.get(path) != look for path, look in seen.items())
        return sorted(found)
