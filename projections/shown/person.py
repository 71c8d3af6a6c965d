"""Who an accused is, and his status in one sentence."""

from __future__ import annotations

from typing import Any

from projections.files.names import normalised
from projections.questions.people import person_of
from projections.shown.block import Block
from projections.shown.words import Words, identifier

Json = dict[str, Any]

_RELATIVE = {"SPOUSE": "m.spouse", "GUARDIAN": "m.guardian"}


def name_of(words: Words, person: Json) -> str:
    """Name, relative and village, as far as they are known: two men of one name are told apart by the rest."""
    native = person.get("name_native") if words.language == "hi" else None
    parts = [native or person.get("name") or words("no_name")]
    if person.get("relative_name"):
        child = {"M": "m.son", "F": "m.daughter"}.get(person.get("gender", ""), "m.child")
        key = _RELATIVE.get(person.get("relation", ""), child)
        parts.append(words(key, name=person["relative_name"]))
    if person.get("village"):
        parts.append(person["village"])
    return ", ".join(parts)


def sentence(words: Words, status: Json, person: Json) -> str:
    """The one sentence that comes first."""
    return f"{name_of(words, person)}: {'; '.join(_clauses(words, status))}{words('s.end')}"


def _clauses(words: Words, status: Json) -> list[str]:
    custody, bail, hearing, today = status["custody"], status["bail"], status["hearing"], status["today"]
    inside = custody["inside"]
    told: list[str] = []
    if not inside["value"]:
        told.append(words("s.outside"))
    elif inside["by"] == "prison":
        jail, since = custody["jail"], custody["since"]
        told.append(
            words(
                "s.inside",
                jail=words("not_recorded") if jail is None else jail["value"],
                since=words("not_recorded") if since is None else words.day(since["value"]),
                days="?" if today["days_inside"] is None else today["days_inside"],
            )
        )
    else:
        told.append(words("s.by_court"))
    if "others" in inside:
        told.append(words("s.differ"))
    if waits_for_release(status):
        reason = bail["still_inside"]["reason"]
        why = words("s.no_reason") if reason is None else words.code(reason["value"])
        told.append(words("s.granted", on=words.day(bail["granted_on"]), reason=why))
    elif bail["state"] != "NONE" or inside["value"]:
        kind = f" ({words.code(bail['kind'])})" if bail["kind"] == "INTERIM" else ""
        told.append(words("s.bail", state=words.code(bail["state"]) + kind))
    told.append(words.code(status["stage"]["value"]))
    if today["warrant_expired"]:
        told.append(words("s.expired", on=words.day(custody["warrant_valid_to"]["value"])))
    if hearing["next"] is not None:
        told.append(words("s.next", on=words.day(hearing["next"]["value"])))
    elif hearing["passed"] is not None:
        told.append(words("s.passed", on=words.day(hearing["passed"]["value"])))
    elif inside["value"]:
        told.append(words("s.no_next"))
    return told


def waits_for_release(status: Json) -> bool:
    """Whether bail was granted and no release has followed; one who was let out on it and is back does not wait."""
    return "still_inside" in status["bail"]


def who(words: Words, status: Json, descriptions: Json) -> Block:
    """Names, other spellings, age, what each department calls him."""
    block = Block(words("t.who"))
    references = status["references"]
    person = person_of(descriptions, references)
    facts = [descriptions[ref]["name"] for ref in references if "name" in descriptions.get(ref, ())]
    block.add(words("name"), name_of(words, person), *facts[:1])
    seen = {normalised(person.get("name", "")), ""}
    for fact in facts:
        for said in (fact, *fact.get("others", ())):
            if normalised(said["value"]) not in seen:
                seen.add(normalised(said["value"]))
                block.add(words("also"), f"{said['value']} ({words.code(said['by'])})", said)
    aged = [words("m.age", n=person["age_stated"])] if person.get("age_stated") is not None else []
    aged += [words.code(person["gender"])] if person.get("gender") else []
    block.add(words("person"), ", ".join(aged))
    for ref in references:
        block.add(words("refs"), words.reference(ref), *_joining(status, ref))
    for row in status["unsettled"]:
        others = [words.reference(ref) for ref in row["references"] if ref not in references]
        block.add(words("unsettled"), f"{words.code(row['why'])}: {'; '.join(others)}", style="yellow")
    return block


def _joining(status: Json, ref: str) -> list[Json]:
    return [
        {"event": row["event"]}
        for row in status["joined_by"]
        if "event" in row and ref in (row.get("a"), row.get("b"))
    ]


def case_block(words: Words, document: Json) -> Block:
    """The case itself: its FIRs and court numbers."""
    block = Block(f"{words('t.case')} {identifier(document['root'])}")
    for fir, part in sorted(document["police"].items()):
        registered = part.get("registered")
        if registered is not None:
            told = [registered.get("police_station"), registered.get("district"), words.day(registered["on"])]
            block.add(words("fir"), f"{identifier(fir)}: {', '.join(one for one in told if one)}", registered)
    for number, part in sorted(document["court"].items()):
        court, written = part.get("court"), part.get("case_number")
        told = [fact["value"] for fact in (court, written) if fact is not None]
        block.add(words("number"), f"{identifier(number)}: {', '.join(told)}", court, written)
    for row in document["incomplete"]:
        why = f"{row['topic']}: {row['type'] or '?'}, {words.code(row['reason'])}"
        block.add(words("set_aside"), why, {"event": row["id"]}, style="yellow")
    return block
