"""Which encoding a text file has: told by its mark, or found out, and said in words."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ops.base.errors import UserError

_CHUNK: Final = 1 << 20
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NAMES: Final = {"utf-8": "utf-8-sig", "utf8": "utf-8-sig", "utf-16": "utf-16", "cp1252": "cp1252"}
#: Share of zero bytes on one side that only two-byte letters have.
_TWO_BYTES: Final = 0.2


@dataclass(frozen=True, slots=True)
class Encoding:
    """`codec` is Python's name; `english` and `hindi` are for the report, "" where there is nothing to say."""

    codec: str
    english: str = ""
    hindi: str = ""


_LEGACY: Final = Encoding(
    "cp1252",
    "The file is not in UTF-8. It was read as Windows-1252, in which there are no Hindi letters:"
    " save it as “CSV UTF-8”.",
    "फ़ाइल UTF-8 में नहीं है। इसे Windows-1252 मानकर पढ़ा गया, जिसमें हिंदी अक्षर नहीं होते: इसे “CSV UTF-8” में सहेजें।",
)


class EncodingError(UserError):
    """The file is in no encoding that we know; the text says what to do."""


def encoding_of(path: Path, named: str = "") -> Encoding:
    """The encoding of a file, or the one that its mapping names: utf-8, utf-16 or cp1252. Raises EncodingError."""
    if named:
        codec = _NAMES.get(named.casefold())
        if codec is None:
            raise EncodingError(f"encoding {named!r} is not known: name utf-8, utf-16 or cp1252, or none")
        if not _decodes(path, codec):
            raise EncodingError(
                f"{path.name} is not in {named}, as its mapping says: save it anew in {named}"
            )
        return Encoding(codec)
    with path.open("rb") as file:
        head = file.read(4096)
    for mark, codec in _MARKS:
        if head.startswith(mark):
            if _decodes(path, codec):
                return Encoding(codec)
            raise EncodingError(
                f"{path.name} is damaged: it begins as {codec} and does not go on so. Save it anew"
            )
    zeros = (head[0::2].count(0), head[1::2].count(0))
    half = max(1, len(head) // 2)
    for count, codec in zip(zeros, ("utf-16-be", "utf-16-le"), strict=True):
        if count > half * _TWO_BYTES and _decodes(path, codec):
            return Encoding(codec)
    if _decodes(path, "utf-8"):
        return Encoding("utf-8")
    if _decodes(path, "cp1252"):
        return _LEGACY
    raise EncodingError(
        f"{path.name} is in an encoding that nobody here knows: open it and save it as “CSV UTF-8”"
        f" / फ़ाइल का कूटलेखन पहचाना नहीं गया: इसे “CSV UTF-8” में सहेजें"
    )


def _decodes(path: Path, codec: str) -> bool:
    decoder = codecs.getincrementaldecoder(codec)()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
