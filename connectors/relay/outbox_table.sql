-- The outbox of a department's PostgreSQL. Its programs insert an event in the transaction that writes the row which
-- the event tells of; `sangam relay` takes it from there. Print this file with: sangam relay --ddl
--
-- The relay's user needs: GRANT SELECT, UPDATE ON sangam_outbox TO …
-- Rows that were relayed may be deleted at any time.

CREATE TABLE sangam_outbox (
    -- Of no sequence with a cache: numbers must rise in the order in which sessions insert.
    id         bigint GENERATED ALWAYS AS IDENTITY (CACHE 1) PRIMARY KEY,
    written_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    event      jsonb NOT NULL,   -- plain form; what the relay fills in: source, source_record, recorded_at, event_id
    relayed_at timestamptz,      -- since then the relay has it on its own disk, numbered: it will arrive
    event_id   uuid,             -- its id, to ask for its receipt
    refused    text              -- why it was not taken; corrected, set this and relayed_at to NULL, and it is read again
);

CREATE INDEX sangam_outbox_waiting ON sangam_outbox (id) WHERE relayed_at IS NULL AND refused IS NULL;

CREATE FUNCTION sangam_outbox_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Delivered at COMMIT, once a transaction however many rows it wrote.
    PERFORM pg_notify('sangam_outbox', '');
    RETURN NULL;
END
$$;

CREATE TRIGGER sangam_outbox_told AFTER INSERT OR UPDATE OF event, refused ON sangam_outbox
    FOR EACH STATEMENT EXECUTE FUNCTION sangam_outbox_told();
