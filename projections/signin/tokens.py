"""Tokens of the issuer, checked: signature by a published key, issuer, audience, time. Anything else is refused.

Pure but for the keys, which are handed in. Asymmetric algorithms alone: "none", and a key of ours taken for a shared
secret, are no signatures.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

ALGORITHMS: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA")
_LEEWAY: Final = 30
_LONGEST: Final = 16_384


class TokenRefused(Exception):
    """`reason` is a code of a closed list: MALFORMED, SIGNATURE, ISSUER, AUDIENCE, EXPIRED, NOT_YET, NONCE."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Claims:
    """Whom a token is about, and until when it holds."""

    issuer: str
    subject: str
    expires: int
    client: str


@dataclass(frozen=True, slots=True)
class Verifier:
    """Checks tokens of one issuer for one audience; `keys` gives its keys, anew when an unknown one is met."""

    issuer: str
    audience: str
    keys: Callable[[bool], KeySet]

    def verify(self, token: str, now: datetime, nonce: str | None = None) -> Claims:
        """The token's claims. Raises TokenRefused."""
        claims = self._signed(token)
        at = now.timestamp()
        if claims.get("iss") != self.issuer:
            raise TokenRefused("ISSUER")
        audience = claims.get("aud")
        if self.audience not in (audience if isinstance(audience, list) else [audience]):
            raise TokenRefused("AUDIENCE")
        expires, before = claims.get("exp"), claims.get("nbf", 0)
        if not isinstance(expires, int | float) or not isinstance(before, int | float):
            raise TokenRefused("MALFORMED")
        if at > expires + _LEEWAY:
            raise TokenRefused("EXPIRED")
        if at < before - _LEEWAY:
            raise TokenRefused("NOT_YET")
        if nonce is not None and claims.get("nonce") != nonce:
            raise TokenRefused("NONCE")
        subject = claims.get("sub")
        if not isinstance(subject, str) or not subject or len(subject) > 255 or "\0" in subject:
            raise TokenRefused("MALFORMED")
        return Claims(
            self.issuer, subject, int(expires), str(claims.get("azp") or claims.get("client_id") or "")
        )

    def _signed(self, token: str) -> dict[str, Any]:
        if len(token) > _LONGEST or token.count(".") != 2:
            raise TokenRefused("MALFORMED")
        for anew in (False, True):
            try:
                return jwt.decode(token, self.keys(anew), algorithms=ALGORITHMS).claims
            except (JoseError, ValueError) as error:
                if anew:
                    raise TokenRefused("SIGNATURE") from error
        raise AssertionError("one of two tries answers")
