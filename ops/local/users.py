"""The users of a secured local stack: who they are, their passwords, and what each may do at the broker.

Promises: without the file of users the stack is open, as on one machine of one developer; with it nobody reads or
writes without signing in (SASL/SCRAM-SHA-512), and a department writes its own topic and reads none. Passwords are made
at random, once, in a file that its owner alone can read.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from confluent_kafka import KafkaException
from confluent_kafka import admin as kafka_admin

from ops.base.brokers import MECHANISM, Brokers, client_config
from ops.local.errors import StackError
from schemas.topics import DEPARTMENT_TOPICS, SOURCE_TOPICS, TOPICS

ADMIN: Final = "admin"
HUB: Final = "hub"
REGISTRY: Final = "registry"
GATEWAY: Final = "gateway"
DEPARTMENTS: Final = tuple(topic.partition(".")[0] for topic in DEPARTMENT_TOPICS)
_ALL: Final = (ADMIN, HUB, REGISTRY, GATEWAY, *DEPARTMENTS)
_ITERATIONS: Final = 8192
_SECONDS: Final = 30.0
_KAFKA: Final[Any] = kafka_admin  # it names its classes without exporting them

# User -> (kind of resource, name or beginning of names, whether a beginning, operations).
_Rule = tuple[str, str, bool, tuple[str, ...]]


def _rules() -> Iterator[tuple[str, _Rule]]:
    for department, topic in zip(DEPARTMENTS, DEPARTMENT_TOPICS, strict=True):
        yield department, ("TOPIC", topic, False, ("WRITE", "DESCRIBE"))
    # On one machine the gateway and the simulated district are every department, and the reviewer.
    for topic in SOURCE_TOPICS:
        yield GATEWAY, ("TOPIC", topic, False, ("WRITE", "DESCRIBE"))
    for declared in TOPICS:
        yield HUB, ("TOPIC", declared.name, False, ("READ", "DESCRIBE", "DESCRIBE_CONFIGS"))
    yield HUB, ("TOPIC", "hub.", True, ("WRITE",))
    yield HUB, ("GROUP", "sangam-", True, ("READ", "DESCRIBE"))
    yield HUB, ("TRANSACTIONAL_ID", "sangam-", True, ("WRITE", "DESCRIBE"))
    for beginning in ("kafkasql-", "registry-"):
        yield REGISTRY, ("TOPIC", beginning, True, ("READ", "WRITE", "DESCRIBE", "DESCRIBE_CONFIGS"))
    yield REGISTRY, ("GROUP", f"{REGISTRY}-", True, ("READ", "DESCRIBE"))


class Users:
    """The users of the stack in `home`."""

    def __init__(self, home: Path) -> None:
        self.path = home / "kafka" / "users.json"

    @property
    def secure(self) -> bool:
        """Whether this stack asks who comes."""
        return self.path.exists()

    def make(self) -> None:
        """Secure a stack that is not there yet; again it changes nothing. Raises StackError for an open one."""
        if self.secure:
            return
        if (self.path.parent / "data").exists():
            raise StackError(
                f"the stack in {self.path.parents[1]} was made without --secure: set SANGAM_HOME to another folder"
            )
        self.path.parent.mkdir(parents=True, exist_ok=True)
        growing = self.path.with_suffix(".growing")
        with os.fdopen(os.open(growing, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump({user: secrets.token_urlsafe(24) for user in _ALL}, file, indent=2)
        growing.replace(self.path)

    def password(self, user: str) -> str:
        """A user's password."""
        found: str = json.loads(self.path.read_text())[user]
        return found

    def scram(self, user: str) -> str:
        """A user as Kafka's tool for a new data folder takes him."""
        return f"{MECHANISM}=[name={user},password={self.password(user)}]"

    def address(self, user: str, ports: Mapping[str, int]) -> str:
        """The broker's address for this user."""
        servers = f"127.0.0.1:{ports['kafka']}"
        return str(Brokers(servers, user, self.password(user)) if self.secure else Brokers(servers))

    def write_addresses(self, ports: Mapping[str, int]) -> Path:
        """A file with everybody's address, for their owner to hand out."""
        path = self.path.with_name("addresses.json")
        path.touch(mode=0o600)
        path.write_text(json.dumps({user: self.address(user, ports) for user in _ALL}, indent=2) + "\n")
        return path

    def grant(self, ports: Mapping[str, int]) -> str:
        """Enter users and rights at the broker; again it changes nothing. Raises StackError. Says what was done."""
        client = _KAFKA.AdminClient(client_config(self.address(ADMIN, ports)))
        try:
            _done(client.alter_user_scram_credentials([self._entered(user) for user in _ALL]).values())
            wanted = [binding for user, rule in _rules() for binding in _bindings(user, rule)]
            _done(client.create_acls(wanted, request_timeout=_SECONDS).values())
        except KafkaException as error:
            raise StackError(f"the broker refused the users: {error.args[0].str()}") from error
        return f"{len(_ALL)} users, {len(wanted)} rights; their addresses: {self.write_addresses(ports)}"

    def _entered(self, user: str) -> Any:
        info = _KAFKA.ScramCredentialInfo(_KAFKA.ScramMechanism.SCRAM_SHA_512, _ITERATIONS)
        return _KAFKA.UserScramCredentialUpsertion(user, info, self.password(user).encode())


def _bindings(user: str, rule: _Rule) -> Iterator[Any]:
    kind, name, beginning, operations = rule
    pattern = _KAFKA.ResourcePatternType.PREFIXED if beginning else _KAFKA.ResourcePatternType.LITERAL
    for operation in operations:
        yield _KAFKA.AclBinding(
            _KAFKA.ResourceType[kind], name, pattern, f"User:{user}", "*", _KAFKA.AclOperation[operation],
            _KAFKA.AclPermissionType.ALLOW,
        )  # fmt: skip


def _done(futures: Iterable[Any]) -> None:
    for future in futures:
        future.result(_SECONDS)
