"""Finding words: in the article that is open, then in the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.model.span import Span
from annotator.workflow.search import MOST_HITS, Hit, find

if TYPE_CHECKING:
    from annotator.tui.screens.workbench import Workbench


class Finding:
    """The words that were asked for, their hits, and which hit is present."""

    def __init__(self, desk: Workbench) -> None:
        self.desk = desk
        self.words = ""
        self._hits: list[Hit] = []
        self._at = -1

    def ask(self) -> None:
        """Ask for the words."""
        self.desk.asking.words("find: words in this article and the others", self.words, self._find)

    def _find(self, words: str) -> None:
        self.words = words

        def then(hits: list[Hit]) -> None:
            self._hits, self._at = hits, -1
            if not hits:
                self.desk.say(f"nowhere: {words}")
                self.desk.paint()
                return
            self._go_behind()

        if words.strip():
            self.desk.ask_clerk(lambda session: find(session.store, words), then)
        else:
            self._hits, self.words = [], ""
            self.desk.paint()

    def _go_behind(self) -> None:
        """The first hit at or behind the present claim in this article, else the first anywhere."""
        here, start = self.desk.open_id, self.desk.claim.span.start
        behind = [number for number, hit in enumerate(self._hits) if hit.article_id == here and hit.span.end > start]
        self._show(behind[0] if behind else 0)

    def step(self, step: int) -> None:
        """The next or the previous hit, around the end."""
        if not self._hits:
            self.desk.say("press / to find something first")
            return
        self._show((self._at + step) % len(self._hits))

    def _show(self, number: int) -> None:
        self._at = number
        hit = self._hits[number]
        articles = len({other.article_id for other in self._hits})
        many = "the first " if len(self._hits) == MOST_HITS else ""
        said = f"hit {number + 1} of {many}{len(self._hits)} in {articles} articles  ·  > < step"
        if hit.article_id == self.desk.open_id:
            self.desk.go_to(self.desk.review.index_at(hit.span.start))
            self.desk.say(said)
            self.desk.paint()
        else:
            self.desk.open_article(hit.article_id, claim=(None, hit.span.start), said=said)

    def hits_here(self) -> list[Span]:
        """The hits in the article that is open."""
        return [hit.span for hit in self._hits if hit.article_id == self.desk.open_id]
