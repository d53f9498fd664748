"""Which blocks of a page are the article: what trafilatura chose, mended by what stands between and around it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from annotator.importers.pages.blocks import PageBlock, letters
from annotator.importers.pages.furniture import (
    GATE,
    NAVIGATION,
    holds_account_form,
    introduces_others,
    is_appeal,
    is_aside,
    is_control,
    leads_to_another,
    names_of,
    signs_of,
)
from annotator.importers.pages.vocabulary import one_of
from annotator.model.article import BlockKind

_LONG = 20
_LINE = 150
_PARAGRAPH = 60
_LEAD = 25
_POINT = {"li": 25, "p": 40}
_FEW = 6
_NEAR = 3
_FAR = 10
_STRAY = 80
_BOX = 300
_MOST = 0.85
_TOO_MUCH = 0.25
_HALF = 0.5
_PULLED = frozenset(("pullquote", "pull", "quote", "blockquote", "zitat", "highlight"))
_LEAD_NAMES = one_of("leads")
_ENDED = re.compile(r"[.!?…。！？۔।:;\"”»’」)\]]\s*$")


def choose(
    blocks: Sequence[PageBlock],
    found: str,
    titles: Sequence[str],
    authors: Sequence[str],
    is_about: Callable[[str], bool],
) -> list[PageBlock]:
    """The blocks of the article, in order, given the text that trafilatura has found and the page's titles and authors.

    `is_about` says of a short text whether it only tells who wrote the article, and when.
    """
    return _Chooser(list(blocks), found, titles, authors, is_about).chosen()


class _Chooser:
    def __init__(
        self,
        blocks: list[PageBlock],
        found: str,
        titles: Sequence[str],
        authors: Sequence[str],
        is_about: Callable[[str], bool],
    ) -> None:
        self.authors = authors
        self.is_about = is_about
        self._last_of_siblings = -1
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
        self.forms: dict[Any, bool] = {}
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
        if self._is_navigation(main):
            return []
        main = self._with_siblings(main)
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
        start = self._start(headline, first)
        last = max(last, self._last_of_siblings)
        kept = [
            index
            for index in range(start, last + 1)
            if main in self.chains[index]
            and (index == headline or self._keeps(index, main, lead=headline is not None and index < first))
        ]
        kept += self._trailing(last, main)
        kept = self._pruned(kept)
        if headline is not None:
            kept[1:1] = self._captions_before(headline, main)
        return [self.blocks[index] for index in kept]

    def _is_navigation(self, main: Any) -> bool:
        """Whether the element around what was found is a menu, and what is in it are links."""
        if not any(self._signs(element) & NAVIGATION for element in (main, *main.iterancestors())):
            return False
        inside = [index for index, chain in enumerate(self.chains) if main in chain]
        linked = sum(self.blocks[index].linked for index in inside)
        return linked > _HALF * sum(len(self.letters[index]) for index in inside)

    def _start(self, headline: int | None, first: int) -> int:
        """Where the article begins: at its headline, unless much of it was found in front of that."""
        if headline is None:
            return first
        before = sum(len(self.letters[index]) for index in range(first, headline) if self.taken[index])
        return headline if before < _LINE else min(headline, first)

    def _with_siblings(self, main: Any) -> Any:
        """The element around the main one and others like it beside it, or the main one where there are none.

        A story may be cut into several articles or sections. Others, with a headline or a link to a page of their
        own, are other stories.
        """
        parent = main.getparent()
        if main.tag not in ("article", "section") or parent is None:
            return main
        name = (main.get("class") or "").split()[:1]
        alike = [
            other
            for other in parent
            if other.tag == main.tag and other is not main and (other.get("class") or "").split()[:1] == name
        ]
        if main.find(".//h1") is not None:
            alike = [other for other in alike if other.find(".//h1") is None]
        ends = []
        for other in alike:
            blocks = [index for index, chain in enumerate(self.chains) if other in chain]
            size = sum(len(self.letters[index]) for index in blocks)
            linked = sum(self.blocks[index].linked for index in blocks)
            if size < _PARAGRAPH or linked > 0.2 * size or not any(_ENDED.search(self.blocks[i].text) for i in blocks):
                return main
            ends.append(blocks[-1])
        if not ends:
            return main
        self._last_of_siblings = max(ends)
        return parent

    def _captions_before(self, headline: int, main: Any) -> list[int]:
        """The captions of pictures over the headline."""
        return [
            index
            for index in range(max(headline - _FEW, 0), headline)
            if self.blocks[index].kind is BlockKind.CAPTION
            and main in self.chains[index]
            and self.blocks[index].linked == 0
            and not self._beside(index, main)
        ]

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
        for index in range(min(first + _FAR, len(self.blocks))):
            block = self.blocks[index]
            if block.kind is not BlockKind.HEADLINE or block.linked > 0.9 * len(self.letters[index]):
                continue
            if self._is_title(self.letters[index].casefold()):
                return index
            if block.is_title and index < first + _NEAR:
                best = index
        return best

    def _is_title(self, text: str) -> bool:
        return any(text == title or (len(text) > _LONG and (text in title or title in text)) for title in self.titles)

    def _keeps(self, index: int, main: Any, *, lead: bool) -> bool:
        block = self.blocks[index]
        size = max(len(self.letters[index]), 1)
        if self._is_no_text(index, size, lead=lead) or self._beside(index, main):
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
        if self._is_stray(index):
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
        if block.element.tag in ("p", "li", "td", "th", "tr", "dd", "dt", "figcaption", "caption"):
            return True
        return size > 30 and bool(_ENDED.search(block.text))

    def _is_no_text(self, index: int, size: int, *, lead: bool) -> bool:
        """Whether a block is a control of the page, a counter, or tells who wrote the article, and when."""
        block = self.blocks[index]
        if (block.kind is not BlockKind.CAPTION and is_control(block.text)) or block.pressed > size * 0.8:
            return True
        over = lead or any(element.tag == "header" for element in self.chains[index])
        return (over and not any(map(str.isalpha, block.text))) or self._is_about_it(block, lead=lead)

    def _is_about_it(self, block: PageBlock, *, lead: bool) -> bool:
        """Whether a block is a byline or date line; a day in bold type or in a table heads a part of a chronology."""
        if block.kind is BlockKind.HEADLINE or len(block.text) > _LINE:
            return False
        listed = block.group is not None and block.element.tag in ("dt", "dd", "tr", "th", "td")
        heads = listed or block.bold > _HALF * len(block.letters)
        return (lead or not heads) and self.is_about(block.text)

    def _is_stray(self, index: int) -> bool:
        """Whether a block is a few words in an element of their own that no style of a paragraph or heading has."""
        block = self.blocks[index]
        size = len(self.letters[index])
        if block.kind is not None or block.element.tag != "div" or block.group is not None or block.speaker:
            return False
        beside = [other for other in (index - 1, index + 1) if 0 <= other < len(self.blocks)]
        if any(self.blocks[other].element is block.element for other in beside):
            return False
        return size < _STRAY and not _ENDED.search(block.text)

    def _is_lead(self, index: int) -> bool:
        block = self.blocks[index]
        if block.kind is BlockKind.CAPTION or block.is_title:
            return True
        if block.kind is BlockKind.HEADLINE and (self.taken[index + 1] or self._is_point(index + 1)):
            return True
        words = [names_of(element) for element in self.chains[index][:2]]
        named = {word for each in words for word in (*each, *(a + b for a, b in pairwise(each)))}
        if named & _LEAD_NAMES and len(self.letters[index]) > 20:
            return True
        if self._is_point(index):
            return True
        return block.group is None and len(self.letters[index]) > _LEAD and bool(_ENDED.search(block.text))

    def _is_point(self, index: int) -> bool:
        """Whether a block is one of the points in which a page sums up its article, or a deck: words without a link."""
        block = self.blocks[index]
        words = sum(map(str.isalpha, block.text))
        return not block.linked and words > _POINT.get(block.element.tag, len(block.text))

    def _beside(self, index: int, main: Any) -> bool:
        """Whether the block lies in something inside the main element that is beside the text."""
        for element in self.chains[index]:
            if element is main:
                return False
            signs = self._signs(element)
            weight, most = self.weights.get(element, 0), self.weights[main]
            if signs - self.void or (GATE in signs and weight < _HALF * most):
                return True
            if weight < min(_BOX, _HALF * most) and self._asks_for_account(element):
                # Beside the form stand the words that ask to fill it in.
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

    def _asks_for_account(self, element: Any) -> bool:
        found = self.forms.get(element)
        if found is None:
            found = self.forms[element] = holds_account_form(element)
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
            if leads_to_another(block):
                continue
            if skipping and (linked or block.group is not None):
                continue
            skipping = False
            if size < 350 and is_appeal(block.text):
                continue
            if not self._is_said_again(index, kept):
                left.append(index)
        while len(left) > 1 and (self._heads_nothing(left[-1]) or self._tells_of_author(left[-1])):
            left.pop()
        return left

    def _is_said_again(self, index: int, kept: list[int]) -> bool:
        """Whether a block is a quotation pulled out of the text, which says it in another place."""
        if not any(_PULLED & set(names_of(element)) for element in self.chains[index][:4]):
            return False
        words = letters(self.blocks[index].text.strip('“”„"«»「」 '))
        return any(other != index and words in self.letters[other] for other in kept)

    def _tells_of_author(self, last: int) -> bool:
        """Whether a last paragraph begins with an author's name and goes on about him or her."""
        text = self.blocks[last].text
        return any(text.startswith(f"{author} ") for author in self.authors if " " in author)

    def _heads_nothing(self, last: int) -> bool:
        block = self.blocks[last]
        return block.kind is BlockKind.HEADLINE and block.element.tag != "h1" and not _ENDED.search(block.text)
