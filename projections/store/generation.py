"""Generations: the derived tables of one version of the folds live in one PostgreSQL schema.

A rebuild makes a new generation beside the active one and is switched to in one transaction. Workers write only to a
generation of their own fold version; reading goes to the active one.
"""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import psycopg
from psycopg import sql

from ops.base.errors import UserError
from projections.store import outbox, watermarks

#: Raise it when a fold, a board, a claim limit, a table or the law's data (projections/law/data) changes what it makes
#: of the same events: stored files are then rebuilt, never mixed.
FOLD_VERSION = "12"

#: What belongs to no generation.
_HUB = ("000_hub.sql", "000_access.sql")

Connection = psycopg.Connection[tuple[Any, ...]]


class GenerationMismatch(UserError):
    """The active generation was made by another version of the folds."""


def connect(database: str, generation: str | None = None, *, autocommit: bool = False) -> Connection:
    """A connection whose search_path is the generation's schema. Raises psycopg.OperationalError when there is none.

    Text is UTF-8 and times are UTC whatever the server's settings are.
    """
    options = [watermarks.CONNECTION_OPTIONS, "-c timezone=UTC"]
    if generation is not None:
        options.append(f"-c search_path={generation}")
    conn = psycopg.connect(database, options=" ".join(options), autocommit=autocommit)
    conn.execute("SET client_encoding = 'UTF8'")
    if not autocommit:
        conn.commit()
    return conn


def prepare(database: str) -> str:
    """Make the hub's own schema and a first generation if there is none; the active generation's name.

    Raises GenerationMismatch when the active one was made by other folds: `sangam rebuild` makes a new one.
    """
    # Several workers may start at once on an empty database: one makes the tables, the others wait.
    with connect(database, autocommit=True) as conn, conn.transaction():
        conn.execute("SELECT pg_advisory_xact_lock(hashtext('sangam.generation'))")
        lay_out_hub(conn)
        row = conn.execute("SELECT name, fold_version FROM sangam.generation WHERE active").fetchone()
        if row is None:
            name = _create(conn)
            conn.execute("UPDATE sangam.generation SET active = true WHERE name = %s", (name,))
            return name
    if row[1] != FOLD_VERSION:
        raise GenerationMismatch(
            f"the active generation {row[0]} was made by fold version {row[1]}, this program is {FOLD_VERSION}: "
            "run `sangam rebuild --switch`"
        )
    return str(row[0])


def create(database: str) -> str:
    """Make a further, inactive generation and return its name."""
    with connect(database, autocommit=True) as conn, conn.transaction():
        conn.execute("SELECT pg_advisory_xact_lock(hashtext('sangam.generation'))")
        lay_out_hub(conn)
        return _create(conn)


def active(conn: Connection) -> str:
    """The active generation's name. Raises LookupError when nothing was ever projected."""
    known = conn.execute("SELECT to_regclass('sangam.generation') IS NOT NULL").fetchone()
    row = (
        conn.execute("SELECT name FROM sangam.generation WHERE active").fetchone()
        if known and known[0]
        else None
    )
    if row is None:
        raise LookupError("no generation yet: run `sangam work` to project the events")
    return str(row[0])


def switch(database: str, name: str) -> None:
    """Make another generation the active one, in one transaction; what differs in it is to be told."""
    with connect(database, autocommit=True) as conn, conn.transaction():
        former = conn.execute(
            "UPDATE sangam.generation SET active = false WHERE active RETURNING name"
        ).fetchone()
        changed = conn.execute(
            "UPDATE sangam.generation SET active = true WHERE name = %s RETURNING fold_version", (name,)
        ).fetchone()
        if changed is None or changed[0] != FOLD_VERSION:
            raise GenerationMismatch(f"there is no generation {name} of fold version {FOLD_VERSION}")
        outbox.leave_all(conn, name, former[0] if former else None)


def drop(database: str, name: str) -> None:
    """Drop an inactive generation."""
    with connect(database, autocommit=True) as conn, conn.transaction():
        gone = conn.execute(
            "DELETE FROM sangam.generation WHERE name = %s AND NOT active RETURNING name", (name,)
        ).fetchone()
        if gone is not None:
            conn.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(name)))


def prune(database: str) -> list[str]:
    """Drop every generation that is not the active one; returns their names."""
    with connect(database, autocommit=True) as conn:
        names = [
            str(row[0])
            for row in conn.execute("SELECT name FROM sangam.generation WHERE NOT active ORDER BY name")
        ]
    for name in names:
        drop(database, name)
    return names


def _create(conn: Connection) -> str:
    row = conn.execute(
        "INSERT INTO sangam.generation (name, fold_version)"
        " VALUES ('g' || nextval('sangam.generation_number'), %s) RETURNING name",
        (FOLD_VERSION,),
    ).fetchone()
    assert row is not None  # noqa: S101  (INSERT … RETURNING of one row)
    name = str(row[0])
    conn.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(name)))
    conn.execute(sql.SQL("SET LOCAL search_path = {}").format(sql.Identifier(name)))
    for script in sorted(f.name for f in files("projections.store").joinpath("ddl").iterdir()):
        if script not in _HUB:
            conn.execute(_ddl(script))
    return name


def lay_out_hub(conn: Connection) -> None:
    """Make what belongs to no generation where it is missing; the caller holds the lock on it."""
    for script in _HUB:
        conn.execute(_ddl(script))


def _ddl(script: str) -> bytes:
    return files("projections.store").joinpath("ddl").joinpath(script).read_bytes()
