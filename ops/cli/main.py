"""The command `sangam`. To add commands: a module here with `add_to(app)`, and its name in GROUPS below.

An error that is meant for the user (UserError) is printed without a traceback; every failure exits with
non-zero.
"""

import sys
from typing import Any

import typer
from rich.markup import escape

from ops.base.errors import UserError
from ops.cli import (
    access,
    benching,
    boards,
    completeness,
    connecting,
    contracts,
    demo,
    dropping,
    law,
    publishing,
    quarantine,
    reading,
    running,
    telling,
    unlinked,
    working,
)
from ops.cli.console import err

GROUPS = (
    running,
    access,
    demo,
    publishing,
    connecting,
    dropping,
    contracts,
    quarantine,
    completeness,
    unlinked,
    working,
    reading,
    law,
    boards,
    telling,
    benching,
)

_HELP = """
What every department of the criminal-justice system knows of a case and of each person held for it, with
the source of every word.

Where things are is read from the environment (SANGAM_KAFKA, SANGAM_REGISTRY, SANGAM_DATABASE), else from
the stack that [bold]sangam up[/bold] started in SANGAM_HOME (default ./.sangam).
"""


class _App(typer.Typer):
    """Shows a UserError as its text alone."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().__call__(*args, **kwargs)
        except UserError as error:
            err.print(f"[red]error:[/red] {escape(str(error))}", soft_wrap=True, highlight=False)
            sys.exit(1)


app = _App(
    no_args_is_help=True,
    rich_markup_mode="rich",
    add_completion=False,
    pretty_exceptions_enable=False,
    help=_HELP,
)

for group in GROUPS:
    group.add_to(app)

if __name__ == "__main__":
    app()
