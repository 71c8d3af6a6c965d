"""Who calls: the actor of a request, by its bearer token or by the cookie of a session; and how much he may call.

A token says who it is; which of his grants he acts in and for which purpose the headers `Sangam-Role` and
`Sangam-Purpose` say, and without them his first grant and its first purpose.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field
from typing import Final

from fastapi import Request

from ops.base.clock import Clock
from ops.base.errors import UserError
from projections.access.actor import Actor
from projections.desk.asking import Desk
from projections.questions.readers import Readers
from projections.signin.grants import standing
from projections.signin.issuer import Issuer
from projections.signin.limits import Limit, LockOut
from projections.signin.sessions import Session, Sessions
from projections.signin.tokens import TokenRefused, Verifier

_WHY: Final = {
    "MALFORMED": "the token is none",
    "SIGNATURE": "the token is not signed by the issuer",
    "ISSUER": "the token is of another issuer",
    "AUDIENCE": "the token is for somebody else",
    "EXPIRED": "the token has expired",
    "NOT_YET": "the token does not hold yet",
    "NONCE": "the sign-in is not the one that was begun",
    "NOT_GRANTED": "nothing was granted to you: ask the administrator of access",
    "NO_TOKEN": "send a token of the issuer as `Authorization: Bearer …`, or sign in",
    "SESSION": "the session has ended: sign in again",
    "LOCKED": "too many failures: wait a quarter of an hour",
}


class Unknown(UserError):
    """Nobody knows who asks. `reason` is a code."""

    def __init__(self, reason: str) -> None:
        super().__init__(_WHY[reason])
        self.reason = reason


class TooMany(UserError):
    """More was asked than is answered at a time; after `seconds` there is room again."""

    def __init__(self, seconds: float) -> None:
        self.seconds = max(1, math.ceil(seconds))
        super().__init__(f"too much is asked at once: ask again in {self.seconds} s")


@dataclass(slots=True)
class House:
    """What the API and the web work with."""

    readers: Readers
    desk: Desk
    sessions: Sessions
    verifier: Verifier
    """Of tokens for the hub."""
    people: Verifier
    """Of the tokens by which people are signed in: they are for the web as the issuer's client."""
    issuer: Issuer
    clock: Clock
    """Whose day questions are asked for."""
    url: str
    """Where people reach it: https, or loopback."""
    questions: Limit = field(default_factory=lambda: Limit(240, 60))
    """Of one subject."""
    arrivals: Limit = field(default_factory=lambda: Limit(120, 60))
    """Of one address that is nobody yet: sign-ins, citizens."""
    failures: LockOut = field(default_factory=lambda: LockOut(20, 900))
    """Of one address: tokens refused."""

    @property
    def secure(self) -> bool:
        """Whether cookies go over https alone."""
        return self.url.startswith("https://")

    @property
    def cookie(self) -> str:
        """The session cookie's name; the prefix binds it to this host (RFC 6265bis)."""
        return "__Host-sangam" if self.secure else "sangam"


def address(request: Request) -> str:
    """Where a request comes from, for limits alone."""
    return request.client.host if request.client else ""


def by_token(house: House, request: Request) -> Actor:
    """The actor of a bearer token. Raises Unknown; a token that is refused goes on record."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Unknown("NO_TOKEN")
    place = address(request)
    if house.failures.locked(place, time.monotonic()):
        raise Unknown("LOCKED")
    clerk = house.desk.clerk
    try:
        claims = house.verifier.verify(token.strip(), clerk.clock.now())
    except TokenRefused as refused:
        house.failures.failed(place, time.monotonic())
        house.desk.refuse("", house.verifier.issuer, refused.reason)
        raise Unknown(refused.reason) from None
    wanted, purpose = request.headers.get("sangam-role"), request.headers.get("sangam-purpose")
    with clerk.connection() as conn:
        grants = standing(conn, claims.issuer, claims.subject, clerk.clock.now())
    grant = next((one for one in grants if wanted is None or one.role == wanted), None)
    if grant is None:
        house.desk.refuse(claims.subject, claims.issuer, "NOT_GRANTED")
        raise Unknown("NOT_GRANTED")
    return limited(house, grant.actor(purpose))


def by_session(house: House, request: Request) -> Session | None:
    """The session of a request's cookie, if it stands."""
    token = request.cookies.get(house.cookie)
    return None if not token else house.sessions.find(token)


def limited(house: House, actor: Actor) -> Actor:
    """The actor, if he has not asked too much. Raises TooMany."""
    wait = house.questions.take(f"{actor.issuer} {actor.subject}", time.monotonic())
    if wait:
        raise TooMany(wait)
    return actor


def caller(house: House, request: Request) -> Actor:
    """The actor of a request that reads: by token, else by session. Raises Unknown, TooMany."""
    if "authorization" in request.headers:
        return by_token(house, request)
    session = by_session(house, request)
    if session is None:
        raise Unknown("SESSION" if request.cookies.get(house.cookie) else "NO_TOKEN")
    return limited(house, session.actor)
