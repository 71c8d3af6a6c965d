"""Who may act in which role, from which offices: granted by an administrator, kept in the hub, on record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ops.base.errors import UserError
from projections.access.actor import Actor
from projections.access.purposes import Purpose
from projections.access.relations import KINDS
from projections.access.roles import ROLES
from projections.audit.log import Clerk, Connection, Said

_COLUMNS = "id, issuer, subject, role, offices, granted_by, until"


class NotGranted(UserError):
    """What is to be granted makes no sense."""


@dataclass(frozen=True, slots=True)
class Grant:
    """One grant that stands."""

    id: int
    issuer: str
    subject: str
    role: str
    offices: frozenset[str]
    granted_by: str
    until: datetime | None

    def actor(self, purpose: str | None = None) -> Actor:
        """The actor of this grant; without a purpose with the role's first. Raises NotGranted."""
        role = ROLES[self.role]
        try:
            meant = role.purposes[0] if purpose is None else Purpose(purpose)
        except ValueError:
            raise NotGranted(f"the purpose is one of {', '.join(role.purposes)}") from None
        return Actor(self.subject, self.issuer, role, self.offices, meant)


def standing(conn: Connection, issuer: str, subject: str, now: datetime) -> list[Grant]:
    """The grants of a subject that stand now, oldest first."""
    return [
        _grant(row)
        for row in conn.execute(
            f"SELECT {_COLUMNS} FROM access.granted WHERE issuer = %s AND subject = %s AND revoked_at IS NULL"
            " AND granted_at <= %s AND (until IS NULL OR until > %s) ORDER BY id",
            (issuer, subject, now, now),
        )
        if row[3] in ROLES
    ]


def every(conn: Connection, now: datetime) -> list[Grant]:
    """All grants that stand now."""
    return [
        _grant(row)
        for row in conn.execute(
            f"SELECT {_COLUMNS} FROM access.granted WHERE revoked_at IS NULL AND (until IS NULL OR until > %s)"
            " ORDER BY role, subject, id",
            (now,),
        )
        if row[3] in ROLES
    ]


def grant(
    clerk: Clerk,
    by: str,
    issuer: str,
    subject: str,
    role: str,
    offices: Iterable[str],
    until: datetime | None = None,
) -> int:
    """Grant a role; its number. The same grant again is the same grant. Raises NotGranted."""
    held = _offices(role, offices)
    now = clerk.clock.now()
    with clerk.connection() as conn:
        for known in standing(conn, issuer, subject, now):
            if (known.role, known.offices, known.until) == (role, frozenset(held), until):
                return known.id
    clerk.append(
        Said(kind="GRANTED", subject=by, issuer=issuer, role="ADMINISTRATOR", purpose="ADMINISTRATION",
             question="GRANTS", about=f"{subject} {role}", reach=tuple(held))
    )  # fmt: skip
    with clerk.connection() as conn:
        row = conn.execute(
            "INSERT INTO access.granted (issuer, subject, role, offices, granted_by, granted_at, until)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s) RETURNING id",
            (issuer, subject, role, held, by, now, until),
        ).fetchone()
    assert row is not None  # noqa: S101
    return int(row[0])


def revoke(clerk: Clerk, by: str, number: int) -> bool:
    """Take a grant back; what stood on it ends with the next request. False if there is none."""
    with clerk.connection() as conn:
        known = conn.execute(
            "SELECT issuer, subject, role FROM access.granted WHERE id = %s AND revoked_at IS NULL", (number,)
        ).fetchone()
    if known is None:
        return False
    clerk.append(
        Said(kind="REVOKED", subject=by, issuer=known[0], role="ADMINISTRATOR", purpose="ADMINISTRATION",
             question="GRANTS", about=f"{known[1]} {known[2]}")
    )  # fmt: skip
    with clerk.connection() as conn:
        conn.execute("UPDATE access.granted SET revoked_at = %s WHERE id = %s", (clerk.clock.now(), number))
    return True


def _offices(role: str, offices: Iterable[str]) -> list[str]:
    known = ROLES.get(role)
    if known is None:
        raise NotGranted(f"there is no such role: it is one of {', '.join(sorted(ROLES))}")
    held = sorted({office.strip() for office in offices if office.strip()})
    for office in held:
        kind, _, code = office.partition(":")
        if kind not in KINDS or kind not in known.about or not code or "\0" in office or " " in office:
            forms = " or ".join(f"{one}:code" for one in sorted(known.about)) or "none"
            raise NotGranted(f"an office of this role is written as {forms}")
    if known.about and not held:
        raise NotGranted(f"the role {role} is held from an office: give one, as {min(known.about)}:code")
    return held


def _grant(row: tuple[Any, ...]) -> Grant:
    number, issuer, subject, role, offices, by, until = row
    return Grant(number, issuer, subject, role, frozenset(offices), by, until)
