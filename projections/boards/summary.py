"""Counts over the rows of boards: one row a group, for those who see how much there is and not whom it concerns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from projections.boards.board import Column
from projections.boards.listing import Elsewhere, Filter, Reckoned, Sort, Title


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A declared count. `query` has %(day)s for the day of reading, and {where} where its filters' conditions go."""

    name: str
    title: Title
    columns: Sequence[Column]
    filters: Sequence[Filter]
    query: str
    sorts: Sequence[Sort] = ()
    reckoned: Sequence[Reckoned] = ()
    people: tuple[str, ...] = ()
    elsewhere: Sequence[Elsewhere] = ()


PROBATION_LOAD: Final = Summary(
    name="probation_load",
    title=("Load of each probation officer", "प्रत्येक परिवीक्षा पदाधिकारी का भार"),
    columns=(
        Column("officer", "text", ("Officer", "पदाधिकारी")),
        Column("reports", "int8", ("Reports open", "लंबित प्रतिवेदन")),
        Column("reports_overdue", "int8", ("Reports overdue", "विलंबित प्रतिवेदन")),
        Column("orders", "int8", ("Orders running", "चालू आदेश")),
        Column("contacts_overdue", "int8", ("Contacts overdue", "विलंबित भेंट")),
        Column("breaches", "int8", ("Breaches", "उल्लंघन")),
        Column("oldest", "date", ("Oldest request", "सबसे पुराना अनुरोध")),
    ),
    filters=(
        Filter("officer", ("Officer", "पदाधिकारी"), "officer"),
        Filter("court", ("Court", "न्यायालय"), "court", kind="COURT"),
    ),
    query="""
        SELECT officer,
               count(*) FILTER (WHERE what = 'REPORT'),
               count(*) FILTER (WHERE what = 'REPORT' AND due_on < %(day)s),
               count(*) FILTER (WHERE what = 'ORDER'),
               count(*) FILTER (WHERE what = 'ORDER' AND due_on < %(day)s),
               sum(breaches)::int8,
               min(asked_on) FILTER (WHERE what = 'REPORT')
        FROM board_probation WHERE open{where} GROUP BY officer ORDER BY officer NULLS LAST
    """,
)
OCCUPANCY: Final = Summary(
    name="occupancy",
    title=("Jails: where is it worst", "काराएँ: कहाँ स्थिति सबसे ख़राब"),
    columns=(
        Column("jail", "text", ("Jail", "कारा")),
        Column("counted_on", "date", ("Counted on", "गणना तिथि")),
        Column("n", "int8", ("Inside", "बंद")),
        Column("capacity", "int8", ("Capacity", "क्षमता")),
        Column("percent", "int8", ("Per cent full", "प्रतिशत भरी")),
        Column("undertrials", "int8", ("Undertrials in the files", "अभिलेखों में विचाराधीन")),
        Column("bail_not_released", "int8", ("Bail granted, inside", "जमानत मंजूर, बंद")),
        Column("warrants_expired", "int8", ("Warrants run out", "वारंट समाप्त")),
        Column("children", "int8", ("May be children", "संभवतः बालक")),
    ),
    filters=(Filter("jail", ("Jail", "कारा"), "jail", kind="JAIL"),),
    query="""
        WITH held AS (
            SELECT u.jail, count(*) AS undertrials,
                   count(*) FILTER (WHERE bail_state = 'GRANTED') AS granted,
                   count(*) FILTER (WHERE warrant_valid_to < %(day)s AND NOT until_trial_ends) AS expired,
                   count(*) FILTER (WHERE EXISTS (
                       SELECT FROM board_mark m
                       WHERE m.root = u.root AND m.mark = 'CHILD' AND m.ref IN (u.accused, u.pid))) AS children
            FROM board_undertrial u WHERE u.jail IS NOT NULL GROUP BY u.jail
        )
        SELECT jail, counted_on, n::int8, capacity::int8, (100 * n::int8 / nullif(capacity, 0))::int8,
               coalesce(undertrials, 0), coalesce(granted, 0), coalesce(expired, 0), coalesce(children, 0)
        FROM (SELECT jail, counted_on, n, capacity FROM board_headcount WHERE category = 'ALL') c
        FULL JOIN held USING (jail)
        WHERE true{where}
        ORDER BY 5 DESC NULLS LAST, jail
    """,
)
UNKNOWN_SECTIONS: Final = Summary(
    name="unknown_sections",
    title=("Sections that no clock can reckon with", "धाराएँ जिनकी गणना नहीं हो सकती"),
    columns=(
        Column("section", "text", ("Section", "धारा")),
        Column("accused", "int8", ("Accused concerned", "संबंधित अभियुक्त")),
        Column("cases", "int8", ("Cases", "मामले")),
    ),
    filters=(Filter("district", ("District", "जिला"), "district"),),
    query="""
        WITH doubt AS (
            SELECT root, accused, district, missing FROM board_s479
            UNION ALL SELECT root, accused, district, missing FROM board_investigation
        )
        SELECT split_part(text, ': ', 2), count(DISTINCT (root, accused)), count(DISTINCT root)
        FROM doubt, unnest(missing) AS one(text)
        WHERE (text LIKE 'offence table: %%' OR text LIKE 'sections not understood: %%'){where}
        GROUP BY 1 ORDER BY 2 DESC, 1
    """,
)
