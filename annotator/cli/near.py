"""Groups and choices: they name the near one of a name that does not exist, and say whole what there is.

A group also refuses an option that is given twice, to itself or to a command, where only the last would hold.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any

import click


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """ ": did you mean 'export'?" for "exprot" and for "exp"; an empty text where nothing is near."""
    lower = {each.casefold(): each for each in known}
    beginning = [each for each in lower if name and each.startswith(name.casefold())]
    near = beginning or get_close_matches(name.casefold(), lower, n=1)
    return f": did you mean {lower[near[0]]!r}?" if near else ""


_WHOLE = 1000
"""Characters: no first sentence of a command's help has as many."""


def _refuse_repeated(command: click.Command, ctx: click.Context, args: Sequence[str]) -> None:
    """Raise UsageError where an option that takes one value is given several: all but the last would be lost.

    Nothing is refused of what a shell asks to have completed.
    """
    if ctx.resilient_parsing:
        return
    *_, given = command.make_parser(ctx).parse_args(list(args))
    for param, times in Counter(given).items():
        if times > 1 and isinstance(param, click.Option) and not (param.multiple or param.is_flag or param.count):
            ctx.fail(f"Option {param.opts[0]!r} is given {times} times, and takes one value.")


class NearGroup(click.Group):
    """A group that names the near command where there is none of that name, and lists its commands uncut."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """The arguments behind the group's own options; raises UsageError for an option that is given twice."""
        _refuse_repeated(self, ctx, args)
        return super().parse_args(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands for the help: of each the first sentence, on as many lines as that takes."""
        known = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl([(name, each.get_short_help_str(_WHOLE)) for name, each in known if each is not None])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command; raises UsageError, with the near name, where there is none."""
        name = args[0]
        if not name.startswith("-") and self.get_command(ctx, name) is None:
            known = self.list_commands(ctx)
            there = did_you_mean(name, known) or f"; there are: {', '.join(known)}"
            ctx.fail(f"No such command {name!r}{there}")
        found, command, rest = super().resolve_command(ctx, args)
        if command is not None and not isinstance(command, NearGroup):
            settings = {**command.context_settings, "resilient_parsing": ctx.resilient_parsing}
            _refuse_repeated(command, click.Context(command, parent=ctx, info_name=found, **settings), rest)
        return found, command, rest


class NearChoice(click.Choice[str]):
    """A choice that names the near one."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        """What is wrong with a value."""
        said = super().get_invalid_choice_message(value, ctx)
        near = did_you_mean(str(value), self.choices)
        return said.removesuffix(".") + near if near else said
