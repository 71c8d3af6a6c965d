"""Brings what the outbox keeps to the broker, for as long as it takes.

Promises: events are handed over in the order in which they were kept; an event leaves the outbox only once the broker
has acknowledged it, or will never take it; a broker or registry that is away is waited for, with pauses; a topic that
this user may not write holds up no other topic. What is sent again after a crash is the same event, under the same id
and number.

**An event is refused alone.** The broker answers for whole batches of records: that one was too large is said of all in
its batch. So whatever was refused in company is sent once more by itself, and only then is its number voided.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Final

from confluent_kafka import KafkaError

from connectors.outbox.batch import mark_of
from connectors.outbox.records import Refusal, Sent, Unsent
from connectors.outbox.store import Outbox
from connectors.publisher import Publisher, PublishError, Receipt
from ops.base.log import get_logger
from schemas.codec import Decoder, Message
from schemas.registry import IncompatibleSchemaError
from schemas.windows import ABOUT_NUMBERS
from schemas.writers import RegistryUnreachableError, SchemaTable

log = get_logger(__name__)

WINDOW: Final = timedelta(minutes=1)
"""How long a source's window is open before its manifest is kept."""
SCHEMA_REFUSED: Final = "SCHEMA_REFUSED"
_NEVER: Final = frozenset(
    {
        KafkaError.MSG_SIZE_TOO_LARGE, KafkaError.INVALID_MSG_SIZE, KafkaError.INVALID_MSG,
        KafkaError.INVALID_RECORD, KafkaError.POLICY_VIOLATION,
    }
)  # fmt: skip
"""Answers of the broker after which the same record can only get the same answer."""
_FORBIDDEN: Final = frozenset({KafkaError.TOPIC_AUTHORIZATION_FAILED, KafkaError.UNKNOWN_TOPIC_OR_PART})
"""Answers that concern one topic, until somebody changes something."""
_AT_ONCE: Final = 2000
_PAUSES: Final = (0.2, 0.5, 1.0, 2.0, 5.0)
_HOLD: Final = 5.0
_HOUSEKEEPING: Final = 1.0
_LAST_WAIT: Final = 5.0


class Sender:
    """A thread that empties an outbox. `start` it, `stop` it; `wake` tells it that something was kept."""

    def __init__(
        self, outbox: Outbox, publisher: Callable[[], Publisher], window: timedelta = WINDOW
    ) -> None:
        """`publisher` opens a connection; it is asked again after one that cannot go on."""
        self._outbox = outbox
        self._open = publisher
        self._window = window
        self._stopping = threading.Event()
        self._woken = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sender", daemon=True)
        self._next_housekeeping = 0.0
        self.trouble: str | None = None
        """Why the broker does not get what is kept; None while all is well."""

    def start(self) -> None:
        """Begin to send."""
        self._thread.start()

    def wake(self) -> None:
        """Something was kept."""
        self._woken.set()

    def stop(self) -> None:
        """End. What was handed over has a few seconds to be acknowledged; the rest stays in the outbox."""
        self._stopping.set()
        self._woken.set()
        self._thread.join()

    def drain(self, seconds: float) -> bool:
        """Wait until nothing is unsent; whether it came to that in time."""
        until = time.monotonic() + seconds
        self.wake()
        while self._outbox.waiting:
            if time.monotonic() > until:
                return False
            time.sleep(0.01)
        return True

    def _run(self) -> None:
        failures = 0
        while not self._stopping.is_set():
            begun = time.monotonic()
            try:
                publisher = self._open()
                try:
                    _Connection(self, publisher).run()
                finally:
                    publisher.abandon()
            except (PublishError, RegistryUnreachableError) as error:
                code = error.error.name() if isinstance(error, PublishError) else "REGISTRY_UNREACHABLE"
                self._tell(code)
            except Exception as error:
                # A full disk, or a fault of ours: all is on disk, so to try again is right, and to say so.
                log.error("sender.failed", error=error)
                self._tell(type(error).__name__)
            failures = failures + 1 if time.monotonic() - begun < 2 * _PAUSES[-1] else 0
            self._stopping.wait(_PAUSES[min(failures, len(_PAUSES) - 1)])

    def _tell(self, trouble: str | None) -> None:
        if trouble != self.trouble:
            self.trouble = trouble
            if trouble is not None:
                log.warning("sender.waits", reason=trouble)
            else:
                log.info("sender.goes_on")

    def _keep_house(self) -> None:
        now = time.monotonic()
        if now >= self._next_housekeeping:
            self._next_housekeeping = now + _HOUSEKEEPING
            self._outbox.close_windows(self._window)
            self._outbox.forget()

    def _rest(self, publisher: Publisher) -> None:
        """Nothing is left to hand over: wait for acknowledgements, or for something to be kept."""
        if publisher.unacknowledged:
            publisher.poll(0.01)
        else:
            self._woken.wait(_HOUSEKEEPING)
            self._woken.clear()


class _Connection:
    """What is under way on one connection to the broker."""

    def __init__(self, sender: Sender, publisher: Publisher) -> None:
        self._sender = sender
        self._outbox = sender._outbox
        self._publisher = publisher
        self._cursor = 0
        self._sent: list[Sent] = []
        self._refused: list[Refusal] = []
        self._suspects: list[tuple[Unsent, str]] = []
        self._failed: PublishError | None = None
        self._held: dict[str, float] = {}

    def run(self) -> None:
        """Send until the sender is to stop. Raises PublishError or RegistryUnreachableError; then begin anew."""
        while not self._sender._stopping.is_set():
            self._sender._keep_house()
            self._let_go()
            batch = self._outbox.unsent(self._cursor, _AT_ONCE)
            for unsent in batch:
                self._cursor = unsent.position
                if unsent.topic not in self._held:
                    self._hand_over(unsent)
            self._publisher.poll()
            self._settle()
            if self._suspects:
                self._ask_alone()
            if self._failed is not None:
                self._drain()
                raise self._failed
            if not batch:
                self._sender._rest(self._publisher)
                self._settle()
        self._drain()

    def _hand_over(self, unsent: Unsent) -> None:
        try:
            message = Message(unsent.key, self._value(unsent), unsent.headers)
        except IncompatibleSchemaError:
            self._never(unsent, SCHEMA_REFUSED)
            return
        self._publisher.send(unsent.topic, unsent.event_id, message, partial(self._told, unsent))

    def _value(self, unsent: Unsent) -> bytes:
        """The body behind the registry's id of its schema."""
        encoder = self._publisher.encoder
        if unsent.mark == mark_of(unsent.type):
            return encoder.frame(unsent.type) + unsent.body
        # Kept before the program was updated: written anew, as the schema of today has it.
        decoder = Decoder(SchemaTable())
        mark = decoder.learn(self._outbox.writer_schema(unsent.mark))
        return encoder.encode(unsent.type, decoder.body(mark, b"\0" * 5 + unsent.body)).value

    def _told(self, unsent: Unsent, outcome: Receipt | PublishError) -> None:
        if isinstance(outcome, Receipt):
            self._sent.append(Sent(unsent.position, outcome.partition, outcome.offset))
        elif outcome.error.code() in _NEVER:
            self._suspects.append((unsent, outcome.error.name()))
        elif outcome.error.code() in _FORBIDDEN:
            self._hold(unsent.topic, outcome.error.name())
        else:
            self._failed = outcome

    def _settle(self) -> None:
        if self._sent or self._refused:
            self._outbox.settle(self._sent, self._refused)
            if self._sent:
                self._sender._tell(None)
            self._sent.clear()
            self._refused.clear()

    def _ask_alone(self) -> None:
        """Send each that was refused in company once more, by itself."""
        self._drain()
        suspects, self._suspects = self._suspects, []
        for unsent, _ in suspects:
            self._hand_over(unsent)
            self._drain()
            while self._suspects:
                self._never(*self._suspects.pop())
        self._settle()

    def _never(self, unsent: Unsent, reason: str) -> None:
        if unsent.type in ABOUT_NUMBERS:
            # To void the number of what says that a number is void would never end.
            self._hold(unsent.topic, reason)
        else:
            log.warning("sender.voided", event_id=unsent.event_id, event_type=unsent.type, reason=reason)
            self._refused.append(Refusal(unsent.position, reason))

    def _hold(self, topic: str, reason: str) -> None:
        self._held[topic] = time.monotonic() + _HOLD
        self._sender._tell(f"{topic}:{reason}")

    def _let_go(self) -> None:
        """Topics that were held for long enough: what was passed over is handed over from the start."""
        now = time.monotonic()
        over = [topic for topic, until in self._held.items() if until <= now]
        if over:
            self._drain()
            for topic in over:
                del self._held[topic]
            self._cursor = 0

    def _drain(self) -> None:
        """Until all that was handed over is acknowledged or has failed; not for long once we are to stop."""
        until: float | None = None
        while self._publisher.unacknowledged:
            if self._sender._stopping.is_set():
                until = until or time.monotonic() + _LAST_WAIT
                if time.monotonic() > until:
                    break
            self._publisher.poll(0.05)
        self._settle()
