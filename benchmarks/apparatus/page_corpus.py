"""Invented web pages with what a reader would copy by hand: `tests/data/pages/NAME.html`, and `NAME.txt` beside it.

The text file has four lines (`title:`, `author:`, `date:`, `language:`), an empty one, and the text of the article.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "tests" / "data" / "pages"
METADATA = ("title", "author", "date")
FIELDS = (*METADATA, "language")
# A letter or figure of a script that has no spaces is a word by itself.
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+(?:[\u0900-\u097f]+)?")


@dataclass(frozen=True, slots=True)
class Reading:
    """An article as somebody or something reads it from a page; authors are joined with "; "."""

    text: str
    title: str
    author: str
    date: str
    language: str


@dataclass(frozen=True, slots=True)
class CorpusPage:
    """A page and what is right."""

    name: str
    data: bytes
    right: Reading


def corpus() -> Iterator[CorpusPage]:
    """All pages, by name."""
    for path in sorted(FOLDER.glob("*.html")):
        head, _, text = path.with_suffix(".txt").read_text(encoding="utf-8").partition("\n\n")
        values = dict(line.split(":", 1) for line in head.splitlines())
        fields = {name: values[name].strip() for name in FIELDS}
        yield CorpusPage(path.stem, path.read_bytes(), Reading(text.strip(), **fields))


def words_of(text: str) -> Counter[str]:
    """The words of a text, each as often as it is there."""
    return Counter(_WORD.findall(text))


@dataclass(slots=True)
class Overlap:
    """Words that are right, found, and both, over any number of texts."""

    right: int = 0
    found: int = 0
    both: int = 0

    def add(self, right: str, found: str) -> None:
        """Count the words of one more text."""
        one, other = words_of(right), words_of(found)
        self.right += one.total()
        self.found += other.total()
        self.both += (one & other).total()

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, from 0 to 1."""
        return 2 * self.both / (self.right + self.found) if self.right + self.found else 1.0


def same(right: str, found: str) -> bool:
    """Whether two values are the same, whatever white space is between their words."""
    return right.split() == found.split()


def exact(right: Reading, found: Reading) -> bool:
    """Whether title, authors and day are right."""
    return all(same(getattr(right, name), getattr(found, name)) for name in METADATA)
