"""Alarms: a date of the law comes near, is there, or has passed. See docs/architecture.md, Messages."""
