"""Broken records are refused for the reason that their kind promises; the good ones beside them are untouched."""

from __future__ import annotations

import pytest

from ops.simulate import CALM, Settings, simulate
from ops.simulate.malformed import KINDS, Raw, malformed
from schemas.codec import Decoder, Encoder, Refused
from schemas.reasons import Reason
from schemas.writers import table_of_all

EXPECTED = {
    "NO_AVRO": {Reason.MALFORMED, Reason.DATE_ABSURD},
    "UNKNOWN_SCHEMA": {Reason.SCHEMA_NOT_FOUND},
    "TRUNCATED": {Reason.MALFORMED},
    "OVERLONG": {Reason.MALFORMED},
    "WRONG_TOPIC": {Reason.WRONG_TOPIC},
    "WRONG_KEY": {Reason.KEY_MISMATCH},
    "EMPTY": {Reason.NOT_FRAMED},
    "INVALID_IDENTIFIER": {Reason.IDENTIFIER_INVALID},
    "ABSURD_DATE": {Reason.DATE_ABSURD},
    "NUL_IN_TEXT": {Reason.NUL_IN_TEXT},
    "LONG_TEXT": {Reason.TEXT_TOO_LONG},
    "CLAIM_NOT_ALLOWED": {Reason.CLAIM_NOT_ALLOWED},
}
WORLD = simulate(Settings(20, 60, 2, CALM))
TABLE = table_of_all()


def mixed(rate: float) -> list[object]:
    return list(malformed(WORLD.events, Encoder(TABLE.id_of), 2, rate))


def test_the_good_events_come_as_they_are() -> None:
    assert [item for item in mixed(0.5) if not isinstance(item, Raw)] == WORLD.events
    assert mixed(0.0) == WORLD.events


def test_the_same_seed_breaks_the_same_records() -> None:
    assert mixed(0.3) == mixed(0.3)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_refused_for_its_reason(kind: str) -> None:
    decoder = Decoder(TABLE)
    broken = [item for item in mixed(0.5) if isinstance(item, Raw) and item.kind == kind]
    assert len(broken) > 2
    keys = {f"{r['envelope']['anchor']['kind']}:{r['envelope']['anchor']['value']}" for _, r in WORLD.events}
    for raw in broken:
        if (
            kind == "FOREIGN_CORRECTION"
        ):  # well formed: the ledger refuses it when it knows what it would correct
            assert decoder.decode(raw.topic, raw.key, raw.value, raw.headers).supersedes is not None
            continue
        with pytest.raises(Refused) as refused:
            decoder.decode(raw.topic, raw.key, raw.value, raw.headers)
        assert refused.value.reason in EXPECTED[kind]
        assert ".broken/" in refused.value.source
        assert kind == "WRONG_KEY" or raw.key.decode() in keys
