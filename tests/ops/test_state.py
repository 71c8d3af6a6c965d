"""What a stack knows about itself is private, whole, and ours."""

import stat
from pathlib import Path

import pytest

from ops.local.errors import StackError
from ops.local.state import State, StateFile


def test_without_a_file_nothing_is_known(tmp_path: Path) -> None:
    assert StateFile(tmp_path).read() == State()


def test_the_file_is_its_owners_alone_since_it_holds_a_password(tmp_path: Path) -> None:
    with StateFile(tmp_path).change() as state:
        state.addresses["database"] = "postgresql://user:secret@127.0.0.1:1/sangam"
    assert stat.S_IMODE((tmp_path / "stack.json").stat().st_mode) == 0o600
    assert StateFile(tmp_path).read() == state


@pytest.mark.parametrize("text", ["", "[]", '{"processes": {"kafka": {}}}', '{"ports": 3}'])
def test_a_file_that_is_not_ours_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "stack.json").write_text(text)
    with pytest.raises(StackError, match=r"stack\.json can't be read"):
        StateFile(tmp_path).read()
