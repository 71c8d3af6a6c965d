"""The hub put together from settings: what reads records, what stores them. Every process starts from here."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from functools import partial

from ops.base import metrics
from ops.base.clock import Clock
from ops.base.log import get_logger
from ops.base.settings import Settings
from projections.store import generation, retaking
from projections.store.batch import HubProjector
from projections.store.intake import Intake
from projections.store.ports import ENVIRONMENT_ERRORS
from schemas.codec import Decoder
from schemas.messages import MessageReader, MessageWriter
from schemas.reasons import Reason
from schemas.registry import RegistrySchemas, client, latest, register
from schemas.topics import DEPARTMENT_TOPICS
from schemas.writers import RegistryUnreachableError, SchemasById, SchemaTable
from streams.messenger import Office

log = get_logger(__name__)

_PAUSE = 1.0
_AWAY: tuple[type[Exception], ...] = (RegistryUnreachableError, *ENVIRONMENT_ERRORS)


def intake(settings: Settings, name: str) -> Intake:
    """An intake that asks the registry for writers' schemas, and the generation `name` for those that it kept."""
    url = settings.require_registry()
    decoder = Decoder(_patient(_asked(url)))
    try:
        with client(url) as registry:
            for schema_id, text in latest(registry).items():
                decoder.meet(schema_id, text)
    except RegistryUnreachableError as error:
        # No reason not to start: whatever the first record needs is asked for, and waited for, then.
        log.warning("registry.unreachable", error=error)
    return Intake(decoder, _kept(settings.require_database(), name))


def reading_intake(database: str, name: str) -> Intake:
    """An intake for reading a generation's ledger alone: it needs no registry and can take no record in."""
    return Intake(Decoder(SchemaTable()), _kept(database, name))


def projector(settings: Settings, name: str, *, live: bool = True, defer: bool = False) -> HubProjector:
    """A projector of one generation. `live` and `defer`: see HubProjector."""
    return HubProjector(
        settings.require_database(),
        name,
        intake(settings, name),
        live=live,
        defer=defer,
        receipts=settings.receipts,
    )


def chores(settings: Settings, name: str, hub: HubProjector) -> Callable[[], Callable[[], object]]:
    """A worker's chores: to add up which numbers came, and to take in records that were set aside for want of a schema
    once the registry has it.

    It looks without waiting for a registry that is away: nobody else waits for these records.
    """
    ask = _asked(settings.require_registry())

    def registered() -> frozenset[int]:
        """Schemas that were missing and are there now, met."""
        with generation.connect(settings.require_database(), name) as conn:
            wanted = retaking.missing(conn)
        found = set()
        for schema_id in sorted(wanted):
            with contextlib.suppress(LookupError):
                hub.meet(schema_id, ask(schema_id))
                found.add(schema_id)
        return frozenset(found)

    def look() -> Callable[[], object]:
        try:
            there = registered()
        except _AWAY as error:
            log.warning("retake.postponed", error=error)
            there = frozenset()
        return partial(_work, hub, there)

    return look


def _work(hub: HubProjector, registered: frozenset[int]) -> None:
    if registered:
        hub.retake(retaking.Due(frozenset({Reason.SCHEMA_NOT_FOUND}), registered))
    settled = hub.settle_numbers()
    if settled is not None:
        for topic in DEPARTMENT_TOPICS:
            department = topic.partition(".")[0]
            metrics.NUMBERS_MISSING.labels(department=department).set(settled.missing.get(department, 0))
        for department, count in settled.missing.items():
            log.warning("numbers.missing", department=department, count=count)


def messenger(settings: Settings, clock: Clock) -> Office:
    """What the messenger works with. Its schemas are registered where the registry has them not."""
    url = settings.require_registry()

    def id_of(name: str) -> int:
        with client(url) as registry:
            return register(registry, name)

    return Office(
        settings.require_kafka(),
        settings.require_database(),
        MessageWriter(id_of),
        MessageReader(_asked(url)),
        clock,
    )


def _kept(database: str, name: str) -> Callable[[bytes], str]:
    """Writers' schemas as a generation keeps them beside its ledger."""

    def schema_of(mark: bytes) -> str:
        with generation.connect(database, name) as conn:
            row = conn.execute("SELECT schema FROM writer_schema WHERE fingerprint = %s", (mark,)).fetchone()
        if row is None:
            raise LookupError(f"the ledger keeps no schema of fingerprint {mark.hex()}")
        return str(row[0])

    return schema_of


def _asked(url: str) -> SchemasById:
    """Schemas as the registry has them. A worker asks once for each id: no connection is kept open for that."""

    def ask(schema_id: int) -> str:
        with client(url) as registry:
            return RegistrySchemas(registry)(schema_id)

    return ask


def _patient(schemas: SchemasById) -> SchemasById:
    """Waits for a registry that gives no answer: nothing can be known of a record meanwhile, so nothing is decided."""

    def ask(schema_id: int) -> str:
        told = False
        while True:
            try:
                return schemas(schema_id)
            except RegistryUnreachableError as error:
                if not told:
                    log.warning("registry.unreachable", error=error)
                    told = True
                time.sleep(_PAUSE)

    return ask
