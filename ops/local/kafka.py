"""One Apache Kafka node, broker and controller in one (KRaft), for one machine.

Differs from a cluster in its replication factors alone: append time, no automatic creation of topics, no
unclean election and endless retention are as they are to be anywhere.
"""

import os
import signal
import subprocess
import uuid
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from confluent_kafka import KafkaException
from confluent_kafka.admin import AdminClient

from ops.base.brokers import client_config
from ops.local.errors import with_log
from ops.local.fetch import Parts
from ops.local.part import Launch
from ops.local.ports import is_open
from ops.local.users import ADMIN, Users

_PROPERTIES: Final = """\
process.roles=broker,controller
node.id=1
controller.quorum.bootstrap.servers=127.0.0.1:{controller}
listeners=CLIENTS://127.0.0.1:{kafka},CONTROLLER://127.0.0.1:{controller}
advertised.listeners=CLIENTS://127.0.0.1:{kafka},CONTROLLER://127.0.0.1:{controller}
controller.listener.names=CONTROLLER
inter.broker.listener.name=CLIENTS
log.dirs={data}
auto.create.topics.enable=false
unclean.leader.election.enable=false
log.message.timestamp.type=LogAppendTime
log.retention.ms=-1
default.replication.factor=1
min.insync.replicas=1
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=4
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
# A consumer that was killed is to be missed after seconds, not after the default's many.
group.min.session.timeout.ms=1000
"""

_OPEN: Final = """\
listener.security.protocol.map=CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT
"""

# Clients sign in with SCRAM, whose users are in the log of metadata. The controller reads that log itself, so it takes
# the broker by a password of this file, which its owner alone can read.
_SECURE: Final = """\
listener.security.protocol.map=CLIENTS:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT
sasl.enabled.mechanisms=SCRAM-SHA-512
sasl.mechanism.inter.broker.protocol=SCRAM-SHA-512
listener.name.clients.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required \
username="{user}" password="{password}";
sasl.mechanism.controller.protocol=PLAIN
listener.name.controller.sasl.enabled.mechanisms=PLAIN
listener.name.controller.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required \
username="{user}" password="{password}" user_{user}="{password}";
authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
super.users=User:{user}
"""

_LOGGING: Final = """\
Configuration:
  status: error
  Appenders:
    Console:
      name: out
      PatternLayout: {pattern: "%d{ISO8601} %p %c{1} %m%n"}
  Loggers:
    Root:
      level: WARN
      AppenderRef: {ref: out}
"""


class Kafka:
    """Data in `home`/kafka. A change of ports between two starts is allowed."""

    name = "kafka"
    title = "Apache Kafka 4.3"
    port_names: tuple[str, ...] = ("kafka", "controller")
    stop_signal = signal.SIGTERM
    start_seconds = 60.0
    stop_seconds = 30.0

    def __init__(self, home: Path, parts: Parts, users: Users) -> None:
        self._home = home / "kafka"
        self._users = users
        self._parts = parts
        self.log = home / "logs" / "kafka.log"

    def prepare(self, ports: Mapping[str, int]) -> None:
        self._home.mkdir(parents=True, exist_ok=True)
        data = self._home / "data"
        properties = self._home / "server.properties"
        properties.touch(mode=0o600)
        properties.write_text(_PROPERTIES.format(**ports, data=data) + self._security())
        (self._home / "log4j2.yaml").write_text(_LOGGING)
        # Noted by us when it was finished, so that one that was broken off is repeated.
        formatted = data / "formatted"
        if not formatted.exists():
            self._format()
            formatted.touch()

    def _security(self) -> str:
        if not self._users.secure:
            return _OPEN
        return _SECURE.format(user=ADMIN, password=self._users.password(ADMIN))

    def _format(self) -> None:
        # A first byte of zero, since an id that begins with "-" is taken for an option.
        cluster = urlsafe_b64encode(b"\0" + uuid.uuid4().bytes[1:]).decode().rstrip("=")
        words = ["format", "--ignore-formatted", "--standalone", "--cluster-id", cluster]
        argv = self._java("kafka.tools.StorageTool", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
        if self._users.secure:
            # The first user, without whom nobody could sign in to make the others.
            words += ["--add-scram", self._users.scram(ADMIN)]
        command = (*argv, *words, "--config", str(self._home / "server.properties"))
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        if run.returncode != 0:
            self.log.parent.mkdir(parents=True, exist_ok=True)
            self.log.write_text(run.stdout + run.stderr)
            raise with_log("Kafka's data folder could not be laid out", self.log)

    def launch(self, ports: Mapping[str, int]) -> Launch:
        argv = self._java("kafka.Kafka", "-Xms128m", "-Xmx512m", "-XX:MaxDirectMemorySize=256m")
        return Launch((*argv, str(self._home / "server.properties")), {"PATH": os.defpath})

    def _java(self, main: str, *flags: str) -> tuple[str, ...]:
        return (
            str(self._parts.java),
            *flags,
            f"-Dlog4j2.configurationFile={(self._home / 'log4j2.yaml').as_uri()}",
            "-cp",
            f"{self._parts.kafka_jars}/*",
            main,
        )

    def ready(self, ports: Mapping[str, int]) -> bool:
        if not is_open(ports["kafka"]):  # a closed port costs librdkafka its whole time-out, and a log line
            return False
        client = AdminClient({**client_config(self.address(ports)), "log_level": 0})
        try:
            return bool(client.list_topics(timeout=2).brokers)
        except KafkaException:
            return False

    def address(self, ports: Mapping[str, int]) -> str:
        return self._users.address(ADMIN, ports)
