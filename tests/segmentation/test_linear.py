"""No input makes the splitter slow: what its rules look at grows as the text does, counted and not timed."""

from __future__ import annotations

import re
from typing import Any

import pytest

from annotator.segmentation import abbreviations, openings, sentence_spans, sentences

# Repeated, each of these is a run of what some rule looks for.
RUNS = (
    *("'", "_", '"', "“", "”", "‘", "’", "«", "(", "[", ")", "*", "-", "— ", ",,", "``", "''"),
    *(".", ". ", "! ", "? ", "… ", ". . . a", ";", "α; ", "۔", "。", "。」", "。」と", "。」他", "す! "),
    *("1", "1.", "2. ", ".1", "2010.1", "¹", ".¹", ".[1]", ". [1]", "[1]"),
    *("a.", "A.", "A. ", "a. ", "(a. ", "T. B. ", "т. ", "г. ", "5 г. ", "e.g. ", "Mr. ", "U.S. The ", "v. "),
    *(".'", ".'A", '."A', '. "A', ".”", '!" ', '?" Abc Def Ghi ', '!" बोला ', "X. de ", "dell'", "a-", "a'"),
    *('says "a b. c" ', 'says "a b. ', "“a. b” ", "\u200b", ". \u200b", "\xa0", " ", ".\u3000", "&#39;", "; A a ", "a"),
)
SIZE = 2000


class Counted:
    """A pattern that adds up over how many code points each call can look, at most."""

    def __init__(self, pattern: re.Pattern[str], steps: list[int]) -> None:
        self._pattern, self._steps = pattern, steps

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._pattern, name)
        if name not in {"match", "search", "fullmatch", "findall", "finditer"}:
            return found

        def counted(text: str, start: int = 0, end: int | None = None) -> Any:
            self._steps.append((len(text) if end is None else end) - start)
            return found(text, start, *(() if end is None else (end,)))

        return counted


class CountedText(str):
    """A text that adds up over how many code points it is searched for a word."""

    __slots__ = ("steps",)
    steps: list[int]

    def find(self, *given: Any) -> int:
        self.steps.append(given[2] - given[1])
        return super().find(*given)

    def rfind(self, *given: Any) -> int:
        self.steps.append(given[2] - given[1])
        return super().rfind(*given)


def made(run: str, size: int, steps: list[int]) -> CountedText:
    text = CountedText(f"The mayor said {run * (size // len(run))} end.")
    text.steps = steps
    return text


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The lengths that were looked over by every rule; the runs of stops and what closes on them never overlap."""
    counts: list[int] = []
    for module in (abbreviations, openings, sentences):
        for name, value in list(vars(module).items()):
            if isinstance(value, re.Pattern) and name not in {"STOPS", "WIDE", "CLOSE", "CLOSE_WIDE", "GAP"}:
                monkeypatch.setattr(module, name, Counted(value, counts))
    return counts


@pytest.mark.parametrize("run", RUNS)
def test_twice_the_text_is_twice_the_work(run: str, steps: list[int]) -> None:
    assert sentence_spans(made(run, SIZE, steps))
    once = len(steps)
    steps.clear()
    sentence_spans(made(run, 2 * SIZE, steps))
    assert len(steps) <= 2 * once + 20


@pytest.mark.parametrize("run", RUNS)
def test_no_rule_looks_farther_than_its_reach(run: str, steps: list[int]) -> None:
    sentence_spans(made(run, SIZE, steps))
    # One rule is given the whole line, once: whether it is nothing but a quotation with its signature.
    assert sum(step > sentences.REACH for step in steps) <= 1
