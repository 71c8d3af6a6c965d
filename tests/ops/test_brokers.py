"""The brokers' address as one text, and the users of a secured stack."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.base.brokers import AddressInvalid, Brokers, brokers, client_config
from ops.base.settings import Settings
from ops.local.errors import StackError
from ops.local.users import DEPARTMENTS, Users

PORTS = {"kafka": 9092}


@given(
    st.text(st.characters(codec="utf-8"), min_size=1), st.text(st.characters(codec="utf-8")), st.booleans()
)
def test_whatever_a_password_is_made_of_it_comes_back(user: str, password: str, tls: bool) -> None:
    written = Brokers("one:9092,two:9092", user, password, tls)
    assert brokers(str(written)) == written


def test_an_address_without_sign_in_is_taken_as_it_is() -> None:
    assert client_config("one:9092,two:9092") == {"bootstrap.servers": "one:9092,two:9092"}
    assert client_config("scrams://u:p@one:9093")["security.protocol"] == "SASL_SSL"


@pytest.mark.parametrize(
    "text", ["http://u:secret@one:1", "scram://one:1", "scram://u@one:1", "scram://:secret@one:1"]
)
def test_what_is_no_address_is_told_without_the_password(text: str) -> None:
    with pytest.raises(AddressInvalid) as refused:
        brokers(text)
    assert "secret" not in str(refused.value)


def test_those_who_publish_have_an_address_of_their_own_or_the_hubs(tmp_path: Path) -> None:
    assert Settings(home=tmp_path, kafka="hub:1").require_publish_kafka() == "hub:1"
    (tmp_path / "stack.json").write_text(json.dumps({"kafka": "hub:1", "publish_kafka": "gateway:1"}))
    settings = Settings(home=tmp_path)
    assert (settings.require_kafka(), settings.require_publish_kafka()) == ("hub:1", "gateway:1")


def test_users_are_made_once_and_an_open_stack_is_not_secured_afterwards(tmp_path: Path) -> None:
    users = Users(tmp_path / "new")
    assert users.address("police", PORTS) == "127.0.0.1:9092"
    users.make()
    made = users.path.read_bytes()
    users.make()
    assert users.path.read_bytes() == made
    assert users.path.stat().st_mode & 0o077 == 0
    assert users.write_addresses(PORTS).stat().st_mode & 0o077 == 0
    assert brokers(users.address("police", PORTS)).user == "police"
    assert len({users.password(user) for user in DEPARTMENTS}) == len(DEPARTMENTS)
    (tmp_path / "open" / "kafka" / "data").mkdir(parents=True)
    with pytest.raises(StackError, match="without --secure"):
        Users(tmp_path / "open").make()
