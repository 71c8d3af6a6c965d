"""Somebody who looks at the pages: a client that is signed in, without the way over an issuer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from fastapi.testclient import TestClient

from projections.access.roles import ROLES
from projections.api.app import create
from projections.signin.grants import standing
from tests.fix_api import ISSUER, HouseOf


@contextmanager
def signed_in(
    house_of: HouseOf, database: str, today: date, role: str, *offices: str, language: str = "en"
) -> Iterator[TestClient]:
    """A browser with a session in a role."""
    housed = house_of(database, today)
    with housed.clerk as clerk:
        subject = housed.granted(role, *offices)
        with clerk.connection() as conn:
            (grant,) = standing(conn, ISSUER, subject, clerk.clock.now())
    app = create(housed.house)
    with TestClient(
        app, "http://127.0.0.1", follow_redirects=False, raise_server_exceptions=False
    ) as browser:
        browser.cookies.set("sangam", housed.house.sessions.start(grant, ROLES[role].purposes[0]))
        browser.cookies.set("language", language)
        browser.headers["Accept"] = "text/html"
        yield browser


def csrf_of(page: str) -> str:
    """The token that a page's forms bring back."""
    return page.partition('name="csrf" value="')[2].partition('"')[0]
