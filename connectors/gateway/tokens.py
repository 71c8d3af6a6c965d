"""Signed tokens (JWT, RFC 7519): a publisher signs with its own key, the gateway holds the public one alone.

A token names its publisher (`iss`), the gateway (`aud`), when it was made and when it ends (`iat`, `exp`), an hour
later at most: so nothing needs to be revoked but a key, and that is taken out of the file of publishers.
"""

from __future__ import annotations

import binascii
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

import orjson
from joserfc import jwt
from joserfc.errors import ExpiredTokenError, JoseError
from joserfc.jwk import RSAKey
from joserfc.jws import extract_compact

from connectors.gateway.problems import Problem
from connectors.gateway.publishers import Key, Publisher
from ops.base.clock import Clock

AUDIENCE: Final = "sangam"
LONGEST: Final = timedelta(hours=1)
_LEEWAY: Final = 60  # seconds by which clocks may differ
_LONGEST_TEXT: Final = 4096


def signed(publisher: str, key: Key, clock: Clock, valid: timedelta = LONGEST) -> str:
    """A token for a publisher, made with its private key."""
    now = int(clock.now().timestamp())
    claims = {"iss": publisher, "aud": AUDIENCE, "iat": now, "exp": now + int(valid.total_seconds())}
    return jwt.encode({"alg": _algorithm(key)}, claims, key)


def publisher_of(token: str, publishers: Mapping[str, Publisher], clock: Clock) -> Publisher:
    """Whose token it is. Raises Problem with status 401, which says what is wrong with it."""
    try:
        named = orjson.loads(extract_compact(token[:_LONGEST_TEXT].encode()).payload)
    except (JoseError, ValueError, binascii.Error):
        raise _refused("the token is no JWT: three parts, each base64url, with dots between") from None
    name = named.get("iss") if isinstance(named, dict) else None
    publisher = publishers.get(name) if isinstance(name, str) else None
    if publisher is None:
        raise _refused("iss must be the name of a publisher that the gateway knows")
    if not publisher.keys:
        raise _refused(
            "the gateway has no key of this publisher: give its public key to whoever runs the gateway"
        )
    for key in publisher.keys:
        try:
            claims = jwt.decode(token, key, algorithms=[_algorithm(key)]).claims
        except (JoseError, ValueError):
            continue
        _check(claims, clock)
        return publisher
    raise _refused(
        "the signature is of none of the publisher's keys: sign with RS256 (RSA) or ES256 (EC), its key"
    )


def _check(claims: dict[str, Any], clock: Clock) -> None:
    now = int(clock.now().timestamp())
    registry = jwt.JWTClaimsRegistry(
        now,
        _LEEWAY,
        aud={"essential": True, "value": AUDIENCE},
        exp={"essential": True},
        iat={"essential": True},
    )
    try:
        registry.validate(claims)
    except ExpiredTokenError:
        raise _refused("the token has expired: make a new one (is the clock right?)") from None
    except JoseError as error:
        raise _refused(
            f'{error.error}: a token needs "aud": "{AUDIENCE}", and iat and exp in seconds since 1970'
        ) from None
    if claims["exp"] - claims["iat"] > LONGEST.total_seconds():
        raise _refused("the token is valid for too long: exp may be an hour after iat")


def _algorithm(key: Key) -> str:
    return "RS256" if isinstance(key, RSAKey) else "ES256"


def _refused(detail: str) -> Problem:
    return Problem(401, detail, headers={"WWW-Authenticate": 'Bearer realm="sangam"'})
