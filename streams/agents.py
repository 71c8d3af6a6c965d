"""The agent: takes fetches off the stream and hands them to the gatherer, which acknowledges them after
COMMIT.

`noack`, because stock iteration acknowledges an event as soon as the next one is asked for, stored or not.
"""

from collections.abc import AsyncIterator, Callable
from typing import Any

import faust
from faust.types import AppT
from faust.types.tuples import Message

from streams.gather import Gatherer


class FetchSchema(faust.Schema[Any, Any]):
    """Passes a fetch through as it is: decoding is the projector's, in a thread of its own."""

    def loads_key(self, app: AppT, message: Message, **_: Any) -> None:
        """A fetch has many keys."""

    def loads_value(self, app: AppT, message: Message, **_: Any) -> Any:
        """The fetch."""
        return message.value


def hand_to(gatherer: Gatherer[Any]) -> Callable[[faust.Stream[Any]], AsyncIterator[None]]:
    """An agent function that feeds this gatherer."""

    async def project(stream: faust.Stream[Any]) -> AsyncIterator[None]:
        async for event in stream.noack().events():
            fetch: Any = event.value
            gatherer.put(fetch, event.ack)
            yield

    return project
