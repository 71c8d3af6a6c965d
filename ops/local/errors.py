"""How the local stack says that it can't go on: one exception, one sentence with what to do."""

from pathlib import Path

from ops.base.errors import UserError


class StackError(UserError):
    """Something outside our control failed; the text says what, and what to do about it."""


def with_log(text: str, log: Path, lines: int = 5) -> StackError:
    """An error that ends with the last lines of the part's log and says where the log is."""
    try:
        tail = log.read_text(errors="replace").splitlines()[-lines:]
    except FileNotFoundError:
        tail = []
    quoted = "".join(f"\n  | {line[:300]}" for line in tail)
    return StackError(f"{text}\nits log: {log}{quoted}")
