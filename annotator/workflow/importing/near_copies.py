"""Near copies: articles whose texts are nearly one, named and never joined."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from threading import Lock

from annotator.model.language.shingles import bands, compared, likeness, may_be_alike, shingles
from annotator.model.late import dataclass
from annotator.store import Store, near
from annotator.store.article_rows import ArticleRows
from annotator.store.review import load_article

NEAR = 0.7
"""The likeness (see `model.language.shingles`) from which on a text is called a near copy."""
_MOST_NAMED = 3
_MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class NearCopy:
    """Another article, by id and title, and its likeness from NEAR to 1; 1 where only what says nothing differs."""

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
    candidates = near.near_candidates(store, article_id, bands(shingles(text)), most)
    yield from _likest(store, compared(text), candidates)


def _likest(store: Store, own: frozenset[int], candidates: Iterable[tuple[str, str]]) -> Iterator[NearCopy]:
    runs = ((id_, _runs_of(id_, text)) for id_, text in candidates)
    # Of what is much longer or shorter too little can be in both.
    found = [(likeness(own, each), id_) for id_, each in runs if may_be_alike(own, each, NEAR)]
    for alike, id_ in sorted(found, key=lambda each: -each[0]):
        if alike >= NEAR:
            yield NearCopy(id_, load_article(store, id_, suggested=False).title, alike)


# By their ids what articles are compared by that were stored or asked for last. An import asks for the same ones again
# and again: the first of what an agency sends, and what all such texts have.
_RUNS: dict[str, array[int]] = {}
_ONE_AT_A_TIME = Lock()
# About four kilobytes each; of a long text too much would stay, and it is read again.
_MOST_REMEMBERED = 1500
_LONGEST_REMEMBERED = 4000


def _runs_of(article_id: str, text: str) -> array[int]:
    """What a stored article is compared by."""
    known = _RUNS.get(article_id)
    return _remembered(article_id, known if known is not None else compared(text))


def _remembered(article_id: str, runs: Iterable[int]) -> array[int]:
    """The same; unless it is much it stays in memory in place of those that were asked for longest ago."""
    made = runs if isinstance(runs, array) else array("I", runs)
    if len(made) > _LONGEST_REMEMBERED:
        return made
    with _ONE_AT_A_TIME:
        _RUNS.pop(article_id, None)
        _RUNS[article_id] = made
        while len(_RUNS) > _MOST_REMEMBERED:
            del _RUNS[next(iter(_RUNS))]
    return made


def nearest(store: Store, stored: ArticleRows) -> str:
    """What to say of the near copies of an article that was just stored among those before it; empty for none."""
    candidates = near.near_candidates(store, stored.id, stored.bands, _MOST_NAMED, earlier=True)
    first = next(_likest(store, frozenset(stored.compared), candidates), None) if candidates else None
    _remembered(stored.id, stored.compared)
    return first.in_words if first is not None else ""
