"""Brings the world to the broker: the log that is measured, and a spool of what comes later, to be sent live."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from connectors.publisher import Publisher
from connectors.schema_ids import schema_ids
from ops.bench.ground import Ground
from ops.bench.world import Sent, cases_for, messages

_TOLD_EVERY = 20_000


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was loaded: records in the topics, and bytes of their values."""

    records: int
    cases: int
    value_bytes: int
    spool: Path
    spooled: int

    @property
    def events_a_case(self) -> float:
        """Over the whole world, what is spooled included."""
        return (self.records + self.spooled) / self.cases


def load(ground: Ground, records: int, later: int, seed: int = 1) -> Loaded:
    """Simulate a world of about `records + later` events; all but the last of them go to the topics.

    The last are those that arrive last in the world's own time: they belong, like a department's day, mostly to
    cases that are there already.
    """
    settings = ground.settings
    ground.progress.begin("world")
    spool = ground.home / "later.spool"
    sent = nbytes = spooled = 0
    id_of = schema_ids(settings.require_registry())
    with Publisher(settings.require_kafka(), id_of) as publisher, spool.open("wb") as rest:
        source = messages(records + later, id_of, seed)
        for topic, (key, value, headers) in source:
            if sent < records:
                publisher.send_raw(topic, key, value, headers)
                sent, nbytes = sent + 1, nbytes + len(value)
                if sent % _TOLD_EVERY == 0:
                    ground.progress.note("world", f"{sent:,} of {records:,} events")
            else:
                pickle.dump((topic, key, value, headers), rest, pickle.HIGHEST_PROTOCOL)
                spooled += 1
    loaded = Loaded(sent, cases_for(records + later), nbytes, spool, spooled)
    ground.progress.finish(
        "world", f"{sent:,} events in the log, {spooled:,} kept for live; {loaded.events_a_case:.0f} a case"
    )
    return loaded


def spooled(spool: Path) -> Iterator[Sent]:
    """What a spool holds. It is a file that this program has just written itself, in a folder of its own."""
    from schemas.codec import Message

    with spool.open("rb") as file:
        while True:
            try:
                topic, key, value, headers = pickle.load(file)
            except EOFError:
                return
            yield Sent(topic, Message(key, value, headers))
