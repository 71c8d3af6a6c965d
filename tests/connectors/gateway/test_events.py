"""What a department is answered when it publishes: kept, known, refused each by itself, and only what is its own."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import orjson
import pytest

from connectors.gateway.body import LINES
from connectors.gateway.plain_form import EXAMPLE
from connectors.outbox.records import Refusal
from tests.fix_gateway import Gate

Json = dict[str, Any]


def hearing(n: int = 1, **envelope: Any) -> Json:
    return EXAMPLE | {"envelope": EXAMPLE["envelope"] | {"source_record": f"hearing/{n}"} | envelope}


def test_an_event_is_kept_with_its_number_and_is_known_when_it_comes_again(gate: Gate) -> None:
    first, again = gate.post("court", "/events", hearing()), gate.post("court", "/events", hearing())
    assert (first.status_code, again.status_code) == (202, 202)
    (kept,), (known,) = first.json()["items"], again.json()["items"]
    assert (kept["status"], kept["source_seq"]) == ("KEPT", 1)
    assert known == kept | {"status": "KNOWN"}
    receipt = gate.client.get(f"/receipts/{kept['event_id']}", headers=gate.token("court")).json()
    assert (receipt["state"], receipt["source_seq"], receipt["topic"]) == ("WAITING", 1, "court.events")
    assert gate.connector.outbox.waiting == 1


def test_of_a_batch_each_event_stands_by_itself(gate: Gate) -> None:
    misspelt = hearing(2) | {"cuort": "BRPA01"}
    answer = gate.post("court", "/events", [hearing(1), misspelt, hearing(3), 7, hearing(1)])
    assert answer.status_code == 207
    told = answer.json()
    assert (told["accepted"], told["refused"]) == (3, 2)
    assert [item["status"] for item in told["items"]] == ["KEPT", "REFUSED", "KEPT", "REFUSED", "KNOWN"]
    assert (told["items"][1]["reason"], told["items"][1]["detail"]) == (
        "PLAIN_INVALID",
        "cuort: no such field",
    )
    assert [item.get("source_seq") for item in told["items"]] == [1, None, 2, None, 1]


def test_lines_are_taken_one_by_one_and_one_that_is_no_json_harms_itself_alone(gate: Gate) -> None:
    body = orjson.dumps(hearing(1)) + b"\n{\n\n" + orjson.dumps(hearing(2))
    headers = gate.token("court") | {"Content-Type": LINES}
    answer = gate.client.post("/events", content=body, headers=headers)
    assert [item["status"] for item in answer.json()["items"]] == ["KEPT", "REFUSED", "KEPT"]
    assert answer.json()["items"][1]["reason"] == "NOT_JSON"


def test_one_id_with_another_content_is_a_conflict(gate: Gate) -> None:
    event_id = str(UUID(int=1 << 70))
    assert gate.post("court", "/events", hearing(1, event_id=event_id)).status_code == 202
    answer = gate.post("court", "/events", hearing(2, event_id=event_id))
    assert answer.status_code == 409
    assert answer.json()["items"][0]["reason"] == "ID_REUSED"


def test_what_was_voided_may_come_again(gate: Gate) -> None:
    gate.post("court", "/events", hearing())
    gate.connector.outbox.settle([], [Refusal(1, "SCHEMA_REFUSED")])
    (item,) = gate.post("court", "/events", hearing()).json()["items"]
    assert (item["status"], item["source_seq"]) == ("KEPT", 3)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"type": "police.ArrestMade"}, "published by police"),
        ({"type": "hub.LinkConfirmed"}, "published by hub"),
        ({"type": "common.WindowClosed"}, "made by the gateway"),
        (hearing(source="police.cctns/PS-PATKOT"), "must begin with court.cis/BR"),
        (hearing(source="court.cis/UP01"), "must begin with court.cis/BR"),
    ],
)
def test_a_department_publishes_its_own_events_alone(gate: Gate, change: Json, said: str) -> None:
    answer = gate.post("court", "/events", hearing() | change)
    assert answer.status_code == 403
    assert answer.headers["content-type"] == "application/problem+json"
    assert said in answer.json()["detail"]
    assert gate.connector.outbox.waiting == 0


def test_another_departments_receipt_is_not_shown(gate: Gate) -> None:
    (item,) = gate.post("court", "/events", hearing()).json()["items"]
    assert gate.client.get(f"/receipts/{item['event_id']}", headers=gate.token("police")).status_code == 404


def test_validate_shows_the_event_and_keeps_nothing(gate: Gate) -> None:
    answer = gate.post("court", "/validate", [hearing(), hearing() | {"type": "court.Nothing"}])
    assert answer.status_code == 200
    valid, refused = answer.json()["items"]
    assert (valid["status"], valid["topic"], valid["key"]) == (
        "VALID",
        "court.events",
        "CNR:BRPA010001232025",
    )
    assert valid["event"]["envelope"]["event_id"] == valid["event_id"]
    assert (refused["status"], refused["reason"]) == ("REFUSED", "TYPE_UNKNOWN")
    assert gate.connector.outbox.waiting == 0


def test_a_source_that_numbers_itself_gives_its_own_numbers(gate: Gate) -> None:
    gate.add("prison", 'sources = ["prison.eprisons/"]\nnumbers_itself = true')
    envelope = EXAMPLE["envelope"] | {
        "source": "prison.eprisons/BR-0123",
        "anchor": {"kind": "PID", "value": "BR-0123-45678"},
    }
    admitted = {"type": "prison.Admitted", "envelope": envelope | {"source_seq": 41}}
    taken = {"type": "prison.Released", "envelope": envelope | {"source_seq": 41}}
    unnumbered = {"type": "prison.Admitted", "envelope": envelope}
    answer = gate.post("prison", "/events", [admitted, taken, unnumbered])
    assert [(i["status"], i.get("source_seq"), i.get("reason")) for i in answer.json()["items"]] == [
        ("KEPT", 41, None), ("REFUSED", None, "NUMBER_TAKEN"), ("REFUSED", None, "PLAIN_INVALID"),
    ]  # fmt: skip


def test_a_trace_that_the_department_began_goes_on(gate: Gate) -> None:
    trace = "00-" + "a" * 32 + "-" + "b" * 16 + "-01"
    gate.client.post("/events", json=hearing(), headers=gate.token("court") | {"traceparent": trace})
    assert dict(gate.connector.outbox.unsent(0, 1)[0].headers)["traceparent"] == trace.encode()


def test_who_one_is_and_how_things_are(gate: Gate) -> None:
    me = gate.client.get("/publisher", headers=gate.token("court")).json()
    assert (me["department"], me["sources"]) == ("court", ["court.cis/BR"])
    assert "court.BailGranted" in me["types"]
    assert "common.Retracted" in me["types"]
    assert not {"police.ArrestMade", "common.WindowClosed"} & set(me["types"])
    assert gate.client.get("/health").json()["waiting"] == 0
    assert "sangam_gateway_seconds" in gate.client.get("/metrics").text
