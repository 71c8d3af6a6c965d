"""The pages as people see them: Chromium at 360 px and on an office screen, in Hindi and English, with and without
JavaScript. axe finds nothing, nothing is cut off at the side, and every letter has a glyph.

With SANGAM_SCREENS=1 the screenshots of docs/screens are made anew.
"""

from __future__ import annotations

import os
import shutil
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import httpx
import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from projections.access.roles import ROLES
from projections.api.app import create
from projections.signin.grants import standing
from tests.fix_api import ISSUER, Housed, HouseOf
from tests.projections.api import district as d

pytestmark = pytest.mark.stack
SCREENS = Path(__file__).parents[3] / "docs" / "screens"
AXE = resources.files("axe_core_python").joinpath("axe.min.js").read_text()
NEAR = {"JAIL": "BR-0123", "COURT": d.COURT, "STATION": "PATKOT", "DISTRICT": "PAT"}
#: Role -> the pages of its day.
DAYS = {
    "JAIL_SUPERINTENDENT": ("/", "/board/undertrials", f"/case/{d.FIR}", f"/prisoner/{d.PID}", "/children"),
    "PROSECUTOR": ("/", "/board/due", f"/case/{d.FIR}"),
    "INVESTIGATING_OFFICER": ("/",),
    "STATION_HOUSE_OFFICER": ("/", f"/case/{d.FIR}"),
    "HIGH_COURT": (
        f"/case/{d.FIR}",
        f"/event/{d.CORRECTION}",
        "/search?q=Rakep",
        "/review",
        f"/case/{d.JOINT_CNR}",
    ),
    "LEGAL_SERVICES_SECRETARY": ("/", "/board/bail_not_released"),
    "MINISTER": ("/", "/review"),
    "OPS": ("/ops",),
    "AUDITOR": ("/audit",),
    "ADMINISTRATOR": ("/grants",),
    "SCRB_NODAL_OFFICER": ("/set-aside",),
    "": ("/sign-in", "/citizen", "/glossary", "/nowhere"),
}


_WIDE = {"JAIL_SUPERINTENDENT", "HIGH_COURT", "MINISTER"}


@dataclass
class Served:
    housed: Housed
    url: str

    def cookie(self, role: str) -> str:
        """The cookie of a session in a role."""
        clerk = self.housed.clerk
        offices = [f"{kind}:{NEAR.get(kind, 'NONE')}" for kind in sorted(ROLES[role].about)]
        subject = self.housed.granted(role, *offices)
        with clerk.connection() as conn:
            (grant,) = standing(conn, ISSUER, subject, clerk.clock.now())
        return self.housed.house.sessions.start(grant, ROLES[role].purposes[0])


@pytest.fixture
def served(district: str, house_of: HouseOf) -> Iterator[Served]:
    housed = house_of(district, d.TODAY)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        server = uvicorn.Server(uvicorn.Config(create(housed.house), log_config=None))
        thread = threading.Thread(target=lambda: server.run([listener]), daemon=True)
        thread.start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        # The socket listens already, so this waits until the application has started.
        httpx.get(f"{url}/health", timeout=20)
        with housed.clerk:
            yield Served(housed, url)
        server.should_exit = True
        thread.join(20)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium")
    if path is None:
        pytest.skip(
            "Chromium is missing, with which the pages are looked at: apt-get install chromium fonts-noto-core"
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


def opened(
    chromium: Browser, served: Served, role: str, language: str, width: int, scripts: bool
) -> BrowserContext:
    context = chromium.new_context(
        viewport={"width": width, "height": 800}, java_script_enabled=scripts, bypass_csp=scripts
    )
    cookies = [{"name": "language", "value": language, "url": served.url}]
    if role:
        cookies.append({"name": "sangam", "value": served.cookie(role), "url": served.url})
    context.add_cookies(cookies)  # type: ignore[arg-type]
    return context


def violations(page: Page) -> list[str]:
    # What is folded away is looked at too.
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    found = page.evaluate(
        "async source => { (0, eval)(source); const told = await axe.run();"
        " return told.violations.map(v => `${v.id}: ${v.nodes[0].html.slice(0, 90)} ${v.nodes[0].failureSummary}`) }",
        AXE,
    )
    return [str(one) for one in found]


@pytest.mark.parametrize("language", ["hi", "en"])
def test_each_role_lives_its_day(chromium: Browser, served: Served, language: str) -> None:
    wrong: list[str] = []
    for role, paths in DAYS.items():
        # A phone is the harder test; on the office screen those pages that are laid out otherwise there.
        for width in (360, 1280) if role in _WIDE else (360,):
            context = opened(chromium, served, role, language, width, scripts=True)
            page = context.new_page()
            for path in paths:
                answer = page.goto(served.url + path)
                assert answer is not None
                assert answer.status == (404 if path == "/nowhere" else 200), (role, path)
                assert page.locator("h1").count() == 1
                wrong += [f"{role} {path} {width}: {one}" for one in violations(page)]
                over = page.evaluate(
                    "document.documentElement.scrollWidth - document.documentElement.clientWidth"
                )
                if over > 0:
                    wrong.append(f"{role} {path} {width}: {over} px too wide")
                _screen(page, role, path, language, width)
            context.close()
    assert wrong == []


def test_all_of_it_works_without_scripts_and_by_keyboard(chromium: Browser, served: Served) -> None:
    context = opened(chromium, served, "HIGH_COURT", "en", 360, scripts=False)
    page = context.new_page()
    page.goto(served.url + "/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
    page.locator("input[name=q]").fill("PATKOT P.S. No. 123/2025")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/case/FIR:{d.FIR}")
    page.locator("details.all summary").first.press("Enter")
    page.locator("details.source summary").first.press("Enter")
    page.locator("details.source a").first.click()
    page.wait_for_url("**/event/*")
    page.goto(served.url + f"/case/{d.FIR}")
    page.locator("input[name=as_of]").fill("10-01-2025")
    page.keyboard.press("Enter")
    page.wait_for_url("**as_of=10-01-2025**")
    page.locator("a[hreflang=hi]").click()
    assert page.locator("html").get_attribute("lang") == "hi"
    context.close()


#: Kept in the documentation: (role, page) -> name.
_KEPT = {
    ("JAIL_SUPERINTENDENT", "/"): "day-of-a-jail",
    ("HIGH_COURT", f"/case/{d.FIR}"): "case",
    ("MINISTER", "/review"): "review",
}


def _screen(page: Page, role: str, path: str, language: str, width: int) -> None:
    name = _KEPT.get((role, path))
    if (
        name is None
        or (language, width) not in (("hi", 360), ("en", 1280))
        or os.environ.get("SANGAM_SCREENS") != "1"
    ):
        return
    SCREENS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENS / f"{name}-{language}-{width}.png")
