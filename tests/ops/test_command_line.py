"""`sangam` imports what it is asked for, and knows every command that its modules have."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import typer

from ops.cli.main import COMMANDS, modules_for


def test_the_table_names_every_command_of_every_module() -> None:
    for module, names in COMMANDS.items():
        app = typer.Typer()
        import_module(f"ops.cli.{module}").add_to(app)
        commands = (command.callback for command in app.registered_commands if command.callback is not None)
        found = [c.name for c in app.registered_commands if c.name] + [g.name for g in app.registered_groups]
        unnamed = [callback.__name__.replace("_", "-") for callback in commands]
        assert {*names} <= {*found, *unnamed}
        assert len(names) == len(app.registered_commands) + len(app.registered_groups)


def test_a_command_needs_its_own_module_and_the_help_needs_all() -> None:
    assert modules_for(["case", "FIR 1"]) == ("reading",)
    assert modules_for(["--help"]) == modules_for(["unheard-of"]) == tuple(COMMANDS)


def test_who_asks_for_a_case_does_not_wait_for_the_web_or_the_clients_of_kafka() -> None:
    told = "\n".join(
        (
            "import sys",
            "from ops.cli.main import app",
            "sys.argv = ['sangam', 'case', '--help']",
            "try: app()",
            "except SystemExit: print([m for m in ('fastapi', 'faust', 'confluent_kafka') if m in sys.modules])",
        )
    )
    ran = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, timeout=60, check=True)
    assert ran.stdout.strip().endswith("[]")
