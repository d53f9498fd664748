"""What every command is told: which database, and who is at work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from annotator.cli.near import NearChoice
from annotator.cli.streams import narrate
from annotator.errors import DomainError
from annotator.model.late import dataclass
from annotator.model.reviewer import reviewer_handle
from annotator.model.scheme import PASSES
from annotator.workflow.config import load_config

if TYPE_CHECKING:
    from annotator.store import Store

DATABASE_VARIABLE = "ANNOTATOR_DB"
REVIEWER_VARIABLE = "ANNOTATOR_REVIEWER"
_A_DAY = 86_400
DEFAULT_DATABASE = Path("db") / "annotations.db"

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Invocation:
    """The options and variables that hold for all commands; None where nothing was chosen.

    `verbose` and `log_text` are those of long work: log every item, and let the log quote texts.
    """

    database: Path | None = None
    reviewer: str | None = None
    verbose: bool = False
    log_text: bool = False

    @property
    def path(self) -> Path:
        """The database file, absolute: what was chosen, or db/annotations.db below the current folder."""
        return (self.database or DEFAULT_DATABASE).expanduser().absolute()

    def with_logging(self, **chosen: bool) -> Invocation:
        """The invocation with `verbose` or `log_text` as they were chosen."""
        return replace(self, **chosen)  # type: ignore[arg-type]  # only the two booleans are passed

    def reviewer_or_configured(self) -> str | None:
        """The reviewer's name: what was chosen, or what the configuration file says; raises ConfigError."""
        return self.reviewer or load_config().reviewer


def reviewer_name(value: str) -> str:
    """A reviewer's name on the command line, as it is kept."""
    try:
        return reviewer_handle(value)
    except DomainError as error:
        raise click.BadParameter(str(error)) from error


def seconds(value: str) -> float:
    """A length of time on the command line: more than 0 seconds and at most a day."""
    try:
        number = float(value)
    except ValueError:
        number = 0.0
    if not 0.0 < number <= _A_DAY:
        raise click.BadParameter(f"{value!r} is not a number of seconds, more than 0 and at most {_A_DAY}")
    return number


def takes_database(command: Decorated) -> Decorated:
    """`--db` behind the command's name means the same as before it."""
    return click.option(
        "--db",
        type=click.Path(path_type=Path),
        expose_value=False,
        callback=_database_chosen,
        help="The database file; the same option as before the command.",
    )(command)


def takes_pass(command: Decorated) -> Decorated:
    """`--pass` says what completes a claim; the command receives it as `pass_`."""
    return click.option(
        "--pass",
        "pass_",
        type=NearChoice(PASSES),
        default="both",
        show_default=True,
        help="What completes a claim: triage is worth and attribution, verify is the verdict.",
    )(command)


def takes_reviewer(command: Decorated) -> Decorated:
    """`--reviewer` behind the command's name means the same as before it."""
    return click.option(
        "--reviewer",
        type=reviewer_name,
        metavar="NAME",
        expose_value=False,
        callback=_reviewer_chosen,
        help="The reviewer's name; the same option as before the command.",
    )(command)


def _database_chosen(ctx: click.Context, param: click.Parameter, value: Path | None) -> None:
    if value is not None:
        _check_same(ctx, param, ctx.obj.database, value)
        ctx.obj = replace(ctx.obj, database=value)


def _reviewer_chosen(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    if value is not None:
        _check_same(ctx, param, ctx.obj.reviewer, value)
        ctx.obj = replace(ctx.obj, reviewer=value)


def _check_same(ctx: click.Context, param: click.Parameter, before: object, now: object) -> None:
    """Raise UsageError where an option says another thing behind the command's name than before it."""
    earlier, name = ctx.parent, param.name or ""
    while earlier is not None and before != now:
        if earlier.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE:
            ctx.fail(f"{param.opts[0]} is {before} before the command and {now} behind it: leave one out")
        earlier = earlier.parent


@contextmanager
def opened_to_read(invocation: Invocation) -> Iterator[Store]:
    """The chosen database, open for a command that changes nothing in it, also where it may not be written."""
    # Deferred: --help and split must not wait for the database's rooms.
    from annotator.cli.updating import Narration
    from annotator.store.connection import translated
    from annotator.store.file.read_only import store_to_read

    name_database(invocation)
    with store_to_read(invocation.path, Narration()) as store, translated(invocation.path):
        _check_name(store, invocation)
        yield store


@contextmanager
def opened(
    invocation: Invocation, *, create: bool = False, checked: bool = False, even_damaged: bool = False
) -> Iterator[Store]:
    """The chosen database, open, after saying which file it is; raises a StoreError where it cannot be used.

    One that the doctor found damaged can be, only if it may be `even_damaged`. For what writes much it is `checked`
    first whether its pages are sound.
    """
    # Deferred: --help and split must not wait for the database's rooms.
    from annotator.cli.updating import Narration
    from annotator.store import open_store
    from annotator.store.connection import translated

    name_database(invocation)
    store = open_store(invocation.path, create=create, told=Narration(), even_damaged=even_damaged)
    with closing(store), translated(invocation.path):
        _check_name(store, invocation)
        if checked:
            from annotator.store.soundness.page_check import check_pages

            check_pages(store)
        yield store


def _check_name(store: Store, invocation: Invocation) -> None:
    """Raise DecisionRefused where the command asks who is at work, and she is called otherwise by now."""
    context = click.get_current_context(silent=True)
    if context is None or all(parameter.name != "reviewer" for parameter in context.command.params):
        return
    from annotator.store.aliases import check_present

    check_present(store.connection, invocation.reviewer_or_configured())


def name_database(invocation: Invocation) -> None:
    """Say which file is used."""
    narrate(f"database: {invocation.path}")
