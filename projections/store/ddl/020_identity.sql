-- Every identifier that anchors or was claimed; its row is the lock on its links and on its roots.
CREATE TABLE identifier (
    identifier text COLLATE "C" PRIMARY KEY,
    anchored   boolean NOT NULL DEFAULT false,  -- it anchors an effective event
    suspect    boolean NOT NULL DEFAULT false,  -- more distinct anchors claim it than its kind can bear
    roots      text[] COLLATE "C" NOT NULL DEFAULT '{}'
);

-- Links and their standing (docs/architecture.md, Links). For ACCUSED_IS, a and b are references to accused and
-- a_at, b_at the identifiers where they hang; for all others a_at = a, b_at = b.
CREATE TABLE link (
    kind        text COLLATE "C" NOT NULL,
    a           text COLLATE "C" NOT NULL,
    b           text COLLATE "C" NOT NULL,
    a_at        text COLLATE "C" NOT NULL,
    b_at        text COLLATE "C" NOT NULL,
    by_a        boolean NOT NULL,   -- an effective event of a claims b
    by_b        boolean NOT NULL,   -- an effective event of b claims a
    standing    boolean NOT NULL,
    asserted    boolean NOT NULL,   -- a reviewer's assertion or confirmation is evidence too
    rejected    boolean NOT NULL,   -- the latest decision is against it
    confirmed   boolean NOT NULL,   -- the latest decision confirms it, also where an end is SUSPECT
    in_place_of text[] COLLATE "C" NOT NULL DEFAULT '{}',
    PRIMARY KEY (a, b, kind)
);
CREATE INDEX link_a_at ON link (a_at) WHERE a_at <> a;
CREATE INDEX link_b_at ON link (b_at);
