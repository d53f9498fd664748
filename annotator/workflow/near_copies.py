"""Near copies: articles whose texts are nearly one, named and never joined."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from annotator.model.late import dataclass
from annotator.model.shingles import bands, likeness, shingles
from annotator.store import Store, near
from annotator.store.article_rows import ArticleRows
from annotator.store.review import load_article

NEAR = 0.7
"""The likeness (see `model.shingles`) from which on a text is called a near copy."""
_MOST_NAMED = 3
_MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class NearCopy:
    """Another article, by id and title, and its likeness from NEAR to 1; 1 where only white space or case differ."""

    article_id: str
    title: str
    likeness: float

    @property
    def in_words(self) -> str:
        """The copy as a message names it."""
        alike = "the same words as" if self.likeness == 1 else "nearly the same as"
        share = "" if self.likeness == 1 else f", {min(99, round(100 * self.likeness))} %"
        return f"{alike} {self.article_id[:12]} ({self.title}){share}"


def near_copies(store: Store, article_id: str, text: str, most: int = _MOST_SHOWN) -> Iterator[NearCopy]:
    """The near copies of a stored article, the likest first."""
    own = shingles(text)
    yield from _likest(store, own, near.near_candidates(store, article_id, bands(own), most))


def _likest(store: Store, own: frozenset[int], candidates: Iterable[tuple[str, str]]) -> Iterator[NearCopy]:
    found = [(likeness(own, _shingles_of_stored(other)), id_) for id_, other in candidates]
    for alike, id_ in sorted(found, key=lambda each: -each[0]):
        if alike >= NEAR:
            yield NearCopy(id_, load_article(store, id_, suggested=False).title, alike)


# An import asks for the same few again and again: the first of what an agency sends, and what all such texts have.
_shingles_of_stored = lru_cache(maxsize=64)(shingles)


def nearest(store: Store, stored: ArticleRows) -> str:
    """What to say of the near copies of an article that was just stored among those before it; empty for none."""
    candidates = near.near_candidates(store, stored.id, stored.bands, _MOST_NAMED, earlier=True)
    first = next(_likest(store, stored.shingles, candidates), None)
    return first.in_words if first is not None else ""
