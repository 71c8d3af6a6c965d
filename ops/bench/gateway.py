"""How much the HTTP gateway takes, and how soon it answers: `python -m ops.bench.gateway`.

On a stack of its own. Departments post batches of 100 simulated events at a steady rate, each batch due at its moment
of the schedule whether those before it are through or not, so that a gateway that stalls makes all late that was due
meanwhile. Then the same beside clients that do what none should: some send a byte now and then, one posts as much as a
request may hold, again and again. What the broker lacks when the answers are through is told, and how long it takes.
Processor time is that of the gateway and of the broker alone: it says what the machine's other users do not change.

Target: 3,000 events a second in batches of 100 on two cores with the broker, p99 of 250 ms.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

import httpx
import orjson

from connectors.gateway.dev_keys import dev_token
from connectors.gateway.limits import MOST_EVENTS
from ops.base.clock import SystemClock
from ops.base.settings import Settings
from ops.bench.figures import machine, percentile, processor_seconds, schedule
from ops.bench.ground import Ground, own_stack, sangam
from ops.cli.console import steps
from ops.local.ports import free_port
from ops.local.state import StateFile
from ops.simulate import USUAL, stream
from ops.simulate import Settings as World
from schemas.plain import to_plain

BATCH = 100
_DEPARTMENTS = ("court", "police", "prison", "probation", "prosecution")
_START = 120.0
_SLOW_CLIENTS = 30
_NOISY = "excise"


@dataclass(frozen=True)
class Phase:
    """What came of one phase; milliseconds from the moment at which a batch was due."""

    name: str
    wanted_a_second: float
    events: int
    events_a_second: float
    p50_ms: float
    p99_ms: float
    longest_ms: float
    not_kept: dict[int, int]
    """Batches by status, of those that were not kept whole."""
    gateway_us_an_event: float
    broker_us_an_event: float
    load_average: float


def batches(count: int) -> Iterator[tuple[str, bytes]]:
    """So many batches of a simulated State: whose, and the body of the request."""
    waiting: defaultdict[str, list[bytes]] = defaultdict(list)
    made = 0
    for kind, record in stream(World(100_000, 365, 3, USUAL)):
        department = record["envelope"]["source"].partition(".")[0]
        if department not in _DEPARTMENTS:
            continue
        line = to_plain(kind, record)
        line["envelope"].pop("source_seq")
        line["envelope"].pop("source_epoch", None)
        waiting[department].append(orjson.dumps(line))
        if len(waiting[department]) == BATCH:
            yield department, b"[" + b",".join(waiting.pop(department)) + b"]"
            made += 1
            if made == count:
                return


class Asking:
    """The departments' clients at one gateway."""

    def __init__(self, address: str, tokens: dict[str, str], gateway: int, broker: int) -> None:
        self._pids = gateway, broker
        self.address = address
        self.tokens = tokens
        self.client = httpx.AsyncClient(
            base_url=address,
            timeout=60,
            limits=httpx.Limits(max_connections=200, max_keepalive_connections=50),
        )

    async def phase(self, name: str, ready: list[tuple[str, bytes]], rate: float) -> Phase:
        """Post the batches at so many events a second; how soon they were answered."""
        answered: list[float] = []
        refused: Counter[int] = Counter()
        used = self.used()

        async def post(department: str, body: bytes, due: float) -> None:
            answer = await self.client.post("/events", content=body, headers=self.headers(department))
            answered.append((time.monotonic() - due) * 1000)
            if answer.status_code != 202:
                refused[answer.status_code] += 1

        begun = time.monotonic() + 0.2
        tasks = []
        for (department, body), moment in zip(ready, schedule(rate / BATCH, len(ready)), strict=True):
            due = begun + moment
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            tasks.append(asyncio.create_task(post(department, body, due)))
        await asyncio.gather(*tasks)
        events = len(ready) * BATCH
        took = time.monotonic() - begun
        spent = [round((now - then) / events * 1e6, 1) for now, then in zip(self.used(), used, strict=True)]
        return Phase(
            name, rate, events, round(events / took), round(percentile(answered, 0.5), 1),
            round(percentile(answered, 0.99), 1), round(max(answered), 1), dict(refused), spent[0], spent[1],
            round(os.getloadavg()[0], 1),
        )  # fmt: skip

    def used(self) -> tuple[float, ...]:
        """Processor seconds that the gateway and the broker have used so far."""
        return tuple(processor_seconds(pid) for pid in self._pids)

    async def health(self) -> dict[str, object]:
        """What the gateway says of itself."""
        found: dict[str, object] = (await self.client.get("/health")).json()
        return found

    async def slow(self) -> None:
        """One that begins a request and sends a byte of it now and then."""
        host, _, port = self.address.removeprefix("http://").partition(":")
        with suppress(OSError):
            reader, writer = await asyncio.open_connection(host, int(port))
            token = self.tokens[_NOISY]
            head = (
                f"POST /events HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\n"
                "Content-Type: application/json\r\nContent-Length: 100000\r\n\r\n"
            )
            writer.write(head.encode())
            while not reader.at_eof():
                writer.write(b" ")
                await writer.drain()
                await asyncio.sleep(0.2)

    async def huge(self) -> None:
        """One that posts the largest request there may be, each again once it was answered."""
        event = orjson.dumps({"type": "excise.Nothing", "envelope": {"source_record": "x" * 4000}})
        body = b"[" + b",".join([event] * MOST_EVENTS) + b"]"
        while True:
            with suppress(httpx.TransportError):
                await self.client.post("/events", content=body, headers=self.headers(_NOISY))

    def headers(self, department: str) -> dict[str, str]:
        """Who posts, and what."""
        return {"Authorization": f"Bearer {self.tokens[department]}", "Content-Type": "application/json"}


async def measure(asking: Asking, rate: float, seconds: float) -> dict[str, object]:
    """All phases, one after the other. Raises TimeoutError where the gateway or the broker does not get on."""
    count = int(rate * seconds / BATCH)
    warm = int(rate / BATCH)
    found = batches(2 * count + warm)
    async with asyncio.timeout(_START):
        while True:
            with suppress(httpx.TransportError):
                await asking.health()
                break
            await asyncio.sleep(0.1)
    await asking.phase("warm", list(islice(found, warm)), rate)
    alone, beside = list(islice(found, count)), list(found)
    told: dict[str, object] = {"alone": asdict(await asking.phase("departments alone", alone, rate))}
    told["alone, then the broker lacks"] = await _sent(asking)
    noise = [asyncio.create_task(asking.slow()) for _ in range(_SLOW_CLIENTS)]
    noise.append(asyncio.create_task(asking.huge()))
    told["beside"] = asdict(await asking.phase("beside slow and huge clients", beside, rate))
    for task in noise:
        task.cancel()
    await asyncio.gather(*noise, return_exceptions=True)
    told["beside, then the broker lacks"] = await _sent(asking)
    await asking.client.aclose()
    return told


async def _sent(asking: Asking) -> dict[str, float]:
    """What was on disk alone when the last answer had come, and how long the broker took for it."""
    begun = time.monotonic()
    left = int(str((await asking.health())["waiting"]))
    async with asyncio.timeout(_START):
        while (await asking.health())["waiting"]:  # noqa: ASYNC110  (it is another process that changes it)
            await asyncio.sleep(0.02)
    return {"events": left, "seconds": round(time.monotonic() - begun, 2)}


def run(ground: Ground, rate: float, seconds: float) -> dict[str, object]:
    """The phases on this ground."""
    folder = ground.home / "gateway"
    folder.mkdir()
    publishers = folder / "publishers.toml"
    tokens = {name: dev_token(publishers, name, SystemClock()) for name in (*_DEPARTMENTS, _NOISY)}
    text = publishers.read_text()
    for name in _DEPARTMENTS:
        text = text.replace(f"[{name}]", f"[{name}]\nevents_per_second = 100000")
    publishers.write_text(text)
    port = free_port()
    broker = StateFile(ground.home).read().started["kafka"].process.pid
    with ground.program(sangam("gateway", "--port", str(port)), "gateway") as gateway:
        asking = Asking(f"http://127.0.0.1:{port}", tokens, gateway.pid, broker)
        return asyncio.run(measure(asking, rate, seconds))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else None)
    parser.add_argument("--rate", type=float, default=3000.0, help="events a second")
    parser.add_argument("--seconds", type=float, default=30.0, help="of each phase")
    parser.add_argument(
        "--home", type=Path, default=Path(".sangam"), help="where the stack of its own is put"
    )
    args = parser.parse_args()
    with steps() as progress, own_stack(args.home, Settings().cache, progress) as ground:
        told = run(ground, args.rate, args.seconds)
    print(json.dumps(machine() | told, indent=2))


if __name__ == "__main__":
    main()
