-- How far each partition is stored, and who may store more. A topic that was deleted and created anew has another
-- topic_id and so starts at its own beginning.
CREATE TABLE watermark (
    topic       text    NOT NULL COLLATE "C",
    topic_id    uuid    NOT NULL,
    partition   integer NOT NULL,
    epoch       bigint  NOT NULL DEFAULT 0,
    next_offset bigint  NOT NULL DEFAULT 0,
    appended_at timestamptz,                     -- when the broker took in the newest record stored
    PRIMARY KEY (topic_id, partition)
) WITH (fillfactor = 50);
