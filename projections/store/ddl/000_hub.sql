-- Not derived: which generation of the derived tables is the active one. Lives in the schema `sangam`.
CREATE SCHEMA IF NOT EXISTS sangam;
CREATE TABLE IF NOT EXISTS sangam.generation (
    name         text COLLATE "C" PRIMARY KEY,
    fold_version text NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now(),
    active       boolean NOT NULL DEFAULT false
);
CREATE SEQUENCE IF NOT EXISTS sangam.generation_number;
CREATE UNIQUE INDEX IF NOT EXISTS generation_active ON sangam.generation (active) WHERE active;

-- What the hub has sent, read back from its own topics where a database does not know it: so a rebuild sends nothing
-- again, and neither does a new database. Written by the holder of the lease alone (streams/messenger.py).
CREATE TABLE IF NOT EXISTS sangam.sent_up_to (
    topic_id    uuid    NOT NULL,
    partition   integer NOT NULL,
    next_offset bigint  NOT NULL,
    PRIMARY KEY (topic_id, partition)
);
CREATE TABLE IF NOT EXISTS sangam.status_sent (
    root       text COLLATE "C" NOT NULL,
    accused    text COLLATE "C" NOT NULL,
    digest     bytea,                        -- of what was sent; null: it was taken away
    message_id uuid   NOT NULL,
    place      bigint NOT NULL,              -- among the messages of its key
    PRIMARY KEY (root, accused)
);
-- Alarms that were raised; those that were cleared stay, for their place among the messages of their key.
CREATE TABLE IF NOT EXISTS sangam.alarm (
    id          uuid PRIMARY KEY,
    standing    boolean NOT NULL,
    rule        text COLLATE "C" NOT NULL,
    law         text NOT NULL,
    stage       text COLLATE "C" NOT NULL,
    lead        integer,
    start_event text COLLATE "C" NOT NULL,
    start_date  date,
    accused     text COLLATE "C" NOT NULL,
    due_date    date NOT NULL,
    accrues_on  date,
    files       text[] COLLATE "C" NOT NULL,
    sensitivity text COLLATE "C" NOT NULL,
    flags       text[] NOT NULL,
    reasons     text[] NOT NULL,
    missing     text[] NOT NULL,
    late        text[] NOT NULL,
    text_en     text NOT NULL,
    text_hi     text NOT NULL,
    inputs      text NOT NULL,
    raised_at   timestamptz NOT NULL,
    cleared_at  timestamptz,
    cleared_by  text NOT NULL DEFAULT '',
    why         text NOT NULL DEFAULT '',
    message_id  uuid   NOT NULL,
    place       bigint NOT NULL
);
CREATE INDEX IF NOT EXISTS alarm_start ON sangam.alarm (start_event) WHERE standing;
CREATE INDEX IF NOT EXISTS alarm_due ON sangam.alarm (due_date, id) WHERE standing;
CREATE INDEX IF NOT EXISTS alarm_files ON sangam.alarm USING gin (files) WHERE standing;
-- What may come to an alarm: a row for each open clock, and on which day to look at it next. Found by an index, so that
-- no file is read until something is to be told of it.
CREATE TABLE IF NOT EXISTS sangam.due (
    root        text COLLATE "C" NOT NULL,
    start_event text COLLATE "C" NOT NULL,
    reason      text NOT NULL,               -- JSON: projections/alarms/reason.py
    rule        text COLLATE "C" NOT NULL,
    look_on     date,
    PRIMARY KEY (root, start_event, reason)
);
CREATE INDEX IF NOT EXISTS due_look ON sangam.due (look_on) WHERE look_on IS NOT NULL;
CREATE INDEX IF NOT EXISTS due_start ON sangam.due (start_event);
-- Start events of which something changed since their alarms were last looked at.
CREATE TABLE IF NOT EXISTS sangam.look (
    start_event text COLLATE "C" PRIMARY KEY,
    afresh      boolean NOT NULL               -- what is said of the alarms that stand may have changed too
);
