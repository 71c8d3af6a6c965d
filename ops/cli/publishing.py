"""`sangam simulate` and `sangam publish`: events into the exchange, simulated or from a file."""

import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import IO, Annotated, Any

import orjson
import typer
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from connectors.publisher import Publisher, PublishError, Receipt
from connectors.schema_ids import schema_ids
from connectors.secret import connector_key
from ops.base.errors import UserError
from ops.base.settings import NotConfigured, Settings
from ops.cli.console import err, print_json
from ops.simulate import PRESETS, Stream, stream
from ops.simulate import Settings as World
from ops.simulate.malformed import Raw, malformed
from schemas.complete import complete
from schemas.plain import from_plain, to_plain
from schemas.reasons import FaultError
from schemas.registry import IncompatibleSchemaError
from schemas.writers import RegistryUnreachableError

Event = tuple[str, dict[str, Any]]
_KEY_FILE = "connector.key"


def add_to(app: typer.Typer) -> None:
    """Declare this module's commands."""
    app.command(epilog="Example: [bold]sangam simulate --cases 200 --days 120 --seed 7[/bold]")(simulate)
    app.command(epilog="Example: [bold]sangam simulate --cases 5 --out - | sangam publish -[/bold]")(publish)


def simulate(
    cases: Annotated[int, typer.Option(min=1, help="how many FIRs")] = 200,
    days: Annotated[int, typer.Option(min=1, help="over how many days")] = 120,
    seed: Annotated[int, typer.Option(help="the same seed gives the same bytes")] = 1,
    rate: Annotated[
        float | None, typer.Option(min=0.1, help="events a second; without it as fast as it goes")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="write JSON Lines here (- is stdout), publish nothing")
    ] = None,
    truth: Annotated[
        Path | None, typer.Option(help="write what is true on the last day here, as JSON")
    ] = None,
    disorder: Annotated[str, typer.Option(help="calm, usual or harsh")] = "usual",
    start: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="first day")] = datetime(2025, 1, 1),
    until: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="leave out what departments write only after this day's end"),
    ] = None,
    broken: Annotated[
        float, typer.Option(min=0, max=1, help="share of events after which a broken record comes")
    ] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="the summary as one JSON document")] = False,
) -> None:
    """Let one or more simulated districts live, and publish what their departments write.

    The lives follow the ratios of the field; the disorder is that of departments' systems. Publishes to the
    broker, or writes JSON Lines.
    """
    if disorder not in PRESETS:
        raise UserError(f"--disorder must be one of {', '.join(PRESETS)}")
    if out is not None and broken:
        raise UserError("--broken makes bytes that JSON Lines cannot hold: leave --out or --broken out")
    source = stream(World(cases, days, seed, PRESETS[disorder], start.date()))
    begun = time.monotonic()
    if out is not None:
        with _output(out) as file:
            count = _write(_shown(_paced(_written_by(source, until), rate), source), file)
        gone = 0
    else:
        count, gone = _publish_all(source, _written_by(source, until), rate, seed, broken)
    seconds = time.monotonic() - begun
    if truth is not None:
        _write_truth(source, truth)
    figures = source.truth.figures()
    summary = {
        "events": count,
        "broken": gone,
        "seconds": round(seconds, 3),
        "as_of": source.truth.as_of,
        **figures,
    }
    if as_json:
        print_json(summary)
        return
    err.print(
        f"{count:,} events of {figures['firs']:,} FIRs in {seconds:.1f} s "
        f"({count / max(seconds, 0.001):,.0f} a second), as of {source.truth.as_of}\n"
        f"{figures['arrests_per_fir']:.2f} arrests per FIR, {figures['charge_sheet_rate']:.0%} charge-sheeted, "
        f"{figures['undertrials']:,} undertrials inside, {figures['granted_and_inside']:.1%} of them with bail granted",
        highlight=False,
        soft_wrap=True,
    )
    if gone:
        err.print(f"{gone:,} broken records among them", highlight=False)


def publish(
    file: Annotated[Path, typer.Argument(help="JSON Lines, one event a line; - reads standard input")],
    as_json: Annotated[bool, typer.Option("--json", help="one JSON object a line, for programs")] = False,
) -> None:
    """Publish events from a file: a receipt or a reason for each line, in its order.

    Nothing of an invalid line is published. Exits with 1 if a line was refused or not acknowledged.
    """
    settings = Settings()
    refused = 0
    with _publisher(settings) as publisher, _input(file) as lines:
        key = _connector_key(settings)
        for told in _told(publisher, lines, key):
            refused += "reason" in told
            _print(told, as_json)
    if refused:
        raise typer.Exit(1)


def _told(publisher: Publisher, lines: Iterable[bytes], key: bytes) -> Iterator[dict[str, Any]]:
    """What became of each line, in order."""
    waiting: deque[dict[str, Any]] = deque()
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        told: dict[str, Any] = {"line": number}
        waiting.append(told)
        try:
            event, record = from_plain(orjson.loads(line))
            record = complete(event, record, key)
            publisher.publish(event, record, partial(_tell, told))
        except orjson.JSONDecodeError:
            told |= {"reason": "PLAIN_INVALID", "detail": "the line is no JSON"}
        except FaultError as fault:
            told |= {"reason": str(fault.reason), "detail": fault.detail}
        while waiting and len(waiting[0]) > 1:
            yield waiting.popleft()
    publisher.flush()
    yield from waiting


def _tell(told: dict[str, Any], outcome: Receipt | PublishError) -> None:
    if isinstance(outcome, PublishError):
        told |= {"reason": "NOT_ACKNOWLEDGED", "detail": str(outcome)}
    else:
        told |= {
            "event_id": str(outcome.event_id),
            "topic": outcome.topic,
            "partition": outcome.partition,
            "offset": outcome.offset,
        }


def _print(told: dict[str, Any], as_json: bool) -> None:
    if as_json:
        text = orjson.dumps(told).decode()
    elif "reason" in told:
        text = f"line {told['line']}: refused: {told['reason']}: {told['detail']}"
    else:
        text = (
            f"line {told['line']}: {told['event_id']} at {told['topic']}/{told['partition']}/{told['offset']}"
        )
    sys.stdout.write(text + "\n")


# The simulator's events on their way.


def _publish_all(
    source: Stream, events: Iterable[Event], rate: float | None, seed: int, broken: float
) -> tuple[int, int]:
    """Events published and broken records sent."""
    settings = Settings()
    counts = {"events": 0, "broken": 0}
    with _publisher(settings) as publisher:
        failed: list[PublishError] = []

        def done(outcome: Receipt | PublishError) -> None:
            if isinstance(outcome, PublishError):
                failed.append(outcome)

        for item in malformed(_shown(_paced(events, rate), source), publisher.encoder, seed, broken):
            if isinstance(item, Raw):
                publisher.send_raw(item.topic, item.key, item.value, item.headers)
                counts["broken"] += 1
            else:
                publisher.publish(*item, done)
                counts["events"] += 1
            if failed:
                raise UserError(
                    f"{failed[0]}; look at `sangam status`, then publish again: doubles do no harm"
                )
    return counts["events"], counts["broken"]


def _written_by(events: Iterable[Event], until: datetime | None) -> Iterator[Event]:
    """What the departments have written by the end of that day: a late row may be keyed weeks after."""
    for event, record in events:
        if until is None or record["envelope"]["recorded_at"].date() <= until.date():
            yield event, record


def _paced(events: Iterable[Event], rate: float | None) -> Iterator[Event]:
    """At most that many events a second, evenly."""
    begun = time.monotonic()
    for count, event in enumerate(events):
        if rate is not None:
            early = begun + count / rate - time.monotonic()
            if early > 0:
                time.sleep(early)
        yield event


def _shown(events: Iterable[Event], source: Stream) -> Iterator[Event]:
    """A bar of the days that have passed, on a terminal."""
    if not err.is_terminal:
        yield from events
        return
    columns = (
        TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(),
        TextColumn("{task.fields[events]:,} events"), TimeElapsedColumn(),
    )  # fmt: skip
    with Progress(*columns, console=err) as bar:
        task = bar.add_task("simulated days", total=1.0, events=0)
        count = 0
        for count, event in enumerate(events, start=1):
            yield event
            if count % 200 == 0:
                bar.update(task, completed=source.lived, events=count)
        bar.update(task, completed=1.0, events=count)


def _write(events: Iterable[Event], file: IO[bytes]) -> int:
    count = 0
    for event, record in events:
        file.write(orjson.dumps(to_plain(event, record), option=orjson.OPT_APPEND_NEWLINE))
        count += 1
    return count


def _write_truth(source: Stream, path: Path) -> None:
    truth = source.truth
    document = {"as_of": truth.as_of, "figures": truth.figures(), "accused": list(truth.accused())}
    path.write_bytes(orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))


# Where to.


@contextmanager
def _publisher(settings: Settings) -> Iterator[Publisher]:
    """A publisher to the broker of the settings; its errors become words."""
    try:
        ids = schema_ids(settings.require_registry())
        with Publisher(settings.require_publish_kafka(), ids) as publisher:
            yield publisher
    except NotConfigured as error:
        raise UserError(str(error)) from error
    except IncompatibleSchemaError as error:
        raise UserError(f"the registry has another schema: {error}") from error
    except (PublishError, RegistryUnreachableError) as error:
        raise UserError(
            f"{error}; look at `sangam status`, then publish again: doubles do no harm"
        ) from error


def _connector_key(settings: Settings) -> bytes:
    settings.home.mkdir(parents=True, exist_ok=True)
    try:
        return connector_key(settings.home / _KEY_FILE)
    except ValueError as error:
        raise UserError(str(error)) from error


@contextmanager
def _input(file: Path) -> Iterator[IO[bytes]]:
    if str(file) == "-":
        yield sys.stdin.buffer
        return
    try:
        with file.open("rb") as opened:
            yield opened
    except OSError as error:
        raise UserError(f"cannot read {file}: {error.strerror}") from error


@contextmanager
def _output(file: Path) -> Iterator[IO[bytes]]:
    if str(file) == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    with file.open("wb") as opened:
        yield opened
