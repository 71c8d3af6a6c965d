-- What is set aside and not settled yet (questions/quarantine.py): records that could not be read, and events that the
-- ledger refused. The same condition as in store/given.py, which says it for one file.
CREATE VIEW open_aside AS
SELECT s.id, s.digest, s.reason, s.detail, s.topic, s.key, s.value, s.headers, s.type, s.source, s.source_epoch,
       s.source_seq, s.anchor, s.known_at, s.copies
FROM set_aside s
WHERE NOT EXISTS (
    SELECT FROM ledger l WHERE l.supersedes = s.id AND l.live AND (l.repair OR l.source = s.source)
) AND NOT EXISTS (
    SELECT FROM ledger l WHERE (l.standing AND l.event_id = s.id OR NOT l.standing AND l.event_id = s.id)
    AND l.digest IS NOT NULL AND l.refused IS NULL
)
UNION ALL
SELECT r.event_id, r.digest, r.refused, '', r.topic, r.key, r.value, r.headers, r.type, r.source, r.source_epoch,
       r.source_seq, r.anchor, r.known_at, 1
FROM ledger r
WHERE r.refused IS NOT NULL AND NOT EXISTS (
    SELECT FROM ledger l WHERE l.supersedes = r.event_id AND l.live AND (l.repair OR l.source = r.source)
    AND (r.refused <> 'ID_REUSED' OR l.type = ANY ('{common.Retracted,hub.EventDiscarded}'))
) AND NOT (r.refused = 'ID_REUSED' AND EXISTS (SELECT FROM ledger l WHERE l.standing AND l.digest = r.digest));

-- For data stewards: what is needed to mend a record, and not what it says.
CREATE VIEW steward_open AS
    SELECT id, reason, detail, topic, type, source, source_epoch, source_seq, anchor, known_at, copies
    FROM open_aside WHERE access.reaches('STATE', 'STEWARD');
-- For those who run the hub: numbers without an identifier in them.
CREATE VIEW ops_open AS
    SELECT source, source_epoch, topic, reason, count(*) AS records
    FROM open_aside GROUP BY source, source_epoch, topic, reason;
GRANT SELECT ON steward_open, ops_open, numbered, gap TO sangam_reader;
