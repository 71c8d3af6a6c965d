"""A file's bytes as its column keeps them: Zstandard (RFC 8878), level 1.

A file is a fifth of its size so, and the server, whose own compression is slower and packs less, is told to leave it
alone (STORAGE EXTERNAL). What is packed can be served as it is to whoever accepts Content-Encoding: zstd. The digest is
always that of the bytes unpacked.

A thread keeps its compressor: making one anew for each file cost six times as much as the work itself
(`python -m ops.bench.packing`: 78 us against 12 for a file of 6 kB).
"""

from __future__ import annotations

import threading

import zstandard

_LEVEL = 1


class _Own(threading.local):
    """Contexts are not for two threads at a time."""

    def __init__(self) -> None:
        self.compressor = zstandard.ZstdCompressor(level=_LEVEL)
        self.decompressor = zstandard.ZstdDecompressor()


_own = _Own()


def pack(content: bytes) -> bytes:
    """The bytes to store."""
    return _own.compressor.compress(content)


def unpack(packed: bytes) -> bytes:
    """The bytes that were packed. Raises zstandard.ZstdError when they are none."""
    return _own.decompressor.decompress(packed)
