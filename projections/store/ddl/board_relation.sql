-- Which offices stand in a relation to a file (boards/relations.py): what row-level security goes by.
CREATE TABLE board_relation (
    root     text COLLATE "C" NOT NULL,
    relation text COLLATE "C" NOT NULL,
    PRIMARY KEY (root, relation)
);
CREATE INDEX board_relation_office ON board_relation (relation, root);
