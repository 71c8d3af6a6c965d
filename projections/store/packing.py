"""A file's bytes as its column keeps them: Zstandard (RFC 8878), level 1.

A file is a fifth of its size so, and the server, whose own compression is slower and packs less, is told to leave it
alone (STORAGE EXTERNAL). What is packed can be served as it is to whoever accepts Content-Encoding: zstd. The digest is
always that of the bytes unpacked.
"""

from __future__ import annotations

import cramjam

_LEVEL = 1


def pack(content: bytes) -> bytes:
    """The bytes to store."""
    return bytes(cramjam.zstd.compress(content, _LEVEL))


def unpack(packed: bytes) -> bytes:
    """The bytes that were packed. Raises cramjam.DecompressionError when they are none."""
    return bytes(cramjam.zstd.decompress(packed))
