"""Alarms and receipts on a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich import box
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from ops.cli.shown.sheet import more
from projections.questions.paging import Page
from projections.questions.receipts import Receipts
from projections.shown.person import name_of
from projections.shown.words import Words

Json = dict[str, Any]

_STAGE_STYLES = {"LAPSED": "bold red", "DUE": "red", "RAISED": "red", "DUE_SOON": "yellow"}
_STATE_STYLES = {"VISIBLE": "green", "REPLACED": "yellow", "REFUSED": "red", "NOT_COME": "red"}


def alarms(words: Words, page: Page) -> Iterator[RenderableType]:
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
    yield from more(words, page.next)


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
    """What became of each event, a few lines each."""
    if not found.rows:
        yield Text(words("h.no_record"))
        return
    for row in found.rows:
        text = Text(words(f"r.{row['state']}"), style=_STATE_STYLES[row["state"]])
        text.append(f"  {row['event_id']}", style="bold")
        text.append(f"  {row['type']}", style="default")
        if row["known_at"] is not None:
            text.append(f"\n    {words('known')}: {words.moment(row['known_at'])}", style="dim")
        if row["source"]:
            text.append(f"\n    {words('record')}: {row['source']} {row['source_record']}", style="dim")
        for root in row["files"]:
            text.append(f"\n    {words('files')}: {root}", style="default")
        if row["alias_of"]:
            text.append(f"\n    {words('h.alias', other=row['alias_of'])}", style="yellow")
        for said in filter(None, (row["reason"], row["detail"], row["meaning"])):
            text.append(f"\n    {said}", style="yellow")
        yield text
