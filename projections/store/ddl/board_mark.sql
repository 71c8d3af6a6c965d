-- What in a file must be protected (boards/marks.py): a victim, a child in conflict with law, a sealed record.
CREATE TABLE board_mark (
    root text COLLATE "C" NOT NULL,
    mark text COLLATE "C" NOT NULL,
    ref  text COLLATE "C" NOT NULL,  -- the accused whom it concerns; '' where it concerns the file
    PRIMARY KEY (root, mark, ref)
);
