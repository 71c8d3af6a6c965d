"""The alarms' tables (schema `sangam`, store/ddl/000_hub.sql): what may come to an alarm, what stands, what to look at.

One process writes them, the holder of the lease, in transactions of its own; so nothing here locks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

import orjson
import psycopg

from projections.alarms.machine import Files, Held
from projections.alarms.reason import Alarm, Closed, Doubt, Reason, Stage
from projections.law.clocks.bail_not_released import LEGAL_SERVICES, ONE_MONTH
from projections.law.clocks.undertrial import HALF, THIRD
from projections.messages.outbound import Place

Connection = psycopg.Connection[tuple[Any, ...]]
Json = dict[str, Any]

#: Rules of which a person's other cases change what is to be said.
OF_PERSON: Final = (THIRD, HALF, LEGAL_SERVICES, ONE_MONTH)

RAISED: Final = "hub.AlarmRaised"
MOVED: Final = "hub.AlarmMoved"
CLEARED: Final = "hub.AlarmCleared"

#: What an AlarmRaised says, by column of the table.
_SAID: Final = (
    "rule", "law", "stage", "start_event", "start_date", "accused", "due_date", "accrues_on", "files", "sensitivity",
    "flags", "reasons", "missing", "late", "text_en", "text_hi", "inputs",
)  # fmt: skip


def watch(conn: Connection, found: Mapping[str, Collection[Reason]]) -> None:
    """Put what these files may come to alarms for in the place of what they might; start events of which something
    changed are to be looked at."""
    before: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for root, event, text in conn.execute(
        "SELECT root, start_event, reason FROM sangam.due WHERE root = ANY(%s)", (list(found),)
    ):
        before[root].add((event, text))
    gone: list[tuple[str, str, str]] = []
    new: list[tuple[str, str, str, str]] = []
    for root, reasons in found.items():
        now = {(one.start_event, _dump(one)): one.rule for one in reasons}
        gone += [(root, *key) for key in before[root] - now.keys()]
        new += [(root, *key, now[key]) for key in now.keys() - before[root]]
    with conn.cursor() as cur:
        cur.executemany("DELETE FROM sangam.due WHERE root = %s AND start_event = %s AND reason = %s", gone)
        cur.executemany(
            "INSERT INTO sangam.due (root, start_event, reason, rule) VALUES (%s, %s, %s, %s)", new
        )
    look_at(conn, {event for _, event, *_ in (*gone, *new)})


def look_at(conn: Connection, start_events: Collection[str]) -> None:
    """Have the alarms of these start events looked at."""
    conn.execute(
        "INSERT INTO sangam.look (start_event, afresh) SELECT unnest(%s::text[]), false ON CONFLICT DO NOTHING",
        (sorted(start_events),),
    )


def look_again(conn: Connection, roots: Collection[str]) -> None:
    """Have the alarms of these files looked at of which a person's other cases change what is to be said."""
    conn.execute(
        "INSERT INTO sangam.look (start_event, afresh)"
        " SELECT DISTINCT start_event, true FROM sangam.due WHERE root = ANY(%s) AND rule = ANY(%s)"
        " ON CONFLICT (start_event) DO UPDATE SET afresh = true",
        (list(roots), list(OF_PERSON)),
    )


def changed(conn: Connection, most: int) -> dict[str, bool]:
    """Start event -> whether to look afresh, of those of which something changed; at most so many."""
    return dict(
        conn.execute(
            "SELECT start_event, afresh FROM sangam.look ORDER BY start_event LIMIT %s", (most,)
        ).fetchall()
    )


def due(conn: Connection, today: date, passed: Callable[[date], bool], most: int) -> set[str]:
    """Start events of which something falls due up to today, the earliest first, on days that `passed` lets through."""
    days = [
        row[0]
        for row in conn.execute(
            "SELECT DISTINCT look_on FROM sangam.due WHERE look_on <= %s ORDER BY look_on", (today,)
        )
        if passed(row[0])
    ]
    if not days:
        return set()
    return {
        row[0]
        for row in conn.execute(
            "SELECT start_event FROM sangam.due WHERE look_on = ANY(%s) ORDER BY look_on, start_event LIMIT %s",
            (days, most),
        )
    }


def reasons(conn: Connection, start_events: Collection[str]) -> dict[str, list[Held]]:
    """Start event -> all that any file may come to an alarm for from it."""
    found: defaultdict[str, list[Held]] = defaultdict(list)
    for root, event, text in conn.execute(
        "SELECT root, start_event, reason FROM sangam.due WHERE start_event = ANY(%s) ORDER BY root, reason",
        (list(start_events),),
    ):
        found[event].append(Held(root, _load(text)))
    return found


def standing(conn: Connection, start_events: Collection[str]) -> dict[str, dict[Alarm, Files]]:
    """Start event -> the alarms from it that stand, with the files that hold them."""
    found: defaultdict[str, dict[Alarm, Files]] = defaultdict(dict)
    for rule, event, accused, due_date, stage, lead, files in conn.execute(
        "SELECT rule, start_event, accused, due_date, stage, lead, files FROM sangam.alarm"
        " WHERE standing AND start_event = ANY(%s)",
        (list(start_events),),
    ):
        found[event][Alarm(rule, event, accused, due_date, Stage(stage), lead)] = tuple(files)
    return found


def said(conn: Connection, ids: Collection[UUID]) -> dict[UUID, tuple[list[str], list[str], str]]:
    """Of alarms: the flags, what is missing, and the inputs, as they were told last."""
    return {
        row[0]: (row[1], row[2], row[3])
        for row in conn.execute(
            "SELECT id, flags, missing, inputs FROM sangam.alarm WHERE id = ANY(%s)", (list(ids),)
        )
    }


def places(conn: Connection, ids: Collection[UUID]) -> dict[UUID, Place]:
    """The last message of each alarm that was ever raised."""
    return {
        row[0]: Place(row[1], row[2])
        for row in conn.execute(
            "SELECT id, message_id, place FROM sangam.alarm WHERE id = ANY(%s)", (list(ids),)
        )
    }


def looked(
    conn: Connection, start_events: Collection[str], again: Iterable[tuple[Held, date | None]]
) -> None:
    """These were looked at; `again`: on which day to look at each reason next."""
    conn.execute("DELETE FROM sangam.look WHERE start_event = ANY(%s)", (list(start_events),))
    with conn.cursor() as cur:
        cur.executemany(
            "UPDATE sangam.due SET look_on = %s WHERE root = %s AND start_event = %s AND reason = %s"
            " AND look_on IS DISTINCT FROM %s",
            [(on, held.root, held.reason.start_event, _dump(held.reason), on) for held, on in again],
        )


def take_in(conn: Connection, name: str, record: Json) -> None:
    """Take in a message of hub.alarms, one's own or one read back: the tables follow from the topic."""
    message = record["message"]
    key, at = record["alarm_id"], message["sent_at"]
    place = (message["message_id"], message["order"])
    if name == RAISED:
        values = [record[column] for column in _SAID]
        columns = ("id", "standing", "lead", "raised_at", "message_id", "place", *_SAID)
        updated = ", ".join(f"{c} = excluded.{c}" for c in columns[1:])
        conn.execute(
            f"INSERT INTO sangam.alarm ({', '.join(columns)}) VALUES ({', '.join(['%s'] * len(columns))})"
            f" ON CONFLICT (id) DO UPDATE SET {updated}, cleared_at = NULL, cleared_by = '', why = ''",
            (key, True, record["lead_days"], at, *place, *values),
        )
    elif name == MOVED:
        conn.execute(
            "UPDATE sangam.alarm SET files = %s, flags = %s, missing = %s, text_en = %s, text_hi = %s, inputs = %s,"
            " message_id = %s, place = %s WHERE id = %s",
            (
                record["files"], record["flags"], record["missing"], record["text_en"], record["text_hi"],
                record["inputs"], *place, key,
            ),
        )  # fmt: skip
    elif name == CLEARED:
        conn.execute(
            "UPDATE sangam.alarm SET standing = false, cleared_at = %s, cleared_by = %s, why = %s, message_id = %s,"
            " place = %s WHERE id = %s",
            (at, record["cleared_by"], record["reason"], *place, key),
        )


def _dump(reason: Reason) -> str:
    told = {field: getattr(reason, field) for field in reason.__dataclass_fields__}
    told["doubts"] = [[*doubt] for doubt in reason.doubts]
    told["closed"] = [*reason.closed] if reason.closed else None
    return orjson.dumps(told).decode()


def _load(text: str) -> Reason:
    told = orjson.loads(text)
    closed = told["closed"]
    return Reason(
        told["rule"],
        told["start_event"],
        told["accused"],
        date.fromisoformat(told["due"]),
        _day(told["opens"]),
        tuple(told["leads"]),
        told["at_once"],
        told["lapses"],
        tuple(Doubt(_day(since), _day(until)) for since, until in told["doubts"]),
        Closed(date.fromisoformat(closed[0]), closed[1], closed[2]) if closed else None,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
