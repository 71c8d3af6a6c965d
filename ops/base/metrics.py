"""Every metric of the hub, declared once, typed and explained. Nothing else declares one.

Promises: labels come from closed sets (departments, phases, reasons, routes), so the number of series is
bounded, and none of them can name a person or a case. Times are in seconds, sizes in bytes.
"""

from prometheus_client import Counter, Gauge, Histogram

_BATCH_SECONDS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
_VISIBLE_SECONDS = (0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 1.0, 2.0, 5.0, 15.0, 60.0, 600.0)
_API_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0)

EVENTS = Counter("sangam_events", "Events accepted into the ledger, once each", ["department"])

DUPLICATES = Counter(
    "sangam_duplicates",
    "Copies of an event that was in the ledger already (a re-send; harmless)",
    ["department"],
)

SET_ASIDE = Counter(
    "sangam_set_aside",
    "Records set aside instead of projected; the reason is one of schemas.reasons",
    ["reason"],
)


BATCH_EVENTS = Histogram(
    "sangam_batch_events",
    "Records in one transaction; falls towards 1 when gathering fails, which is when the hub falls behind",
    buckets=(1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000),
)

BATCH_SECONDS = Histogram(
    "sangam_batch_seconds",
    "Time of one batch by phase: gather (waiting for company), decode (processor only), transaction (to COMMIT)",
    ["phase"],
    buckets=_BATCH_SECONDS,
)

LAG = Gauge("sangam_lag_records", "Records in the topic that are not projected yet", ["topic"])

VISIBLE_SECONDS = Histogram(
    "sangam_event_to_visible_seconds",
    "From the broker's append of a record to the COMMIT that made it visible",
    ["department"],
    buckets=_VISIBLE_SECONDS,
)

REFOLDS = Counter(
    "sangam_refolds", "Files folded: fast (a later event folded on) or full (from the file's start)", ["path"]
)

BOARD_FAILURES = Counter(
    "sangam_board_failures",
    "Files of which a board could not make its rows: a fault of the program",
    ["board"],
)

API_SECONDS = Histogram(
    "sangam_api_seconds",
    "Time of one answer by route template and status",
    ["route", "status"],
    buckets=_API_SECONDS,
)

BUFFER_BYTES = Gauge("sangam_buffer_bytes", "Bytes fetched from the broker and not stored yet; bounded")

BATCH_RETRIES = Counter(
    "sangam_batch_retries",
    "Calls to the database or the broker that were repeated because it was away or asked to try again",
)

PARTITIONS_STOPPED = Gauge(
    "sangam_partitions_stopped",
    "Assigned partitions that are not read: their position is not in the log (records are missing: see the "
    "error log), or another process stores them",
)

PARTITIONS_LOST = Counter(
    "sangam_partitions_lost",
    "Partitions that turned out to be claimed by another process, or read with a gap",
)

WORKER_RESTARTS = Counter("sangam_worker_restarts", "Workers that ended by themselves and were started again")

MESSAGES_SENT = Counter(
    "sangam_messages_sent", "Messages of the hub that the broker has committed", ["topic"]
)

NUMBERS_MISSING = Gauge(
    "sangam_numbers_missing",
    "Events that a source has numbered and the hub has not received, for longer than they may be on their way",
    ["department"],
)

OUTBOX_ROWS = Gauge("sangam_outbox_rows", "Batches of which something is still to be told")

ALARMS_TOLD = Counter("sangam_alarms_told", "Messages about alarms: raised, moved, cleared", ["what"])

GATEWAY_SECONDS = Histogram(
    "sangam_gateway_seconds",
    "Time of one answer of the gateway by route template and status",
    ["route", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0),
)

OUTBOX_KEPT = Counter("sangam_outbox_kept", "Events numbered and kept by a connector", ["department"])

OUTBOX_WAITING = Gauge(
    "sangam_outbox_waiting", "Events on a connector's disk that the broker does not have yet"
)

OUTBOX_VOIDED = Counter(
    "sangam_outbox_voided",
    "Numbers of a connector that were voided: the broker or the registry refused the event",
)
