"""What becomes of each event of a request: kept, known, or refused with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from connectors.gateway.body import NOT_JSON
from connectors.gateway.models import Answer, Item, Status
from connectors.gateway.problems import Problem
from connectors.gateway.publishers import Publisher
from connectors.gateway.reasons import Refused
from connectors.outbox.drafts import Draft, draft_of_plain
from connectors.outbox.records import Kept, Outcome
from connectors.sdk import Connector
from schemas.catalogue import CATALOGUE
from schemas.identifiers import text_of
from schemas.plain import to_plain
from schemas.reasons import Explained, FaultError
from schemas.windows import ABOUT_NUMBERS

_STATUS: Final = {Outcome.KEPT: Status.KEPT, Outcome.KNOWN: Status.KNOWN}
_CONFLICTS: Final = {Outcome.ID_REUSED: Refused.ID_REUSED, Outcome.NUMBER_TAKEN: Refused.NUMBER_TAKEN}


def publish(
    connector: Connector, publisher: Publisher, events: Sequence[Any], traceparent: str | None
) -> Answer:
    """Keep the events that are sound. Raises Problem where none was accepted, and OutboxUnavailable."""
    judged = [_judged(n, event, publisher, connector.salt_key) for n, event in enumerate(events)]
    drafts = [(n, one) for n, one in enumerate(judged) if isinstance(one, Draft)]
    told = connector.keep([draft for _, draft in drafts], traceparent) if drafts else []
    kept = {n: _of_kept(n, outcome) for (n, _), outcome in zip(drafts, told, strict=True)}
    return _answer([one if isinstance(one, Item) else kept[n] for n, one in enumerate(judged)])


def validate(connector: Connector, publisher: Publisher, events: Sequence[Any]) -> Answer:
    """Say what would become of the events, and how they would stand; nothing is kept."""
    judged = [_judged(n, event, publisher, connector.salt_key) for n, event in enumerate(events)]
    return _answer([one if isinstance(one, Item) else _shown(n, one) for n, one in enumerate(judged)])


def types_of(publisher: Publisher) -> list[str]:
    """The event types that a publisher may send."""
    return sorted(name for name in CATALOGUE if _fault_of_type(name, publisher) is None)


def _judged(index: int, event: Any, publisher: Publisher, salt_key: bytes) -> Draft | Item:
    if event is NOT_JSON:
        return _refused(index, Refused.NOT_JSON, "the line is no JSON")
    fault = _foreign(event, publisher)
    if fault is not None:
        return _refused(index, Refused.NOT_YOURS, fault)
    try:
        return draft_of_plain(event, salt_key, publisher.numbers_itself)
    except FaultError as error:
        return _refused(index, error.reason, error.detail)


def _foreign(event: Any, publisher: Publisher) -> str | None:
    """Why an event is not the publisher's to send; None where it is, or cannot be told: then it is refused for that."""
    if not isinstance(event, dict):
        return None
    kind, envelope = event.get("type"), event.get("envelope")
    if isinstance(kind, str) and kind in CATALOGUE and (fault := _fault_of_type(kind, publisher)):
        return fault
    source = envelope.get("source") if isinstance(envelope, dict) else None
    if isinstance(source, str) and not publisher.owns(source):
        return f"envelope.source must begin with {' or '.join(publisher.sources)}"
    return None


def _fault_of_type(kind: str, publisher: Publisher) -> str | None:
    topics = CATALOGUE[kind].topics
    if publisher.topic not in topics:
        return f"{kind} is published by {', '.join(sorted(topic.partition('.')[0] for topic in topics))}"
    if kind in ABOUT_NUMBERS and not publisher.numbers_itself:
        return f"{kind} is made by the gateway, which numbers the events of this source"
    return None


def _of_kept(index: int, kept: Kept) -> Item:
    event_id = str(kept.event_id)
    if kept.outcome in _STATUS:
        return Item(
            index=index, status=_STATUS[kept.outcome], event_id=event_id, source_epoch=kept.epoch,
            source_seq=kept.seq,
        )  # fmt: skip
    item = _refused(index, _CONFLICTS[kept.outcome], "it differs from the event that was published before")
    return item.model_copy(update={"event_id": event_id})


def _shown(index: int, draft: Draft) -> Item:
    plain = to_plain(draft.type, draft.record)
    if not draft.numbered:
        del plain["envelope"]["source_seq"]  # it gets one when it is kept
    return Item(
        index=index, status=Status.VALID, event_id=str(draft.event_id), topic=draft.topic,
        key=text_of(draft.record["envelope"]["anchor"]), event=plain,
    )  # fmt: skip


def _refused(index: int, reason: Explained, detail: str) -> Item:
    return Item(
        index=index, status=Status.REFUSED, reason=str(reason), detail=detail, what_to_do=reason.sentence
    )


def _answer(items: list[Item]) -> Answer:
    refused = [item for item in items if item.status is Status.REFUSED]
    if len(refused) < len(items):
        return Answer(accepted=len(items) - len(refused), refused=len(refused), items=items)
    reasons = {item.reason for item in refused}
    status = 422
    if reasons == {Refused.NOT_YOURS}:
        status = 403
    elif reasons <= {Refused.ID_REUSED, Refused.NUMBER_TAKEN}:
        status = 409
    first = refused[0]
    more = f" (and {len(refused) - 1} more: see items)" if len(refused) > 1 else ""
    raise Problem(status, f"{first.reason}: {first.detail}. {first.what_to_do}{more}", items=refused)
