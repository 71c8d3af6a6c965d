"""The command `sangam`. To add commands: a module here with `add_to(app)`, and its line in COMMANDS below.

Only the module of the command that is asked for is imported: whoever asks for one case does not wait for the web, the
gateway and the bench. An error that is meant for the user (UserError) is printed without a traceback; every failure
exits with non-zero.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Any, Final

import typer
from rich.markup import escape

from ops.base.errors import UserError
from ops.cli.console import err

PANELS: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "On this machine": {"running": ("up", "down", "status"), "demo": ("demo",), "benching": ("bench",)},
    "Ask": {
        "reading": ("case", "undertrials", "event", "serve"),
        "law": ("clocks", "due", "application"),
        "boards": ("boards", "board"),
        "reports": ("report",),
        "telling": ("alarms", "receipt"),
    },
    "Publish": {
        "publishing": ("simulate", "publish"),
        "connecting": ("gateway", "relay"),
        "dropping": ("drop",),
        "contracts": ("contract",),
    },
    "What is missing or was refused": {
        "completeness": ("completeness",),
        "quarantine": ("quarantine",),
        "unlinked": ("unlinked",),
    },
    "Operate": {"working": ("work", "rebuild", "verify"), "access": ("issuer", "grant", "audit")},
}
"""Panel of the help -> module -> its commands."""
COMMANDS: Final = {module: names for panel in PANELS.values() for module, names in panel.items()}

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


def command_line(modules: Iterable[str] = tuple(COMMANDS)) -> typer.Typer:
    """The command line with the commands of these modules."""
    app = _App(
        no_args_is_help=True,
        rich_markup_mode="rich",
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    # With a callback even a single command keeps its name.
    app.callback(help=_HELP)(_nothing)
    for module in modules:
        import_module(f"ops.cli.{module}").add_to(app)
        _put_in_panel(app, next(title for title, modules in PANELS.items() if module in modules))
    return app


def _put_in_panel(app: typer.Typer, title: str) -> None:
    """Put whatever stands in no panel yet into this one."""
    for command in app.registered_commands:
        if not isinstance(command.rich_help_panel, str):
            command.rich_help_panel = title
    for group in app.registered_groups:
        if not isinstance(group.rich_help_panel, str):
            group.rich_help_panel = title


def _nothing() -> None: ...


def modules_for(words: Sequence[str]) -> tuple[str, ...]:
    """The modules that a command line needs: that of its command, or all where it names none that we know."""
    named = next((word for word in words if not word.startswith("-")), None)
    return tuple(module for module, names in COMMANDS.items() if named in names) or tuple(COMMANDS)


def app() -> None:
    """What `sangam` runs."""
    command_line(modules_for(sys.argv[1:]))()


if __name__ == "__main__":
    app()
