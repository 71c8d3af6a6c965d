"""From rows as departments' systems have them to events: one small pure module for each system.

`MAPPINGS` in table.py lists them. A mapping never raises and loses nothing: what it cannot read comes back with the
row and a reason. Which of what it read is new is worked out in revisions.py.
"""
