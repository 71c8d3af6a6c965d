"""The law's clocks of a CaseFile: facts for the law, when to reckon anew, and what the document keeps.

    document["clocks"] = {accused id, or "" for the case itself: {family: [clock as law.clock.to_stored]}}

Only families and accused that have a clock stand there. `kept.py` gives the clocks back; `facts.py` makes the law's
Facts from a document; `winding.py` reckons anew what an event can have changed.
"""
