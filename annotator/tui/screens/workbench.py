"""The workbench: the screen that turns keys into actions, and paints what they lead to."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property, partial
from operator import is_
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container
from textual.geometry import Size
from textual.screen import Screen
from textual.widgets import Static

from annotator.model.article import Claim
from annotator.model.text import neutral_line, neutral_text
from annotator.tui.actions.opening import begin, choose_row, learn
from annotator.tui.context import Context
from annotator.tui.draft_keeper import DraftKeeper
from annotator.tui.first_keys import make_ready
from annotator.tui.hints import of_no_use
from annotator.tui.keymap import QUEUE, REVIEW, Action, Keymap, pressed, shown
from annotator.tui.presenter import screen_view
from annotator.tui.screens.terminal import ScreenTerminal
from annotator.tui.state import Question, ReviewState
from annotator.tui.views import ScreenView
from annotator.tui.watch import LOOKED_AFTER, Watch
from annotator.tui.widgets.article_view import ArticleView
from annotator.tui.widgets.bars import KeyBar, MessageLine, TopBar
from annotator.tui.widgets.claim_panel import ClaimPanel
from annotator.tui.widgets.frame import Frame
from annotator.tui.widgets.queue_view import QueueView
from annotator.tui.worker import JobQueue, Worker

if TYPE_CHECKING:
    from annotator.tui.screens.asked_line import AskedLine
    from annotator.workflow.other_terminals import News

LEAVING = 2.0
"""Seconds that what is under way has before the program ends without it."""

WIDE = 100
"""Columns from which the panel stands beside the article."""

OPENED_AT_ONCE = 0.2
"""Seconds that the first frame waits for what it is to show."""


class Reading(Container):
    """Holds the article and its claim, and shows nothing itself."""

    BLANK = True


class Workbench(Screen[None]):
    """Shows the state of the review, and turns keys into its actions."""

    AUTO_FOCUS = ""
    BLANK = True
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 - the base class declares it so

    def __init__(
        self,
        worker: Worker,
        lookups: Worker,
        keymap: Keymap,
        state: ReviewState,
        place: str,
        hand_back: Callable[[str], None],
        keeper: DraftKeeper,
        columns: int,
    ) -> None:
        """`hand_back` takes the keys that waited here while a form opened: they are the form's.

        `columns` are the terminal's, for the first frame.
        """
        super().__init__(classes="-wide" if columns >= WIDE else "-narrow")
        self._hand_back = hand_back
        unfold = keymap.by_id("unfold").key_list
        self._top, self._message, self._keys = TopBar(id="top"), MessageLine(id="message"), KeyBar(id="keys")
        self._article, self._queue = ArticleView(id="article"), QueueView(id="queue")
        self._panel = ClaimPanel(shown(unfold[0]) if unfold else "", id="claim")
        self._reading = Reading(self._article, self._panel, id="reading")
        self.frame = Frame(self, (self._top, self._message, self._keys, self._article, self._queue, self._panel))
        self._place = place
        self._painted: tuple[object, ...] = ()
        self._narrow = columns < WIDE
        self._arranged: ScreenView | None = None
        self._opening: asyncio.Task[None] | None = None
        self._question: Question | None = None
        self._jobs = JobQueue(worker, state, self.press, self.paint, self._crash, lookups, self._look_again)
        self._terminal = ScreenTerminal(self._article, self._panel, self._queue, self.paint)
        self._keeper = keeper
        self.context = Context(state, keymap, self._jobs, self._terminal, keeper)
        self._watch = Watch(worker, self._jobs, keeper, self.trouble, self._notice)

    @property
    def state(self) -> ReviewState:
        """What the screen is about."""
        return self.context.state

    def compose(self) -> ComposeResult:
        """The bars, and the article with its claim, or the queue, between them."""
        yield self._top
        yield self._reading
        yield self._queue
        yield self._message
        yield self._keys

    async def on_mount(self) -> None:
        """Open what was asked for: an article, the last one, or the queue."""
        self.paint()
        begin(self.context, self._place)
        self._opening = asyncio.get_running_loop().create_task(self._opened())
        self.set_interval(LOOKED_AFTER, self._watch.look)
        # One frame with the claim in it comes sooner than an empty one and another.
        await asyncio.wait([self._opening], timeout=OPENED_AT_ONCE)

    def on_unmount(self) -> None:
        """Look after nothing more."""
        self._watch.stop()

    async def _opened(self) -> None:
        await self._jobs.until_idle()
        self.call_after_refresh(self._shown)

    def _shown(self) -> None:
        """Whether an article has room for the whole claim is known when it has been shown."""
        self._panel.hide_claim(hides=not self._article.shows_claim)
        loop = asyncio.get_running_loop()

        def said() -> None:
            # A loop that is closed already has nothing to show it on.
            with suppress(RuntimeError):
                # As a message: what goes wrong in it ends the program with a trace, as in any other.
                loop.call_soon_threadsafe(self.call_later, self._say_all)

        make_ready(said)
        learn(self.context)

    def _say_all(self) -> None:
        """Say also why something is suggested, and whose words it gives."""
        self.state.brief = False
        self.paint()

    def _notice(self, news: News) -> None:
        """Show what others have written."""
        # Deferred: it is seldom needed.
        from annotator.tui.actions.noticing import take_news

        # What is typed here meanwhile is newer.
        take_news(self.context, news if self._keeper.idle else news._replace(drafts=self.state.drafts))
        self.paint()

    def _look_again(self) -> None:
        """What is shown may be old, where a decision was refused."""
        self.call_later(self._watch.look)

    # Keys

    async def on_key(self, event: events.Key) -> None:
        """Press the key, unless something is being typed."""
        key = pressed(event.key, event.character)
        mode = self.state.mode
        action = self.context.keymap.action(mode, key)
        if self.state.typing:
            self._line.take(event, key)
        elif self.app.screen is not self:
            # It came before the form was there that the key before it has opened.
            event.stop()
            event.prevent_default()
            self._hand_back(key)
        elif action is not None or self._jobs.busy:
            event.stop()
            event.prevent_default()
            if action is not None and action.id == "quit":
                self._leave_in_time()
            self._jobs.key(key)
        elif event.is_printable or event.key not in self.active_bindings:
            event.stop()
            if said := of_no_use(self.context.keymap, mode, key):
                self.state.say(said)
                self.paint()

    def press(self, key: str) -> None:
        """Do what a key means in the present mode.

        Who types on fast is ahead of a line or a form that is about to open: then a key is a letter, never a decision.
        A key that waited until the program ended means nothing any more.
        """
        if self._is_over:
            return
        if self.state.typing:
            self._line.press(key)
            return
        if self.app.screen is not self:
            self._hand_back(key)
            return
        action = self.context.keymap.action(self.state.mode, key)
        if action is not None:
            self.perform(action)

    def perform(self, action: Action) -> None:
        """Do an action of the present mode: by its key, or by its name from the palette."""
        # Deferred: what keys do is loaded while the first claim is read.
        from annotator.tui.modes import perform

        self._terminal.opened_by = action.key_list
        perform(self.context, action)
        self.paint()

    def leave(self) -> None:
        """End the program, with the place remembered."""
        from annotator.tui.actions.anywhere import leave

        self._leave_in_time()
        leave(self.context)

    def _leave_in_time(self) -> None:
        """See that the program ends soon, whatever is under way: another program may keep the database for long."""
        self._keeper.hand_over()
        # What cannot be finished then either is told of when the screen is gone.
        self.set_timer(LEAVING, self.app.exit)

    def keep_all(self) -> None:
        """Hand to the worker what is not stored yet: the place, and what is typed."""
        self._watch.go_to(self._claim_on_screen())
        self._watch.keep_place()
        self._keeper.hand_over()

    def withdraw(self, claims: frozenset[str]) -> None:
        """Do not call these claims done any more: a decision is about to take that back."""
        self.state.withdrawn = claims
        self.paint()

    def trouble(self, what: str) -> None:
        """Say what is wrong with the database, on whatever form is open too; an empty text: nothing any more."""
        if self._is_over:
            return
        self.state.say(what, "wrong" if what else "said")
        self.paint()
        for line in self.app.screen.query(".form-trouble").results(Static):
            line.update(neutral_line(what))
            line.display = bool(what)

    def on_paste(self, event: events.Paste) -> None:
        """A paste is one event and never keys."""
        event.stop()
        self.state.say("a paste means nothing here: open a note or evidence first", "wrong")
        self.paint()

    async def until_idle(self) -> None:
        """Wait until everything that was asked for is done."""
        await self._jobs.until_idle()
        await self._keeper.until_idle()

    def _crash(self, trace: str) -> None:
        said = f"{trace}\nannotator stopped; everything you decided before is stored."
        self.app.exit(return_code=1, message=neutral_text(said))

    # Showing

    @property
    def _is_over(self) -> bool:
        """Whether the program is ending: a job that is done meanwhile has no screen to be shown on."""
        return not self.app.is_running

    def paint(self) -> None:
        """Show the present state, where it is another than the one that is shown."""
        if self._is_over:
            return
        with self.frame.open():
            self._paint()

    def _paint(self) -> None:
        self._message.wait(self.state.waits_for)
        self._message.say(self.state.message.text, self.state.message.style)
        now = self.state.shown()
        self._watch.go_to(self._claim_on_screen())
        if self._painted and all(map(is_, now, self._painted)):
            return
        self._painted = now
        self._ask(self.state.question)
        view = screen_view(self.state, self.context.keymap)
        if not view.unfolded:
            self._panel.fold()
        self._arrange(view)
        self._top.show(view.heading)
        self._keys.show(view.hints)
        if view.queue is not None:
            self._queue.show(view.queue)
        if view.article is not None and view.claim is not None:
            self._article.show(view.article)
            self._panel.show(view.claim, hides=not self._article.shows_claim)

    def _arrange(self, view: ScreenView) -> None:
        """Give each widget its place. Only narrow screens have other places for what is marked or unfolded."""
        self._arranged = view
        # On these alone: a class of the screen would style every widget anew at each change of mode.
        self.frame.style(self._reading, "-unfolded", wanted=view.unfolded and self._narrow)
        self.frame.style(self._panel, "-marking", wanted=view.marking and self._narrow)
        self.frame.display(self._queue, wanted=view.choosing)
        self.frame.display(self._reading, wanted=not view.choosing)

    def on_resize(self, event: events.Resize) -> None:
        """Another width may mean other places."""
        self._narrow = event.size.width < WIDE
        if self._arranged is not None:
            self._arrange(self._arranged)

    def _screen_resized(self, size: Size) -> None:
        # Textual (8.2.8) lays out what lies below a form again when that opens.
        if size != self._size:
            super()._screen_resized(size)

    def on_screen_suspend(self) -> None:
        """A form lies above, and paints what lies below it."""
        self.frame.cover()
        self._repaint_required = False

    def on_screen_resume(self) -> None:
        """It has gone."""
        self.frame.uncover()

    @cached_property
    def _line(self) -> AskedLine:
        """The line to type in, made when words are first asked for: the first claim need not wait for it."""
        from annotator.tui.screens.asked_line import AskedLine

        return AskedLine(self.context, self.paint)

    def _claim_on_screen(self) -> Claim | None:
        return self.state.claim if self.state.opened is not None and self.state.mode != QUEUE else None

    def _ask(self, question: Question | None) -> None:
        """Show the line to type in while words are asked for, in the message's place."""
        if question is self._question:
            return
        self._question = question
        if not self._line.is_attached:
            self.mount(self._line, before=self._keys)
        self.frame.display(self._message, wanted=question is None)
        self.frame.display(self._line, wanted=question is not None)
        if question is not None:
            self._line.ask(question)
        # At once: a focus that comes later could come when the answer is given already, and take the keys.
        self.set_focus(self._line if question is not None else None)

    # The mouse

    @on(ArticleView.Clicked)
    def _claim_clicked(self, event: ArticleView.Clicked) -> None:
        self._point(REVIEW, partial(self.state.go_to, event.index))

    @on(QueueView.Clicked)
    def _row_clicked(self, event: QueueView.Clicked) -> None:
        from annotator.tui.modes.queue import point_at

        self._point(QUEUE, partial(point_at, self.context, event.position))

    def _point(self, mode: str, clicked: Callable[[], None]) -> None:
        """Do what a click means in a mode, where that is the present one and has nothing else to do."""
        if self.state.mode == mode and not self._jobs.busy:
            self.state.say("")
            clicked()
            self.paint()

    @on(QueueView.Resized)
    def _queue_resized(self) -> None:
        if self.state.mode == QUEUE and self.state.queue.loaded:
            choose_row(self.context, self.state.queue, self.state.queue.chosen)
            self.paint()
