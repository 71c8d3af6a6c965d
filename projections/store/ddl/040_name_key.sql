-- By the sound of which words a person is looked up (search/people.py); written with the descriptions that it is made of.
CREATE TABLE name_key (
    root text COLLATE "C" NOT NULL,
    ref  text COLLATE "C" NOT NULL,
    key  text COLLATE "C" NOT NULL,
    PRIMARY KEY (root, ref, key)
);
CREATE INDEX name_key_key ON name_key (key, root, ref);
