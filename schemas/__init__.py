"""The contract between the departments and the hub: events, identifiers, topics, and how they are encoded.

This room imports nothing of ours, so that a department can use it alone.
"""
