"""Which blocks of a page are the article: what trafilatura chose, mended by what stands between and around it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from annotator.importers.pages.blocks import PageBlock, letters
from annotator.importers.pages.furniture import (
    NAVIGATION,
    begins_with_lead_to_others,
    introduces_others,
    is_appeal,
    is_aside,
    is_prompt,
    names_of,
    signs_of,
)
from annotator.importers.pages.vocabulary import one_of
from annotator.model.article import BlockKind

_LONG = 20
_LINE = 150
_MOST = 0.85
_TOO_MUCH = 0.25
_LEAD_NAMES = one_of("leads")
_ENDED = re.compile(r"[.!?…。！？۔।:;\"”»’」)\]]\s*$")


def choose(
    blocks: Sequence[PageBlock], found: str, titles: Sequence[str], is_about: Callable[[str], bool]
) -> list[PageBlock]:
    """The blocks of the article, in order, given the text that trafilatura has found and the page's titles.

    `is_about` says of a short text whether it only tells who wrote the article, and when.
    """
    return _Chooser(list(blocks), found, titles, is_about).chosen()


class _Chooser:
    def __init__(
        self, blocks: list[PageBlock], found: str, titles: Sequence[str], is_about: Callable[[str], bool]
    ) -> None:
        self.is_about = is_about
        self.blocks = blocks
        self.letters = [block.letters for block in blocks]
        self.lines = {letters(line) for line in found.splitlines()} | {
            letters(line).lstrip("-") for line in found.splitlines()
        }
        self.found = letters(found)
        self.titles = [letters(title).casefold() for title in titles]
        self.taken = [self._is_found(text) for text in self.letters]
        self.chains = [self._chain(block.element) for block in blocks]
        self.signs: dict[Any, set[Any]] = {}
        self.void: set[Any] = set()
        self.weights: dict[Any, int] = {}
        for chain, text, taken in zip(self.chains, self.letters, self.taken, strict=True):
            if taken:
                for element in chain:
                    self.weights[element] = self.weights.get(element, 0) + len(text)

    @staticmethod
    def _chain(element: Any) -> list[Any]:
        return [element, *element.iterancestors()]

    def _is_found(self, text: str) -> bool:
        if len(text) < _LONG:
            return text in self.lines
        if text in self.found:
            return True
        return len(text) > 4 * _LONG and text[:30] in self.found and text[-30:] in self.found

    def chosen(self) -> list[PageBlock]:
        total = sum(len(text) for text, taken in zip(self.letters, self.taken, strict=True) if taken)
        if not total:
            return []
        main = self._main(total)
        if any(self._signs(element) & NAVIGATION for element in (main, *main.iterancestors())):
            return []
        inside = [index for index, chain in enumerate(self.chains) if main in chain]
        taken = [index for index in inside if self.taken[index]]
        first, last = taken[0], taken[-1]
        headline = self._headline(first)
        if headline is not None and headline not in inside:
            main = next(
                element
                for element in self.chains[headline]
                if element in self.weights and self.weights[element] >= self.weights[main]
            )
        self.void = self._void(main, total)
        start = first if headline is None else min(headline, first)
        kept = []
        for index in range(start, last + 1):
            if main not in self.chains[index]:
                continue
            if index == headline or self._keeps(index, main, lead=index < first):
                kept.append(index)
        kept += self._trailing(last, main)
        return [self.blocks[index] for index in self._pruned(kept)]

    def _main(self, total: int) -> Any:
        main = self.chains[0][-1]
        while True:
            inner = next((child for child in main if self.weights.get(child, 0) >= _MOST * total), None)
            if inner is None:
                return main
            main = inner

    def _headline(self, first: int) -> int | None:
        """The heading in front of the text that is the page's title, or else the last of the highest rank."""
        best = None
        for index in range(min(first + 3, len(self.blocks))):
            block = self.blocks[index]
            if block.kind is not BlockKind.HEADLINE or block.linked > 0.9 * len(self.letters[index]):
                continue
            if self._is_title(self.letters[index].casefold()):
                return index
            if block.element.tag == "h1":
                best = index
        return best

    def _is_title(self, text: str) -> bool:
        return any(text == title or (len(text) > _LONG and (text in title or title in text)) for title in self.titles)

    def _keeps(self, index: int, main: Any, *, lead: bool) -> bool:
        block = self.blocks[index]
        size = max(len(self.letters[index]), 1)
        if is_prompt(block) or block.pressed > size * 0.8 or (size < _LINE and self.is_about(block.text)):
            return False
        if self._beside(index, main):
            return False
        density = block.linked / size
        if (
            density > 0.75
            and size < 200
            and block.kind is not BlockKind.HEADLINE
            and block.group is None
            and block.element.tag not in ("td", "th")
            and not block.text.startswith("http")
        ):
            return False
        if (
            block.kind is None
            and block.element.tag == "div"
            and block.group is None
            and size < 80
            and not _ENDED.search(block.text)
        ):
            return False
        if self.taken[index]:
            return True
        if density > 0.5:
            return False
        if not lead and self._boxed(index, main):
            return False
        if lead:
            return self._is_lead(index)
        if block.kind in (BlockKind.HEADLINE, BlockKind.CAPTION, BlockKind.BLOCK_QUOTE) or block.speaker:
            return True
        if block.element.tag in ("p", "li", "td", "th", "tr", "dd", "dt", "figcaption"):
            return True
        return size > 30 and bool(_ENDED.search(block.text))

    def _is_lead(self, index: int) -> bool:
        block = self.blocks[index]
        if block.kind is BlockKind.CAPTION:
            return True
        if block.element.tag == "h1":
            return True
        named = {word for element in self.chains[index][:2] for word in names_of(element)}
        if named & _LEAD_NAMES and len(self.letters[index]) > 20:
            return True
        if block.group is not None:
            return False
        return len(self.letters[index]) > 60 and bool(_ENDED.search(block.text))

    def _beside(self, index: int, main: Any) -> bool:
        """Whether the block lies in something inside the main element that is beside the text."""
        for element in self.chains[index]:
            if element is main:
                return False
            if self._signs(element) - self.void:
                return True
        return False

    def _boxed(self, index: int, main: Any) -> bool:
        """Whether the block lies in a box of its own, which trafilatura has left out."""
        for element in self.chains[index]:
            if element is main:
                return False
            if is_aside(element):
                return True
        return False

    def _signs(self, element: Any) -> set[Any]:
        found = self.signs.get(element)
        if found is None:
            found = self.signs[element] = signs_of(element)
        return found

    def _void(self, main: Any, total: int) -> set[Any]:
        """The signs that much of the article stands under: on this page they mean something else."""
        weights: dict[Any, int] = {}
        for chain, text, taken in zip(self.chains, self.letters, self.taken, strict=True):
            if taken:
                below = set()
                for element in chain:
                    if element is main:
                        break
                    below |= self._signs(element)
                for sign in below:
                    weights[sign] = weights.get(sign, 0) + len(text)
        return {sign for sign, weight in weights.items() if weight >= _TOO_MUCH * total} - NAVIGATION

    def _trailing(self, last: int, main: Any) -> list[int]:
        """Blocks behind the last one that was found, in the same element as it and of its kind."""
        parent = self.blocks[last].element.getparent()
        found = []
        for index in range(last + 1, len(self.blocks)):
            block = self.blocks[index]
            if block.element.getparent() is not parent or block.element.tag != self.blocks[last].element.tag:
                break
            if introduces_others(block.text):
                break
            if not self._keeps(index, main, lead=False):
                break
            found.append(index)
        return found

    def _pruned(self, kept: list[int]) -> list[int]:
        """Without lists of links, introductions to other articles and what follows them, and headings over nothing."""
        left: list[int] = []
        skipping = False
        for index in kept:
            block = self.blocks[index]
            size = max(len(self.letters[index]), 1)
            linked = block.linked > 0.7 * size
            if introduces_others(block.text):
                skipping = True
                continue
            if linked and begins_with_lead_to_others(block.text):
                continue
            if skipping and (linked or block.group is not None):
                continue
            skipping = False
            if size < 350 and is_appeal(block.text):
                continue
            left.append(index)
        while len(left) > 1 and self._heads_nothing(left[-1]):
            left.pop()
        return left

    def _heads_nothing(self, last: int) -> bool:
        block = self.blocks[last]
        return block.kind is BlockKind.HEADLINE and block.element.tag != "h1" and not _ENDED.search(block.text)
