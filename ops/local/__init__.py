"""The local stack: one real Kafka, one registry and one PostgreSQL on loopback, from parts that are
fetched once.
"""
