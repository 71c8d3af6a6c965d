"""What a publisher adds before it sends."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from schemas.complete import complete
from schemas.reasons import FaultError, Reason
from tests.schemas.samples import FIR, PARTY_1, PID, SALT_KEY, sample

LISTED = "court.HearingListed"
PERSON = {"name": "N. N."}


def test_claims_are_those_made_and_those_of_the_body_sorted_each_once() -> None:
    record = sample("court.ReleaseWarrantIssued", pid=PID, envelope={"claims": [PID, FIR, FIR]})
    assert record["envelope"]["claims"] == [FIR, PID]
    assert sample("prison.Admitted", cases=[{"identifier": FIR}])["envelope"]["claims"] == [FIR]
    assert sample("police.FirTransferred", became=FIR)["envelope"]["claims"] == [FIR]


def test_each_description_has_a_salt_of_its_own_and_a_resend_the_same() -> None:
    accused = [{"ref": PARTY_1, "person": PERSON}, {"ref": PARTY_1 | {"code": "2"}, "person": PERSON}]
    first, again = sample(LISTED, accused=accused), sample(LISTED, accused=accused)
    salts = [one["person"]["salt"] for one in first["accused"]]
    assert first == again
    assert len(set(salts)) == 2
    assert {len(salt) for salt in salts} == {32}
    other_row = sample(LISTED, accused=accused, envelope={"source_record": "row-8"})
    assert other_row["accused"][0]["person"]["salt"] not in salts


def test_it_depends_on_the_connectors_key() -> None:
    record = sample("prison.Admitted")
    record["person"] = {"name": "N. N."}
    one, other = (complete("prison.Admitted", record, key) for key in (b"one", b"other"))
    assert one["person"]["salt"] != other["person"]["salt"]
    assert record["person"] == {"name": "N. N."}


def test_a_complete_record_stays_as_it_is_and_the_given_one_is_left_alone() -> None:
    record = sample("prison.Admitted", cases=[{"identifier": FIR}], person=PERSON)
    given = copy.deepcopy(record)
    again = complete("prison.Admitted", record, b"another key")
    assert again == record == given
    again["cases"].clear()
    again["envelope"]["claims"].clear()
    assert record == given


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"court": "x", "cort": "y"}, "cort: no such field"),
        ({"accused": [{"ref": {"scheme": "PID", "scope": ""}}]}, r"accused\[\]\.ref\.code: missing"),
    ],
)
def test_what_does_not_belong_or_lacks_is_named(change: dict[str, Any], said: str) -> None:
    with pytest.raises(FaultError, match=said) as refused:
        complete(LISTED, {"envelope": sample(LISTED)["envelope"]} | change, SALT_KEY)
    assert refused.value.reason is Reason.PLAIN_INVALID
