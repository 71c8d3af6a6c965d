"""The HTTP gateway: how a department's system in any language publishes."""
