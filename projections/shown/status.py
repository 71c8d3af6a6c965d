"""The full status of one accused as blocks of a sheet, in the order in which it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from projections.shown.block import Block
from projections.shown.doubts import as_of, conflicts, missing
from projections.shown.person import waits_for_release, who
from projections.shown.words import Words, identifier
from projections.store.reading import Freshness

Json = dict[str, Any]

#: Of warrants and remands, which come every two weeks, so many of the latest are shown.
_SHOWN = 3


def blocks(words: Words, status: Json, descriptions: Json, reach: Sequence[Freshness]) -> list[Block]:
    """All that is known of one accused, block by block."""
    return [
        who(words, status, descriptions),
        _what_for(words, status),
        _custody(words, status),
        _still_inside(words, status),
        _clocks(words, status),
        _bail(words, status),
        _sheet(words, status),
        _court(words, status),
        _prosecution(words, status),
        _probation(words, status),
        conflicts(words, status),
        missing(words, status),
        as_of(words, status, reach),
    ]


def told(words: Words, fact: Json | None) -> str:
    """A Fact's value, with what the others say."""
    if fact is None:
        return words("not_recorded")
    others = [
        words("but", by=words.code(other["by"]), value=words.value(other["value"]))
        for other in fact.get("others", ())
    ]
    return words.value(fact["value"]) + "".join(others)


def _style(fact: Json | None) -> str:
    return "yellow" if fact is None or "others" in fact else ""


def _joined(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)


def _what_for(words: Words, status: Json) -> Block:
    block = Block(words("t.for"))
    now = status["sections"]
    block.add(words("sections"), told(words, now), now, style=_style(now))
    if status["sections_stage"] is not None:
        block.add(words("from"), words.code(status["sections_stage"]))
    for stage, fact in status["sections_by_stage"].items():
        if stage != status["sections_stage"] and now is not None and fact["value"] != now["value"]:
            block.add(words("before"), f"{words.code(stage)}: {told(words, fact)}", fact)
    for entry in status["arrests"]:
        outcome = entry.get("outcome")
        text = _joined(words.day(entry["on"]), entry.get("place"), outcome and words.code(outcome))
        block.add(words("arrest"), text, entry)
    for entry in status["surrenders"]:
        block.add(words("surrender"), _joined(words.day(entry["on"]), entry.get("court")), entry)
    for entry in status["antecedents"]:
        found = [
            _joined(words.sections(one.get("sections", [])), one.get("court")) for one in entry["convictions"]
        ]
        block.add(
            words("antecedents"), f"{words.day(entry['on'])}: {'; '.join(found) or words('none')}", entry
        )
    return block


def _custody(words: Words, status: Json) -> Block:
    block = Block(words("t.custody"))
    held = status["custody"]
    inside = held["inside"]
    block.add(words("inside"), told(words, inside), inside, style=_style(inside))
    if inside["value"]:
        days = status["today"]["days_inside"]
        since = told(words, held["since"]) + ("" if days is None else f" ({words('days', n=days)})")
        block.add(words("jail"), told(words, held["jail"]), held["jail"], style=_style(held["jail"]))
        block.add(words("since"), since, held["since"], style=_style(held["since"]))
        until = held["warrant_valid_to"]
        late = "red" if status["today"]["warrant_expired"] else _style(until)
        block.add(words("warrant"), told(words, until), until, style=late)
    for row in held["held_under"]:
        block.add(words("under"), identifier(row["identifier"]), row)
    _earlier(words, block, "warrants", held["warrants"])
    for entry in held["warrants"][-_SHOWN:]:
        until_day = entry.get("valid_to")
        text = _joined(
            words.day(entry["on"]), entry.get("warrant_number"), entry.get("court"),
            until_day and words("until", on=words.day(until_day)),
        )  # fmt: skip
        block.add(words("warrants"), text, entry)
    _earlier(words, block, "remand", status["remands"])
    for entry in status["remands"][-_SHOWN:]:
        kind, end = entry.get("custody_kind"), entry.get("to_date")
        text = _joined(
            words.day(entry["on"]), entry.get("court"), kind and words.code(kind),
            end and words("until", on=words.day(end)),
        )  # fmt: skip
        block.add(words("remand"), text, entry)
    for spell in held["spells"]:
        if "to" in spell:
            begun = words.day(spell["from"]) if "from" in spell else "?"
            why = spell.get("ground") or spell.get("why")
            text = _joined(words("span", begin=begun, end=words.day(spell["to"])), why and words.code(why))
            block.add(words("spell"), text, {"event": spell["closed"]})
    for entry in held["productions"][-1:]:
        how = words.code(entry["mode"]) if "mode" in entry else None
        why = words.code(entry["reason"]) if "reason" in entry else None
        came = words("produced" if entry["produced"] else "not_produced")
        block.add(words("production"), _joined(words.day(entry["hearing_date"]), came, how, why), entry)
    for entry in held["transfers"]:
        way = f"{entry.get('from_jail', '?')} → {entry.get('to_jail', '?')}"
        block.add(words("transfer"), _joined(words.day(entry["on"]), way), entry)
    if "in_transit" in held:
        block.add(
            words("transit"), held["in_transit"].get("to_jail", "?"), held["in_transit"], style="yellow"
        )
    for jail, event in held.get("also_claimed_by", {}).items():
        block.add(words("claimed"), jail, {"event": event}, style="yellow")
    if "interim" in held:
        until_day = held["interim"].get("until")
        text = words("not_recorded") if until_day is None else words.day(until_day)
        block.add(
            words("interim"),
            text,
            held["interim"],
            style="red" if status["today"]["interim_overdue"] else "",
        )
    return block


def _earlier(words: Words, block: Block, label: str, entries: list[Json]) -> None:
    if len(entries) > _SHOWN:
        block.add(words(label), words("earlier", n=len(entries) - _SHOWN), style="dim")


def _still_inside(words: Words, status: Json) -> Block:
    block = Block(words("t.inside"))
    if not waits_for_release(status):
        return block
    why = status["bail"]["still_inside"]
    reason = why["reason"]
    text = words("s.no_reason") if reason is None else words.code(reason["value"])
    block.add(words("granted"), words.day(why["granted_on"]), {"event": why["event"]})
    block.add(words("reason"), text, reason, style="red")
    for label, key in (("bond", "bond_accepted"), ("release_warrant", "release_warrants"),
                       ("order", "orders_received")):  # fmt: skip
        if not why[key]:
            block.add(words(label), words("not_recorded"), style="yellow")
        for entry in why[key]:
            number = entry.get("warrant_number") or entry.get("order_number")
            block.add(words(label), _joined(words.day(entry["on"]), number), entry)
    for entry in why["refusals"]:
        fields = ", ".join(one["field"] for one in entry.get("mismatches", ()))
        because = words.code(entry.get("reason", "UNKNOWN"))
        block.add(words("refusal"), _joined(words.day(entry["on"]), because, fields), entry, style="yellow")
    return block


#: In this order: what cannot wait first, what is over last.
_URGENT: Final = ("LAPSED", "DUE", "DUE_SOON", "NEEDS_REVIEW", "RUNNING", "MET", "STOPPED")


def _clocks(words: Words, status: Json) -> Block:
    """Every clock that applies, as the sentence that a lawyer can check against the section."""
    block = Block(words("t.clocks"))
    running = [clock for clock in status["clocks"] if clock["status"] in _URGENT]
    for clock in sorted(running, key=lambda one: (_URGENT.index(one["status"]), one["due_date"] or "9999")):
        said = [{"event": event} for one in clock["inputs"].values() for event in one["events"]]
        unique = {one["event"]: one for one in said}
        style = {"LAPSED": "red", "DUE": "red", "DUE_SOON": "yellow", "NEEDS_REVIEW": "yellow"}.get(
            clock["status"], ""
        )
        block.add(clock["law"], clock["text"][words.language], *unique.values(), style=style)
    return block


def _bail(words: Words, status: Json) -> Block:
    block = Block(words("t.bail"))
    bail = status["bail"]
    kind = words.code(bail["kind"]) if bail["kind"] else None
    block.add(words("state"), _joined(words.code(bail["state"]), kind), {"event": bail["event"]})
    for entry in bail["history"]:
        of_kind = words.code(entry["bail_kind"]) if "bail_kind" in entry else None
        why = words.code(entry["reason"]) if "reason" in entry else None
        number = entry.get("application_no") or entry.get("order_number") or entry.get("warrant_number")
        text = _joined(words.day(entry["on"]), words.code(entry["what"]), of_kind, number, why)
        block.add(words("history"), text, entry)
    return block


def _sheet(words: Words, status: Json) -> Block:
    block = Block(words("t.sheet"))
    sheet = status["charge_sheet"]
    for label, entries in (("submitted", sheet["claimed"]), ("consumed", sheet["consumed"])):
        for entry in entries:
            kinds = [words.code(entry[key]) for key in ("kind", "series") if key in entry]
            block.add(
                words(label), _joined(words.day(entry["on"]), entry.get("report_number"), *kinds), entry
            )
    received = sheet["received_on"]
    if received is not None:
        block.add(words("received"), told(words, received), received, style=_style(received))
    if sheet["outcome"] is not None:
        block.add(
            words("outcome"), told(words, sheet["outcome"]), sheet["outcome"], style=_style(sheet["outcome"])
        )
    return block


def _court(words: Words, status: Json) -> Block:
    block = Block(words("t.court"))
    hearing = status["hearing"]
    block.add(words("stage"), words.code(status["stage"]["value"]), status["stage"])
    for entry in status["results"]:
        block.add(words("result"), _joined(words.day(entry["on"]), words.code(entry["what"])), entry)
    block.add(words("last"), told(words, hearing["last"]), hearing["last"])
    if hearing["passed"] is not None:
        block.add(words("passed"), told(words, hearing["passed"]), hearing["passed"], style="red")
    else:
        block.add(words("next"), told(words, hearing["next"]), hearing["next"], style=_style(hearing["next"]))
    count = ", ".join(f"{words.code(by)} {n}" for by, n in hearing["adjourned_by"].items())
    block.add(words("adjourned"), count)
    for entry in hearing["adjournments"][-1:]:
        why = words.code(entry["reason"]) if "reason" in entry else None
        asked = words.code(entry.get("asked_by", "UNKNOWN"))
        block.add(words("adjournment"), _joined(words.day(entry["date"]), asked, why), entry)
    return block


def _prosecution(words: Words, status: Json) -> Block:
    block = Block(words("t.prosecution"))
    part = status["prosecution"]
    allotted = part["allotted"]
    if allotted is not None:
        office = allotted.get("prosecutor", {}).get("code")
        block.add(
            words("office"), _joined(office, allotted.get("court"), words.day(allotted["on"])), allotted
        )
    for entry in part["scrutiny"]:
        due = entry.get("due_on")
        block.add(
            words("scrutiny"),
            _joined(
                words.day(entry["on"]), entry.get("report_number"), due and words("until", on=words.day(due))
            ),
            entry,
        )
    for entry in part["open_defects"]:
        code, due = entry.get("defect_code"), entry.get("due_on")
        text = _joined(entry["defect_no"], code and words.code(code), words.day(entry["on"]),
                       due and words("until", on=words.day(due)))  # fmt: skip
        block.add(words("defect"), text, entry, style="yellow")
    return block


def _probation(words: Words, status: Json) -> Block:
    block = Block(words("t.probation"))
    part = status["probation"]
    for entry in part["due"]:
        kind, due = entry.get("report_kind"), entry.get("due_on")
        late = "red" if entry["number"] in status["today"]["reports_overdue"] else ""
        text = _joined(
            identifier(entry["number"]), kind and words.code(kind), due and words("until", on=words.day(due))
        )
        block.add(words("report_due"), text, entry, style=late)
    for entry in part["submitted"]:
        kind, found = entry.get("report_kind"), entry.get("recommendation")
        text = _joined(words.day(entry["on"]), kind and words.code(kind), found and words.code(found))
        block.add(words("report"), text, entry)
    for entry in part["supervision"]:
        days = [words.day(entry[key]) if key in entry else "?" for key in ("starts_on", "ends_on")]
        block.add(
            words("supervision"),
            _joined(words("span", begin=days[0], end=days[1]), entry.get("home_police_station")),
            entry,
        )
    return block
