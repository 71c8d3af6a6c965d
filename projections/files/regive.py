"""Giving a folded file other links and identifiers without folding it again.

`apply` reads of `given` only under which cases a prison's row counts: the holds that the links come to. So a state
stays what a fold from the start would make as long as every hold that an earlier row may have named reads as it did.
What an earlier row may have named stood in a link before: a claim is a link. Whatever else `given` decides (the frame,
who is who) is worked out by `start` and `finish`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace

from projections.files.fold import FOLD_FAILED, kind_of_root
from projections.files.reach import Reach
from projections.files.state import FileInput, FileState
from projections.linking.model import HELD_UNDER, Link, LinkKey

_FRAME = ("identifiers", "links", "incomplete")


def regive(state: FileState, now: FileInput, before: FileInput) -> bool:
    """Let `state`, folded with `before`, stand on `now`; `finish` is the caller's.

    False, and the state as it was, where an earlier member might read otherwise now: fold from the start, then.
    """
    document = state.document
    if any(row["reason"] == FOLD_FAILED for row in document["incomplete"]) or not _read_alike(before, now):
        return False
    anew = kind_of_root(now.root).start(now)
    document.update({part: anew.document[part] for part in _FRAME})
    state.given, state.reach, state.joins_changed = now, anew.reach, True
    if len(document.get("court", ())) > 1:
        # Which court numbers concern whom hangs on the links, and with it what the clocks are reckoned from.
        state.unwound = anew.unwound
    return True


def as_it_was(
    now: FileInput, made: Collection[LinkKey], risen: Collection[str], gained: Collection[str]
) -> FileInput:
    """What a file was given before some links were made, some identifiers anchored, and some joined it."""
    links = (link for link in now.links if LinkKey(link.kind, link.a, link.b) not in made)
    return replace(
        now,
        identifiers=now.identifiers - set(gained),
        links=tuple(_unanchored(link, risen) for link in links),
    )


def _unanchored(link: Link, risen: Collection[str]) -> Link:
    if link.a_at in risen or link.b_at in risen:
        return replace(
            link,
            a_anchored=link.a_anchored and link.a_at not in risen,
            b_anchored=link.b_anchored and link.b_at not in risen,
        )
    return link


def _read_alike(before: FileInput, now: FileInput) -> bool:
    """Whether every hold that a row may have named reads the same under both."""
    named: defaultdict[str, set[str]] = defaultdict(set)
    for link in before.links:
        if link.kind == HELD_UNDER:
            named[link.a] |= {link.b, *link.in_place_of}
    if not named:
        return True
    if _instead(before) != _instead(now):
        return False
    was, are = Reach(before).holds, Reach(now).holds
    return all(
        was.get(pid, {}).get(case) == are.get(pid, {}).get(case)
        for pid, cases in named.items()
        for case in cases
    )


def _instead(given: FileInput) -> set[tuple[str, str, str]]:
    """Holds that a reviewer reads as another case."""
    return {
        (link.a, misnamed, link.b)
        for link in given.links
        if link.kind == HELD_UNDER and link.followed
        for misnamed in link.in_place_of
    }
