"""The options that say what of the dataset is exported."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from functools import wraps
from typing import Any

import click

from annotator.cli.near import NearChoice
from annotator.cli.periods import PERIOD_OPTIONS, chosen_period
from annotator.errors import DomainError
from annotator.exporters.split import PARTS
from annotator.model.offsets import OffsetUnit
from annotator.model.review import State
from annotator.model.reviewer import name_as_kept
from annotator.model.scheme import PASSES
from annotator.model.web_address import web_address
from annotator.workflow.dataset import Choice
from annotator.workflow.exporting.anonymous import WORDS


def _shares(_ctx: click.Context, _param: click.Parameter, value: str | None) -> tuple[int, ...]:
    if value is None:
        return ()
    shares = [int(share) if share.isascii() and share.isdigit() else -1 for share in value.split(":")]
    if len(shares) != len(PARTS) or min(shares) < 0 or not 0 < sum(shares) <= 10**9:
        raise click.BadParameter(f"{value!r} is not the shares of {', '.join(PARTS)}, such as 80:10:10")
    return tuple(shares)


def _address(_ctx: click.Context, _param: click.Parameter, value: str) -> str:
    try:
        return web_address(value)
    except DomainError as error:
        raise click.BadParameter(f"{value!r} is not an http or https address: {error}") from error


def _many(name: str, field: str, said: str, **settings: Any) -> Callable[[Any], Any]:
    return click.option(name, field, multiple=True, help=f"{said} May be repeated.", **settings)


_OPTIONS: tuple[Callable[[Any], Any], ...] = (
    _many("--reviewer", "reviewers", "Only this reviewer's work.", type=name_as_kept, metavar="NAME"),
    _many("--article", "articles", "Only work on this article.", metavar="ARTICLE"),
    _many("--state", "states", "Only claims in this state.", type=NearChoice([state.value for state in State])),
    _many("--worth", "worths", "Only claims of this check-worthiness, by its id.", metavar="ID"),
    _many("--verdict", "verdicts", "Only claims with this verdict on what they say, by its id.", metavar="ID"),
    *PERIOD_OPTIONS,
    click.option(
        "--adjudicated",
        is_flag=True,
        help="One row per claim: what was adjudicated, what all agree on, and what a single reviewer decided.",
    ),
    click.option(
        "--all",
        "untouched",
        is_flag=True,
        help="Also the claims of the reviewer's articles about which nothing has been decided.",
    ),
    click.option(
        "--pass",
        "pass_",
        type=NearChoice(PASSES),
        default="both",
        show_default=True,
        help="What completes a claim, for the first decisions of the format decisions.",
    ),
    click.option("--no-text", is_flag=True, help="Leave out every text of an article; offsets and hashes stay."),
    click.option(
        "--anonymise",
        "anonymised",
        is_flag=True,
        help="Call reviewers r1, r2, ... and leave out notes and justifications.",
    ),
    _many("--leave-out", "leave_out", "Leave out these words of the reviewers'.", type=NearChoice(WORDS)),
    click.option(
        "--split",
        callback=_shares,
        metavar="TRAIN:DEV:TEST",
        help="Divide the articles among three parts, by these shares: 80:10:10.",
    ),
    click.option("--seed", type=int, default=0, metavar="N", help="Seed of the random division.  [default: 0]"),
    click.option(
        "--offsets",
        type=click.Choice([unit.value for unit in OffsetUnit]),
        help="Count offsets in this unit, where the format can have several.",
    ),
    click.option("--base-url", callback=_address, default="", metavar="URL", help="Where the dataset will be found."),
    click.option(
        "--organisation", default="", metavar="NAME", help="Who publishes it.  [default: as the configuration says]"
    ),
    click.option(
        "--organisation-url", callback=_address, default="", metavar="URL", help="The organisation's address."
    ),
)


def takes_choice(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options; it receives them as `choice`, a Choice."""

    @wraps(command)
    def with_choice(*arguments: Any, no_text: bool, **given: Any) -> Any:
        settings = {field.name: given.pop(field.name) for field in fields(Choice) if field.name in given}
        settings["period"] = chosen_period(given.pop("since"), given.pop("until"))
        settings["states"] = tuple(map(State, settings["states"]))
        settings["offsets"] = OffsetUnit(settings["offsets"]) if settings["offsets"] else None
        settings["leave_out"] = frozenset(settings["leave_out"])
        return command(*arguments, choice=Choice(**settings, with_text=not no_text), **given)

    decorated: Callable[..., Any] = with_choice
    for option in reversed(_OPTIONS):
        decorated = option(decorated)
    return decorated
