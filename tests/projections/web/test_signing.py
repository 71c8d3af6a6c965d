"""Signing in over a real issuer: the whole way, and every way in which it must not go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import httpx
import pytest
from fastapi.testclient import TestClient

from ops.base.clock import SystemClock
from ops.base.settings import Settings
from ops.house import house as house_from
from projections.api.app import create
from projections.audit.log import Clerk, latest
from projections.signin.grants import grant, standing
from projections.store.doors import doors
from tests.fix_api import Tokens
from tests.projections.api import district as d

pytestmark = pytest.mark.stack
BACK = f"/case/FIR:{d.FIR}"


@dataclass
class Way:
    browser: TestClient
    clerk: Clerk
    issuer: str

    def begin(self) -> dict[str, str]:
        """Ask for a page, be sent to the issuer; what the issuer is asked."""
        to_sign_in = self.browser.get(BACK).headers["location"]
        assert to_sign_in.startswith("/sign-in?back=")
        sent = self.browser.get("/sign-in/go", params={"back": BACK}).headers["location"]
        assert sent.startswith(f"{self.issuer}/authorize?")
        return {name: values[0] for name, values in parse_qs(urlsplit(sent).query).items()}

    def choose(self, asked: dict[str, str], subject: str) -> dict[str, str]:
        """Choose a person at the issuer; what it sends back."""
        sent = httpx.get(f"{self.issuer}/authorize", params={**asked, "subject": subject}).headers["location"]
        return {name: values[0] for name, values in parse_qs(urlsplit(sent).query).items()}


@pytest.fixture
def way(district: str, issued: Tokens) -> Iterator[Way]:
    issuer = issued(district, "OPS").issuer
    settings = Settings(database=district, issuer=issuer, client_secret="secret")
    app = create(house_from(settings, "http://127.0.0.1"))
    with (
        Clerk(doors(district).clerk, SystemClock()) as clerk,
        TestClient(app, "http://127.0.0.1", follow_redirects=False) as browser,
    ):
        grant(clerk, "tests", issuer, "high-court", "HIGH_COURT", [])
        grant(clerk, "tests", issuer, "court", "COURT", [f"COURT:{d.COURT}"])
        yield Way(browser, clerk, issuer)


def test_who_is_chosen_at_the_issuer_comes_back_to_the_page_that_was_asked_for(way: Way) -> None:
    asked = way.begin()
    assert asked["code_challenge_method"] == "S256"
    answer = way.browser.get("/sign-in/done", params=way.choose(asked, "high-court"))
    assert answer.headers["location"] == BACK
    cookie = next(c for c in answer.headers.get_list("set-cookie") if c.startswith("sangam="))
    assert "HttpOnly" in cookie
    assert "samesite=lax" in cookie.lower()
    assert way.browser.get(BACK).status_code == 200


def test_a_state_of_another_browser_a_used_one_and_a_forged_code_are_refused_and_on_record(way: Way) -> None:
    asked = way.begin()
    back = way.choose(asked, "high-court")
    way.browser.cookies.delete("sangam-state")
    assert way.browser.get("/sign-in/done", params=back).status_code == 401
    way.browser.cookies.clear()
    back = way.choose(way.begin(), "high-court")
    assert way.browser.get("/sign-in/done", params={**back, "code": "forged"}).status_code == 401
    assert way.browser.get("/sign-in/done", params=back).status_code == 401
    assert way.browser.get("/sign-in/done").status_code == 401
    assert way.browser.get(BACK).status_code == 303
    with way.clerk.connection() as conn:
        told = [one.reason for one in latest(conn, most=10) if one.kind == "REFUSED"]
    assert told[:4] == ["STATE", "STATE", "MALFORMED", "STATE"]


def test_who_was_granted_nothing_is_told_so(way: Way) -> None:
    answer = way.browser.get("/sign-in/done", params=way.choose(way.begin(), "minister"))
    assert answer.status_code == 401


def test_a_session_ends_with_the_grant_that_it_stands_on_and_a_cookie_is_not_made_up(way: Way) -> None:
    way.browser.get("/sign-in/done", params=way.choose(way.begin(), "court"))
    assert way.browser.get(BACK).status_code == 200
    with way.clerk.connection() as conn:
        (held,) = standing(conn, way.issuer, "court", way.clerk.clock.now())
        conn.execute("DELETE FROM access.session WHERE issuer = 'nobody'")
    from projections.signin.grants import revoke

    assert revoke(way.clerk, "tests", held.id)
    assert not revoke(way.clerk, "tests", held.id)
    assert way.browser.get(BACK).status_code == 303
    way.browser.cookies.set("sangam", uuid4().hex)
    assert way.browser.get(BACK).status_code == 303


def test_a_departments_system_signs_in_with_its_own_credentials(way: Way) -> None:
    given = {"grant_type": "client_credentials"}
    assert httpx.post(f"{way.issuer}/token", data=given, auth=("sangam-web", "wrong")).status_code == 401
    token = httpx.post(f"{way.issuer}/token", data=given, auth=("sangam-web", "secret")).json()[
        "access_token"
    ]
    asks = {"Authorization": f"Bearer {token}"}
    assert way.browser.get(f"/cases/{d.FIR}", headers=asks).status_code == 401
    grant(way.clerk, "tests", way.issuer, "sangam-web", "JAIL_SUPERINTENDENT", ["JAIL:BR-0123"])
    assert way.browser.get(f"/cases/{d.FIR}", headers=asks).status_code == 200
