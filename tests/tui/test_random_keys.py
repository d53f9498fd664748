"""Random real keys in the real application: it goes on, and what its screen says of the claims is what is stored.

In CI some dozens of steps, the same each time. For some thousands, after a change of the workbench:

    RANDOM_KEYS=100 python -m pytest tests/tui/test_random_keys.py

plays 100 times 40 steps; each step is one to six keys, a click, a paste or another size of the terminal.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import string
import tempfile
from collections.abc import Callable, Coroutine, Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from textual import events
from textual.app import App

from annotator.model.article import Article, Publication
from annotator.model.judgement import CONTENT
from annotator.model.review import ArticleReview
from annotator.model.scheme import default_scheme
from annotator.model.text import neutral_line
from annotator.store import doctor, open_store
from annotator.store import review as work
from annotator.tui.claim_view import STATE_WORDS
from annotator.tui.keymap import CONFIRM, QUEUE, REASON, REVIEW, actions
from annotator.tui.presenter import SIGNS
from annotator.tui.widgets.article_view import ArticleView
from annotator.tui.widgets.claim_panel import READABLE

IN_CI = 2
PLAYS = int(os.environ.get("RANDOM_KEYS", IN_CI))
REPEATED = "RANDOM_KEYS" not in os.environ
"""Without a number the same keys are pressed each time: what fails in CI fails for whoever looks after it."""
STEPS = 40
_TITLE, _ROW = 60, 14
"""Cells of the panel in which the whole of its title has room, and in which a row has any for its value."""

LONG = Article(
    "Ferry company “not told” of the strike\n\n"
    "By Odile Brand\n\n"
    + "\n\n".join(
        f"The {place} ferry stopped at {hour} o’clock. “Nobody told us,” said {who}, who runs the {place} pier. "
        f"{who} told the Delta Post that {place} would stay closed. It rained. Reuters reported that the union said "
        f"{hour * 10} sailors had stayed at home. Will the {place} ferry run tomorrow?"
        for hour, (place, who) in enumerate(
            [("north", "Ana Brook"), ("south", "Jo Marsh"), ("island", "Mr Vale"), ("old", "a guard")],
            start=3,
        )
    )
    + "\n\n> The strike goes on until the board speaks to us.\n>\n> We are tired.\n\nThe union wrote that.\n",
    "long.md",
    Publication(title="Ferry company “not told” of the strike", url="https://wire.example/f", publisher="Sela Wire"),
)
SHORT = Article("Two claims\n\nThe mayor said the quay is safe.\n", "short.txt", Publication(title="Two claims"))
ONE = Article("Rain.\n", "one.txt")
WIDE = Article("海上の橋\n\n橋は月曜日に閉鎖された。「怪我人はいない」と市長は述べた。\n", "wide.txt")

SIZES = [(80, 24), (160, 45), (100, 30), (99, 24), (40, 12), (30, 8), (200, 60), (240, 60), (12, 4)]
NAMED = (
    "enter tab shift+tab escape space backspace delete insert up down left right home end pageup pagedown "
    "shift+left shift+right shift+up shift+down f1 f2 ctrl+s ctrl+e ctrl+p ctrl+f ctrl+b ctrl+c ctrl+u ctrl+q"
)
KEYBOARD = [*string.ascii_letters, *string.digits, *string.punctuation, "é", *NAMED.split()]
FORM_KEYS = ["enter", "escape", "down", "up", "j", "k", "tab", "q", "x", "ctrl+s", "X", "+", "R", "M", "K", "u"]
WORDS = ["", "ferry", "said", "Ana Brook", "nobody at all", "https://a.example/b", "2026-03", "x\ny", "sup", "bo"]
DECIDES_NOTHING = ("escape", "f2", "?", "ctrl+p", "G")
READS = {action.id: action for action in actions(default_scheme())}


class RandomKeys(RuleBasedStateMachine):
    """One reviewer at a library of four articles; `look` compares what she sees with what a second reader finds.

    No rule has a precondition: which keys are drawn never hangs on how quick the screen was.
    """

    library: ClassVar[Path]
    workbench: ClassVar[Callable[..., Any]]

    @initialize()
    def start(self) -> None:
        """In a terminal of 80 by 24 on a database that nobody has worked on."""
        self._runner = asyncio.Runner()
        self._folder = Path(tempfile.mkdtemp())
        self._path = self._folder / "annotations.db"
        shutil.copy(self.library, self._path)
        self._store = open_store(self._path)
        self._open("")

    def _open(self, place: str) -> None:
        self._stack = AsyncExitStack()
        self.desk = self._run(self._stack.enter_async_context(type(self).workbench(self._path, place=place)))

    def _run(self, doing: Coroutine[Any, Any, Any]) -> Any:
        return self._runner.run(doing)

    def teardown(self) -> None:
        """Whatever is open is left, and the database is what its ledger says."""
        try:
            self._run(self._stack.aclose())
            assert list(doctor.examine(self._store)) == []
        finally:
            self._store.close()
            self._runner.close()
            shutil.rmtree(self._folder)

    # What is done

    @rule(keys=st.lists(st.sampled_from(KEYBOARD), min_size=1, max_size=3))
    def any_keys(self, keys: list[str]) -> None:
        self._press(*keys)

    @rule(numbers=st.lists(st.integers(0, 10_000), min_size=1, max_size=6))
    def keys_that_mean_something(self, numbers: list[int]) -> None:
        for number in numbers:
            if self._gone:
                return
            known = self._keys()
            self._press(known[number % len(known)])

    @rule(numbers=st.lists(st.integers(0, 10_000), min_size=2, max_size=6))
    def keys_typed_ahead(self, numbers: list[int]) -> None:
        known = [key for key in self._keys() if key != "ctrl+q"]
        self._press_ahead(*(known[number % len(known)] for number in numbers))

    @rule(words=st.sampled_from(WORDS), end=st.sampled_from(["enter", "escape", "ctrl+s", "tab", "down"]))
    def words(self, words: str, end: str) -> None:
        if not self._typing:
            return
        self._run(self.desk.type(words.replace("\n", "")))
        self._press(end)

    @rule(end=st.sampled_from(["enter", "escape", "q"]))
    def leave(self, end: str) -> None:
        if not self.desk.form and self.desk.desk.state.mode in (REVIEW, QUEUE):
            return
        self._press(end)

    @rule(name=st.sampled_from(sorted(READS)))
    def by_name(self, name: str) -> None:
        """An action from the palette, whether it is of the present mode or not."""
        self._press("ctrl+p")
        if self.desk.form == "Palette":
            self._run(self.desk.type(READS[name].help[:20]))
            self._run(self.desk.until(lambda: not self.desk.app.workers._workers))
            self._press("enter")
            if self.desk.form == "Palette":
                self._press("escape")

    @rule(size=st.sampled_from(SIZES))
    def other_size(self, size: tuple[int, int]) -> None:
        self._run(self.desk.pilot.resize_terminal(*size))
        self._run(self.desk.until_idle())

    @rule(text=st.sampled_from(WORDS))
    def paste(self, text: str) -> None:
        self.desk.app.screen.post_message(events.Paste(text))
        self._run(self.desk.until_idle())

    @rule(x=st.integers(0, 159), y=st.integers(0, 44), times=st.integers(1, 2))
    def click(self, x: int, y: int, times: int) -> None:
        size = self.desk.app.size
        self._run(self.desk.pilot.click(offset=(x % size.width, y % size.height), times=times))
        self._run(self.desk.until_idle())

    @rule(numbers=st.lists(st.integers(0, 3), min_size=1, max_size=4))
    def other_articles(self, numbers: list[int]) -> None:
        """By the queue, from wherever she is: what she has in hand is left."""
        for number in numbers:
            for _ in range(4):
                if self.desk.form or self._typing or self.desk.desk.state.mode not in (REVIEW, QUEUE):
                    self._press("escape")
            if self.desk.desk.state.mode == REVIEW:
                self._press("end", "q")
            self._press("home", *["j"] * number, "enter")

    @rule()
    def quit_and_come_back(self) -> None:
        self._press("ctrl+q")

    # How it is done

    def _keys(self) -> Sequence[str]:
        desk = self.desk.desk
        if self.desk.form or desk.state.typing:
            return FORM_KEYS
        return [key for action in desk.context.keymap.of_mode(desk.state.mode) for key in action.key_list]

    @property
    def _gone(self) -> bool:
        return self.desk.app.return_code is not None

    @property
    def _typing(self) -> bool:
        return bool(self.desk.form) or self.desk.desk.state.typing

    def _decisions(self) -> int:
        (count,) = self._store.connection.execute("select count(*) from ledger where kind in (0, 1, 2)").fetchone()
        return int(count)

    def _press(self, *keys: str) -> None:
        """Press keys, one by one; nothing is decided by a key that leaves something or shows something."""
        for key in keys:
            if self._gone:
                return
            before, open_ = self._decisions(), self.desk.form
            self._run(self.desk.press(key))
            if key in DECIDES_NOTHING and not (open_ and key != "escape"):
                assert self._decisions() == before, f"{key} has decided something"
            self._came_back(key)

    def _press_ahead(self, *keys: str) -> None:
        async def pressed() -> None:
            await self.desk.pilot.press(*keys)
            await self.desk.until_idle()

        self._run(pressed())
        self._came_back("ctrl+q")

    def _came_back(self, key: str) -> None:
        """Only the key for it ends the program; she comes back to the place that she left."""
        if not self._gone:
            return
        assert key in ("ctrl+q", "enter"), f"{key} has ended the program"
        assert self.desk.app.return_code == 0
        self._run(self._stack.aclose())
        self._open("last")

    # What must hold

    @invariant()
    def look(self) -> None:
        """The program runs, and its screen says of the claims what a fresh read of the database says of them."""
        desk = self.desk.desk
        assert self.desk.app.return_code is None
        if desk.state.open_id is None or desk.state.mode == QUEUE:
            return
        stored = work.load_review(self._store, work.load_article(self._store, desk.state.open_id), "ana")
        assert desk.state.review == stored
        self._signs(stored)
        if desk.state.mode in (REVIEW, CONFIRM) or desk.state.mode.startswith(REASON):
            self._panel(stored)

    def _signs(self, stored: ArticleReview) -> None:
        """The sign of every claim in view is that of its stored state."""
        view = self.desk.desk.query_one("#article", ArticleView)
        expected = [SIGNS[state][0] for state in stored.states("both")]
        styles = {style for _, style in SIGNS.values()}
        layout = view._layout
        if layout is None or not view.size.height:
            return
        for y in range(view.size.height):
            row = layout.rows[view._top + y] if view._top + y < len(layout.rows) else None
            shown = [text[0] for text, style in view.line_at(y) if styles & set(style.split())]
            begins = [chunk.claim for chunk in row.chunks if chunk.claim is not None] if row is not None else []
            assert shown == [expected[index] for index in begins]

    def _panel(self, stored: ArticleReview) -> None:
        """Number, state, worth, verdict, note and flag of the present claim."""
        # In much room what the values mean stands beside the card.
        lines = [line[:READABLE] for line in self.desk.panel.splitlines()]
        width = self.desk.desk.query_one("#claim").size.width
        if not lines or width < _ROW or "Claim " not in lines[0]:
            # It may be too small to say anything.
            return
        claim = stored.claims[self.desk.claim - 1]
        judgement, verdict = stored.judgement(claim), stored.verdict(claim, CONTENT)
        if width >= _TITLE:
            assert STATE_WORDS[stored.state(claim, "both")] in lines[0]
            assert ("flagged" in lines[0]) == judgement.flag
        shown = {line[1:10].strip(): line[10:].strip() for line in lines[1:]}
        if "Worth" in shown:
            known = stored.scheme.known_worth(judgement.worth or "")
            said = [f"{known.id} {known.name}"] if known else ["?", "-"]
            assert any(_agrees(shown["Worth"], words) for words in said)
        if "Verdict" in shown:
            assert _agrees(shown["Verdict"], stored.scheme.verdict_value(verdict.value).name if verdict else "-")
        if "Note" in shown:
            assert neutral_line(judgement.note or "").startswith(shown["Note"].removesuffix("…"))
        if "Says" in shown and not shown["Says"].startswith("?"):
            assert stored.attributions_of(claim), "an attribution is shown as hers that is not stored"
        if "Voice" in shown:
            assert _agrees(shown["Voice"], "author's voice") == (judgement.voice is not None)


def _agrees(shown: str, expected: str) -> bool:
    """Whether a row begins with this, or with as much of it as there is room for beside what stands behind."""
    words = shown.partition("…")[0]
    return bool(words) and (words.startswith(expected) or expected.startswith(words))


@pytest.mark.times(PLAYS / IN_CI)
def test_random_keys_end_nothing_and_what_the_screen_shows_is_stored(
    workbench: Callable[..., Any], library: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    # The palette's own entries are pressed too: a picture of the screen would be written into the tester's folder.
    monkeypatch.setattr(App, "deliver_screenshot", lambda *_, **__: None)
    path = library(LONG, SHORT, ONE, WIDE, suggested=False)
    RandomKeys.library, RandomKeys.workbench = path, workbench
    run_state_machine_as_test(
        RandomKeys,
        settings=settings(
            max_examples=PLAYS,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=REPEATED,
            suppress_health_check=list(HealthCheck),
        ),
    )
