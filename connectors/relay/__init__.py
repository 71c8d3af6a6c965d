"""The relay: events that a department's own database wrote in its own transactions, brought to the exchange."""
