"""The brokers' address as one text: where they are, as whom, and whether with TLS.

    127.0.0.1:9092,127.0.0.1:9093                  no sign-in: one machine
    scram://police:secret@127.0.0.1:9092           SASL/SCRAM-SHA-512
    scrams://police:secret@kafka.state:9093        SASL/SCRAM-SHA-512 over TLS, authorities as the machine trusts them

A reserved character in user or password is percent-encoded, as in any URL. Whoever is handed such a text needs no other
setting to connect.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, unquote

from ops.base.errors import UserError

MECHANISM: Final = "SCRAM-SHA-512"
_SCHEMES: Final = {"scram": False, "scrams": True}


class AddressInvalid(UserError):
    """The text is no address of brokers. It may hold a password, so it is not repeated."""


@dataclass(frozen=True)
class Brokers:
    """An address taken apart; `user` is None where nobody signs in."""

    servers: str
    user: str | None = None
    password: str = ""
    tls: bool = False

    def __str__(self) -> str:
        if self.user is None:
            return self.servers
        scheme = "scrams" if self.tls else "scram"
        return f"{scheme}://{quote(self.user, safe='')}:{quote(self.password, safe='')}@{self.servers}"


def brokers(address: str) -> Brokers:
    """The parts of an address. Raises AddressInvalid."""
    scheme, found, rest = address.partition("://")
    if not found:
        return Brokers(address)
    who, at, servers = rest.rpartition("@")
    user, colon, password = who.partition(":")
    if scheme not in _SCHEMES or not (at and colon and user and servers):
        raise AddressInvalid(
            "an address of Kafka is host:port[,host:port], or scram://USER:PASSWORD@host:port, with TLS scrams://…"
        )
    return Brokers(servers, unquote(user), unquote(password), _SCHEMES[scheme])


def client_config(address: str) -> dict[str, Any]:
    """What a client of librdkafka needs to connect. Raises AddressInvalid."""
    parts = brokers(address)
    if parts.user is None:
        return {"bootstrap.servers": parts.servers}
    return {
        "bootstrap.servers": parts.servers,
        "security.protocol": "SASL_SSL" if parts.tls else "SASL_PLAINTEXT",
        "sasl.mechanism": MECHANISM,
        "sasl.username": parts.user,
        "sasl.password": parts.password,
    }
