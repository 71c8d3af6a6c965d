"""The two doors of the database through which the API and the web go: roles that own nothing and bypass nothing.

`reader` may read a generation as far as row-level security lets it; `clerk` keeps sessions and appends to the record
of reads. Each database of a server has its own two, since roles belong to the server.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from urllib.parse import quote, urlsplit, urlunsplit

from psycopg import sql

from projections.store.generation import Connection, connect, lay_out_hub

_DOORS = {"reader": "sangam_reader", "clerk": "sangam_clerk"}


@dataclass(frozen=True, slots=True)
class Doors:
    """URLs of the database, each as one of the two roles."""

    reader: str
    clerk: str


def doors(database: str) -> Doors:
    """Make both if they are missing; `database` is the owner's URL, whose role must be able to create roles."""
    with connect(database, autocommit=True) as conn, conn.transaction():
        conn.execute("SELECT pg_advisory_xact_lock(hashtext('sangam.generation'))")
        lay_out_hub(conn)
        made = {name: _door(conn, name, rights) for name, rights in _DOORS.items()}
    return Doors(*(_as(database, role, password) for role, password in made.values()))


def _door(conn: Connection, name: str, rights: str) -> tuple[str, str]:
    row = conn.execute("SELECT current_database()").fetchone()
    assert row is not None  # noqa: S101
    role = f"{row[0]}_door_{name}"
    known = conn.execute("SELECT password FROM access.door WHERE role = %s", (role,)).fetchone()
    if known is not None:
        return role, str(known[0])
    password = secrets.token_urlsafe(24)
    exists = conn.execute("SELECT FROM pg_roles WHERE rolname = %s", (role,)).fetchone()
    conn.execute(
        sql.SQL(
            "{} ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS INHERIT PASSWORD {}"
        ).format(
            sql.SQL("CREATE" if exists is None else "ALTER"), sql.Identifier(role), sql.Literal(password)
        )
    )
    conn.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(rights), sql.Identifier(role)))
    conn.execute("INSERT INTO access.door (role, password) VALUES (%s, %s)", (role, password))
    return role, password


def _as(database: str, role: str, password: str) -> str:
    parts = urlsplit(database)
    place = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{quote(role)}:{quote(password)}@{place}"))
