"""What packing a file costs: `python -m ops.bench.packing`. Our pack and unpack beside contexts made anew each time."""

from __future__ import annotations

import time
from collections.abc import Callable
from uuid import UUID

import cramjam
import orjson

from projections.store.packing import pack, unpack

_EVENTS = 35
_TIMES = 2000


def sample(events: int = _EVENTS) -> bytes:
    """Bytes that look like a file's: a list of events with ids, types and times."""
    return orjson.dumps(
        {
            "events": [
                {
                    "id": str(UUID(int=0x9E3779B97F4A7C15F39CC0605CEDC834 * (n + 1) % (1 << 128))),
                    "type": "court.HearingListed",
                    "occurred_at": f"2025-04-{1 + n % 28:02}T10:00:00Z",
                    "recorded_at": f"2025-05-{1 + n % 28:02}T10:00:00Z",
                    "source": "court.cis/BRPA01",
                }
                for n in range(events)
            ]
        }
    )


def microseconds(work: Callable[[], object], times: int = _TIMES) -> float:
    """Microseconds that one call takes, over so many."""
    work()
    began = time.perf_counter()
    for _ in range(times):
        work()
    return 1e6 * (time.perf_counter() - began) / times


def main() -> None:
    """Print one line a way."""
    content = sample()
    packed = pack(content)
    print(f"{len(content)} bytes, packed {len(packed)}")
    ways: dict[str, Callable[[], object]] = {
        "pack": lambda: pack(content),
        "unpack": lambda: unpack(packed),
        "pack, context made anew": lambda: bytes(cramjam.zstd.compress(content, 1)),
        "unpack, context made anew": lambda: bytes(cramjam.zstd.decompress(packed)),
    }
    for name, work in ways.items():
        print(f"{microseconds(work):7.1f} us  {name}")


if __name__ == "__main__":
    main()
