-- Every accepted event once, immutable but for what its copies and successors settle (docs/architecture.md, Ledger).
-- A row with digest null is a stub: of its id no content stands (it was superseded before it came, or is an alias of
-- another id); its unique index is the lock on the id.
CREATE TABLE ledger (
    event_id      uuid NOT NULL,
    digest        bytea,
    standing      boolean NOT NULL,          -- of one id, and of one content, one row stands
    effective     boolean NOT NULL,          -- it stands, nothing supersedes it, and it may stand
    refused       text,                      -- why it may not: ID_REUSED, SUPERSEDES_FOREIGN …
    live          boolean NOT NULL DEFAULT false, -- of a row that supersedes: it may, and was not itself taken back
    repair        boolean NOT NULL DEFAULT false,
    type          text COLLATE "C",
    topic         text COLLATE "C",
    key           bytea,
    value         bytea,                     -- Confluent wire format, as it came
    headers       bytea,                     -- JSON of the headers that do not repeat the envelope
    fingerprint   bytea,                     -- of its writer schema, see writer_schema
    source        text COLLATE "C",
    source_epoch  integer,
    source_seq    bigint,
    source_record text COLLATE "C",
    recorded_at   timestamptz,               -- the least of its copies
    known_at      timestamptz,               -- the least broker append time of its copies; in no file and no digest
    anchor        text COLLATE "C",
    claims        text[] COLLATE "C",
    supersedes    uuid
);
CREATE UNIQUE INDEX ledger_event ON ledger (event_id) WHERE standing;
CREATE UNIQUE INDEX ledger_content ON ledger (digest) WHERE standing;
CREATE UNIQUE INDEX ledger_other ON ledger (event_id, digest) WHERE NOT standing;
CREATE INDEX ledger_other_content ON ledger (digest) WHERE NOT standing;
CREATE INDEX ledger_refused ON ledger (digest) WHERE refused IS NOT NULL;
CREATE INDEX ledger_refused_anchor ON ledger (anchor) WHERE refused IS NOT NULL;
CREATE INDEX ledger_anchor ON ledger (anchor);
-- A department asks by its own record (questions/receipts.py); half a microsecond an event.
CREATE INDEX ledger_record ON ledger USING hash (source_record);
CREATE INDEX ledger_supersedes ON ledger (supersedes) WHERE supersedes IS NOT NULL;

-- The ledger can be read when the registry is lost.
CREATE TABLE writer_schema (
    fingerprint bytea PRIMARY KEY,
    schema      text NOT NULL
);

-- What could not be accepted: kept whole, with its reason. Open until an effective event supersedes it.
CREATE TABLE set_aside (
    id           uuid NOT NULL,
    digest       bytea NOT NULL,             -- SHA-256 of the value
    reason       text NOT NULL,
    detail       text NOT NULL,
    topic        text COLLATE "C" NOT NULL,
    key          bytea,
    value        bytea,
    headers      bytea,
    type         text COLLATE "C",
    source       text COLLATE "C",
    source_epoch integer,
    source_seq   bigint,
    anchor       text COLLATE "C",           -- the record's key, where it is an identifier
    known_at     timestamptz NOT NULL,
    copies       bigint NOT NULL DEFAULT 1,  -- in no digest
    PRIMARY KEY (id, digest)
);
CREATE INDEX set_aside_anchor ON set_aside (anchor) WHERE anchor IS NOT NULL;
