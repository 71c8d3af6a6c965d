"""An application as its citizen may see it: by its number and the second secret that the portal gave him.

Nothing about anyone else: of an FIR that came of it the number, station and day, and those only if it is not sensitive.
After five wrong secrets a number is locked for a quarter of an hour.
"""

from __future__ import annotations

import secrets
import time
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from projections.access.actor import Actor
from projections.access.marks import Marks, marks
from projections.access.purposes import Purpose
from projections.access.questions import Question
from projections.access.roles.services import CITIZEN
from projections.desk.asking import Desk
from projections.questions.errors import NotFound
from projections.questions.files import identifier_of
from projections.signin.limits import LockOut
from projections.store.reading import Reader, document

Json = dict[str, Any]

_WRONG: Final = LockOut(5, 900)
_SECRETS: Final = ("citizen.ApplicationSubmitted", "citizen.EComplaintFiled")


def application(desk: Desk, issuer: str, number: str, secret: str) -> Json:
    """The application. Raises NotUnderstood, and NotFound for a wrong number as for a wrong secret."""
    root = identifier_of(number, "APPLICATION_NO")
    actor = Actor("citizen", issuer, CITIZEN, frozenset({"APPLICATION:one"}), Purpose.CITIZEN_SERVICE)
    if _WRONG.locked(root, time.monotonic()):
        desk.refuse("citizen", issuer, "LOCKED", root)
        raise NotFound("locked")
    with desk.asking(actor, Question.APPLICATION, root, only=frozenset({f"ROOT:{root}"})) as asked:
        stored = asked.reader.file(root)
        if stored is None or not _knows(asked.reader, document(stored.content), secret):
            _WRONG.failed(root, time.monotonic())
            raise NotFound("no such application, or another secret")
        _WRONG.succeeded(root)
        asked.roots.add(root)
        found = _shown(document(stored.content))
    for fir in found["led_to"]:
        with desk.asking(actor, Question.APPLICATION, fir, only=frozenset({f"ROOT:{fir}"})) as asked:
            case = asked.reader.file(fir)
            told = None if case is None else _particulars(document(case.content))
            if told is not None:
                asked.roots.add(fir)
                found["firs"].append({"fir": fir, **told})
    return found


def _knows(reader: Reader, record: Json, secret: str) -> bool:
    given = sha256(secret.strip().encode()).hexdigest()
    right = False
    for listed in record["events"]:
        if listed["type"] not in _SECRETS:
            continue
        for one in reader.event(UUID(listed["id"])):
            wanted = str(one.event.body.get("second_secret_digest", "")).lower()
            right = right or (bool(wanted) and secrets.compare_digest(given, wanted))
    return right


def _shown(record: Json) -> Json:
    submitted, decided = record.get("submitted", {}), record.get("decided", {})
    moves = record.get("moves", [])
    last = moves[-1] if moves else {}
    promised = [entry["promised_on"] for entry in (submitted, *moves) if "promised_on" in entry]
    offices = [entry["office"] for entry in (submitted, *moves, decided) if entry.get("office")]
    led = {fir for entry in (submitted, decided) for fir in entry.get("led_to") or ()}
    return {
        "root": record["root"],
        "service": submitted.get("service"),
        "submitted_on": submitted.get("on"),
        "step": last.get("step"),
        "office": offices[-1].get("code") if offices else None,
        "promised_on": promised[-1] if promised else None,
        "decision": decided.get("decision"),
        "decided_on": decided.get("decided_on") or decided.get("on"),
        "updated_on": record["events"][-1]["occurred_at"][:10] if record["events"] else None,
        "led_to": sorted(led),
        "firs": [],
    }


def _particulars(case: Json) -> Json | None:
    """Station and day of an FIR; nothing of one that is sensitive in any way."""
    if marks(case) != Marks() or any("sensitivity" in event for event in case["events"]):
        return None
    for part in case.get("police", {}).values():
        registered = part.get("registered")
        if registered is not None:
            return {"police_station": registered.get("police_station"), "on": registered["on"]}
    return None
