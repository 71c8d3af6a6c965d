-- Not derived: who was granted what, who is signed in, and the record of every read. Lives in the schema `access`,
-- which belongs to no generation. Two roles can do what the API and the web do, and no more: `sangam_reader` reads a
-- generation under row-level security (who_may_read.sql), `sangam_clerk` writes sessions and appends to the record.
DO $$
DECLARE door text;
BEGIN
    FOREACH door IN ARRAY ARRAY['sangam_reader', 'sangam_clerk'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = door) THEN
            BEGIN
                EXECUTE format('CREATE ROLE %I NOLOGIN NOBYPASSRLS', door);
            EXCEPTION WHEN duplicate_object OR unique_violation THEN
                NULL;  -- a worker of another database of this server was first
            END;
        END IF;
    END LOOP;
END $$;

CREATE SCHEMA IF NOT EXISTS access;

-- The record of reads: a chain of hashes (projections/audit/chain.py). Appended to, never changed.
CREATE TABLE IF NOT EXISTS access.entry (
    seq      bigint PRIMARY KEY,
    at       timestamptz NOT NULL,
    kind     text NOT NULL,
    opened   bigint,                -- of an entry that closes another: its number
    subject  text NOT NULL,
    issuer   text NOT NULL,
    role     text NOT NULL,
    purpose  text NOT NULL,
    question text NOT NULL,
    about    text NOT NULL,         -- what was asked for
    reason   text NOT NULL,
    roots    text[] NOT NULL,       -- files that the answer showed
    reach    text[] NOT NULL,       -- what the database lets through under the ticket
    ticket   bytea,                 -- SHA-256 of the ticket that this entry opened
    previous bytea NOT NULL,
    hash     bytea NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS entry_ticket ON access.entry (ticket) WHERE ticket IS NOT NULL;
CREATE INDEX IF NOT EXISTS entry_roots ON access.entry USING gin (roots) WHERE roots <> '{}';
CREATE INDEX IF NOT EXISTS entry_subject ON access.entry (subject, seq);

-- The chain's end; its row is the lock under which entries are appended.
CREATE TABLE IF NOT EXISTS access.head (
    one  boolean PRIMARY KEY DEFAULT true CHECK (one),
    seq  bigint NOT NULL,
    hash bytea NOT NULL
);
INSERT INTO access.head (seq, hash) VALUES (0, '\x') ON CONFLICT DO NOTHING;

-- Ends of the chain as they were told to others.
CREATE TABLE IF NOT EXISTS access.checkpoint (
    seq  bigint PRIMARY KEY,
    hash bytea NOT NULL,
    at   timestamptz NOT NULL
);

-- Who may act in which role, from which offices.
CREATE TABLE IF NOT EXISTS access.granted (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    issuer     text NOT NULL,
    subject    text NOT NULL,
    role       text NOT NULL,
    offices    text[] NOT NULL,
    granted_by text NOT NULL,
    granted_at timestamptz NOT NULL,
    until      timestamptz,
    revoked_at timestamptz
);
CREATE INDEX IF NOT EXISTS granted_subject ON access.granted (issuer, subject);

CREATE TABLE IF NOT EXISTS access.session (
    id         bytea PRIMARY KEY,    -- SHA-256 of the cookie's token
    issuer     text NOT NULL,
    subject    text NOT NULL,
    granted    bigint NOT NULL REFERENCES access.granted (id),
    purpose    text NOT NULL,
    csrf       text NOT NULL,
    created_at timestamptz NOT NULL,
    seen_at    timestamptz NOT NULL,
    ends_at    timestamptz NOT NULL
);

-- Passwords of this database's two doors; for the owner alone (projections/store/doors.py).
CREATE TABLE IF NOT EXISTS access.door (
    role     text PRIMARY KEY,
    password text NOT NULL
);

-- What the reads of the present transaction may let through: the reach of the recorded entry whose ticket it shows.
-- Without an entry nothing; an entry is good for a minute.
CREATE OR REPLACE FUNCTION access.reach() RETURNS text[]
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
    AS $$
        SELECT coalesce(
            (SELECT e.reach FROM access.entry e
             WHERE e.ticket = sha256(convert_to(nullif(current_setting('sangam.ticket', true), ''), 'UTF8'))
               AND e.kind = 'ASKED' AND e.at > statement_timestamp() - interval '1 minute'),
            '{}')
    $$;
CREATE OR REPLACE FUNCTION access.reaches(VARIADIC kinds text[]) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
    AS $$ SELECT access.reach() && kinds $$;

REVOKE ALL ON FUNCTION access.reach(), access.reaches(text[]) FROM PUBLIC;
GRANT USAGE ON SCHEMA access TO sangam_reader, sangam_clerk;
GRANT EXECUTE ON FUNCTION access.reach(), access.reaches(text[]) TO sangam_reader;
GRANT USAGE ON SCHEMA sangam TO sangam_reader;
GRANT SELECT ON sangam.generation TO sangam_reader;
GRANT SELECT, INSERT ON access.entry, access.checkpoint TO sangam_clerk;
GRANT SELECT, UPDATE ON access.head TO sangam_clerk;
GRANT SELECT, INSERT ON access.granted TO sangam_clerk;
GRANT UPDATE (revoked_at) ON access.granted TO sangam_clerk;
GRANT SELECT, INSERT, UPDATE, DELETE ON access.session TO sangam_clerk;

-- A sign-in that has begun at the issuer and has not come back yet.
CREATE TABLE IF NOT EXISTS access.signing_in (
    state    bytea PRIMARY KEY,      -- SHA-256 of the state that was sent
    nonce    text NOT NULL,
    verifier text NOT NULL,          -- PKCE, RFC 7636
    back     text NOT NULL,
    at       timestamptz NOT NULL
);
GRANT SELECT, INSERT, DELETE ON access.signing_in TO sangam_clerk;
