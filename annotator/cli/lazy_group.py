"""A group whose commands are imported when they are called, and whose help comes from the table that names them."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import partial
from importlib import import_module
from typing import Any

import click

from annotator.cli import exits
from annotator.cli.near import NearGroup
from annotator.model.late import NamedTuple


class CommandRow(NamedTuple):
    """One command: the module it is in, its name there, and its help in one line."""

    module: str
    attribute: str
    help: str

    def load(self) -> click.Command:
        """The command itself; imports its module."""
        command = getattr(import_module(self.module), self.attribute)
        assert isinstance(command, click.Command)
        return command


class LazyGroup(NearGroup):
    """A click group over a table of commands, none of which is imported before it is called."""

    def __init__(self, *args: Any, table: Mapping[str, CommandRow], **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.table = table

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The commands in the table's order."""
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """The command with this name, or None."""
        row = self.table.get(cmd_name)
        return row.load() if row else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """Write the list of commands for the help."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, row.help) for name, row in self.table.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise exits.ReaderGone from error

    def main(self, *args: Any, **settings: Any) -> Any:
        """Run the command line to its end: what stops it, and with which status, is decided in `exits`."""
        settings["standalone_mode"] = False
        sys.exit(exits.status_of(partial(super().main, *args, **settings)))
