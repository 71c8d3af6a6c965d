-- How far an alarm's clock has come, in days from its due date: of several that stand, the last is shown.
CREATE FUNCTION alarm_reached(stage text, lead integer) RETURNS integer LANGUAGE sql IMMUTABLE
    AS $$ SELECT CASE WHEN stage = 'LAPSED' THEN 1 ELSE -coalesce(lead, 0) END $$;
CREATE FUNCTION alarm_is_last(a sangam.alarm) RETURNS boolean LANGUAGE sql STABLE SET search_path FROM CURRENT
    AS $$
        SELECT NOT EXISTS (
            SELECT FROM sangam.alarm b
            WHERE b.standing AND b.start_event = a.start_event AND b.rule = a.rule AND b.accused = a.accused
                AND b.due_date = a.due_date AND alarm_reached(b.stage, b.lead) > alarm_reached(a.stage, a.lead)
        )
    $$;

-- A page of the alarms that stand, by due date, of each clock the last stage: of files in the relation `within` (JAIL:BR-0101 …), or of all. Alarms
-- belong to no generation, and who may see what follows from the files of this one: so this function is the only door
-- to them for the role sangam_reader, and shows what the ticket reaches (who_may_read.sql).
CREATE FUNCTION alarm_page(within text, of_rule text, after_due date, after_id uuid, most integer)
    RETURNS SETOF sangam.alarm
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT
    AS $$
    DECLARE
        reached text[];  -- null: everything
    BEGIN
        -- Whoever may read the table by himself, an operator, needs no ticket.
        IF NOT has_table_privilege(session_user, 'sangam.alarm', 'SELECT') AND NOT access.reaches('STATE') THEN
            reached := access.reach();
        END IF;
        IF within IS NULL AND reached IS NULL THEN
            RETURN QUERY
                SELECT a.* FROM sangam.alarm a
                WHERE a.standing AND (of_rule IS NULL OR a.rule = of_rule)
                    AND (after_due IS NULL OR (a.due_date, a.id) > (after_due, after_id))
                    AND alarm_is_last(a)
                ORDER BY a.due_date, a.id LIMIT most;
            RETURN;
        END IF;
        RETURN QUERY
            SELECT a.* FROM sangam.alarm a
            WHERE a.id IN (
                SELECT b.id FROM board_relation r JOIN sangam.alarm b ON b.standing AND b.files @> ARRAY[r.root]
                WHERE (within IS NULL OR r.relation = within) AND (within IS NOT NULL OR r.relation = ANY (reached))
            )
            AND (reached IS NULL OR EXISTS (
                SELECT FROM board_relation r WHERE r.root = ANY (a.files) AND r.relation = ANY (reached)
            ))
            AND (of_rule IS NULL OR a.rule = of_rule)
            AND (after_due IS NULL OR (a.due_date, a.id) > (after_due, after_id))
            AND alarm_is_last(a)
            ORDER BY a.due_date, a.id LIMIT most;
    END $$;
REVOKE ALL ON FUNCTION alarm_page FROM PUBLIC;
GRANT EXECUTE ON FUNCTION alarm_page TO sangam_reader;
