"""The Faust application of one worker: group membership, rebalancing and the agent; its state is in
PostgreSQL.

No tables (their recovery stalls), no exactly-once (its open bugs), no topics declared, no leader election
over a topic.
"""

import ssl
from dataclasses import dataclass
from typing import Any, cast

import faust
from faust.types.transports import TransportT

from ops.base.brokers import MECHANISM, Brokers, brokers
from streams.agents import FetchSchema, hand_to
from streams.gather import Gatherer
from streams.transport import FetchTransport, HandOver


@dataclass(frozen=True, slots=True)
class Membership:
    """A worker's place in the group. `slot` is stable over restarts, so that a worker that comes back within
    the session gets its partitions back without a rebalance. `session`: seconds of silence after which it
    is dead."""

    kafka: str
    group: str
    slot: int
    topics: tuple[str, ...]
    session: float = 10.0


class HubApp(faust.App):
    """A Faust application whose transport hands whole fetches to `hand_over`."""

    hand_over: HandOver

    def _new_transport(self) -> TransportT:
        return FetchTransport(self.conf.broker_consumer, self)

    def _create_directories(self) -> None:
        """Nothing is kept on disk."""


def _credentials(kafka: Brokers) -> faust.SASLCredentials | None:
    if kafka.user is None:
        return None
    context = ssl.create_default_context() if kafka.tls else None
    return faust.SASLCredentials(
        username=kafka.user, password=kafka.password, ssl_context=context, mechanism=MECHANISM
    )


def hub_app(membership: Membership, gatherer: Gatherer[Any]) -> HubApp:
    """An application that feeds this gatherer with all topics of the membership."""
    kafka = brokers(membership.kafka)
    app = HubApp(
        membership.group,
        broker=[f"kafka://{address}" for address in kafka.servers.split(",")],
        broker_credentials=_credentials(kafka),
        broker_session_timeout=membership.session,
        broker_heartbeat_interval=membership.session / 10,
        broker_request_timeout=max(30.0, 2 * membership.session),
        broker_client_id=f"{membership.group}-{membership.slot}",
        consumer_group_instance_id=f"{membership.group}-{membership.slot}",
        consumer_metadata_max_age_ms=30_000,
        store="memory://",
        autodiscover=False,
        web_enabled=False,
        topic_allow_declare=False,
        topic_disable_leader=True,
        stream_wait_empty=False,
        producer_linger=0,
    )
    app.hand_over = gatherer
    topic = app.topic(*membership.topics, schema=FetchSchema())
    app.agent(topic, name="project")(cast(Any, hand_to(gatherer)))
    return app
