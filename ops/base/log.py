"""The one logger: what happened, as an event name and a few fields that are known to be harmless.

Promises: **no personal data by construction.** A line holds an event name and fields from `Fields` alone;
mypy refuses any other at the call, and a value that is not a number or a plain token (no spaces) is
withheld. An exception is logged as its type and the places in the code that it passed, never its text: a
database's or a decoder's message may quote a row. Lines of other libraries are kept in full for those in
`_PLAIN_SPEAKING`, which talk of brokers and sockets; of all others only the template, without what was
filled in.

    log = get_logger(__name__)
    log.info("batch.stored", events=812, seconds=0.043)
"""

import json
import logging
import re
import sys
import traceback
from datetime import UTC, datetime
from typing import Literal, TypedDict, Unpack
from uuid import UUID

_TOKEN = re.compile(r"[A-Za-z0-9_.:/@+\-]{1,200}")
_PLAIN_SPEAKING = ("aiokafka", "faust", "mode", "uvicorn.error", "psycopg.pool")
_WITHHELD = "withheld"

Scalar = str | int | float | bool | UUID | None


class Fields(TypedDict, total=False):
    """All that a line may say. Add a field here only if it can never name or describe a person."""

    event_id: UUID
    event_type: str
    department: str
    source: str
    topic: str
    partition: int
    offset: int
    epoch: int
    reason: str
    part: str
    pid: int
    port: int
    generation: str
    worker: str
    route: str
    status: int
    events: int
    files: int
    rows: int
    bytes: int
    count: int
    attempt: int
    lag: int
    seconds: float
    error: BaseException


class Logger:
    """Writes events of one module. Get it from `get_logger`."""

    __slots__ = ("_log",)

    def __init__(self, log: logging.Logger) -> None:
        self._log = log

    def debug(self, event: str, **fields: Unpack[Fields]) -> None:
        self._write(logging.DEBUG, event, fields)

    def info(self, event: str, **fields: Unpack[Fields]) -> None:
        self._write(logging.INFO, event, fields)

    def warning(self, event: str, **fields: Unpack[Fields]) -> None:
        self._write(logging.WARNING, event, fields)

    def error(self, event: str, **fields: Unpack[Fields]) -> None:
        self._write(logging.ERROR, event, fields)

    def _write(self, level: int, event: str, fields: Fields) -> None:
        if self._log.isEnabledFor(level):
            said = {
                name: _harmless(value) for name, value in fields.items() if name in Fields.__annotations__
            }
            self._log.log(level, event, extra={"sangam": said})


def get_logger(name: str) -> Logger:
    """The logger of a module; pass `__name__`."""
    return Logger(logging.getLogger(name))


def configure(form: Literal["auto", "json", "console"] = "auto", level: str = "INFO") -> None:
    """Send all log lines of this process to stderr in one form. Call once, where the process starts."""
    if form == "auto":
        form = "console" if sys.stderr.isatty() else "json"
    handler = logging.StreamHandler()
    handler.setFormatter(_Json() if form == "json" else _Console())
    # On a line that can't be formatted the standard library would print the line's raw values.
    logging.raiseExceptions = False
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)


def _harmless(value: object) -> str | int | float | bool | None:
    if isinstance(value, BaseException):
        frames = traceback.extract_tb(value.__traceback__)[-4:]
        places = "<".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames))
        return f"{type(value).__name__} at {places}" if places else type(value).__name__
    if value is None or isinstance(value, bool | int | float):
        return value
    text = str(value)
    return text if _TOKEN.fullmatch(text) else _WITHHELD


def _spoken(record: logging.LogRecord) -> tuple[str, dict[str, str | int | float | bool | None]]:
    """The event (or another library's message) and the fields of a line."""
    said = getattr(record, "sangam", None)
    fields: dict[str, str | int | float | bool | None] = dict(said) if said is not None else {}
    if record.exc_info and record.exc_info[1] is not None:
        fields["error"] = _harmless(record.exc_info[1])
    full = said is not None or record.name.startswith(_PLAIN_SPEAKING) or not record.args
    return (record.getMessage() if full else str(record.msg)), fields


class _Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        event, fields = _spoken(record)
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {"at": at, "level": record.levelname, "logger": record.name, "event": event}
        return json.dumps({**line, **fields}, ensure_ascii=False)


class _Console(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        event, fields = _spoken(record)
        at = datetime.fromtimestamp(record.created, UTC).strftime("%H:%M:%S.%f")[:-3]
        told = " ".join(f"{name}={value}" for name, value in fields.items())
        return f"{at} {record.levelname:<7} {event} {told}".rstrip()
