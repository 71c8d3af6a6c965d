"""The full status of one accused in one case: merged from a CaseFile's references, pure, at reading.

Nothing of it is stored, since what it says may depend on the day. Each value names its event, and what other
departments said instead.
"""

from projections.files.status.whole import accused_ids, status

__all__ = ["accused_ids", "status"]
