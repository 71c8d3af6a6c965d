-- The outbox of one machine. Times are microseconds since 1970 in UTC.

-- One row for each source and epoch: the sequencer. next_seq is NULL where the source numbers its events itself.
CREATE TABLE source (
    id           INTEGER PRIMARY KEY,
    name         TEXT    NOT NULL,
    epoch        INTEGER NOT NULL,
    next_seq     INTEGER,
    window_first INTEGER NOT NULL DEFAULT 1,  -- first number that no window covers yet
    window_since INTEGER NOT NULL DEFAULT 0,  -- when it was given
    in_window    INTEGER NOT NULL DEFAULT 0,  -- events in it, those about numbers not counted
    UNIQUE (name, epoch)
) STRICT;

-- What became of each event.
CREATE TABLE event (
    position   INTEGER PRIMARY KEY,  -- the order in which events were kept, and are sent
    event_id   BLOB    NOT NULL,      -- of those with no reason each once: what was voided may be kept anew
    digest     BLOB    NOT NULL,
    type       TEXT    NOT NULL,
    topic      TEXT    NOT NULL,
    source     INTEGER NOT NULL REFERENCES source,
    seq        INTEGER NOT NULL,
    kept_at    INTEGER NOT NULL,
    settled_at INTEGER,
    partition  INTEGER,              -- where the broker keeps it
    "offset"   INTEGER,
    reason     TEXT,                 -- why its number was voided
    UNIQUE (source, seq)
) STRICT;
CREATE INDEX of_event ON event (event_id);
CREATE INDEX voided ON event (position) WHERE reason IS NOT NULL;

-- Schemas of which unsent bodies were written, so that they can be read after an update of the program.
CREATE TABLE writer (
    id     INTEGER PRIMARY KEY,
    mark   BLOB NOT NULL UNIQUE,
    schema TEXT NOT NULL
) STRICT;

-- What the broker has not acknowledged: gone from here once it has, and with it all that names a person.
CREATE TABLE unsent (
    position INTEGER PRIMARY KEY REFERENCES event,
    key      TEXT    NOT NULL,
    headers  BLOB    NOT NULL,  -- JSON: [[name, text], …]
    writer   INTEGER NOT NULL REFERENCES writer,
    body     BLOB    NOT NULL   -- Avro, without a schema's id, which belongs to a registry
) STRICT;

-- Which file this is, and the epoch in which it gives numbers (database.py).
CREATE TABLE identity (inode INTEGER NOT NULL, epoch INTEGER NOT NULL) STRICT;
