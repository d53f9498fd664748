from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.geometry import Region
from textual.pilot import Pilot
from textual.widget import Widget

from annotator.model.article import Article, Publication, Segmentation
from annotator.model.attribution import Anonymity, Attribution, Form
from annotator.model.ledger import Entry
from annotator.model.review import ArticleReview
from annotator.model.scheme import default_scheme
from annotator.model.span import Span
from annotator.model.stored_article import StoredArticle
from annotator.model.suggestion import AttributionSuggestion, Suggestions, WorthSuggestion
from annotator.store import ledger, open_store
from annotator.store import review as work
from annotator.tui.app import AnnotatorApp
from annotator.tui.screens.workbench import Workbench
from annotator.tui.widgets.bars import MessageLine
from annotator.workflow import ingest as workflow
from annotator.workflow.config import Config
from annotator.workflow.importing import preparing

BRIDGE = Article(
    "Bridge at Sela closed\n\n"
    "The bridge closed at dawn. Ines Duarte told the Sela Post that two cables had “lost tension”. "
    "“Nobody was hurt,” she said.\n\n"
    "Traffic uses the old ramp. Will it hold?\n",
    "bridge.txt",
    Publication(
        title="Bridge at Sela closed",
        url="https://wire.example/bridge",
        publisher="Sela Wire",
        published_at="2026-03-10",
    ),
)
FERRY = Article(
    "Ferry runs again\n\nThe ferry runs again since Monday. It was late. It was full.\n",
    "ferry.txt",
    Publication(title="Ferry runs again", publisher="Delta Post", published_at="2026-03-12"),
)
MARKET = Article(
    "Market moves\n\nThe market moves to the quay. The bridge is too far.\n",
    "market.txt",
    Publication(title="Market moves", publisher="Alta News", published_at="2026-03-11"),
)


def span_of(text: str, piece: str) -> Span:
    start = text.index(piece)
    return Span(start, start + len(piece))


def suggestions_for(text: str, made: Segmentation) -> Suggestions:
    """What a suggester could say of the bridge; nothing of the other articles."""
    if not text.startswith("Bridge at Sela"):
        return Suggestions("test@1")

    def at(piece: str) -> Span:
        return span_of(text, piece)

    sentences = [sentence.span for sentence in made.sentences]
    worths = [
        WorthSuggestion(sentences[index], worth, "made up", 0.5) for index, worth in ((0, "0"), (2, "2"), (5, "0"))
    ]
    told = Attribution(
        "told",
        (at("Ines Duarte"),),
        at("told"),
        (at("that two cables had “lost tension”"),),
        form=Form.MIXED,
        relay=at("the Sela Post"),
    )
    said = Attribution("said", (at("she"),), at("said"), (at("“Nobody was hurt,”"),), form=Form.DIRECT)
    critics = replace(said, id="critics", source=(), cue=at("hurt"), content=(at("was"),), anonymity=Anonymity.NONE)
    found = [AttributionSuggestion(each, "made up", 0.5) for each in (told, said, critics)]
    return Suggestions("test@1", tuple(worths), tuple(found))


@pytest.fixture
def review() -> ArticleReview:
    """The bridge as ana sees it before she has decided anything, without a database."""
    made = preparing.split_article(BRIDGE)
    proposed = suggestions_for(BRIDGE.text, made)
    stored = StoredArticle(
        BRIDGE.id,
        BRIDGE.text,
        (BRIDGE.publication,),
        "en",
        BRIDGE.origin,
        made.blocks,
        made.sentences,
        tuple((f"w{number}", worth) for number, worth in enumerate(proposed.worths)),
        tuple((f"a{number}", attribution) for number, attribution in enumerate(proposed.attributions)),
    )
    return ArticleReview(stored, "ana", default_scheme())


@pytest.fixture(autouse=True)
def surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing outside the test's folder is read or written, and the tester's terminal changes nothing."""
    monkeypatch.setenv("ANNOTATOR_CONFIG", str(tmp_path / "config.toml"))
    # The driver below waits for messages and jobs; Textual's own pauses of 20 milliseconds would be most of the time.
    monkeypatch.setattr("textual._wait.SLEEP_GRANULARITY", 0.002)
    for name in ("NO_COLOR", "TEXTUAL_THEME", "VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    # On a machine that is busy any job can be slow; the tests of slow jobs say so themselves.
    monkeypatch.setattr("annotator.tui.worker.SAVING_SHOWN_AFTER", 60.0)
    # What the first keys lead to is loaded in a reviewer's first pause; here it would be a quarter of the time.
    monkeypatch.setattr("annotator.tui.screens.workbench.make_ready", lambda said: said())


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Make the database: `library(*articles, suggested=True)`; without articles, the bridge, the ferry and the market.

    Suggestions are the test's own unless `suggested` is False: then they are what the suggester really says.
    """

    def made(*articles: Article, suggested: bool = True) -> Path:
        path = tmp_path / "annotations.db"
        with monkeypatch.context() as patch, closing(open_store(path)) as store:
            if suggested:
                patch.setattr(
                    preparing, "suggest_for", lambda article, made, *_: ([suggestions_for(article.text, made)], "")
                )
            outcomes = list(workflow.ingest(store, articles or (BRIDGE, FERRY, MARKET)))
        assert {(outcome.result, "" if outcome.near else outcome.detail) for outcome in outcomes} == {("added", "")}
        return path

    return made


LONGEST_WAIT = 30.0
"""Seconds after which a test gives the screen up."""


class Driver:
    """The workbench under a test's hands: presses keys, waits, and reads the screen."""

    def __init__(self, app: AnnotatorApp, pilot: Pilot[None]) -> None:
        self.app, self.pilot = app, pilot

    @property
    def desk(self) -> Workbench:
        """The workbench, whatever form stands over it."""
        return next(screen for screen in self.app.screen_stack if isinstance(screen, Workbench))

    async def until_idle(self) -> None:
        """Wait until nothing is under way.

        A key takes one round of the messages to the screen, what a form tells its screen takes one a container.
        """
        for _ in range(4 if self.form else 1):
            await self.pilot.pause()
        for screen in self.app.screen_stack:
            if isinstance(screen, Workbench):
                await screen.until_idle()
        await self.painted()

    async def painted(self) -> None:
        """Wait until the screen is laid out and painted as it is now."""
        done = asyncio.Event()
        self.app.screen.call_after_refresh(done.set)
        await self.until(lambda: done.is_set() or self.app.return_code is not None)

    async def until(self, what: Callable[[], bool]) -> None:
        """Wait until something holds; raises TimeoutError after the longest wait."""

        async def wait() -> None:
            while not what():
                await self.pilot.pause()

        await asyncio.wait_for(wait(), LONGEST_WAIT)

    async def opened(self) -> None:
        """Wait until the workbench, or the question before it, is there."""
        await self.until(lambda: self.form == "NameScreen" or (not self.form and bool(self.shows("#keys").strip())))
        await self.until_idle()

    async def resize(self, width: int, height: int) -> None:
        """Give the terminal another size."""
        await self.pilot.resize_terminal(width, height)
        keys = self.desk.query_one("#keys")
        await self.until(lambda: (keys.region.right, keys.region.bottom) == (width, height))
        await self.until_idle()

    async def press(self, *keys: str) -> None:
        """Press keys, and wait for each."""
        for key in keys:
            await self.pilot.press(key)
            await self.until_idle()

    async def type(self, text: str) -> None:
        """Type a text into a field."""
        await self.pilot.press(*("space" if character == " " else character for character in text))
        await self.until_idle()

    async def paste(self, text: str) -> None:
        """Paste a text, and wait for what becomes of it."""
        self.app.post_message(events.Paste(text))
        await self.until_idle()

    async def at_once(self, *keys: str) -> None:
        """Press keys that come all at once, as over a slow line: none waits for what the one before does."""
        for key in keys:
            self.app.post_message(events.Key("space" if key == " " else key, key if len(key) == 1 else None))
        await self.until_idle()

    def shows(self, selector: str) -> str:
        """What one of the painted widgets shows, line by line."""
        widget: Widget = self.desk.query_one(selector)
        if not all(each.display for each in widget.ancestors_with_self if isinstance(each, Widget)):
            return ""
        # What comes on the screen, and not what a line would be if it were painted anew.
        strips = widget.render_lines(Region(0, 0, *widget.outer_size))
        top, left = widget.gutter.top, widget.gutter.left
        return "\n".join(strip.text[left:].rstrip() for strip in strips[top : top + widget.size.height])

    @property
    def screen(self) -> str:
        """Everything that the workbench shows."""
        return "\n".join(self.shows(f"#{name}") for name in ("top", "article", "claim", "queue", "message", "keys"))

    @property
    def message(self) -> str:
        """What the message line says."""
        return self.desk.query_one("#message", MessageLine).text

    @property
    def panel(self) -> str:
        """What the claim panel shows."""
        return self.shows("#claim")

    @property
    def claim(self) -> int:
        """The present claim's number, as the panel counts."""
        head, _, rest = self.panel.partition("Claim ")
        assert rest, f"no claim is shown: {head}"
        return int(rest.split()[0])

    @property
    def form(self) -> str:
        """The name of the form that is open, or an empty text."""
        return "" if isinstance(self.app.screen, Workbench) else type(self.app.screen).__name__

    def read(self, selector: str) -> list[str]:
        """The plain texts of the open form's labels and statics that match."""
        return [str(widget.render()) for widget in self.app.screen.query(selector)]


@asynccontextmanager
async def driven(app: AnnotatorApp, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Driver]:
    """The application at work, and a driver for it; its threads are ended behind it."""
    try:
        async with app.run_test(size=size) as pilot:
            driver = Driver(app, pilot)
            await driver.opened()
            yield driver
    finally:
        app.lookups.close()
        app.worker.close()


@pytest.fixture
def workbench(tmp_path: Path) -> Callable[..., AbstractAsyncContextManager[Driver]]:
    """Open the workbench: `async with workbench(path, place=..., reviewer="ana", size=(80, 24), **config) as desk`."""

    @asynccontextmanager
    async def opened(
        path: Path,
        *,
        reviewer: str | None = "ana",
        place: str = BRIDGE.id,
        pass_: Any = "both",
        size: tuple[int, int] = (80, 24),
        **chosen: Any,
    ) -> AsyncIterator[Driver]:
        config = Config(tmp_path / "config.toml", **chosen)
        async with driven(AnnotatorApp(path, reviewer, config, pass_=pass_, place=place), size) as driver:
            yield driver

    return opened


@pytest.fixture
def stored(tmp_path: Path) -> Callable[..., ArticleReview]:
    """What the database holds of a reviewer's work: `stored(reviewer="ana", article=BRIDGE.id)`."""

    def read(reviewer: str = "ana", article: str = BRIDGE.id) -> ArticleReview:
        with closing(open_store(tmp_path / "annotations.db")) as store:
            return work.load_review(store, work.load_article(store, article), reviewer)

    return read


@pytest.fixture
def decisions(tmp_path: Path) -> Callable[[], Sequence[Entry]]:
    """Every decision, undo and redo in the ledger, in order."""

    def read() -> Sequence[Entry]:
        with closing(open_store(tmp_path / "annotations.db")) as store:
            return [entry for entry in ledger.entries(store) if entry.kind in ("decision", "undo", "redo")]

    return read


@pytest.fixture
def ids() -> dict[str, str]:
    """The articles' ids by their names."""
    return {"bridge": BRIDGE.id, "ferry": FERRY.id, "market": MARKET.id}
