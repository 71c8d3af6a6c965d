-- What a projection folds, as the bytes that the API serves (packed: projections/store/packing.py).
CREATE TABLE file (
    root        text COLLATE "C" PRIMARY KEY,
    version     bigint NOT NULL DEFAULT 0,      -- in no digest; a cached state is good while it is unchanged
    identifiers text[] COLLATE "C" NOT NULL DEFAULT '{}',
    members     integer NOT NULL DEFAULT 0,
    last_key    bytea,                          -- sort key of the last member, in memcmp order
    digest      bytea,                          -- SHA-256 of the content unpacked; null: row made for its lock, not yet folded
    content     bytea STORAGE EXTERNAL,
    beside      bytea                           -- a mark of its rows in each other table (store/saving.py); in no digest
) WITH (fillfactor = 70, toast_tuple_target = 4080);

-- PersonDescriptions stand apart from the files, joined at reading for those who may see them.
CREATE TABLE description (
    root text COLLATE "C" NOT NULL,
    ref  text COLLATE "C" NOT NULL,
    body bytea NOT NULL,
    PRIMARY KEY (root, ref)
);

-- Files recorded but not yet folded: back-fill and rebuild record first and fold each file once.
CREATE TABLE dirty (
    root text COLLATE "C" PRIMARY KEY
);
