"""Alarms and receipts on a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from projections.questions.alarms import AlarmPage
from projections.questions.receipts import Receipts
from projections.shown.person import name_of
from projections.shown.words import Words

Json = dict[str, Any]

_STAGE_STYLES = {"LAPSED": "bold red", "DUE": "red", "RAISED": "red", "DUE_SOON": "yellow"}
_STATE_STYLES = {"VISIBLE": "green", "REPLACED": "yellow", "REFUSED": "red", "NOT_COME": "red"}


def alarms(words: Words, page: AlarmPage) -> Iterator[RenderableType]:
    """A page of alarms: the date, how far it has come, who, and the sentence that says why."""
    if not page.rows:
        yield Text(words("h.no_alarms"))
        return
    title = f"{words('t.alarms')}, {words('h.day', day=words.day(page.day))}"
    table = Table(
        title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0)
    )
    table.add_column(words("c.due"), no_wrap=True)
    table.add_column(words("c.days_left"), justify="right", no_wrap=True)
    table.add_column(words("c.alarm"), no_wrap=True)
    table.add_column(words("c.who"), ratio=2)
    table.add_column(words("c.said"), ratio=5)
    for row in page.rows:
        table.add_row(
            words.day(row["due_date"]),
            str(row["days_left"]),
            Text(words(f"a.{row['stage']}"), style=_STAGE_STYLES[row["stage"]]),
            _who(words, row),
            _said(words, row),
        )
    yield table
    if page.next is not None:
        yield Group(Text(words("h.next", cursor=page.next), style="dim", no_wrap=True, overflow="ignore"))


def _who(words: Words, row: Json) -> Text:
    case = row["root"].partition(":")[2]
    if row["accused"] is None:
        return Text(case)
    code = (row["pid"] or row["accused"]).rpartition(":")[2]
    return Text(f"{name_of(words, row['person'])}\n{case}, {code}")


def _said(words: Words, row: Json) -> Text:
    text = Text(row["text_hi"] if words.language == "hi" else row["text_en"])
    if row["late"]:
        departments = ", ".join(words.code(name) for name in row["late"])
        text.append(f"\n{words('h.late', departments=departments)}", style="yellow")
    return text


def receipts(words: Words, found: Receipts) -> Iterator[RenderableType]:
    """What became of each event."""
    if not found.rows:
        yield Text(words("h.no_record"))
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column(words("id"), no_wrap=True)
    table.add_column(words("type"))
    table.add_column(words("c.became"), no_wrap=True)
    table.add_column(words("known"), no_wrap=True)
    table.add_column(words("c.where"), ratio=2)
    for row in found.rows:
        where = "\n".join(row["files"])
        if row["alias_of"]:
            where = words("h.alias", other=row["alias_of"])
        if row["meaning"]:
            where = "\n".join(filter(None, (row["reason"], row["detail"], row["meaning"])))
        table.add_row(
            row["event_id"],
            row["type"] or "?",
            Text(words(f"r.{row['state']}"), style=_STATE_STYLES[row["state"]]),
            words.moment(row["known_at"]) if row["known_at"] else "",
            where,
        )
    yield table
