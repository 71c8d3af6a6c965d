"""The issuer as OpenID Connect has it: what it publishes of itself, its keys, and the way of the code with PKCE."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import Any, Final, cast
from urllib.parse import urlsplit

import httpx
from authlib.common.security import generate_token
from authlib.integrations.httpx_client import OAuth2Client
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from ops.base.errors import UserError
from projections.questions.errors import Unavailable

#: Keys are asked for anew at most so often, whoever sends tokens of unknown keys.
_ANEW_AFTER: Final = 10.0
_PATIENCE: Final = 5.0


class NotAnIssuer(UserError):
    """What the address of the issuer publishes is not what OpenID Connect asks for."""


@dataclass(frozen=True, slots=True)
class Client:
    """As whom the hub asks the issuer."""

    id: str
    secret: str


@dataclass(frozen=True, slots=True)
class Begun:
    """A sign-in under way: where the person goes, and what must come back."""

    url: str
    state: str
    nonce: str
    verifier: str


class Issuer:
    """One issuer, by its address. Asked when first needed."""

    def __init__(self, url: str, client: Client, transport: httpx.BaseTransport | None = None) -> None:
        parts = urlsplit(url)
        if parts.scheme != "https" and parts.hostname not in ("127.0.0.1", "localhost", "::1"):
            raise NotAnIssuer("SANGAM_ISSUER must be https, or on this machine")
        self.url = url
        self._client = client
        self._transport = transport
        self._lock = threading.Lock()
        self._about: dict[str, Any] | None = None
        self._keys: KeySet | None = None
        self._asked = -_ANEW_AFTER

    def keys(self, anew: bool) -> KeySet:
        """The keys that it publishes. Raises Unavailable."""
        with self._lock:
            if self._keys is None or (anew and time.monotonic() - self._asked > _ANEW_AFTER):
                self._asked = time.monotonic()
                published = self._get(self._told("jwks_uri"))
                try:
                    self._keys = KeySet.import_key_set(cast("Any", published))
                except (JoseError, KeyError, TypeError, ValueError) as error:
                    raise Unavailable("the issuer publishes no keys that can be read") from error
            return self._keys

    def begin(self, back: str) -> Begun:
        """Start a sign-in; the issuer sends the person to `back`. Raises Unavailable."""
        verifier, nonce = generate_token(64), generate_token(32)
        with self._oauth(back) as client:
            url, state = client.create_authorization_url(
                self._told("authorization_endpoint"), code_verifier=verifier, nonce=nonce
            )
        return Begun(url, state, nonce, verifier)

    def finish(self, back: str, code: str, verifier: str) -> str:
        """The ID token for a code. Raises Unavailable, and ValueError when the issuer refuses the code."""
        try:
            with self._oauth(back) as client:
                token = client.fetch_token(
                    self._told("token_endpoint"),
                    code=code,
                    code_verifier=verifier,
                    grant_type="authorization_code",
                )
        except httpx.HTTPError as error:
            raise Unavailable("the issuer does not answer: try again") from error
        except Exception as error:
            # Authlib raises what the issuer said, under many types; nothing of it is for a page.
            raise ValueError("the issuer refuses the code") from error
        return str(token["id_token"])

    def _oauth(self, back: str) -> OAuth2Client:
        return OAuth2Client(
            self._client.id,
            self._client.secret,
            scope="openid",
            redirect_uri=back,
            code_challenge_method="S256",
            timeout=_PATIENCE,
            transport=self._transport,
        )

    def _told(self, name: str) -> str:
        if self._about is None:
            about = self._get(self.url.rstrip("/") + "/.well-known/openid-configuration")
            if about.get("issuer") != self.url:
                raise NotAnIssuer("SANGAM_ISSUER is not the name that the issuer gives itself")
            self._about = about
        return str(self._about[name])

    def _get(self, url: str) -> dict[str, Any]:
        try:
            with httpx.Client(timeout=_PATIENCE, transport=self._transport) as client:
                found: dict[str, Any] = client.get(url).raise_for_status().json()
        except (httpx.HTTPError, ValueError) as error:
            raise Unavailable("the issuer of sign-ins does not answer: ask again") from error
        return found
