"""The environment of the peers, built when it is first needed from its hash-pinned lock, into SANGAM_HOME."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from ops.base.errors import UserError
from ops.bench.ground import ROOT
from ops.local.progress import Progress

LOCK = ROOT / "requirements" / "bench.txt"
_PATIENCE = 600.0


class NoEnvironment(UserError):
    """The environment of the peers could not be built; the text says what the installer said."""


def peers_python(home: Path, progress: Progress) -> Path:
    """The interpreter of the peers' environment; built if it isn't there or its lock has changed. Raises
    NoEnvironment."""
    if not LOCK.exists():
        raise NoEnvironment(f"{LOCK} is missing: the peers are measured from a checkout of the project only")
    mark = hashlib.sha256(LOCK.read_bytes()).hexdigest()[:12]
    folder = home.absolute() / f"bench-venv-{mark}"
    python = folder / "bin" / "python"
    if not (folder / "complete").exists():
        progress.begin("peers")
        shutil.rmtree(folder, ignore_errors=True)
        folder.parent.mkdir(parents=True, exist_ok=True)
        _run([sys.executable, "-m", "venv", str(folder)])
        _install(python)
        (folder / "complete").touch()
        progress.finish("peers", f"environment of the peers built in {folder}")
    return python


def _install(python: Path) -> None:
    """By uv where it is there and can reach the index, else by pip, more slowly."""
    pinned = ["--require-hashes", "-r", str(LOCK)]
    uv = Path(sys.executable).with_name("uv")
    if uv.exists():
        try:
            _run([str(uv), "pip", "install", "--quiet", "--python", str(python), *pinned], _index(python))
        except NoEnvironment:
            pass
        else:
            return
    _run([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *pinned])


def _index(python: Path) -> dict[str, str]:
    """uv reads its own configuration, not pip's: hand over what pip was told about the index."""
    if "UV_DEFAULT_INDEX" in os.environ:
        return {}
    asked = [str(python), "-m", "pip", "config", "get", "global.index-url"]
    told = (
        os.environ.get("PIP_INDEX_URL")
        or subprocess.run(asked, capture_output=True, text=True, check=False).stdout
    )
    return {"UV_DEFAULT_INDEX": told.strip()} if told.strip() else {}


def _run(argv: list[str], more: dict[str, str] | None = None) -> None:
    done = subprocess.run(
        argv, env=os.environ | (more or {}), capture_output=True, text=True, check=False, timeout=_PATIENCE
    )
    if done.returncode != 0:
        raise NoEnvironment(f"the environment of the peers could not be built:\n{done.stderr[-2000:]}")
