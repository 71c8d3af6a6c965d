-- What is to be told to the departments: one row a batch, written in its transaction by workers of the active generation
-- (store/outbox.py), expanded into messages and deleted by the holder of the lease (streams/outbound.py). A row names
-- what changed and not what it came to: that is read when it is sent, so of many changes of one file the last is sent.
CREATE TABLE outbox (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    told_at timestamptz NOT NULL DEFAULT clock_timestamp(),  -- a moment before the COMMIT
    roots   text[] COLLATE "C" NOT NULL,   -- files that it wrote or removed
    events  bytea NOT NULL,                -- ids of the events that came, 16 bytes each; empty where receipts are off
    asides  bytea NOT NULL                 -- ids of the records set aside, in the same way
);
