"""What a CaseFile and a CustodyFile take from the jail: the holds of this case, and where the person is."""

from __future__ import annotations

from typing import Any

from projections.files.fold import fold
from projections.files.state import FileInput
from projections.files.status import status
from projections.linking.model import CONTINUES, HELD_UNDER, Link
from schemas.event import Event
from tests.projections.files.world import (
    A1,
    CNR,
    FIR,
    HELD,
    OTHER_FIR,
    PID,
    TRIED,
    case_input,
    event,
    hold,
    in_order,
    link,
    person,
)

Json = dict[str, Any]
JAIL, NEXT_JAIL = "BR-0123", "BR-0124"
F9 = "FIR:BR-PATKOT-2025-0129"


def prison(name: str, on: str, *cases: Json, jail: str = JAIL, **body: Any) -> Event:
    if name != "TransferredOut":
        body["cases"] = list(cases)
    return event(f"prison.{name}", PID, on, jail=jail, **body)


def custody(*events: Event, links: tuple[Link, ...] = ()) -> Json:
    """The section of the one prisoner whom the file knows."""
    found = fold(case_input(*links), in_order(events)).document
    section: Json = status(found, found["accused"][0]["id"])["custody"]
    return section


def where(section: Json) -> tuple[bool, str | None, str | None]:
    jail, since = section["jail"], section["since"]
    return section["inside"]["value"], jail and jail["value"], since and since["value"]


def test_a_hold_in_another_case_is_no_hold_here_and_its_event_is_not_listed() -> None:
    document = fold(
        case_input(link(HELD_UNDER, PID, OTHER_FIR)),
        [
            prison("Admitted", "2025-01-02", hold(FIR)),
            prison("NotReleasedReason", "2025-01-05", hold(OTHER_FIR)),
        ],
    ).document
    assert [row["type"] for row in document["events"]] == ["prison.Admitted"]
    assert OTHER_FIR not in repr(document)


def test_a_release_in_another_case_leaves_this_hold_standing() -> None:
    section = custody(
        prison("Admitted", "2025-01-02", hold(FIR)), prison("Released", "2025-01-05", hold(OTHER_FIR))
    )
    assert where(section) == (True, JAIL, "2025-01-02")


def test_a_release_that_names_no_case_is_about_the_person() -> None:
    section = custody(prison("Admitted", "2025-01-02", hold(FIR)), prison("Released", "2025-01-05"))
    assert where(section) == (False, None, None)


def test_a_misnamed_hold_counts_where_a_reviewer_reads_it_as_this_case() -> None:
    wrong = prison("Admitted", "2025-01-02", hold(F9, who=f"CCTNS_CODE:{F9}:A1"))
    assert fold(case_input(), [wrong]).document["accused"] == []
    read = link(HELD_UNDER, PID, FIR, in_place_of=(F9,))
    document = fold(FileInput(FIR, frozenset({FIR, CNR, PID}), (read, TRIED), ()), [wrong]).document
    # The code is read in the case in whose place the misnamed one stood.
    assert document["accused"][0]["references"] == [A1, PID]
    assert document["references"][PID]["written_as"] == {F9: str(wrong.event_id)}


def test_two_wrong_numbers_for_one_case_are_both_read_as_it() -> None:
    first = prison("Admitted", "2025-01-02", hold(F9))
    last = prison("Released", "2025-01-30", hold(OTHER_FIR))
    read = link(HELD_UNDER, PID, FIR, in_place_of=(F9, OTHER_FIR))
    document = fold(FileInput(FIR, frozenset({FIR, CNR, PID}), (read, TRIED), ()), [first, last]).document
    assert {*document["references"][PID]["written_as"]} == {F9, OTHER_FIR}
    assert [spell["to"] for spell in document["references"][PID]["custody"]["spells"]] == ["2025-01-30"]


def test_a_hold_that_a_reviewer_reads_as_another_case_is_none_here() -> None:
    read = link(HELD_UNDER, PID, OTHER_FIR, in_place_of=(FIR,))
    document = fold(case_input(read), [prison("Admitted", "2025-01-02", hold(FIR))]).document
    assert document["accused"] == []


def test_a_rejected_hold_does_not_count() -> None:
    rejected = link(HELD_UNDER, PID, FIR, standing=False, followed=False)
    given = FileInput(FIR, frozenset({FIR, CNR, PID}), (rejected, link(HELD_UNDER, PID, CNR), TRIED), ())
    document = fold(given, [prison("Admitted", "2025-01-02", hold(FIR))]).document
    assert document["accused"] == []


def test_a_hold_under_a_number_that_only_the_jail_wrote_down_counts_where_the_chain_leads_here() -> None:
    ptn = "PTN:BRPA01-2025-000001"
    links = (link(CONTINUES, ptn, CNR, a_anchored=False), link(HELD_UNDER, PID, ptn, b_anchored=False))
    given = FileInput(FIR, frozenset({FIR, CNR, PID}), (*links, TRIED), ())
    document = fold(given, [prison("Admitted", "2025-01-02", hold(ptn))]).document
    assert status(document, PID)["custody"]["inside"]["value"]


def test_the_description_is_the_persons_also_where_the_row_is_about_another_case() -> None:
    admitted = prison("Admitted", "2025-01-02", hold(OTHER_FIR), person=person("Ram Kumar", "Shyam Lal"))
    state = fold(case_input(), [admitted, prison("CaseHoldChanged", "2025-01-05", hold(FIR), change="ADDED")])
    assert state.descriptions[PID]["name"]["value"] == "Ram Kumar"
    assert status(state.document, PID)["custody"]["since"]["value"] == "2025-01-05"


def test_a_transfer_breaks_no_spell_and_the_jail_that_received_him_is_where_he_is() -> None:
    section = custody(
        prison("Admitted", "2025-01-02", hold(FIR)),
        prison("TransferredOut", "2025-01-10", to_jail=NEXT_JAIL),
        prison("TransferredIn", "2025-01-11", hold(FIR, begin="2025-01-02"), jail=NEXT_JAIL, from_jail=JAIL),
        prison("WarrantReceived", "2025-01-12", hold(FIR), jail=JAIL, warrant_number="W1"),
    )
    assert where(section) == (True, NEXT_JAIL, "2025-01-02")
    assert list(section["also_claimed_by"]) == [JAIL]


def test_who_left_for_another_jail_is_in_transit_until_it_receives_him() -> None:
    section = custody(
        prison("Admitted", "2025-01-02", hold(FIR)), prison("TransferredOut", "2025-01-10", to_jail=NEXT_JAIL)
    )
    assert where(section) == (True, JAIL, "2025-01-02")
    assert section["in_transit"]["to_jail"] == NEXT_JAIL


def test_interim_leave_ends_custody_and_the_return_begins_it_anew() -> None:
    events = [
        prison("Admitted", "2025-01-02", hold(FIR)),
        prison("InterimReleased", "2025-01-10", hold(FIR), until="2025-01-20"),
    ]
    out = custody(*events)
    assert where(out) == (False, None, None)
    assert out["interim"]["until"] == "2025-01-20"
    back = custody(*events, prison("Returned", "2025-01-21", hold(FIR, begin="2025-01-02"), late=True))
    assert where(back) == (True, JAIL, "2025-01-21")
    assert "interim" not in back


def test_an_opening_balance_tells_since_when_before_the_first_event() -> None:
    section = custody(
        prison("OpeningBalance", "2025-01-02", hold(FIR, begin="2024-03-01"), admitted_on="2024-02-01")
    )
    assert section["since"]["value"] == "2024-03-01"
    whole = custody(prison("OpeningBalance", "2025-01-02", hold(FIR), admitted_on="2024-02-01"))
    assert whole["since"]["value"] == "2024-02-01"


def test_a_row_that_knows_an_earlier_first_day_of_the_spell_is_believed() -> None:
    section = custody(
        prison("Admitted", "2025-01-05", hold(FIR)),
        prison("TransferredIn", "2025-02-01", hold(FIR, begin="2025-01-02")),
    )
    assert section["since"]["value"] == "2025-01-02"


def test_custody_under_two_numbers_of_one_case_ends_with_the_last_of_them() -> None:
    links = (link(HELD_UNDER, PID, CNR),)
    events = [prison("Admitted", "2025-01-02", hold(FIR), hold(CNR))]
    both = prison(
        "CaseHoldChanged",
        "2025-02-01",
        hold(FIR, end="2025-02-01"),
        hold(CNR, end="2025-02-03"),
        change="ENDED",
    )
    section = custody(*events, both, links=links)
    assert section["spells"][-1]["to"] == "2025-02-03"


def test_a_release_without_an_admission_is_known_and_missing() -> None:
    document = fold(case_input(), [prison("Released", "2025-01-05", hold(FIR), ground="BAIL")]).document
    found = status(document, PID)
    assert not found["custody"]["inside"]["value"]
    assert {"ADMISSION_NOT_RECORDED", "BAIL_ORDER_NOT_RECORDED"} <= set(found["missing"])


def test_a_mismatch_of_names_is_kept_without_the_names() -> None:
    refused = prison(
        "ReleaseRefused", "2025-01-05", hold(FIR), reason="MISMATCH",
        mismatches=[
            {"field": "RELATIVE_NAME", "warrant_says": "Shyam Lal", "order_says": "Ghanshyam"},
            {"field": "SECTION", "warrant_says": "5(i)", "order_says": "5"},
        ],
    )  # fmt: skip
    document = fold(case_input(), [prison("Admitted", "2025-01-02", hold(FIR)), refused]).document
    assert document["references"][PID]["custody"]["refusals"][0]["mismatches"] == [
        {"field": "RELATIVE_NAME"},
        {"field": "SECTION", "warrant_says": "5(i)", "order_says": "5"},
    ]


# -- the custody file


def custody_file(*events: Event, links: tuple[Link, ...] = (HELD,)) -> Json:
    return fold(FileInput(PID, frozenset({PID}), links, ()), in_order(events)).document


def test_the_custody_file_keeps_every_hold_apart_and_the_body_in_one_place() -> None:
    document = custody_file(
        prison("Admitted", "2025-01-02", hold(FIR)),
        prison("CaseHoldChanged", "2025-01-10", hold(OTHER_FIR), change="ADDED"),
        prison("CaseHoldChanged", "2025-02-01", hold(FIR, end="2025-02-01"), change="ENDED", reason="BAIL"),
    )
    assert document["holds"][FIR]["spells"][0]["to"] == "2025-02-01"
    assert "to" not in document["holds"][OTHER_FIR]["spells"][0]
    assert "to" not in document["presence"]["spells"][0]


def test_a_release_for_good_ends_every_hold_that_the_row_leaves_unnamed() -> None:
    document = custody_file(
        prison("Admitted", "2025-01-02", hold(FIR), hold(OTHER_FIR)), prison("Released", "2025-03-01")
    )
    assert [h["spells"][-1]["to"] for h in document["holds"].values()] == ["2025-03-01", "2025-03-01"]


def test_the_custody_file_reads_a_misnamed_hold_as_the_case_that_a_reviewer_put_in_its_place() -> None:
    read = link(HELD_UNDER, PID, FIR, in_place_of=(F9,))
    document = custody_file(prison("Admitted", "2025-01-02", hold(F9)), links=(read,))
    assert list(document["holds"]) == [FIR]
    assert list(document["holds"][FIR]["written_as"]) == [F9]
