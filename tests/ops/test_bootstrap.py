"""The bootstrap names what a machine lacks, all at once, before it does anything."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

BOOTSTRAP = Path(__file__).parents[2] / "ops" / "local" / "bootstrap"


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A PATH with the shell's own tools and nothing else."""
    for tool in ("sh", "dirname", "rm", "setpriv"):
        found = shutil.which(tool)
        assert found is not None
        (tmp_path / tool).symlink_to(found)
    return tmp_path


def _bootstrap(path: Path) -> "subprocess.CompletedProcess[str]":
    command = ("/bin/sh", str(BOOTSTRAP), "run")
    return subprocess.run(command, env={"PATH": str(path)}, capture_output=True, text=True, check=False)


def test_all_that_is_missing_is_named_with_one_command(machine: Path) -> None:
    run = _bootstrap(machine)
    assert run.returncode == 1
    assert "apt-get install python3 python3-venv maven" in run.stderr


def test_what_is_there_is_not_named(machine: Path) -> None:
    (machine / "python3").write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    (machine / "python3").chmod(0o755)
    run = _bootstrap(machine)
    assert run.returncode == 1
    assert "Missing on this machine: maven." in run.stderr


def test_a_python_that_is_too_old_counts_as_missing(machine: Path) -> None:
    (machine / "python3").write_text("#!/bin/sh\nexit 1\n")
    (machine / "python3").chmod(0o755)
    assert "3.11 or later" in _bootstrap(machine).stderr
