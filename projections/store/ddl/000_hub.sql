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
