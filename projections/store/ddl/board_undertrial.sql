-- Who is in jail in a case that is not decided (boards/undertrials.py). Rows follow from the file of `root` alone.
CREATE TABLE board_undertrial (
    root                text COLLATE "C" NOT NULL,
    accused             text COLLATE "C" NOT NULL,
    fir                 text COLLATE "C",
    cnr                 text COLLATE "C",
    pid                 text COLLATE "C",
    jail                text COLLATE "C",
    court               text COLLATE "C",
    police_station      text COLLATE "C",
    district            text COLLATE "C",
    since               date NOT NULL,
    sections            text[] COLLATE "C" NOT NULL,
    sections_stage      text COLLATE "C",
    stage               text COLLATE "C" NOT NULL,
    bail_state          text COLLATE "C" NOT NULL,
    bail_kind           text COLLATE "C",
    bail_granted_on     date,
    not_released_reason text COLLATE "C",
    last_hearing        date,
    next_hearing        date,
    warrant_valid_to    date,
    until_trial_ends    boolean NOT NULL,
    prosecutor          text COLLATE "C",
    conflicts           integer NOT NULL,
    incomplete          boolean NOT NULL,
    joined              boolean NOT NULL,
    PRIMARY KEY (root, accused)
);
-- Pages go by key (since, root, accused): longest inside first.
CREATE INDEX board_undertrial_page ON board_undertrial (since, root, accused);
CREATE INDEX board_undertrial_jail ON board_undertrial (jail, since, root, accused);
CREATE INDEX board_undertrial_court ON board_undertrial (court, since, root, accused);
CREATE INDEX board_undertrial_station ON board_undertrial (police_station, since, root, accused);
CREATE INDEX board_undertrial_district ON board_undertrial (district, since, root, accused);
CREATE INDEX board_undertrial_bail ON board_undertrial (bail_state, since, root, accused)
    WHERE bail_state = 'GRANTED';
CREATE INDEX board_undertrial_warrant ON board_undertrial (warrant_valid_to, root, accused)
    WHERE warrant_valid_to IS NOT NULL;
