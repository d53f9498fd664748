"""The terminal application: who is at work, the workbench, and leaving without losing anything."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Event, Timer
from typing import Any, ClassVar, NoReturn

from textual import events
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.driver import Driver
from textual.message_pump import MessagePump
from textual.screen import Screen

from annotator.errors import AnnotatorError
from annotator.model.queue import QueueSort
from annotator.model.reviewer import reviewer_handle
from annotator.model.scheme import Pass, Scheme
from annotator.signals import ended_by_signals
from annotator.tui.colours import few_colours
from annotator.tui.draft_keeper import DraftKeeper
from annotator.tui.keyboards import letters, plain
from annotator.tui.keymap import Keymap, actions
from annotator.tui.neutral_output import keep_output_neutral
from annotator.tui.pasting import keep_pastes_whole
from annotator.tui.screens.workbench import Workbench
from annotator.tui.state import QueueState, ReviewState
from annotator.tui.typed_ahead import TypedAhead
from annotator.tui.worker import Worker
from annotator.workflow.config import Config, remember_reviewer, wrong_setting
from annotator.workflow.session import ReviewSession, open_session
from annotator.workflow.spare_drafts import bring_home, spare_drafts

OpenSession = Callable[[Path, Scheme, str, Pass], ReviewSession]
"""Opens a session on a database with a scheme, for a reviewer and a pass."""

CLOSING = 1.5
"""Seconds that what is under way has to be finished when the program ends; it may wait for another program's lock."""

LEFT_UNDONE = (
    "what was under way when you left is not stored: another program kept the database locked. What you were "
    "typing is kept for the next start"
)

LOOKUPS_CLOSING = 0.5
"""Seconds that what is looked up in the background has to end."""

WITHDRAWING = 1.0
"""Seconds that a decision waits at the most for the screen not to call done any more what it takes back."""


_PALETTE = "ctrl+p"
"""The palette's key where no other is chosen."""


def _actions_of_mode() -> type[Provider]:
    # Deferred: the first frame has no palette.
    from annotator.tui.screens.palette import ActionProvider

    return ActionProvider


class AnnotatorApp(App[None]):
    """The workbench in a terminal."""

    CSS_PATH = "workbench.tcss"
    TITLE = "Annotator"
    # Over forms too, and where one types.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(_PALETTE, "command_palette", "palette", show=False, priority=True, id="palette")
    ]
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_actions_of_mode}

    def __init__(
        self,
        path: Path,
        reviewer: str | None,
        config: Config,
        *,
        pass_: Pass = "both",
        place: str = "",
        few_colours: bool = False,
        scheme: Scheme | None = None,
        sample: float | None = None,
        session: OpenSession = open_session,
    ) -> None:
        """`few_colours`: the terminal's own colours are taken as they are, and marks differ without them too.

        `scheme` is the project's, where it has been read already; `session` opens the reviewer's, on the worker's
        thread. With a `sample` (a share) the reviewer settles what the others differ on, and looks at that share of the
        rest.
        """
        super().__init__(driver_class=_driver_class(), ansi_color=True if few_colours else None)
        # The variable TEXTUAL_ANIMATIONS would do, but Textual reads it when it is imported.
        self.animation_level = "none"
        self._path, self._reviewer, self._config = path, reviewer, config
        self._pass: Pass = pass_
        self._place, self._sample = place, sample
        if scheme is None:
            # Deferred: whoever has opened the database knows its scheme.
            from annotator.workflow.schemes import scheme_at

            scheme = scheme_at(path)
        self._scheme = scheme
        self._letters = letters(config.layout)
        self._table = Keymap(actions(self._scheme, config.keys), self._letters)
        # A letter is typed there.
        keys = [key for key in self._table.by_id("palette").key_list if len(key) > 1]
        if keys != [_PALETTE]:
            # Textual (8.2.8) goes through such a table at every key.
            self.set_keymap({"palette": ",".join(keys)})
        self._open_session = session
        self.worker = Worker(self._open)
        self.lookups = Worker(self._open_for_lookups)
        self._first: ReviewSession | None = None
        self._ahead = TypedAhead(self._typed, self._passed, self._form)
        self._keeper: DraftKeeper | None = None
        self._loop_running: asyncio.AbstractEventLoop | None = None

    def _open(self) -> ReviewSession:
        """On the worker's thread: the connection is its own."""
        assert self._reviewer is not None
        # The scheme that the keys were made of.
        if self._sample is not None:
            from annotator.workflow.layer_session import open_layer

            session = open_layer(self._path, self._scheme, self._reviewer)
        else:
            session = self._open_session(self._path, self._scheme, self._reviewer, self._pass)
        bring_home(self._config.path.parent, self._path, self._reviewer, session)
        session.withdraw = self._withdraw
        self._first = session
        return session

    def _open_for_lookups(self) -> ReviewSession:
        """On the thread that looks things up: a connection of its own, on which nothing is decided."""
        assert self._reviewer is not None
        # Deferred: nothing is looked up before the first claim is shown.
        from annotator.workflow.beside import open_beside

        return open_beside(self._first, self._path, self._scheme, self._reviewer, self._pass)

    def on_mount(self) -> None:
        """Ask who is at work where nobody said so, and begin."""
        self._loop_running = asyncio.get_running_loop()
        # Only a driver of ours notices that, and none where no terminal is driven.
        when_lost = getattr(self._driver, "when_lost", None)
        if when_lost is not None:
            when_lost(self._lost)
        if self._config.theme is not None:
            self.theme = self._config.theme
        if self.ansi_color:
            self.theme = "ansi-dark" if self.current_theme.dark else "ansi-light"
        if self._reviewer is None:
            # Deferred: it is asked for once.
            from annotator.tui.screens.forms import NameScreen

            self.push_screen(NameScreen(_wrong_name), self._named)

    def get_default_screen(self) -> Screen[Any]:
        """The workbench, where it is known who is at work: a screen below it would only take time."""
        return super().get_default_screen() if self._reviewer is None else self._new_workbench()

    async def on_event(self, event: events.Event) -> None:
        """A key or a paste waits until a form has dealt with those before it; everything else goes its way."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            await self._ahead.take(event)
        else:
            await super().on_event(event)

    async def _typed(self, event: events.Event) -> None:
        """Over a list or a page a letter of another script means the key that it lies on; typed, it is a letter.

        The workbench's own keys go through its keymap.
        """
        if self._letters and isinstance(event, events.Key) and event.character and not self._typing():
            key = plain(event.character, self._letters)
            event = events.Key(key, key) if key != event.character else event
        await super().on_event(event)

    def _passed(self) -> Sequence[MessagePump]:
        """Whom a key goes through in a form, from the field in focus to the application."""
        if self.focused is None and isinstance(self.screen, Workbench):
            return ()
        return (self.focused or self.screen).ancestors_with_self

    def _form(self) -> MessagePump | None:
        return None if isinstance(self.screen, Workbench) else self.screen

    def _typing(self) -> bool:
        # Deferred: only the layouts with letters of their own ask for it.
        from textual.widgets import Input, TextArea

        return isinstance(self.screen, Workbench) or isinstance(self.focused, Input | TextArea)

    def _named(self, name: str | None) -> None:
        if name is None:
            self.exit()
            return
        self._reviewer = reviewer_handle(name)
        try:
            self._config = remember_reviewer(self._config, name)
        except AnnotatorError as error:
            self.notify(str(error), severity="warning", markup=False)
        self.push_screen(self._new_workbench())

    def _new_workbench(self) -> Workbench:
        assert self._reviewer is not None
        state = ReviewState(self._scheme, self._reviewer, self._pass, self._config.advance, str(self._path))
        state.check_first, state.brief = self._config.check_first, True
        state.learns = self._config.learn and self._sample is None
        if state.check_first:
            state.queue = QueueState(sort=QueueSort.WORTH)
        if self._sample is not None:
            state.lead, state.sample = self._reviewer, self._sample
        spare = spare_drafts(self._config.path.parent, self._path, self._reviewer)
        keeper = self._keeper = DraftKeeper(self.worker, spare, self._draft_trouble)
        return Workbench(
            self.worker, self.lookups, self._table, state, self._place, self._ahead.hand_back, keeper, self.size.width
        )

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Textual's own palette entries, without its help and its way out: the keymap's know this tool."""
        ours = ("Keys", "Quit")
        yield from (command for command in super().get_system_commands(screen) if command.title not in ours)

    def action_command_palette(self) -> None:
        """Every action by its name; the same key again leaves the palette."""
        # Deferred: the first frame has no palette.
        from annotator.tui.screens.palette import Palette

        if isinstance(self.screen, Palette):
            self.screen.leave()
        else:
            self.push_screen(Palette())

    @property
    def _workbench(self) -> Workbench | None:
        return next((screen for screen in self.screen_stack if isinstance(screen, Workbench)), None)

    async def action_quit(self) -> None:
        """Quit by Textual's own key, which the keymap never sees: the place is remembered all the same."""
        workbench = self._workbench
        if workbench is None:
            self.exit()
        else:
            workbench.leave()

    # Ending, and what is not stored

    def stop(self, status: int) -> None:
        """End the program with this exit status, from a signal or from another thread: what is typed is kept."""
        if self._loop_running is None:
            raise SystemExit(status)
        # A loop that is closed already has nothing to be told.
        with suppress(RuntimeError):
            self._loop_running.call_soon_threadsafe(self._stop, status)

    def _stop(self, status: int) -> None:
        workbench = self._workbench
        if workbench is not None:
            workbench.keep_all()
        self.exit(return_code=status)

    def _lost(self) -> None:
        """The terminal is gone; a screen that cannot be left any more is ended all the same."""
        status = 129
        self.stop(status)

        def end() -> None:
            self.keep_beside()
            os._exit(status)

        last = Timer(3 * CLOSING, end)
        last.daemon = True
        last.start()

    def keep_beside(self) -> None:
        """Write beside the database what it has not taken."""
        if self._keeper is not None:
            self._keeper.write_beside()

    def _draft_trouble(self, what: str) -> None:
        workbench = self._workbench
        if workbench is not None:
            workbench.trouble(what)

    def _withdraw(self, claims: frozenset[str]) -> None:
        """On the worker's thread: go on when the terminal does not call these claims done any more."""
        shown = Event()
        with suppress(RuntimeError):
            assert self._loop_running is not None
            self._loop_running.call_soon_threadsafe(self._show_withdrawn, claims, shown.set)
            shown.wait(WITHDRAWING)

    def _show_withdrawn(self, claims: frozenset[str], then: Callable[[], None]) -> None:
        workbench, driver = self._workbench, self._driver
        if workbench is None:
            then()
            return
        workbench.withdraw(claims)
        when_written = getattr(driver, "when_written", None)
        shown = then if when_written is None else lambda: when_written(then)
        if workbench.frame.is_written:
            shown()
        else:
            self.screen.call_after_refresh(shown)

    def check_theme(self) -> None:
        """Raise ConfigError for a theme that does not exist."""
        theme = self._config.theme
        if theme is not None and theme not in self.available_themes:
            known = ", ".join(sorted(self.available_themes))
            raise wrong_setting(self._config, ("theme",), f"no theme {theme!r} (known: {known})")


def _wrong_name(name: str) -> str:
    try:
        reviewer_handle(name)
    except AnnotatorError as error:
        return str(error)
    return ""


def run_workbench(
    path: Path,
    reviewer: str | None,
    *,
    pass_: Pass = "both",
    article: str | None = None,
    config: Config,
    scheme: Scheme | None = None,
    sample: float | None = None,
    session: OpenSession = open_session,
) -> int:
    """Open the workbench on the database; the process's exit status.

    `article` is an article's id, perhaps with "@" and the offset of a claim in it, "last" for where the reviewer left
    off, or None for the queue. `scheme`, `sample` and `session` are as in AnnotatorApp. Raises ConfigError for
    keys that collide or a theme that does not exist, and StoreError for a database that cannot be used.
    """
    app = AnnotatorApp(
        path,
        reviewer,
        config,
        pass_=pass_,
        place=article or "",
        few_colours=few_colours(),
        scheme=scheme,
        sample=sample,
        session=session,
    )
    app.check_theme()
    keep_pastes_whole()
    keep_output_neutral()
    try:
        if reviewer is not None:
            app.worker.open_ahead()
        with ended_by_signals(app.stop):
            app.run()
    finally:
        app.lookups.closing = True
        if not app.worker.close(CLOSING):
            _leave_undone(app)
        # Who closes last leaves the database's file whole by itself.
        app.lookups.close(LOOKUPS_CLOSING)
    return app.return_code or 0


def _leave_undone(app: AnnotatorApp) -> NoReturn:
    """End at once, with what could not be stored kept beside the database: another program has it."""
    app.keep_beside()
    with suppress(OSError):
        sys.stderr.write(f"annotator: {LEFT_UNDONE}\n")
        sys.stderr.flush()
    # The thread that waits for the lock would keep the process for as long as that is held.
    os._exit(app.return_code or 1)


def _driver_class() -> type[Driver] | None:
    """Ours, or None for what Textual would take: one that is named from outside, or Windows'."""
    if sys.platform == "win32" or os.environ.get("TEXTUAL_DRIVER"):
        return None
    from annotator.tui.driver import TerminalDriver

    return TerminalDriver
