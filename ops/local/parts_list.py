"""Writes parts.sha256 anew after pom.xml was changed on purpose (make lock).

Look at the difference before committing it: it is what every later fetch is compared with.
"""

import tempfile
from pathlib import Path

from ops.local.fetch import SUMS, checksum, run_maven
from ops.local.progress import Silent


def write() -> None:
    """Fetch what pom.xml names into a scratch folder and list it. Raises StackError."""
    with tempfile.TemporaryDirectory() as scratch:
        parts = Path(scratch) / "parts"
        run_maven(parts, Path(tempfile.gettempdir()) / "sangam-maven.log", Silent())
        files = sorted(path for path in parts.rglob("*") if path.is_file())
        lines = [f"{checksum(path)}  {path.relative_to(parts)}\n" for path in files]
    SUMS.write_text("".join(lines))


if __name__ == "__main__":
    write()
