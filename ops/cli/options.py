"""Options and arguments that several commands have, each said once."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

Language = Literal["en", "hi"]

Lang = Annotated[Language, typer.Option(help="language of the labels and sentences: en or hi")]
AsJson = Annotated[bool, typer.Option("--json", help="the answer of the API, for programs")]
AsOf = Annotated[str | None, typer.Option(help="as it stood on this day, 24-11-2026")]
KnownAt = Annotated[str | None, typer.Option(help="as it was known then, 2026-11-24T18:30:00+05:30")]
Named = Annotated[str, typer.Argument(help="FIR, CNR or prisoner's PID, in any usual spelling")]
OneAccused = Annotated[str | None, typer.Option(help="one accused alone: A1, or his reference in full")]
Limit = Annotated[int, typer.Option(help="rows of the page, 1 to 500")]
After = Annotated[str | None, typer.Option(help="the page after: as the page before gives it")]
