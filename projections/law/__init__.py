"""The law's clocks: pure functions of one accused's facts in one case, the offence table and the calendar.

Nothing here reads a clock, a file (but the packaged tables, once), a database or a broker.
docs/law.md gives every rule with its section and its reading.
"""
