"""No line of the log can name a person."""

import json
import logging
from collections.abc import Iterator
from io import StringIO

import pytest

from ops.base.log import configure, get_logger

PERSON = "Sita Devi"


@pytest.fixture
def stderr(monkeypatch: pytest.MonkeyPatch) -> Iterator[StringIO]:
    """What a process that logs in JSON writes to stderr."""
    written = StringIO()
    monkeypatch.setattr("sys.stderr", written)
    monkeypatch.setattr(logging, "raiseExceptions", logging.raiseExceptions)
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    configure("json", "DEBUG")
    yield written
    root.handlers[:] = handlers
    root.setLevel(level)


def _line(stderr: StringIO) -> dict[str, object]:
    (line,) = stderr.getvalue().splitlines()
    said = json.loads(line)
    assert isinstance(said, dict)
    return said


def test_an_event_is_told_with_its_fields(stderr: StringIO) -> None:
    get_logger("test").info("batch.stored", events=3, seconds=0.02, topic="police.events")
    said = _line(stderr)
    assert said["event"] == "batch.stored"
    assert (said["events"], said["seconds"], said["topic"]) == (3, 0.02, "police.events")
    assert said["level"] == "INFO"


def test_a_value_with_spaces_is_withheld(stderr: StringIO) -> None:
    get_logger("test").info("batch.stored", source=PERSON)
    assert _line(stderr)["source"] == "withheld"


def test_a_field_that_is_not_declared_is_dropped(stderr: StringIO) -> None:
    get_logger("test").info("batch.stored", name="Sita")  # type: ignore[call-arg]
    assert "name" not in _line(stderr)


def test_an_exception_is_told_by_type_and_place(stderr: StringIO) -> None:
    try:
        raise ValueError(f"Key (name)=({PERSON}) already exists")
    except ValueError as error:
        get_logger("test").error("batch.failed", error=error)
    said = _line(stderr)
    assert PERSON not in json.dumps(said)
    assert str(said["error"]).startswith("ValueError at test_an_exception_is_told_by_type_and_place:")


def test_another_library_tells_its_template_alone(stderr: StringIO) -> None:
    logging.getLogger("some.library").warning("row %s is odd", PERSON, exc_info=ValueError(PERSON))
    said = _line(stderr)
    assert said["event"] == "row %s is odd"
    assert PERSON not in json.dumps(said)


def test_a_library_that_speaks_of_brokers_is_told_in_full(stderr: StringIO) -> None:
    logging.getLogger("aiokafka.conn").warning("connection to %s failed", "127.0.0.1:9092")
    assert _line(stderr)["event"] == "connection to 127.0.0.1:9092 failed"


def test_a_line_that_can_not_be_made_is_not_quoted_instead(stderr: StringIO) -> None:
    logging.getLogger("aiokafka").warning("%d of %d", PERSON)
    assert PERSON not in stderr.getvalue()
