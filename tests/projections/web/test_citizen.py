"""The citizen's page: by number and second secret, one answer for any wrong pair, nothing about anyone else."""

from __future__ import annotations

from hashlib import sha256

import pytest

from projections.audit.log import latest
from tests.fix_api import Client, HouseOf
from tests.projections.api import district as d
from tests.projections.store.worlds import identifier

pytestmark = pytest.mark.stack
NUMBER, SECRET = "BR-2025-0000042", "blue kite"


def test_an_application_is_shown_to_whoever_knows_its_secret_and_locked_after_wrong_ones(
    database: str, client: Client, house_of: HouseOf
) -> None:
    number, fir = identifier("APPLICATION_NO", NUMBER), identifier("FIR", d.FIR)
    d.Log(
        database,
        [
            d.event("citizen.EComplaintFiled", number, "2025-01-01", 1, fir, complaint_kind="THEFT", district="PAT",
                    second_secret_digest=sha256(SECRET.encode()).hexdigest(), promised_on="2025-02-01", led_to=[fir],
                    complainant_token="XTOKEN"),
            d.event("police.FirRegistered", fir, "2025-01-02", 2, police_station="PATKOT",
                    accused=[{"ref": d.A1["ref"], "person": d.A1["person"]}]),
        ],
    )  # fmt: skip
    citizen = client(database, d.TODAY, "")
    page = citizen.post("/citizen", data={"number": NUMBER, "secret": f" {SECRET} "})
    assert page.status_code == 200
    assert "01-02-2025" in page.text
    assert d.FIR in page.text
    assert not {"XTOKEN", d.NAMES[0], sha256(SECRET.encode()).hexdigest()} & set(page.text.split('"'))
    assert d.NAMES[0] not in page.text
    wrong = [
        citizen.post("/citizen", data={"number": n, "secret": "no"}) for n in (NUMBER, "BR-2025-0000099", "x")
    ]
    assert {(one.status_code, one.text.count("<form")) for one in wrong} == {(404, 1)}
    for _ in range(4):
        citizen.post("/citizen", data={"number": NUMBER, "secret": "no"})
    assert citizen.post("/citizen", data={"number": NUMBER, "secret": SECRET}).status_code == 404
    with house_of(database, d.TODAY).clerk as clerk, clerk.connection() as conn:
        told = latest(conn, most=50)
    assert any(one.reason == "LOCKED" for one in told)
    assert any(one.kind == "ANSWERED" and one.roots == [f"APPLICATION_NO:{NUMBER}"] for one in told)
