"""Sessions, kept by the server: a cookie holds a token that says nothing, and the database its hash.

OWASP ASVS 5.0, V7: a new token at sign-in, half an hour without use, twelve hours at most, ended at sign-out and with
the grant that it stands on.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Final

from projections.access.actor import Actor
from projections.audit.log import Clerk
from projections.signin.grants import Grant, standing
from projections.signin.issuer import Begun

IDLE: Final = timedelta(minutes=30)
LONGEST: Final = timedelta(hours=12)
_SIGNING_IN: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Session:
    """A session that stands: who, in which of his grants, and the token that his forms must bring back."""

    id: bytes
    actor: Actor
    grant: Grant
    others: tuple[Grant, ...]
    csrf: str


def _hash(token: str) -> bytes:
    return sha256(token.encode()).digest()


class Sessions:
    """Sessions of one hub."""

    def __init__(self, clerk: Clerk) -> None:
        self._clerk = clerk

    def expect(self, begun: Begun, back: str) -> None:
        """Note a sign-in that goes to the issuer; `back` is the page that was asked for."""
        now = self._clerk.clock.now()
        with self._clerk.connection() as conn:
            conn.execute("DELETE FROM access.signing_in WHERE at < %s", (now - _SIGNING_IN,))
            conn.execute(
                "INSERT INTO access.signing_in (state, nonce, verifier, back, at) VALUES (%s, %s, %s, %s, %s)",
                (_hash(begun.state), begun.nonce, begun.verifier, back, now),
            )

    def expected(self, state: str) -> tuple[str, str, str] | None:
        """(nonce, verifier, page) of a sign-in that comes back; once only."""
        with self._clerk.connection() as conn:
            row = conn.execute(
                "DELETE FROM access.signing_in WHERE state = %s AND at > %s RETURNING nonce, verifier, back",
                (_hash(state), self._clerk.clock.now() - _SIGNING_IN),
            ).fetchone()
        return None if row is None else (row[0], row[1], row[2])

    def start(self, grant: Grant, purpose: str) -> str:
        """Start a session on a grant; the cookie's token."""
        token, now = secrets.token_urlsafe(32), self._clerk.clock.now()
        with self._clerk.connection() as conn:
            conn.execute("DELETE FROM access.session WHERE ends_at < %s OR seen_at < %s", (now, now - IDLE))
            conn.execute(
                "INSERT INTO access.session (id, issuer, subject, granted, purpose, csrf, created_at, seen_at, ends_at)"
                " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
                (
                    _hash(token), grant.issuer, grant.subject, grant.id, purpose, secrets.token_urlsafe(24), now, now,
                    now + LONGEST,
                ),
            )  # fmt: skip
        return token

    def find(self, token: str) -> Session | None:
        """The session of a cookie, if it stands; its time without use begins anew."""
        now, key = self._clerk.clock.now(), _hash(token)
        with self._clerk.connection() as conn:
            row = conn.execute(
                "UPDATE access.session SET seen_at = %s WHERE id = %s AND ends_at > %s AND seen_at > %s"
                " RETURNING issuer, subject, granted, purpose, csrf",
                (now, key, now, now - IDLE),
            ).fetchone()
            if row is None:
                return None
            grants = standing(conn, row[0], row[1], now)
        acting = next((one for one in grants if one.id == row[2]), None)
        if acting is None:
            self.end(token)
            return None
        return Session(
            key, acting.actor(row[3]), acting, tuple(one for one in grants if one is not acting), row[4]
        )

    def act(self, session: Session, grant: Grant, purpose: str) -> None:
        """Act in another of his grants, or for another purpose."""
        with self._clerk.connection() as conn:
            conn.execute(
                "UPDATE access.session SET granted = %s, purpose = %s WHERE id = %s",
                (grant.id, purpose, session.id),
            )

    def end(self, token: str) -> None:
        """End the session of a cookie."""
        with self._clerk.connection() as conn:
            conn.execute("DELETE FROM access.session WHERE id = %s", (_hash(token),))
