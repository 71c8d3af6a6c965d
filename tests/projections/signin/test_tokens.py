"""Tokens that are not of the issuer, for us, and in time are refused, each with its reason."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from typing import Any, cast

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey

from ops.issuer.app import Development
from projections.signin.tokens import TokenRefused, Verifier

NOW = datetime(2026, 3, 1, tzinfo=UTC)
AT = int(NOW.timestamp())
KEY = RSAKey.generate_key(2048, parameters={"kid": "one"})
PUBLIC = KeySet.import_key_set(KeySet([KEY]).as_dict(private=False))
VERIFIER = Verifier("https://issuer.example", "sangam", lambda anew: PUBLIC)
SOUND = {
    "iss": "https://issuer.example",
    "sub": "s-1",
    "aud": "sangam",
    "exp": AT + 60,
    "iat": AT,
    "nonce": "n",
}


def signed(claims: dict[str, Any], key: Any = KEY, **header: Any) -> str:
    return jwt.encode({"alg": "RS256", "kid": "one", **header}, claims, key, algorithms=["RS256", "HS256"])


def part(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def refused(token: str, nonce: str | None = None) -> str:
    with pytest.raises(TokenRefused) as told:
        VERIFIER.verify(token, NOW, nonce)
    return told.value.reason


def test_a_sound_token_tells_whom_it_is_about() -> None:
    assert VERIFIER.verify(signed(SOUND), NOW, "n").subject == "s-1"


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"iss": "https://other.example"}, "ISSUER"),
        ({"iss": None}, "ISSUER"),
        ({"aud": "other"}, "AUDIENCE"),
        ({"aud": ["other", "another"]}, "AUDIENCE"),
        ({"exp": AT - 60}, "EXPIRED"),
        ({"exp": "tomorrow"}, "MALFORMED"),
        ({"exp": None}, "MALFORMED"),
        ({"nbf": AT + 600}, "NOT_YET"),
        ({"sub": ""}, "MALFORMED"),
        ({"sub": 7}, "MALFORMED"),
        ({"sub": "a\0b"}, "MALFORMED"),
    ],
)
def test_a_claim_that_is_wrong_is_named(changed: dict[str, Any], reason: str) -> None:
    assert refused(signed({**SOUND, **changed})) == reason


def test_a_nonce_of_another_sign_in_is_refused() -> None:
    assert refused(signed(SOUND), "another") == "NONCE"


def test_no_signature_and_a_signature_by_our_public_key_as_a_secret_are_none() -> None:
    assert refused(f"{part({'alg': 'none'})}.{part(SOUND)}.") == "SIGNATURE"
    assert refused(f"{part({'alg': 'None', 'kid': 'one'})}.{part(SOUND)}.") == "SIGNATURE"
    secret = OctKey.import_key(json.dumps(KEY.as_dict(private=False)))
    assert refused(signed(SOUND, secret, alg="HS256")) == "SIGNATURE"


def test_a_token_of_another_key_or_with_changed_claims_is_refused() -> None:
    other = RSAKey.generate_key(2048, parameters={"kid": "one"})
    assert refused(signed(SOUND, other)) == "SIGNATURE"
    head, _, tail = signed(SOUND).split(".")
    assert refused(f"{head}.{part({**SOUND, 'sub': 's-2'})}.{tail}") == "SIGNATURE"


@pytest.mark.parametrize("token", ["", "x", "a.b", "a.b.c.d", "." * 2, "a" * 20_000])
def test_what_is_no_token_is_refused(token: str) -> None:
    assert refused(token) in ("MALFORMED", "SIGNATURE")


def test_the_development_issuers_tokens_are_sound() -> None:
    issuer = Development("http://127.0.0.1:1", {})
    keys = KeySet.import_key_set(cast("Any", issuer.keys()))
    verifier = Verifier(issuer.url, "sangam", lambda anew: keys)
    assert verifier.verify(issuer.token("court", "tests"), datetime.now(UTC)).subject == "court"
