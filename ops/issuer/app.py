"""The development issuer as an application: discovery, keys, the choice of a person, tokens.

Codes live a minute and once; PKCE is asked for. Keys are made at its start, so its tokens end with it.
"""

from __future__ import annotations

import base64
import hashlib
import html
import secrets
import time
from dataclasses import dataclass
from typing import Annotated, Any, Final
from urllib.parse import urlencode, urlsplit

from fastapi import Depends, FastAPI, Form, Query
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from fastapi.security import HTTPBasic, HTTPBasicCredentials
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

from ops.issuer.people import people

AUDIENCE: Final = "sangam"
_CODE_SECONDS: Final = 60
_TOKEN_SECONDS: Final = 300


#: A client may name itself in the header or in the form (RFC 6749, 2.3.1).
Basic = Annotated[HTTPBasicCredentials | None, Depends(HTTPBasic(auto_error=False))]


@dataclass(frozen=True, slots=True)
class _Code:
    client: str
    back: str
    subject: str
    nonce: str
    challenge: str
    at: float


class Development:
    """Keys, clients and codes of one running issuer."""

    def __init__(self, url: str, clients: dict[str, str]) -> None:
        self.url = url
        self._clients = clients
        self._key = RSAKey.generate_key(
            2048, parameters={"kid": secrets.token_hex(8), "use": "sig", "alg": "RS256"}
        )
        self._codes: dict[str, _Code] = {}

    def keys(self) -> dict[str, Any]:
        """What it publishes of its keys."""
        return dict(KeySet([self._key]).as_dict(private=False))

    def token(self, subject: str, client: str, **more: Any) -> str:
        """A token of a subject, for the hub."""
        now = int(time.time())
        claims = {
            "iss": self.url, "sub": subject, "aud": [AUDIENCE, client], "iat": now, "nbf": now,
            "exp": now + _TOKEN_SECONDS, "azp": client, **more,
        }  # fmt: skip
        return jwt.encode({"alg": "RS256", "kid": self._key.kid}, claims, self._key)

    def code(self, code: _Code) -> str:
        """Remember a code and give it."""
        text = secrets.token_urlsafe(24)
        self._codes = {
            key: one for key, one in self._codes.items() if time.monotonic() - one.at < _CODE_SECONDS
        }
        self._codes[text] = code
        return text

    def redeem(self, text: str, client: str, back: str, verifier: str) -> _Code | None:
        """What a code stands for, once; None if it is none, or another's."""
        code = self._codes.pop(text, None)
        if code is None or time.monotonic() - code.at > _CODE_SECONDS:
            return None
        digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
        return code if (code.client, code.back, code.challenge) == (client, back, digest) else None

    def client(self, name: str, secret: str) -> bool:
        """Whether a client is one of ours."""
        return name in self._clients and secrets.compare_digest(self._clients[name], secret)


def create(issuer: Development) -> FastAPI:
    """The application."""
    app = FastAPI(title="Development issuer", openapi_url=None)

    @app.get("/.well-known/openid-configuration")
    def about() -> dict[str, Any]:
        return {
            "issuer": issuer.url,
            "authorization_endpoint": f"{issuer.url}/authorize",
            "token_endpoint": f"{issuer.url}/token",
            "jwks_uri": f"{issuer.url}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
            "grant_types_supported": ["authorization_code", "client_credentials"],
        }

    @app.get("/keys")
    def keys() -> dict[str, Any]:
        return issuer.keys()

    @app.get("/authorize")
    def authorize(
        client_id: str, redirect_uri: str, state: str, nonce: str = "", code_challenge: str = "",
        code_challenge_method: str = "", subject: Annotated[str | None, Query()] = None,
    ) -> Response:  # fmt: skip
        place = urlsplit(redirect_uri)
        if place.hostname not in ("127.0.0.1", "localhost", "::1") or code_challenge_method != "S256":
            return JSONResponse({"error": "invalid_request"}, 400)
        asked = {
            "client_id": client_id, "redirect_uri": redirect_uri, "state": state, "nonce": nonce,
            "code_challenge": code_challenge, "code_challenge_method": code_challenge_method,
        }  # fmt: skip
        if subject is None:
            return HTMLResponse(_page(asked))
        if subject not in {one.subject for one in people()}:
            return JSONResponse({"error": "access_denied"}, 400)
        code = issuer.code(_Code(client_id, redirect_uri, subject, nonce, code_challenge, time.monotonic()))
        return RedirectResponse(f"{redirect_uri}?{urlencode({'code': code, 'state': state})}", 303)

    @app.post("/token")
    def token(
        grant_type: Annotated[str, Form()], basic: Basic, client_secret: Annotated[str, Form()] = "",
        client_id: Annotated[str, Form()] = "", code: Annotated[str, Form()] = "",
        redirect_uri: Annotated[str, Form()] = "", code_verifier: Annotated[str, Form()] = "",
    ) -> Response:  # fmt: skip
        if basic is not None:
            client_id, client_secret = basic.username, basic.password
        if not issuer.client(client_id, client_secret):
            return JSONResponse({"error": "invalid_client"}, 401)
        if grant_type == "client_credentials":
            access = issuer.token(client_id, client_id)
            return _tokens({"access_token": access})
        found = issuer.redeem(code, client_id, redirect_uri, code_verifier)
        if grant_type != "authorization_code" or found is None:
            return JSONResponse({"error": "invalid_grant"}, 400)
        return _tokens(
            {
                "access_token": issuer.token(found.subject, client_id),
                "id_token": issuer.token(found.subject, client_id, nonce=found.nonce),
            }
        )

    return app


def _tokens(tokens: dict[str, str]) -> Response:
    return JSONResponse(
        {**tokens, "token_type": "Bearer", "expires_in": _TOKEN_SECONDS},
        headers={"Cache-Control": "no-store"},
    )


def _page(asked: dict[str, str]) -> str:
    choices = "\n".join(
        f'<li><a href="/authorize?{html.escape(urlencode({**asked, "subject": one.subject}))}">'
        f'<span lang="hi">{html.escape(one.title[1])}</span> · {html.escape(one.title[0])}</a></li>'
        for one in people()
    )
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Development sign-in</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>body{{font:1rem/1.5 system-ui,'Noto Sans Devanagari',sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;
color:#1b1b1b;background:#fff}}li{{margin:.3rem 0}}a{{color:#0b4a8f}}strong{{color:#8a1c1c}}</style></head><body><main>
<h1>Who are you today? <span lang="hi">आज आप कौन हैं?</span></h1>
<p><strong>Development issuer: it asks for no password. Never for real data.</strong></p>
<ul>{choices}</ul></main></body></html>"""
