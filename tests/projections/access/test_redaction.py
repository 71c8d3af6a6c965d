"""What a role may not see is nowhere in what it gets: not in the file, not in the descriptions, not in what follows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projections.access.marks import Marks, blunted, marks
from projections.access.matters import CLOSED, OPEN, Matter
from projections.access.redact import Cut, Sight, redacted, redacted_event
from projections.access.relations import KINDS, relations
from projections.access.role import Persons, Reach, Role
from projections.access.roles import ROLES
from projections.files.fold import fold
from projections.files.state import FileInput
from projections.files.status import accused_ids, status
from schemas.catalogue import CATALOGUE
from schemas.event import Event
from tests.projections.files.any_events import any_events, any_input
from tests.projections.files.world import (
    A1,
    A2,
    CNR,
    FIR,
    PID,
    accused,
    case_input,
    event,
    hold,
    in_order,
    person,
    sections,
)

Json = dict[str, Any]
VILLAGE, FATHER, PLACE, TELLING = "Dorpatola", "Tolen Zumal", "BEAT-7", "64(2)(f)"
ROLES_WITH_CASES = [role for role in ROLES.values() if role.reach in (Reach.OFFICE, Reach.STATE)]
SENSITIVITIES = ("NORMAL", "SENSITIVE_FIR", "CHILD_VICTIM", "CHILD_IN_CONFLICT", "WITNESS_PROTECTED")
_roles = st.sampled_from(ROLES_WITH_CASES)


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def seen(cut: Cut) -> list[Any]:
    """All that is shown of a file: itself, what is said of the persons, and the statuses that follow from it."""
    return [
        cut.document,
        cut.descriptions,
        [status(cut.document, one) for one in accused_ids(cut.document)]
        if cut.document["kind"] == "CASE"
        else [],
    ]


def marked(event: Event, sensitivity: str) -> Event:
    event.body["envelope"]["sensitivity"] = sensitivity
    return event


def sexual_offence() -> list[Event]:
    """One accused in jail for an offence whose victim must not be known; his village and what he is to her are told."""
    man = person("Rakep Zumal", FATHER, village=VILLAGE, relation="FATHER")
    return in_order(
        [
            event("police.FirRegistered", FIR, "2025-01-01", seq=1, police_station="PATKOT", district="PAT",
                  sections=sections(f"BNS2023 {TELLING}"), place_of_occurrence=PLACE,
                  accused=[accused(A1, person=man), accused(A2, person=person("Mivan Dorpal", "Sutel Dorpal"))]),
            event("prison.Admitted", PID, "2025-01-03", seq=2, jail="BR-0123", person=man, cases=[hold(FIR, A1)]),
            event("prosecution.DefectRaised", CNR, "2025-02-01", seq=3, defect_no="D1", defect_code="NO_SEIZURE_LIST"),
            event("prosecution.OpinionGiven", CNR, "2025-02-02", seq=4),
        ]
    )  # fmt: skip


def view(role: Role, members: list[Event], *offices: str, file: FileInput | None = None) -> Cut | None:
    state = fold(file or case_input(), members)
    found = marks(state.document, state.descriptions)
    return redacted(state.document, state.descriptions, found, Sight(role, frozenset(offices)))


def everything(role: Role, members: list[Event], *offices: str) -> str:
    cut = view(role, members, *offices)
    assert cut is not None
    return orjson.dumps(seen(cut)).decode()


@pytest.mark.parametrize("code", [r.code for r in ROLES_WITH_CASES])
def test_what_leads_to_the_victim_is_seen_by_the_four_who_need_it_and_by_nobody_else(code: str) -> None:
    shown = everything(ROLES[code], sexual_offence(), "JAIL:BR-0123")
    keeps = {"JAIL_SUPERINTENDENT", "JAIL_STAFF", "COURT", "HIGH_COURT", "INVESTIGATING_OFFICER",
             "STATION_HOUSE_OFFICER", "PROSECUTOR", "EXCISE_OFFICER"}  # fmt: skip
    for secret in (VILLAGE, FATHER, PLACE, TELLING):
        if code not in keeps:
            assert secret not in shown
        elif secret in (PLACE, TELLING):
            assert secret in shown


def test_what_the_laws_clocks_were_worked_out_from_is_cut_too() -> None:
    state = fold(case_input(), sexual_offence())
    state.document["clocks"] = {
        A1: {"x": [{"rule": "x", "inputs": {"sections": {"value": [f"BNS2023 {TELLING}"]}}}]}
    }
    cut = redacted(
        state.document, {}, Marks(victim=True), Sight(ROLES["LEGAL_SERVICES_SECRETARY"], frozenset())
    )
    assert cut is not None
    assert TELLING not in set(strings(cut.document["clocks"]))
    assert "BNS2023 64" in set(strings(cut.document["clocks"]))


def test_the_offence_itself_is_still_told() -> None:
    assert "BNS2023 64" in everything(ROLES["LEGAL_SERVICES_SECRETARY"], sexual_offence())


def test_defects_are_for_the_prosecutor_and_the_investigating_officer() -> None:
    told = {
        code
        for code, role in ROLES.items()
        if role in ROLES_WITH_CASES
        and "NO_SEIZURE_LIST" in everything(role, sexual_offence(), "JAIL:BR-0123")
    }
    assert {"PROSECUTOR", "INVESTIGATING_OFFICER", "STATION_HOUSE_OFFICER"} <= told
    assert not told & {"JAIL_SUPERINTENDENT", "JAIL_STAFF", "IG_PRISONS", "LEGAL_SERVICES_SECRETARY", "COURT",
                       "FORENSIC_LABORATORY", "PROBATION_OFFICER", "SUPERINTENDENT_OF_POLICE"}  # fmt: skip


def test_a_jail_sees_whom_it_holds_and_not_the_others_of_his_case() -> None:
    cut = view(ROLES["JAIL_SUPERINTENDENT"], sexual_offence(), "JAIL:BR-0123")
    assert cut is not None
    assert [PID in one["references"] for one in cut.document["accused"]] == [True]
    assert A2 not in set(strings(cut.document))
    other = view(ROLES["JAIL_SUPERINTENDENT"], sexual_offence(), "JAIL:BR-0999")
    assert other is not None
    assert other.document["accused"] == []


@pytest.mark.parametrize("how", ["stated", "arrest"])
def test_a_child_stands_in_no_jails_view_of_the_case(how: str) -> None:
    child = person("Hesti Qorban", "Sutel Qorban", **({"age_stated": 16} if how == "stated" else {}))
    members = in_order(
        [
            event("police.FirRegistered", FIR, "2025-01-01", seq=1, accused=[accused(A1, person=child)]),
            event(
                "police.ArrestMade", FIR, "2025-01-02", seq=2, accused=accused(A1), is_child=how == "arrest"
            ),
            event("prison.Admitted", PID, "2025-01-03", seq=3, jail="BR-0123", cases=[hold(FIR, A1)]),
        ]
    )
    for code in ("JAIL_SUPERINTENDENT", "JAIL_STAFF", "IG_PRISONS", "PROSECUTOR", "FORENSIC_LABORATORY"):
        cut = view(ROLES[code], members, "JAIL:BR-0123")
        assert cut is not None
        assert not {A1, PID} & set(strings([cut.document, cut.descriptions]))
    board = view(ROLES["JUVENILE_JUSTICE_BOARD"], members)
    assert board is not None
    assert {A1, PID} <= set(strings(board.document))


def test_what_a_protected_witness_says_is_for_court_prosecutor_and_investigator() -> None:
    members = sexual_offence()
    heard = event("court.HearingHeld", CNR, "2025-03-01", seq=9, purpose="SECRET_PURPOSE", court="BRPA01-CJM")
    members = in_order([*members, marked(heard, "WITNESS_PROTECTED")])
    told = {
        code
        for code, role in ROLES.items()
        if role in ROLES_WITH_CASES and str(heard.event_id) in everything(role, members, "JAIL:BR-0123")
    }
    assert told == {"COURT", "HIGH_COURT", "PROSECUTOR", "INVESTIGATING_OFFICER", "STATION_HOUSE_OFFICER"}


def test_a_sealed_record_is_shown_to_the_court_and_the_board_alone() -> None:
    state = fold(case_input(), sexual_offence())
    sealed = Marks(sealed=frozenset({"*"}))
    left = {
        code
        for code, role in ROLES.items()
        if redacted(state.document, state.descriptions, sealed, Sight(role, frozenset())) is not None
    }
    assert left == {"COURT", "HIGH_COURT", "JUVENILE_JUSTICE_BOARD"}


def test_tokens_of_victims_and_salts_are_in_no_event_that_is_shown() -> None:
    body = {
        "victims": ["VICTIM-TOKEN"],
        "accused": [{"ref": {"scheme": "PID", "code": "X"}, "person": {"salt": "5a17"}}],
    }
    for role in ROLES.values():
        shown = redacted_event(body, Marks(), Sight(role, frozenset()), frozenset())
        assert not {"VICTIM-TOKEN", "5a17"} & set(strings(shown))


def test_every_type_of_the_catalogue_was_looked_at() -> None:
    """A type that nobody has thought of is closed; and it must not stay so unnoticed."""
    assert set(CATALOGUE) - OPEN - CLOSED.keys() == set()
    assert not OPEN & CLOSED.keys()


def test_roles_are_whole() -> None:
    for code, role in ROLES.items():
        assert code == role.code
        assert role.purposes
        assert role.questions
        assert role.about <= {*KINDS, "APPLICATION"}
        assert bool(role.about) == (role.reach is Reach.OFFICE)
        if role.reach in (Reach.NUMBERS, Reach.NONE):
            assert role.persons is Persons.NONE


@settings(max_examples=150, deadline=None)
@given(any_input(), any_events(), _roles, st.lists(st.sampled_from(SENSITIVITIES), min_size=14, max_size=14))
def test_what_is_withheld_is_nowhere_and_cutting_twice_is_cutting_once(
    file: FileInput, members: list[Event], role: Role, secrecy: list[str]
) -> None:
    for one, sensitivity in zip(members, secrecy, strict=False):
        marked(one, sensitivity)
    state = fold(file, members)
    found = marks(state.document, state.descriptions)
    sight = Sight(role, frozenset({"JAIL:BR-0123"}))
    cut = redacted(state.document, state.descriptions, found, sight)
    assert cut is not None
    withheld = {e["id"] for e in state.document["events"] if not sight.sees(e, in_case=True)}
    hidden = found.children if not role.sees_children else frozenset()
    shown = {text for text in strings(seen(cut)) if text is not None}
    assert not shown & withheld
    assert not shown & hidden
    again = redacted(cut.document, cut.descriptions, found, sight)
    assert again is not None
    assert (again.document, again.descriptions) == (cut.document, cut.descriptions)


@settings(max_examples=150, deadline=None)
@given(any_input(), any_events(), _roles, st.data())
def test_a_stricter_sensitivity_never_shows_more(
    file: FileInput, members: list[Event], role: Role, data: st.DataObject
) -> None:
    lax = fold(file, members)
    which = data.draw(st.integers(0, len(members) - 1))
    marked(members[which], data.draw(st.sampled_from(SENSITIVITIES[1:])))
    strict = fold(file, members)
    sight = Sight(role, frozenset({"JAIL:BR-0123"}))
    before = redacted(lax.document, lax.descriptions, marks(lax.document, lax.descriptions), sight)
    after = redacted(strict.document, strict.descriptions, marks(strict.document, strict.descriptions), sight)
    assert before is not None
    assert after is not None
    known = {blunted(text) for text in strings([before.document, before.descriptions])}
    told = set(strings([after.document, after.descriptions])) - {"sensitivity", *SENSITIVITIES}
    assert {blunted(text) for text in told} <= known


@settings(max_examples=100, deadline=None)
@given(any_input(), any_events())
def test_relations_can_be_read_from_any_file(file: FileInput, members: list[Event]) -> None:
    found = relations(fold(file, members).document)
    assert found == sorted(set(found))
    assert all(one.partition(":")[0] in KINDS for one in found)


def test_a_transfer_moves_access_the_same_moment() -> None:
    members = sexual_offence()
    assert {"JAIL:BR-0123", "STATION:PATKOT", "DISTRICT:PAT"} <= set(
        relations(fold(case_input(), members).document)
    )
    out = event("prison.TransferredOut", PID, "2025-03-01", seq=8, jail="BR-0123", to_jail="BR-0200")
    arrived = event("prison.TransferredIn", PID, "2025-03-02", seq=9, jail="BR-0200", cases=[hold(FIR, A1)])
    given_away = event("police.FirTransferred", FIR, "2025-03-02", seq=10, to_police_station="PATGAR")
    now = set(relations(fold(case_input(), in_order([*members, out, arrived, given_away])).document))
    assert "JAIL:BR-0200" in now
    assert "STATION:PATGAR" in now
    assert not {"JAIL:BR-0123", "STATION:PATKOT"} & now


def test_a_matter_is_what_its_name_says() -> None:
    assert CLOSED["prosecution.AppealProposed"] is Matter.OPINIONS
    assert CLOSED["police.PoliceCustodySought"] is Matter.POLICE_CUSTODY
