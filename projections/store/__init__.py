"""The hub's store: one transaction a batch, from raw records to files that can be read.

Knows PostgreSQL and nothing of the law or of Kafka's client. docs/architecture.md tells the way of an event.
"""
