-- The second wall (docs/access.md). The role `sangam_reader` sees of a generation what the ticket of the present
-- transaction reaches (access.reach(), 000_access.sql); it owns nothing and cannot bypass row-level security. Workers
-- and operators own the tables and are not concerned. Run last, so that it finds every board.
DO $$
DECLARE
    board text;
    seen  constant text :=
        '(SELECT access.reaches(''STATE'')) OR EXISTS (SELECT FROM board_relation r WHERE r.root = %1$I.root'
        ' AND r.relation = ANY ((SELECT access.reach())::text[])) OR ''ROOT:'' || root = ANY ((SELECT access.reach())::text[])';
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO sangam_reader', current_schema());
    FOR board IN SELECT c.relname FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace
                 AND c.relkind = 'r' AND (c.relname IN ('file', 'description', 'name_key') OR c.relname LIKE 'board\_%')
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', board);
        EXECUTE format('GRANT SELECT ON %I TO sangam_reader', board);
        CONTINUE WHEN board = 'board_relation';
        EXECUTE format('CREATE POLICY reached ON %I FOR SELECT TO sangam_reader USING (' || seen || ')', board);
        -- Boards hold no names: whoever may have numbers counts over them.
        CONTINUE WHEN board NOT LIKE 'board\_%';
        EXECUTE format('CREATE POLICY counted ON %I FOR SELECT TO sangam_reader USING ('
                       '(SELECT access.reaches(''NUMBERS'')))', board);
    END LOOP;
END $$;

CREATE POLICY reached ON board_relation FOR SELECT TO sangam_reader USING (
    (SELECT access.reaches('STATE')) OR relation = ANY ((SELECT access.reach())::text[])
);

ALTER TABLE identifier ENABLE ROW LEVEL SECURITY;
CREATE POLICY reached ON identifier FOR SELECT TO sangam_reader USING (
    (SELECT access.reaches('STATE', 'STEWARD'))
    OR EXISTS (SELECT FROM board_relation r WHERE r.root = ANY (roots) AND r.relation = ANY ((SELECT access.reach())::text[]))
    OR EXISTS (SELECT FROM unnest(roots) u WHERE 'ROOT:' || u = ANY ((SELECT access.reach())::text[]))
);

-- A link is seen by whoever sees one of its ends.
ALTER TABLE link ENABLE ROW LEVEL SECURITY;
CREATE POLICY reached ON link FOR SELECT TO sangam_reader USING (
    (SELECT access.reaches('STATE', 'STEWARD'))
    OR EXISTS (SELECT FROM identifier i WHERE i.identifier = a_at)
    OR EXISTS (SELECT FROM identifier i WHERE i.identifier = b_at)
);

-- Events of a record that is seen, and of those linked to it: a file as it stood is worked out from both.
ALTER TABLE ledger ENABLE ROW LEVEL SECURITY;
CREATE POLICY reached ON ledger FOR SELECT TO sangam_reader USING (
    (SELECT access.reaches('STATE'))
    OR EXISTS (SELECT FROM identifier i WHERE i.identifier = anchor)
    OR EXISTS (SELECT FROM link l WHERE l.b_at = anchor)
    OR EXISTS (SELECT FROM link l WHERE l.a = anchor AND l.a_at = l.a)
);

ALTER TABLE set_aside ENABLE ROW LEVEL SECURITY;
CREATE POLICY reached ON set_aside FOR SELECT TO sangam_reader USING (
    (SELECT access.reaches('STATE', 'STEWARD')) OR EXISTS (SELECT FROM identifier i WHERE i.identifier = anchor)
);

GRANT SELECT ON identifier, link, ledger, set_aside, watermark, writer_schema TO sangam_reader;

-- What those may count who run the hub and read no record: numbers without a name or an identifier in them.
CREATE VIEW ops_set_aside AS
    SELECT topic, reason, count(*) AS records, max(known_at) AS latest FROM set_aside GROUP BY topic, reason;
CREATE VIEW ops_unlinked AS
    SELECT split_part(identifier, ':', 1) AS kind, count(*) FILTER (WHERE NOT anchored) AS unlinked,
           count(*) FILTER (WHERE suspect) AS suspect, count(*) AS known
    FROM identifier GROUP BY 1;
CREATE VIEW ops_files AS
    SELECT split_part(root, ':', 1) AS kind, count(*) AS files FROM file WHERE content IS NOT NULL GROUP BY 1;
GRANT SELECT ON ops_set_aside, ops_unlinked, ops_files TO sangam_reader;
