"""Starting, recognising and stopping processes that outlive us.

A process is known by its pid *and* the moment at which the kernel started it: pids are given again, and a
number from yesterday's file may be somebody else's program today. Signals go through a pidfd that is
opened before the identity is compared, so that nothing can slip in between.

Linux only (/proc, pidfd).
"""

import contextlib
import os
import select
import signal
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_BOOT = Path("/proc/sys/kernel/random/boot_id")


@dataclass(frozen=True, slots=True)
class Process:
    """`started` is the boot and the clock ticks since boot at which the kernel started `pid`."""

    pid: int
    started: str

    def alive(self) -> bool:
        """Whether this very process runs. One that has ended and waits for its parent does not."""
        return _started(self.pid) == self.started

    def stop(self, how: signal.Signals, patience: float) -> None:
        """Ask with `how`, wait up to `patience` seconds, then kill. Returns when the process is gone."""
        try:
            handle = os.pidfd_open(self.pid)
        except ProcessLookupError:
            return
        try:
            if not self.alive():
                return
            for sent, seconds in ((how, patience), (signal.SIGKILL, 10.0)):
                with contextlib.suppress(ProcessLookupError):
                    signal.pidfd_send_signal(handle, sent)
                ended, _, _ = select.select([handle], [], [], seconds)
                if ended:
                    break
        finally:
            os.close(handle)
        self.reap()

    def reap(self) -> None:
        """Collect it if it was our own child, so that no zombie is left behind."""
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self.pid, os.WNOHANG)


def running(pid: int) -> Process | None:
    """The process that has this pid now, or None."""
    started = _started(pid)
    return Process(pid, started) if started is not None else None


def spawn(argv: Sequence[str], env: Mapping[str, str], log: Path) -> Process:
    """Start a program in a session of its own (a Ctrl-C in our terminal is not for it), its output added
    to `log`.

    posix_spawn and not subprocess: the child is meant to outlive the object that started it.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    pid = os.posix_spawn(
        argv[0],
        list(argv),
        dict(env),
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, str(log), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644),
            (os.POSIX_SPAWN_DUP2, 1, 2),
        ],
        setsid=True,
    )
    # Our child can't vanish before we wait for it: even if it ended at once, /proc still knows when it
    # started.
    return Process(pid, _identity(pid) or "")


def command_line(pid: int) -> list[str]:
    """The words of a running process; empty if there is none or it may not be read."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").split("\0")
    except OSError:
        return []


def resident_bytes(pid: int) -> int:
    """Resident memory of one process, 0 when it is gone."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _started(pid: int) -> str | None:
    return _identity(pid, dead_too=False)


def _identity(pid: int, dead_too: bool = True) -> str | None:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    fields = stat.rpartition(")")[2].split()  # the name before it may hold anything
    state, ticks = fields[0], fields[19]
    if not dead_too and state in "ZX":
        return None
    return f"{_BOOT.read_text().strip()[:8]}/{ticks}"
