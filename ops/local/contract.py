"""Brings the contract to a broker and a registry: the topics and the schemas that `schemas` declares."""

from collections.abc import Collection

from confluent_kafka import KafkaError, KafkaException
from confluent_kafka.admin import AdminClient
from confluent_kafka.cimpl import NewTopic

from ops.base.brokers import client_config
from ops.local.errors import StackError
from schemas import registry
from schemas.topics import TOPICS, Topic
from schemas.writers import RegistryUnreachableError

_SECONDS = 30.0


def create_topics(bootstrap: str, more: Collection[Topic] = (), replicas: int = 1) -> str:
    """Create the topics (and `more`) that are missing, leave the others alone; says what was done.

    Raises StackError.
    """
    topics = (*TOPICS, *more)
    # Kept in a variable until its futures are done: a client that is collected earlier drops them silently.
    client = AdminClient(client_config(bootstrap))
    present = client.list_topics(timeout=_SECONDS).topics
    missing = [topic for topic in topics if topic.name not in present]
    if missing:
        wanted = [NewTopic(one.name, one.partitions, replicas, config=one.config) for one in missing]
        for name, future in client.create_topics(wanted, operation_timeout=_SECONDS).items():
            try:
                future.result()
            except KafkaException as error:
                if error.args[0].code() != KafkaError.TOPIC_ALREADY_EXISTS:  # another one was faster: fine
                    raise StackError(f"the broker refused to create {name}: {error.args[0].str()}") from error
    return f"{len(topics)} topics, {len(missing)} of them new"


def register_schemas(url: str) -> str:
    """Register every event's schema; those that are there keep their id. Raises StackError."""
    try:
        with registry.client(url) as client:
            registered = registry.register_all(client)
    except (registry.IncompatibleSchemaError, RegistryUnreachableError) as error:
        raise StackError(f"the schemas could not be registered: {error}") from error
    return f"{len(registered)} schemas registered"
