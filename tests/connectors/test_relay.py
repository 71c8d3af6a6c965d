"""The relay against a real PostgreSQL: no committed row is passed over, none is two events, refused rows say why."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from connectors.gateway.plain_form import EXAMPLE
from connectors.outbox.records import Refusal
from connectors.relay.relay import DDL, Relay
from connectors.sdk import Connector
from ops.base.errors import UserError
from tests.fix_gateway import NOBODY
from tests.streams.ground import wait_until

pytestmark = pytest.mark.stack

SOURCE = "court.cis/BRPA01"
Json = dict[str, Any]


@pytest.fixture
def connector(tmp_path: Path) -> Iterator[Connector]:
    with Connector(tmp_path, NOBODY, f"http://{NOBODY}") as opened:
        yield opened


@pytest.fixture
def table(database: str) -> str:
    """The URL of a department's database with its outbox."""
    with psycopg.connect(database) as conn:
        conn.execute(DDL.read_bytes())
    return database


@pytest.fixture
def relay(table: str, connector: Connector) -> Relay:
    return Relay(table, "sangam_outbox", SOURCE, connector)


def hearing(n: int, **envelope: Any) -> Json:
    """As a department's trigger writes it: what the relay fills in is left out."""
    own = {"occurred_at": f"2025-03-{n:02}", "anchor": EXAMPLE["envelope"]["anchor"]}
    return {"type": "court.HearingHeld", "envelope": own | envelope, "court": f"BRPA01-{n}"}


def insert(conn: psycopg.Connection[Any], *events: Any) -> None:
    for event in events:
        conn.execute("INSERT INTO sangam_outbox (event) VALUES (%s)", (json.dumps(event),))


def kept(connector: Connector) -> list[str]:
    """The source records that were kept, in order of number."""
    with connector.outbox.database.reading() as conn:
        ids = [row[0] for row in conn.execute("SELECT event_id FROM event ORDER BY seq")]
        seqs = [row[0] for row in conn.execute("SELECT seq FROM event ORDER BY seq")]
    assert seqs == list(range(1, len(seqs) + 1))
    return [event_id.hex() for event_id in ids]


def rows(table: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(table) as conn:
        return conn.execute("SELECT event_id, relayed_at, refused FROM sangam_outbox ORDER BY id").fetchall()


def test_rows_become_events_in_their_order_and_carry_the_id(
    table: str, relay: Relay, connector: Connector
) -> None:
    with psycopg.connect(table) as conn:
        insert(conn, *(hearing(n) for n in range(1, 21)))
    assert relay.once() == 20
    assert relay.once() == 0
    found = rows(table)
    assert [event_id.hex for event_id, *_ in found] == kept(connector)
    assert all(relayed_at is not None and refused is None for _, relayed_at, refused in found)
    receipt = connector.receipt(found[0][0])
    assert receipt is not None
    assert receipt.source == SOURCE


def test_a_row_that_is_committed_after_a_later_one_is_not_passed_over(
    table: str, relay: Relay, connector: Connector
) -> None:
    with psycopg.connect(table) as slow, psycopg.connect(table) as fast:
        insert(slow, hearing(1))
        insert(fast, hearing(2))
        fast.commit()
        # A transaction of somebody else's, open for long: it holds nothing up.
        assert relay.once() == 1
        slow.commit()
        assert relay.once() == 1
    assert [event_id.hex for event_id, *_ in reversed(rows(table))] == kept(connector)


def test_a_row_that_was_kept_and_not_marked_is_no_second_event(
    table: str, relay: Relay, connector: Connector
) -> None:
    with psycopg.connect(table) as conn:
        insert(conn, hearing(1), hearing(2))
    relay.once()
    before = kept(connector)
    with psycopg.connect(table) as conn:
        conn.execute("UPDATE sangam_outbox SET relayed_at = NULL, event_id = NULL")
    assert relay.once() == 2
    assert kept(connector) == before == [event_id.hex for event_id, *_ in rows(table)]


def test_a_refused_row_says_why_and_is_taken_once_it_is_corrected(
    table: str, relay: Relay, connector: Connector
) -> None:
    reused = {"event_id": "0b7e8c1e-6a55-4d0c-9a39-1f3d2b1c0d11"}
    wrong = hearing(2) | {"cuort": "BRPA01"}
    with psycopg.connect(table) as conn:
        insert(
            conn, hearing(1, **reused), wrong, 7, hearing(3, **reused), hearing(4, source_seq=1), hearing(5)
        )
    assert relay.once() == 6
    told = [refused for *_, refused in rows(table)]
    assert [told[0], told[5]] == [None, None]
    for why, said in zip(
        told[1:5], ("cuort: no such field", "object", "ID_REUSED", "source_seq"), strict=True
    ):
        assert said in why
    with psycopg.connect(table) as conn:
        conn.execute("UPDATE sangam_outbox SET event = event - 'cuort', refused = NULL WHERE id = 2")
    assert relay.once() == 1
    assert rows(table)[1][2] is None
    assert len(kept(connector)) == 3


def test_what_the_broker_refuses_later_is_told_in_the_row_and_may_come_again(
    table: str, relay: Relay, connector: Connector
) -> None:
    with psycopg.connect(table) as conn:
        insert(conn, hearing(1))
    relay.once()
    connector.outbox.settle([], [Refusal(1, "MSG_SIZE_TOO_LARGE")])
    relay.once()
    assert rows(table)[0][2].startswith("MSG_SIZE_TOO_LARGE")
    with psycopg.connect(table) as conn:
        conn.execute("UPDATE sangam_outbox SET relayed_at = NULL, refused = NULL")
    assert relay.once() == 1
    assert rows(table)[0][2] is None


def test_it_is_told_of_new_rows_and_a_database_that_throws_it_out_is_gone_back_to(
    table: str, connector: Connector, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("connectors.relay.relay._PAUSE", 0.05)
    # So rarely does it look by itself that what comes at once can only be a NOTIFY.
    relay = Relay(table, "sangam_outbox", SOURCE, connector, poll_seconds=3600)
    stop = threading.Event()
    runner = threading.Thread(target=relay.run, args=(stop,))
    runner.start()
    try:
        with psycopg.connect(table, autocommit=True) as conn:
            for n in (1, 2):
                wait_until(lambda: listening(conn), 20)
                insert(conn, hearing(n))
                wait_until(lambda n=n: len(kept(connector)) == n, 20)  # type: ignore[misc]
                conn.execute(
                    "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = current_database()"
                    " AND pid <> pg_backend_pid()"
                )
            stop.set()
            wait_until(lambda: listening(conn) or not runner.is_alive(), 20)
            conn.execute("NOTIFY sangam_outbox")
        runner.join(20)
        assert not runner.is_alive()
    finally:
        stop.set()


def listening(conn: psycopg.Connection[Any]) -> bool:
    found = conn.execute(
        "SELECT count(*) FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE l.locktype = 'advisory'"
        " AND a.datname = current_database() AND a.state = 'idle' AND a.query NOT ILIKE '%advisory%'"
    ).fetchone()
    return found is not None and found[0] == 1


def test_one_relay_reads_a_table(table: str, relay: Relay, connector: Connector) -> None:
    with psycopg.connect(table, autocommit=True) as conn:
        relay._claim(conn)
        with pytest.raises(UserError, match="another relay"):
            relay.once()
    assert relay.once() == 0


def test_a_database_without_the_table_is_told_how_to_make_it(database: str, connector: Connector) -> None:
    with pytest.raises(UserError, match="relay --ddl"):
        Relay(database, "sangam_outbox", SOURCE, connector).once()
