"""Who may publish: tokens and how they fail, and the file of publishers, which is data."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from connectors.gateway.dev_keys import dev_token
from connectors.gateway.publishers import Publishers, PublishersInvalid, read
from connectors.gateway.tokens import AUDIENCE, signed
from ops.base.clock import FixedClock, SystemClock
from tests.connectors.gateway.test_events import hearing
from tests.fix_gateway import Gate

NOW = int(SystemClock().now().timestamp())


def asked(gate: Gate, token: str) -> tuple[int, str]:
    answer = gate.client.get("/publisher", headers={"Authorization": f"Bearer {token}"})
    return answer.status_code, answer.json().get("detail", "")


@pytest.mark.parametrize(
    ("claims", "said"),
    [
        ({"exp": NOW - 120}, "expired"),
        ({"aud": "another"}, '"aud": "sangam"'),
        ({"aud": None}, '"aud": "sangam"'),
        ({"iat": None}, "iat and exp"),
        ({"exp": None}, "iat and exp"),
        ({"exp": NOW + 9000}, "an hour"),
        ({"iat": "soon"}, "iat and exp"),
        ({"iss": "nobody"}, "iss must be"),
        ({"iss": ["court"]}, "iss must be"),
        ({"iss": "police"}, "signature"),
    ],
)
def test_a_token_that_is_not_right_is_told_why(gate: Gate, claims: dict[str, object], said: str) -> None:
    whole = {"iss": "court", "aud": AUDIENCE, "iat": NOW, "exp": NOW + 600} | claims
    sent = {name: value for name, value in whole.items() if value is not None}
    status, detail = asked(gate, jwt.encode({"alg": "RS256"}, sent, gate.keys["court"]))
    assert status == 401
    assert said in detail


@pytest.mark.parametrize("token", ["", "a", "a.b.c", "e30.e30.e30", "é.é.é", "." * 5000])
def test_what_is_no_token_is_refused(gate: Gate, token: str) -> None:
    headers = {"Authorization": b"Bearer " + token.encode()}
    assert gate.client.get("/publisher", headers=headers).status_code == 401  # type: ignore[arg-type]


def test_a_token_signed_with_the_public_key_as_a_secret_is_refused(gate: Gate) -> None:
    from joserfc.jwk import OctKey

    public = OctKey.import_key((gate.folder / "court.pem").read_bytes().replace(b"-----BEGIN", b"----BEGIN"))
    claims = {"iss": "court", "aud": AUDIENCE, "iat": NOW, "exp": NOW + 600}
    assert asked(gate, jwt.encode({"alg": "HS256"}, claims, public))[0] == 401


def test_a_key_is_replaced_while_the_old_one_still_counts_and_either_kind_does(gate: Gate) -> None:
    old, new = RSAKey.generate_key(2048), ECKey.generate_key("P-256")
    for name, key in (("old", old), ("new", new)):
        (gate.folder / f"{name}.pem").write_bytes(key.as_pem(private=False))
    gate.publishers.path.write_text('[excise]\nsources = ["excise."]\nkeys = ["old.pem", "new.pem"]\n')
    gate.publishers._looked = 0.0
    assert asked(gate, signed("excise", old, SystemClock()))[0] == 200
    assert asked(gate, signed("excise", new, SystemClock()))[0] == 200
    gate.publishers.path.write_text('[excise]\nsources = ["excise."]\nkeys = ["new.pem"]\n')
    gate.publishers._looked = 0.0
    assert asked(gate, signed("excise", old, SystemClock()))[0] == 401
    assert asked(gate, signed("excise", new, SystemClock()))[0] == 200


def test_a_new_department_is_an_entry_and_a_spoilt_file_changes_nothing(gate: Gate) -> None:
    gate.add("high-court", 'department = "court"\nsources = ["court.hc/"]')
    assert gate.post("high-court", "/events", hearing(source="court.hc/PAT")).status_code == 202
    assert gate.post("high-court", "/events", hearing()).status_code == 403
    with gate.publishers.path.open("a") as file:
        file.write("[[[")
    gate.publishers._looked = 0.0
    assert gate.post("high-court", "/events", hearing(source="court.hc/PAT")).status_code == 202


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('[police]\nsources = ["court."]', "begin with the department"),
        ('[nobody]\nsources = ["nobody."]', "department must be one of"),
        ("[police]\nsources = []", "sources"),
        ('[police]\nsources = ["police."]\nkey = ["a"]', "key: Extra"),
        ('[police]\nsources = ["police."]\nkeys = ["missing.pem"]', "cannot be read"),
        ('[police]\nsources = ["police."]\nkeys = ["private.pem"]', "private key"),
        ('[police]\nsources = ["police."]\nkeys = ["none.pem"]', "no public key"),
        ('[police]\nsources = ["police."]\nkeys = ["weak.pem"]', "2048"),
        ('[police]\nsources = ["police."]\ncertificates = ["ab"]', "fingerprint"),
        ('[Police]\nsources = ["police."]', "small letters"),
        ("police = 1", "valid"),
        ("[", "cannot be read"),
    ],
)
def test_a_file_of_publishers_that_is_not_right_is_told_where(
    tmp_path: Path, written: str, said: str
) -> None:
    (tmp_path / "private.pem").write_bytes(RSAKey.generate_key(2048).as_pem(private=True))
    (tmp_path / "weak.pem").write_text(WEAK)
    (tmp_path / "none.pem").write_text("none")
    path = tmp_path / "publishers.toml"
    path.write_text(written)
    with pytest.raises(PublishersInvalid, match=said):
        read(path)


WEAK = """-----BEGIN PUBLIC KEY-----
MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC6nYYXN6r+XGbbPJ7f+VWz2Ki8
PNOsdqVlB2pzoHJy8Z1Z6aWU8CAULf74rh5D5gfSDNgjgY1lXf7dsitcXhUU7Hp3
wcyppeqvXjdZrqV37fNwFEhccYCejcXn8bd7KNv68vLzMZBIrdFSgQsrO9zcYAL8
PukdUfpT0Qm664JulQIDAQAB
-----END PUBLIC KEY-----
"""


def test_a_development_key_is_made_once_and_is_good_on_loopback_alone(tmp_path: Path) -> None:
    path = tmp_path / "publishers.toml"
    first, second = (dev_token(path, "police", SystemClock()) for _ in range(2))
    assert first.count(".") == second.count(".") == 2
    assert path.read_text().count("[police]") == 1
    assert (tmp_path / "dev-keys" / "police.key").stat().st_mode & 0o077 == 0
    assert Publishers(path, loopback=True).all()["police"].sources == ("police.",)
    with pytest.raises(PublishersInvalid, match="loopback"):
        Publishers(path, loopback=False)
    with pytest.raises(PublishersInvalid, match="department must be one of"):
        dev_token(path, "nobody", SystemClock())
    path.write_text('[police]\nsources = ["police."]\n')
    with pytest.raises(PublishersInvalid, match="its key"):
        dev_token(path, "police", SystemClock())


def test_a_token_ends_after_its_hour(gate: Gate) -> None:
    before = FixedClock(SystemClock().now() - timedelta(hours=2))
    assert asked(gate, signed("court", gate.keys["court"], before)) == (
        401, "the token has expired: make a new one (is the clock right?)",
    )  # fmt: skip
