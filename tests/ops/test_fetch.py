"""Fetching the parts, with a `mvn` of our own on the PATH that puts down the files a test wants."""

import hashlib
import io
import tarfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ops.local import fetch as fetching
from ops.local.errors import StackError
from ops.local.fetch import fetch
from ops.local.progress import Silent

JAR = b"jar"


def _archive() -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        member = tarfile.TarInfo("quarkus-run.jar")
        member.size = len(JAR)
        tar.addfile(member, io.BytesIO(JAR))
    return packed.getvalue()


@pytest.fixture
def maven(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the stand-in: `calls` has a line for each call; `then` is sourced at its end."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "archive").write_bytes(_archive())
    (folder / "then").write_text("")
    script = folder / "mvn"
    script.write_text(
        "#!/bin/sh\n"
        f"cd {folder}\n"
        "echo call >> calls\n"
        'for word; do case "$word" in -Dparts=*) parts="${word#-Dparts=}";; esac; done\n'
        'mkdir -p "$parts/kafka" "$parts/registry"\n'
        'printf jar > "$parts/kafka/kafka.jar"\n'
        'cp archive "$parts/registry/registry.tar.gz"\n'
        ". ./then\n"
    )
    script.chmod(0o755)
    sums = tmp_path / "parts.sha256"
    wanted = {"kafka/kafka.jar": JAR, "registry/registry.tar.gz": (folder / "archive").read_bytes()}
    sums.write_text("".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in wanted.items()))
    monkeypatch.setattr(fetching, "SUMS", sums)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    return folder


def _calls(maven: Path) -> int:
    return len((maven / "calls").read_text().splitlines())


def test_parts_are_fetched_once(maven: Path, tmp_path: Path) -> None:
    parts = fetch(tmp_path / "cache", Silent())
    assert parts.registry_jar.read_bytes() == JAR
    assert (parts.kafka_jars / "kafka.jar").read_bytes() == JAR
    assert fetch(tmp_path / "cache", Silent()) == parts
    assert _calls(maven) == 1


def test_two_fetches_at_once_do_the_work_once(maven: Path, tmp_path: Path) -> None:
    (maven / "then").write_text("sleep 0.3\n")
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(lambda _: fetch(tmp_path / "cache", Silent()), range(2))
    assert first == second
    assert _calls(maven) == 1


def test_a_fetch_that_is_broken_off_leaves_nothing_that_looks_whole(maven: Path, tmp_path: Path) -> None:
    (maven / "then").write_text("kill -9 $$\n")
    with pytest.raises(StackError, match="could not fetch"):
        fetch(tmp_path / "cache", Silent())
    assert not list((tmp_path / "cache").glob("parts-*"))
    (maven / "then").write_text("")
    assert fetch(tmp_path / "cache", Silent()).registry_jar.exists()


def test_a_file_with_another_checksum_is_refused(maven: Path, tmp_path: Path) -> None:
    (maven / "then").write_text('printf other > "$parts/kafka/kafka.jar"\n')
    with pytest.raises(StackError, match=r"kafka/kafka\.jar"):
        fetch(tmp_path / "cache", Silent())
    assert not list((tmp_path / "cache").glob("parts-*"))


def test_a_file_that_is_not_listed_is_refused(maven: Path, tmp_path: Path) -> None:
    (maven / "then").write_text('printf more > "$parts/kafka/stowaway.jar"\n')
    with pytest.raises(StackError, match=r"stowaway\.jar"):
        fetch(tmp_path / "cache", Silent())


@pytest.mark.usefixtures("maven")
def test_missing_maven_is_named_with_its_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(StackError, match="apt-get install maven"):
        fetch(tmp_path / "cache", Silent())
