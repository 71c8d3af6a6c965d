"""The durable outbox: every way in keeps an event here, numbered, before anybody is told that it will arrive."""
