-- Which numbers of each source came (docs/architecture.md, Completeness). A batch leaves a row for each source; they are
-- added up once in a while, so that no two workers wait for each other over a source's row.
CREATE TABLE arrived (
    source   text COLLATE "C" NOT NULL,
    epoch    integer NOT NULL,
    numbers  int8multirange NOT NULL,
    voided   int8multirange NOT NULL,        -- numbers under which nothing will come, as the source says
    stated   bigint NOT NULL,                -- the greatest number that a manifest of the source names
    known_at timestamptz NOT NULL            -- the broker's time of the newest of them
);
CREATE TABLE numbered (
    source    text COLLATE "C" NOT NULL,
    epoch     integer NOT NULL,
    numbers   int8multirange NOT NULL,
    voided    int8multirange NOT NULL,
    stated    bigint NOT NULL,
    late      bigint NOT NULL DEFAULT 0,     -- how many numbers came after they had been missing for long
    known_at  timestamptz NOT NULL,
    PRIMARY KEY (source, epoch)
);
-- Numbers that are missing: a greater one came, or was stated, and they did not.
CREATE TABLE gap (
    source  text COLLATE "C" NOT NULL,
    epoch   integer NOT NULL,
    numbers int8range NOT NULL,
    since   timestamptz NOT NULL,            -- the broker's time at which a greater number was known
    PRIMARY KEY (source, epoch, numbers)
);
