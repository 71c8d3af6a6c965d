"""What the further departments say in a case: every event that reaches one is folded by somebody, and tells."""

from __future__ import annotations

import re
from typing import Any

import pytest

from projections.files.case import HANDLERS
from projections.files.fold import fold
from projections.files.state import FileInput
from projections.linking.claims import ACTS_ONLY
from schemas.catalogue import CATALOGUE
from schemas.complete import complete
from schemas.examples import example
from schemas.plain import from_plain
from tests.projections.files.world import FIR, in_order, of_record
from tests.schemas.samples import SALT_KEY

#: Records that reach no case, and what is told by the list of events alone.
_ELSEWHERE = {"prison.HeadcountTaken", "prosecution.CourtRosterSet"}


def told(*kinds: str, **changed: Any) -> dict[str, Any]:
    """The case of FIR of the examples of these types."""
    members = []
    for kind in kinds:
        plain = {**example(kind), **changed}
        members.append(of_record(kind, complete(kind, from_plain(plain)[1], SALT_KEY)))
    here = FileInput(FIR, frozenset({FIR, *(m.anchor for m in members)}), (), ())
    return fold(here, in_order(members)).document


def test_every_event_that_reaches_a_case_is_folded_there() -> None:
    assert set(CATALOGUE) - ACTS_ONLY - set(HANDLERS) == _ELSEWHERE


@pytest.mark.parametrize("kind", sorted(set(HANDLERS) - {"prison.MedicalCategorySet"}))
def test_a_case_can_take_the_example_of_any_event(kind: str) -> None:
    document = told(kind)
    assert not document["incomplete"]
    listed = [row["type"] for row in document["events"]]
    # Holds that no link leads to, and a certificate, are nobody's business here.
    apart = kind.startswith(("prison.", "citizen.Application"))
    assert listed == ([kind] if not apart else listed)


def test_a_call_is_told_in_the_case_as_in_its_own_file() -> None:
    kinds = ("emergency.IncidentReported", "emergency.UnitArrived", "emergency.IncidentClosed")
    (origin,) = told(*kinds)["origins"].values()
    assert set(origin) == {"reported", "arrived", "closed"}
    assert origin["closed"]["led_to"] == [FIR]


@pytest.mark.parametrize("service", ["SECRET_TIP", "TENANT_VERIFICATION", "UNKNOWN"])
def test_a_tip_and_a_verification_stand_in_no_case(service: str) -> None:
    document = told("citizen.ApplicationSubmitted", "citizen.ApplicationMoved", service=service)
    assert document["origins"] == {}
    assert document["events"] == []
    assert told("citizen.ApplicationMoved", service="MISSING_PERSON")["origins"]


def test_an_exhibit_is_followed_from_the_seizure_to_the_report() -> None:
    exhibits = told(
        "police.SeizureMade", "police.ExhibitSent", "forensics.ExhibitReceived", "forensics.ReportIssued"
    )["exhibits"]
    (seizure,), (sent,), (laboratory,) = (
        exhibits["seizures"],
        exhibits["sent"],
        exhibits["laboratory"].values(),
    )
    assert seizure["seizure_list_number"] == sent["seizure_list_number"]
    assert sent["fsl_no"] in exhibits["laboratory"]
    assert laboratory["report"]["opinion_class"] == "POSITIVE"


def test_an_attachment_meets_its_confirmation_by_the_number_of_the_order() -> None:
    (order,) = told("economic.PropertyAttached", "economic.AttachmentConfirmed")["economic"][
        "attachments"
    ].values()
    assert order["attached"]["total_value"] == 3450000
    assert [entry["result"] for entry in order["decisions"]] == ["CONFIRMED"]


def test_a_process_meets_its_execution_by_the_courts_number() -> None:
    (process,) = told("court.ProcessIssued", "police.ProcessExecuted")["processes"].values()
    assert process["issued"]["process_kind"] == "SUMMONS"
    assert [entry["result"] for entry in process["executed"]] == ["SERVED"]


def test_an_excise_stations_case_has_the_parts_of_a_police_case() -> None:
    document = told(
        "excise.ExciseCaseRegistered", "excise.ExciseArrestMade", "excise.ExciseFinalReportSubmitted"
    )
    (part,) = document["police"].values()
    assert part["registered"]["case_number"] == "88"
    assert part["sections"]["value"] == ["BPEA 30(a)"]
    assert len(part["reports"]) == 1
    (record,) = document["references"].values()
    assert record["arrests"]
    assert record["outcome"]["value"] == "SENT_UP"


def test_no_token_of_a_victim_or_witness_is_in_a_file() -> None:
    for kind in sorted(HANDLERS):
        assert not re.search(r"\b(VT|WT|CT|AT|CL|IN|ST|DT)-[0-9a-f]{6}", str(told(kind))), kind


def test_a_file_is_as_sensitive_as_the_most_sensitive_of_its_members() -> None:
    members = []
    for place, sensitivity in enumerate(("NORMAL", "CHILD_VICTIM", "SENSITIVE_FIR")):
        plain = example("police.FirRegistered")
        plain["envelope"] |= {"sensitivity": sensitivity, "source_seq": place + 1}
        members.append(
            of_record(
                "police.FirRegistered", complete("police.FirRegistered", from_plain(plain)[1], SALT_KEY)
            )
        )
    here = FileInput(FIR, frozenset({FIR}), (), ())
    assert fold(here, members[:1]).document["sensitivity"] == "NORMAL"
    assert fold(here, members).document["sensitivity"] == "CHILD_VICTIM"
