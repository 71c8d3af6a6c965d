"""Whole answers as they are shown: a case, a list of files, the board, an event."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson
from rich import box
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from ops.cli.shown.sheet import more, rendered
from projections.questions.events import EventAnswer
from projections.questions.files import OneFile, SeveralFiles
from projections.questions.paging import Page
from projections.questions.people import person_of
from projections.shown.block import Block, Sources
from projections.shown.person import case_block, name_of, sentence
from projections.shown.status import blocks
from projections.shown.words import Words, identifier

Json = dict[str, Any]

_WIDE = 110


def one_file(words: Words, answer: OneFile, sources: bool) -> Iterator[RenderableType]:
    """The full status of the accused asked for; of several of one case, a sentence each."""
    statuses = answer.statuses
    day = words("h.day", day=words.day(answer.when.day))
    if not answer.cases:
        yield Text(f"{identifier(answer.file.root)}, {day}", style="bold")
        if answer.file.root.startswith("PID:"):
            yield Text(words("h.no_case"))
        yield _facts(words, answer, sources)
        return
    shown: set[str] = set()
    for status in statuses if answer.reference is not None or len(statuses) == 1 else ():
        document = answer.documents[status["root"]]
        person = person_of(answer.descriptions, status["references"])
        yield Text(sentence(words, status, person), style="bold")
        yield Text(f"{identifier(status['root'])}, {day}", style="dim")
        rows = [case_block(words, document), *blocks(words, status, answer.descriptions, answer.freshness)]
        yield rendered(rows, Sources.of(words, document) if sources else None)
        yield Text("")
        shown.add(status["accused"])
    if not shown:
        document = answer.documents[answer.file.root]
        block = Block(words("t.accused"))
        for status in statuses:
            person = person_of(answer.descriptions, status["references"])
            told = sentence(words, status, person)
            block.add(status["accused"].rpartition(":")[2], told, status["custody"]["inside"])
        yield Text(f"{identifier(answer.file.root)}, {day}", style="bold")
        yield rendered([case_block(words, document), block], Sources.of(words, document) if sources else None)
        if statuses:
            code = statuses[0]["accused"].rpartition(":")[2]
            yield Text("")
            yield Text(words("h.accused", identifier=answer.identifier, code=code), style="dim")


def several(words: Words, answer: SeveralFiles) -> Iterator[RenderableType]:
    """The list from which one is to be chosen."""
    yield Text(words("h.several", identifier=identifier(answer.identifier), n=len(answer.roots)))
    for root in answer.roots:
        yield Text(f"  sangam case {root}")


def board(words: Words, page: Page, width: int) -> Iterator[RenderableType]:
    """A page of the board; on a narrow terminal without the columns that can be spared."""
    if not page.rows:
        yield Text(words("h.nobody"))
        return
    wide = width >= _WIDE
    title = f"{words('t.undertrials')}, {words('h.day', day=words.day(page.day))}"
    table = Table(
        title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0)
    )
    table.add_column(words("c.days"), justify="right", no_wrap=True)
    table.add_column(words("c.who"), ratio=3)
    table.add_column(words("c.case"), no_wrap=True)
    table.add_column(words("c.jail"), no_wrap=True)
    if wide:
        table.add_column(words("c.sections"), ratio=2)
        table.add_column(words("c.stage"))
    table.add_column(words("c.bail"), ratio=2)
    table.add_column(words("c.next"), min_width=10)
    for row in page.rows:
        spare = [words.sections(row["sections"]), words.code(row["stage"])] if wide else []
        table.add_row(
            str(row["days_inside"]), name_of(words, row["person"]), (row["fir"] or row["root"]).removeprefix("FIR:"),
            row["jail"] or "?", *spare, _bail(words, row), _next(words, row, page),
        )  # fmt: skip
    yield table
    yield from more(words, page.next)


def _bail(words: Words, row: Json) -> Text:
    if row["bail_state"] != "GRANTED":
        return Text(words.code(row["bail_state"]))
    if row["bail_kind"] == "INTERIM":
        return Text(f"{words('GRANTED')}, {words('INTERIM')}")
    reason = row["not_released_reason"]
    why = words("s.no_reason") if reason is None else words.code(reason)
    on = "" if row["bail_granted_on"] is None else f" {words.day(row['bail_granted_on'])}"
    return Text(f"{words('GRANTED')}{on}: {why}", style="red")


def _next(words: Words, row: Json, page: Page) -> Text:
    fixed = row["next_hearing"]
    if fixed is None:
        return Text(words("none"), style="yellow")
    return Text(words.day(fixed), style="red" if fixed < page.day else "")


def event(words: Words, answer: EventAnswer) -> Iterator[RenderableType]:
    """Every content under the id, with what became of it."""
    yield Text(f"{words('id')} {answer.event_id}", style="bold")
    for content in answer.contents:
        yield rendered([_content(words, content)], None)
        body = {name: value for name, value in content["event"].items() if name not in ("type", "envelope")}
        yield Text(orjson.dumps(body, option=orjson.OPT_INDENT_2).decode(), style="dim")
    for row in answer.set_aside:
        block = Block(words("set_aside"))
        block.add(words("type"), row["type"] or "?")
        block.add(words("reason"), row["reason"], style="yellow")
        block.add(words("meaning"), row["meaning"])
        block.add(words("content"), row["detail"])
        block.add(words("known"), words.moment(row["known_at"]))
        yield rendered([block], None)


def _content(words: Words, content: Json) -> Block:
    event, why = content["event"], content["why_not"]
    envelope = event["envelope"]
    block = Block(event["type"])
    block.add(words("department"), f"{words.code(content['topic'].partition('.')[0])} ({envelope['source']})")
    block.add(words("record"), envelope["source_record"])
    exact = envelope.get("occurred_precision", "DAY") != "DAY"
    happened = words.moment(envelope["occurred_at"])
    block.add(words("happened"), happened if exact else happened.partition(" ")[0])
    block.add(words("recorded"), words.moment(envelope["recorded_at"]))
    block.add(words("known"), words.moment(content["known_at"]))
    block.add(words("counts"), words("yes") if why is None else f"{words('no')}: {why['meaning']}")
    for other in (why or {}).get("instead", ()):
        block.add(words("instead"), str(other))
    for root in content["files"]:
        block.add(words("files"), identifier(root))
    return block


def _facts(words: Words, answer: OneFile, sources: bool) -> RenderableType:
    """A file that is no case: who is held under what, or what its events say."""
    document = answer.documents[answer.file.root]
    block = Block(words("t.facts"))
    for case, hold in sorted(document.get("holds", {}).items()):
        block.add(words("under"), identifier(case))
        for spell in hold["spells"]:
            end = words.day(spell["to"]) if "to" in spell else "…"
            block.add(words("since"), f"{words.day(spell['from']) if 'from' in spell else '?'} → {end}")
        if "jail" in hold:
            block.add(words("jail"), hold["jail"]["value"], hold["jail"])
    for kind, fields in sorted(document.get("facts", {}).items()):
        for name, fact in sorted(fields.items()):
            value = fact["value"]
            text = orjson.dumps(value).decode() if isinstance(value, list | dict) else words.value(value)
            block.add(f"{kind.partition('.')[2]}.{name}", text, fact)
    return rendered([block], Sources.of(words, document) if sources else None)
