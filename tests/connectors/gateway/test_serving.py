"""The gateway as a process: TLS with client certificates, and what it says when it cannot be started."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import os
import ssl
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from typer.testing import CliRunner

from connectors.gateway.plain_form import EXAMPLE
from ops.base.errors import UserError
from ops.cli.main import command_line
from ops.local.ports import free_port
from tests.fix_gateway import NOBODY
from tests.streams.ground import ROOT, wait_until

NOW = dt.datetime.now(dt.UTC)


@dataclass
class Signer:
    """A certificate and its key; one without an issuer is an authority."""

    path: Path
    name: str
    issuer: Signer | None = None

    def __post_init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, self.name)])
        signer = self.issuer or self
        issuer = subject if self.issuer is None else self.issuer.certificate.subject
        built = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer)
            .public_key(self.key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(NOW - dt.timedelta(days=1))
            .not_valid_after(NOW + dt.timedelta(days=1))
            .add_extension(x509.BasicConstraints(self.issuer is None, None), critical=True)
            .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        )
        self.certificate: x509.Certificate = built.sign(signer.key, hashes.SHA256())
        self.crt, self.pem = self.path / f"{self.name}.crt", self.path / f"{self.name}.key"
        self.crt.write_bytes(self.certificate.public_bytes(serialization.Encoding.PEM))
        plain = serialization.NoEncryption()
        self.pem.write_bytes(
            self.key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
        )

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(self.certificate.public_bytes(serialization.Encoding.DER)).hexdigest()


def gateway(home: Path, *words: str) -> subprocess.Popen[str]:
    env = os.environ | {
        "SANGAM_HOME": str(home), "SANGAM_KAFKA": NOBODY, "SANGAM_REGISTRY": f"http://{NOBODY}", "COLUMNS": "200",
    }  # fmt: skip
    command = (sys.executable, "-m", "ops.cli.main", "gateway", *words)
    return subprocess.Popen(command, env=env, cwd=ROOT, stderr=subprocess.PIPE, text=True)


@pytest.fixture
def authority(tmp_path: Path) -> Signer:
    return Signer(tmp_path, "authority")


@pytest.fixture
def served(tmp_path: Path, authority: Signer) -> Iterator[tuple[str, dict[str, Signer]]]:
    """A gateway with TLS, and the certificates of a known client, an unknown one and of another authority's."""
    signers = {name: Signer(tmp_path, name, authority) for name in ("server", "court", "unknown")}
    signers["foreign"] = Signer(tmp_path, "foreign", Signer(tmp_path, "elsewhere"))
    folder = tmp_path / "gateway"
    folder.mkdir()
    (folder / "publishers.toml").write_text(
        f'[court]\nsources = ["court.cis/"]\ncertificates = ["{signers["court"].fingerprint}"]\n'
    )
    port = free_port()
    server = signers["server"]
    running = gateway(
        tmp_path, "--port", str(port), "--host", "0.0.0.0", "--tls-certificate", str(server.crt), "--tls-key",
        str(server.pem), "--tls-clients", str(authority.crt),
    )  # fmt: skip
    try:
        with running:
            address = f"https://localhost:{port}"
            wait_until(lambda: asked(address, authority, None, "/health") == 200, 60)
            yield address, signers
            running.terminate()
            assert running.wait(30) == 0
    finally:
        running.kill()


def asked(address: str, authority: Signer, client: Signer | None, path: str) -> int:
    """The status of an answer; 0 where there was none."""
    context = ssl.create_default_context(cafile=str(authority.crt))
    if client is not None:
        context.load_cert_chain(client.crt, client.pem)
    try:
        return httpx.get(address + path, verify=context, timeout=20).status_code
    except httpx.TransportError:
        return 0


def test_a_client_certificate_says_who_publishes(
    served: tuple[str, dict[str, Signer]], authority: Signer
) -> None:
    address, signers = served
    assert asked(address, authority, signers["court"], "/publisher") == 200
    assert asked(address, authority, signers["unknown"], "/publisher") == 401
    assert asked(address, authority, None, "/publisher") == 401
    assert asked(address, authority, signers["foreign"], "/publisher") == 0
    context = ssl.create_default_context(cafile=str(authority.crt))
    context.load_cert_chain(signers["court"].crt, signers["court"].pem)
    assert httpx.post(f"{address}/events", json=EXAMPLE, verify=context).status_code == 202


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--host", "0.0.0.0"), "without TLS the gateway listens on loopback alone"),
        (("--host", "elsewhere"), "is no address"),
        (("--tls-key", "a.key"), "give both"),
        (("--dev-key", "nobody"), "department must be one of"),
    ],
)
def test_what_cannot_be_served_is_told_in_words(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    env = {"SANGAM_HOME": str(tmp_path), "SANGAM_KAFKA": NOBODY, "SANGAM_REGISTRY": f"http://{NOBODY}"}
    logging.disable()  # the command sets up the logging of its process, which is ours
    handlers = logging.getLogger().handlers[:]
    try:
        done = CliRunner().invoke(command_line(("connecting",)), ["gateway", *words], env=env)
    finally:
        logging.getLogger().handlers[:] = handlers
        logging.disable(logging.NOTSET)
    assert isinstance(done.exception, UserError)
    assert said in str(done.exception)
