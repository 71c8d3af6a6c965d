"""Apicurio Registry with its Confluent-compatible API, which keeps its schemas in Kafka.

So the log can be read after every other part was lost: what the registry knows is in the same broker.
"""

import os
import signal
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from ops.local.fetch import Parts
from ops.local.part import Launch
from ops.local.users import REGISTRY, Users
from schemas.topics import Topic

_API: Final = "/apis/ccompat/v7"

# Created by us before its first start: it would create them itself, and fail at times because it asks for
# them before the broker knows them.
TOPICS: Final = tuple(
    Topic(name, 1, {"cleanup.policy": "delete", "retention.ms": "-1", "retention.bytes": "-1"})
    for name in ("kafkasql-journal", "kafkasql-snapshots", "registry-events")
)


_SIGN_IN: Final = """\
apicurio.kafka.common.security.protocol=SASL_PLAINTEXT
apicurio.kafka.common.sasl.mechanism=SCRAM-SHA-512
apicurio.kafka.common.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required \
username="{user}" password="{password}";
"""


class Registry:
    """Keeps no schema on disk. Its topics must exist before it starts."""

    name = "registry"
    title = "Apicurio Registry 3.3"
    port_names: tuple[str, ...] = ("registry", "registry_management")
    stop_signal = signal.SIGTERM
    start_seconds = 90.0
    stop_seconds = 10.0

    def __init__(self, home: Path, parts: Parts, users: Users) -> None:
        self._parts = parts
        self._users = users
        self._properties = home / "registry" / "kafka.properties"
        self.log = home / "logs" / "registry.log"

    def prepare(self, ports: Mapping[str, int]) -> None:
        """How it signs in at Kafka: in a file, since anybody can read a command line."""
        if self._users.secure:
            self._properties.parent.mkdir(parents=True, exist_ok=True)
            self._properties.touch(mode=0o600)
            self._properties.write_text(
                _SIGN_IN.format(user=REGISTRY, password=self._users.password(REGISTRY))
            )

    def launch(self, ports: Mapping[str, int]) -> Launch:
        java = (
            str(self._parts.java),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            # Never busy for long: the quick compiler alone starts faster and needs less memory.
            "-XX:TieredStopAtLevel=1",
            "-jar",
            str(self._parts.registry_jar),
        )
        env = {
            "PATH": os.defpath,
            "APICURIO_STORAGE_KIND": "kafkasql",
            **({"SMALLRYE_CONFIG_LOCATIONS": str(self._properties)} if self._users.secure else {}),
            "APICURIO_KAFKASQL_CONSUMER_GROUP_PREFIX": f"{REGISTRY}-",
            "APICURIO_KAFKASQL_BOOTSTRAP_SERVERS": f"127.0.0.1:{ports['kafka']}",
            # At its start it polls the (empty) snapshot topic four times and waits for as long as this says;
            # with the default of 5 s that makes 20 s. The journal is read to its end whatever this says.
            "APICURIO_KAFKASQL_CONSUMER_POLL_TIMEOUT": "200",
            "APICURIO_DATASOURCE_JDBC_INITIAL_SIZE": "2",
            "APICURIO_DATASOURCE_JDBC_MIN_SIZE": "2",
            "QUARKUS_HTTP_HOST": "127.0.0.1",
            "QUARKUS_HTTP_PORT": str(ports["registry"]),
            # Its default listens on all interfaces.
            "QUARKUS_MANAGEMENT_HOST": "127.0.0.1",
            "QUARKUS_MANAGEMENT_PORT": str(ports["registry_management"]),
            "QUARKUS_HTTP_ACCESS_LOG_ENABLED": "false",
            "QUARKUS_LOG_LEVEL": "WARN",
            "QUARKUS_LOG_CATEGORY__IO_APICURIO__LEVEL": "WARN",
        }
        return Launch(java, env)

    def ready(self, ports: Mapping[str, int]) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address(ports)}/subjects", timeout=5) as answer:  # noqa: S310
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def address(self, ports: Mapping[str, int]) -> str:
        return f"http://127.0.0.1:{ports['registry']}{_API}"
