"""The judgement as a page to sign off (HTML, stands alone) and as text, in English and Hindi."""

from __future__ import annotations

from html import escape
from typing import Any

import orjson

from ops.base.clock import INDIA
from ops.contract.judging import Compatibility, Judgement, Sample, Shown

_STYLE = """
body{font:15px/1.5 system-ui,"Noto Sans Devanagari",sans-serif;max-width:60rem;margin:2rem auto;
padding:0 1rem;color:#1a1a1a}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem;border-bottom:1px solid #bbb}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;border:1px solid #ccc}
pre{background:#f4f4f4;padding:.6rem;overflow-x:auto;font-size:13px}.bad{color:#a00000}.good{color:#005f20}
.sign td{height:3rem;width:33%}@media print{pre{white-space:pre-wrap}}
"""


def html(judgement: Judgement) -> str:
    """The page. It holds the samples: keep it as the department keeps its records."""
    events = sum(len(sample.events) for sample in judgement.samples)
    faults = sum(bool(sample.faults) for sample in judgement.samples)
    verdict = (
        '<p class="good"><strong>Sound: the samples keep the contract. / नमूने अनुबंध के अनुरूप हैं।</strong></p>'
        if judgement.sound
        else '<p class="bad"><strong>Not yet: correct what is listed below. / अभी नहीं: नीचे लिखी बातें सुधारें।</strong></p>'
    )
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Contract: {escape(judgement.name)}</title>'
        f"<style>{_STYLE}</style></head><body>"
        f"<h1>Contract report / अनुबंध प्रतिवेदन: {escape(judgement.name)}</h1>"
        f"<p>{judgement.at.astimezone(INDIA):%d-%m-%Y %H:%M} · {len(judgement.samples)} samples / नमूने · "
        f"{events} events / सूचनाएँ · {faults} with faults / दोषपूर्ण</p>{verdict}"
        + _compatibility(judgement.compatibility)
        + "".join(_sample(sample) for sample in judgement.samples)
        + _SIGN
        + "</body></html>\n"
    )


_SIGN = (
    "<h2>Sign-off / स्वीकृति</h2><table class='sign'><tr><th>Department / विभाग</th><th>Exchange / विनिमय</th>"
    "<th>Date / तिथि</th></tr><tr><td></td><td></td><td></td></tr></table>"
)


def _compatibility(found: tuple[Compatibility, ...]) -> str:
    rows = "".join(
        f"<tr><td>{escape(one.type)}</td><td>{one.versions}</td><td>"
        + ("<br>".join(escape(reason) for reason in one.conflicts) or "compatible / संगत")
        + "</td></tr>"
        for one in found
    )
    return (
        "<h2>Schemas / स्कीमा</h2><table><tr><th>Event / सूचना</th><th>Versions / संस्करण</th>"
        f"<th>Result / परिणाम</th></tr>{rows}</table>"
    )


def _sample(sample: Sample) -> str:
    faults = "".join(
        f'<tr class="bad"><td>{escape(fault.reason)}</td><td>{escape(fault.where)}</td>'
        f"<td>{escape(fault.english)}<br>{escape(fault.hindi)}</td></tr>"
        for fault in sample.faults
    )
    notes = "".join(f"<li>{escape(note.english)}<br>{escape(note.hindi)}</li>" for note in sample.notes)
    return (
        f"<h2>Line / पंक्ति {sample.line}</h2>"
        + (f"<table>{faults}</table>" if faults else "")
        + (f"<ul>{notes}</ul>" if notes else "")
        + "".join(_event(one) for one in sample.events)
        + (f"<p>As given / जैसा मिला:</p><pre>{escape(_json(sample.given))}</pre>" if sample.faults else "")
    )


def _event(one: Shown) -> str:
    linked = "<br>".join(f"{escape(kind)}: {escape(other)}" for kind, other in one.joins) or "–"
    return (
        f"<table><tr><th>Event / सूचना</th><td>{escape(one.type)}</td></tr>"
        f"<tr><th>Topic, key / टॉपिक, कुंजी</th><td>{escape(one.topic)}, {escape(one.key)}</td></tr>"
        f"<tr><th>Links / कड़ियाँ</th><td>{linked}</td></tr>"
        f"<tr><th>File / फ़ाइल</th><td>{escape(', '.join(one.files)) or '–'}</td></tr></table>"
        f"<pre>{escape(_json(one.event))}</pre>"
    )


def text(judgement: Judgement) -> str:
    """The judgement for a terminal: a paragraph a line."""
    lines = []
    for sample in judgement.samples:
        for one in sample.events:
            reach = ", ".join(one.files) or "no file"
            lines.append(f"line {sample.line}: {one.type} on {one.topic}, key {one.key}; joins {reach}")
            lines += [f"    {kind}: {other}" for kind, other in one.joins]
        for fault in sample.faults:
            lines += [
                f"line {sample.line}: {fault.reason}: {fault.where}",
                f"    {fault.english}",
                f"    {fault.hindi}",
            ]
        for note in sample.notes:
            lines += [f"line {sample.line}: note: {note.english}", f"    {note.hindi}"]
    for compatible in judgement.compatibility:
        told = "; ".join(compatible.conflicts) or f"compatible with {compatible.versions} version(s)"
        lines.append(f"schema {compatible.type}: {told}")
    lines.append("sound / अनुरूप" if judgement.sound else "not yet sound / अभी अनुरूप नहीं")
    return "\n".join(lines) + "\n"


def plain(judgement: Judgement) -> dict[str, Any]:
    """The judgement for programs, ready for JSON."""
    return {
        "name": judgement.name,
        "sound": judgement.sound,
        "samples": [
            {
                "line": sample.line,
                "events": [
                    {
                        "type": one.type, "topic": one.topic, "key": one.key, "source": one.source, "event": one.event,
                        "joins": [{"kind": kind, "other": other} for kind, other in one.joins],
                        "files": list(one.files),
                    }
                    for one in sample.events
                ],
                "faults": [
                    {"reason": f.reason, "where": f.where, "english": f.english, "hindi": f.hindi}
                    for f in sample.faults
                ],
                "notes": [{"english": note.english, "hindi": note.hindi} for note in sample.notes],
            }
            for sample in judgement.samples
        ],
        "schemas": [
            {"type": one.type, "versions": one.versions, "conflicts": list(one.conflicts)}
            for one in judgement.compatibility
        ],
    }  # fmt: skip


def _json(value: Any) -> str:
    if isinstance(value, str):
        return value
    return orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS, default=str).decode()
