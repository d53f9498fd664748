"""The workbench: one screen for the queue, the review and the span mode, and what its modes share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Concatenate, ParamSpec, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container
from textual.screen import Screen
from textual.widgets import Input

from annotator.model.article import Claim
from annotator.model.judgement import CONTENT
from annotator.model.review import ArticleReview, State
from annotator.model.scheme import Pass, Scheme
from annotator.tui.clerk import READING, SAVING, Clerk, Line
from annotator.tui.keymap import CONFIRM, LABELS, QUEUE, REASON, REVIEW, SPANS, SPLIT, Action, Keymap, pressed, shown
from annotator.tui.screens.alternatives import Alternatives
from annotator.tui.screens.asking import Asking
from annotator.tui.screens.everywhere import Everywhere
from annotator.tui.screens.finding import Finding
from annotator.tui.screens.marking import UNITS, Marking
from annotator.tui.screens.picture import Picture
from annotator.tui.screens.queueing import Queueing
from annotator.tui.screens.reviewing import Reviewing
from annotator.tui.screens.sourcing import Sourcing
from annotator.tui.screens.splitting import Splitting
from annotator.tui.screens.undoing import Undoing
from annotator.tui.screens.writing import Writing
from annotator.tui.widgets.article_view import ArticleView
from annotator.tui.widgets.bars import KeyBar, MessageLine, TopBar
from annotator.tui.widgets.card import Card
from annotator.tui.widgets.claim_panel import ClaimPanel
from annotator.tui.widgets.field import LineInput
from annotator.tui.widgets.queue_view import QueueView
from annotator.workflow.plan import Plan
from annotator.workflow.session import Decided, ReviewSession

T = TypeVar("T")
P = ParamSpec("P")


class Workbench(Screen[None]):
    """Shows the session's review, and turns keys into its decisions."""

    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - the base class declares it so

    def __init__(
        self,
        clerk: Clerk,
        keymap: Keymap,
        scheme: Scheme,
        *,
        reviewer: str,
        pass_: Pass,
        advance: bool,
        place: str,
        database: str,
    ) -> None:
        super().__init__()
        self.keymap, self.scheme, self.reviewer, self.pass_, self.advance = keymap, scheme, reviewer, pass_, advance
        self._place, self.database = place, database
        self._message = MessageLine(id="message")
        self._line = Line(clerk, self.press, self._message, self._crash)
        self._review: ArticleReview | None = None
        self.mode = QUEUE
        self.present = 0
        self.candidate: int | None = None
        self.target = CONTENT
        self._signs: tuple[ArticleReview, list[State]] | None = None
        self.reviewing, self.marking, self.splitting = Reviewing(self), Marking(self), Splitting(self)
        self.queueing, self.finding, self.writing = Queueing(self), Finding(self), Writing(self)
        self.asking, self.everywhere, self.sourcing = Asking(self), Everywhere(self), Sourcing(self)
        self.alternatives, self.undoing = Alternatives(self), Undoing(self)
        self._owners = {
            REVIEW: self.reviewing,
            REASON: self.reviewing,
            SPANS: self.marking,
            LABELS: self.marking,
            SPLIT: self.splitting,
            QUEUE: self.queueing,
            CONFIRM: self.asking,
        }

    def compose(self) -> ComposeResult:
        """The bars, and the desk or the queue between them."""
        yield TopBar(id="top")
        with Container(id="desk"):
            yield ArticleView(id="article")
            unfold = self.keymap.by_id("unfold").key_list
            yield ClaimPanel(shown(unfold[0]) if unfold else "", id="claim")
        yield QueueView(id="queue")
        yield self._message
        yield LineInput(id="ask", compact=True, select_on_focus=False)
        yield KeyBar(id="keys")

    def on_mount(self) -> None:
        """Open what was asked for: an article, the last one, or the queue."""
        self.article_view = self.query_one("#article", ArticleView)
        self.queue_view = self.query_one("#queue", QueueView)
        self.picture = Picture(self)
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self.set_mode(QUEUE)
        if self._place not in ("", "last"):
            self.open_article(self._place)
            return

        def then(last: str | None) -> None:
            if self._place == "last" and last is not None:
                self.open_article(last)
            else:
                self.queueing.load(keep=last)

        resume = self._place == "last"
        self.ask_clerk(lambda session: session.article_to_review() if resume else session.last_article(), then)

    # Keys

    async def on_key(self, event: events.Key) -> None:
        """Press the key, unless something is being typed."""
        key = pressed(event.key, event.character)
        if self.asking.typing:
            if event.key == "escape":
                event.stop()
                self.asking.end()
            elif event.is_printable or not self.asking.focused:
                event.stop()
                self.press(key)
            return
        if self.keymap.action(self.mode, key) is not None or self._line.busy:
            event.stop()
            event.prevent_default()
            self._line.key(key)
        elif event.is_printable:
            event.stop()
            # A question stays where it is until it has its answer.
            if self.mode != CONFIRM and not self.mode.startswith(REASON):
                self.say(f"{shown(key)} means nothing here  ·  ? shows all keys")

    def press(self, key: str) -> None:
        """Do what a key means in the present mode.

        Who types on fast is ahead of a line or a form that is about to open: then a key is a letter, never a decision.
        """
        if self.asking.typing:
            self.asking.type(key)
            return
        action = self.keymap.action(self.mode, key)
        if action is not None and self.app.screen is self:
            self.perform(action)

    def perform(self, action: Action) -> None:
        """Do an action of the present mode: by its key, or by its name from the palette.

        What was said before may hold no longer: the message line says what came of the last action.
        """
        common = getattr(self.everywhere, f"do_{action.id}", None)
        if common is not None:
            common()
            return
        self._message.age()
        head, _, rest = action.id.partition(".")
        owner = self._owners[REASON if self.mode.startswith(REASON) else self.mode]
        if head in UNITS and isinstance(owner, Marking | Splitting):
            owner.move(head, rest)
        elif (method := getattr(owner, f"do_{action.id.replace('.', '_')}", None)) is not None:
            method()
        else:
            getattr(owner, f"do_{head}")(rest)
        if not self._line.busy:
            self._message.forget()

    def on_paste(self, event: events.Paste) -> None:
        """A paste is one event and never keys."""
        event.stop()
        self.say("a paste means nothing here: open a note or evidence first", "wrong")

    # The clerk

    def ask_clerk(self, job: Callable[[ReviewSession], T], then: Callable[[T], None]) -> None:
        """Run a job that reads on the session; keys wait until `then` has its result."""
        self._line.run(job, then, READING)

    def save(self, job: Callable[[ReviewSession], T], then: Callable[[T], None]) -> None:
        """Run a job that stores something; keys wait until `then` has its result."""
        self._line.run(job, then, SAVING)

    def decide(
        self, planner: Callable[Concatenate[ArticleReview, Claim, P], Plan], *args: P.args, **kwargs: P.kwargs
    ) -> None:
        """Take a decision on the present claim, and go on where that settles it."""
        claim = self.claim
        self.save(lambda session: session.take(planner, claim, *args, **kwargs), self.decided)

    def decide_here(
        self, planner: Callable[Concatenate[ArticleReview, Claim, P], Plan], *args: P.args, **kwargs: P.kwargs
    ) -> None:
        """Take a decision on the present claim and stay with it."""
        claim = self.claim
        self.save(lambda session: session.take(planner, claim, *args, **kwargs), self.settle)

    def keep_draft(self, kind: str, subject: str, payload: Mapping[str, Any] | None) -> None:
        """Keep what is being typed or marked."""
        self.save(lambda session: session.save_draft(kind, subject, payload), lambda _: None)

    async def settled(self) -> None:
        """Wait until everything that was asked for is done."""
        await self._line.settled()

    def _crash(self, trace: str) -> None:
        self.app.exit(return_code=1, message=f"{trace}\nannotator stopped; everything you decided before is stored.")

    # What is open

    @property
    def review(self) -> ArticleReview:
        """The open article's review; the modes that use it are only entered with one."""
        assert self._review is not None
        return self._review

    @property
    def open_id(self) -> str | None:
        """The id of the open article, or None."""
        return self._review.article.id if self._review is not None else None

    @property
    def claim(self) -> Claim:
        """The present claim."""
        return self.review.claims[self.present]

    def open_article(
        self, article_id: str, claim: tuple[str | None, int | None] | None = None, said: str = "", style: str = "said"
    ) -> None:
        """Open an article, at a claim (its id, or an offset in it) or where the reviewer left off."""
        self.leave_claim()

        def then(found: tuple[ArticleReview, int]) -> None:
            self._review, index = found
            aimed = self.index_of(*claim) if claim is not None else None
            # Before anything is painted: this article may have fewer claims than the one before.
            self.present = aimed if aimed is not None else index
            self._start_anew()
            self.show_review()
            self.say(said, style)
            self.sourcing.refresh()

        self.ask_clerk(lambda session: session.open(article_id), then)

    def _start_anew(self) -> None:
        """Another claim: nothing of it has been chosen yet."""
        self.candidate, self.target = None, CONTENT
        self.alternatives.forget()
        self.picture.fold()

    def leave_claim(self) -> None:
        """Remember the present claim as the place to come back to."""
        if self._review is not None:
            claim = self.claim
            self.save(lambda session: session.leave(claim), lambda _: None)

    def index_of(self, claim_id: str | None, offset: int | None) -> int | None:
        """The index of a claim by its id, or of the claim at an offset."""
        if self._review is None:
            return None
        for index, claim in enumerate(self.review.claims):
            if claim.id == claim_id:
                return index
        return self.review.index_at(offset) if offset is not None else None

    def go_to(self, index: int) -> None:
        """Make a claim the present one."""
        last = len(self.review.claims) - 1
        if not 0 <= index <= last:
            self.say("this is the last claim: ] opens the next article" if index > last else "this is the first claim")
            index = max(0, min(index, last))
        if index != self.present:
            self._start_anew()
        self.present = index
        self.paint()

    def settle(self, decided: Decided, say: str = "") -> None:
        """Show the review as it is after a decision, with the same claim present (or what has become of it)."""
        self._take_in(decided, say)
        self.paint()

    def decided(self, decided: Decided) -> None:
        """The same, and go on to the next open claim where this one is settled now; painted once either way."""
        before = self.state(self.present)
        dropped = self.alternatives.shown is not None and not self.alternatives.overtaken_by(decided.review)
        self._take_in(decided)
        done = (State.DONE, State.SKIPPED)
        if not self.advance or before in done or self.state(self.present) not in done:
            self.paint()
            return
        index = self.review.next_open(self.present, self.pass_)
        if index is None:
            self.say(self.all_settled())
            self.paint()
        else:
            self.go_to(index)
            if dropped:
                self.say(f"{self._message.text}  ·  the other way was not taken")

    def _take_in(self, decided: Decided, say: str = "") -> None:
        """Make a decision's review the present one, without painting it."""
        start = self.claim.span.start
        sources_changed = decided.review.sources != self.review.sources
        if self.alternatives.overtaken_by(decided.review):
            self.candidate = None
            self.alternatives.forget()
        self._review = decided.review
        place = self.index_of(decided.claim_id, start)
        self.present = place if place is not None else 0
        self.writing.follow(decided)
        if self.target not in {CONTENT, *(attribution.id for attribution in decided.review.attributions)}:
            self.target = CONTENT
        self.say(say or f"{decided.said}  ·  u takes it back")
        if sources_changed:
            self.sourcing.refresh()

    def all_settled(self) -> str:
        """What to say when no claim of the article is open."""
        return "every claim of this article is settled  ·  ] next article  ·  q queue"

    def states(self) -> list[State]:
        """The state of every claim of the open article."""
        if self._signs is None or self._signs[0] is not self.review:
            self._signs = (self.review, self.review.states(self.pass_))
        return self._signs[1]

    def state(self, index: int) -> State:
        """The state of one claim."""
        return self.states()[index]

    # Showing

    def set_mode(self, mode: str) -> None:
        """Enter a mode."""
        if mode != self.mode:
            self.picture.fold()
        self.mode = mode
        # On the panel alone: a class of the screen would style every widget anew at each change of mode.
        self.query_one("#claim").set_class(mode in (SPANS, LABELS), "-marking")
        for widget, there in ((self.queue_view, mode == QUEUE), (self.query_one("#desk"), mode != QUEUE)):
            if widget.display is not there:
                widget.display = there
        if mode == QUEUE and self._review is not None:
            self.queueing.load(keep=self.open_id)
        self.paint()

    def show_review(self) -> None:
        """Back to the review mode."""
        self.set_mode(REVIEW)

    def card(self) -> Card:
        """What the claim panel shows."""
        return self.picture.card()

    def paint(self) -> None:
        """Show the present state: one call, one frame."""
        self.picture.paint()

    def say(self, text: str, style: str = "said") -> None:
        """Say something in the message line."""
        self._message.say(text, style)

    @on(Input.Submitted, "#ask")
    def _answered(self, event: Input.Submitted) -> None:
        event.stop()
        self.asking.answered(event.value)

    # The mouse

    @on(ArticleView.Clicked)
    def _claim_clicked(self, event: ArticleView.Clicked) -> None:
        if self.mode == REVIEW and not self._line.busy:
            self.say("")
            self.go_to(event.index)

    @on(QueueView.Clicked)
    def _row_clicked(self, event: QueueView.Clicked) -> None:
        if self.mode == QUEUE and not self._line.busy:
            self.say("")
            self.queueing.click(event.position)

    @on(QueueView.Resized)
    def _queue_resized(self) -> None:
        self.queueing.resized()
