"""Why a check may be about the same, and what speaks against it: in words, for a reader."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from annotator.matching.features import Prepared, Query
from annotator.matching.rarity import Rarity
from annotator.matching.reading import places, read_written, stemming_language, word_list
from annotator.model.check import Check
from annotator.model.span import Span

_SAME, _NEARLY = 0.95, 0.6
"""From which share of the query's phrasing on a check is said to have its words."""

NAMES_MORE = "the check also names "
_SHOWN = 4
_SMALL = 3
_YEAR = re.compile(r"(?:1[89]|20)[0-9]{2}")


def explain(query: Query, prepared: Prepared, check: Check, rarity: Rarity, figures: dict[str, float]) -> Iterator[str]:
    """Phrases such as "same number (550)", "other year (2015, not 2016)", "negated"."""
    yield from _wording(figures)
    ours, theirs = query.reading.numbers, prepared.numbers
    yield from _compared("number", _not_years(ours), _not_years(theirs))
    yield from _compared("year", ours - _not_years(ours), theirs - _not_years(theirs))
    written = read_written(f"{check.title} {check.claim}", check.language)
    names = prepared.names
    if shared := _listed(names & query.reading.distinct, written, rarity):
        yield f"same name ({shared})"
    if query.reading.names and (missed := _listed(names - query.reading.distinct, written, rarity)):
        yield f"{NAMES_MORE}{missed}"
    language = stemming_language(check.language)
    others = (query.reading.distinct & prepared.read.words) - names - theirs
    if shared := _listed(
        [word for word in others if not _is_small(word, written.get(word, word), language)], written, rarity
    ):
        yield f"same words ({shared})"
    if figures["negation"]:
        yield "negated"
    yield from _speakers(query, prepared, check)
    yield from _dates(query, prepared)


def agreeing(said: str, own: str, tag: str) -> Iterator[Span]:
    """Where in one text the words stand that the other has too, whatever their endings, but for the small ones.

    `tag` is the language of the first (BCP 47). Offsets are code points.
    """
    language = stemming_language(tag)
    theirs = {stem for stem, _ in places(own, language)}
    for stem, span in places(said, language):
        if stem in theirs and not _is_small(stem, span.slice(said), language):
            yield span


def _is_small(stem: str, written: str, language: str) -> bool:
    """Whether a word joins others and says nothing itself: one listed as small, or a short one where none is listed.

    In a small collection such words are as rare as any.
    """
    listed = word_list(language, "small")
    if listed:
        return stem in listed
    return len(written) <= _SMALL and written.isascii() and not written[0].isdigit()


def _wording(figures: dict[str, float]) -> Iterator[str]:
    if figures["phrasing"] >= _SAME:
        yield "the same sentence"
    elif figures["phrasing"] >= _NEARLY:
        yield "nearly the same sentence"


def _not_years(numbers: frozenset[str]) -> frozenset[str]:
    return frozenset(number for number in numbers if not _YEAR.fullmatch(number))


def _compared(what: str, ours: frozenset[str], theirs: frozenset[str]) -> Iterator[str]:
    shared = ours & theirs
    if shared:
        yield f"same {what} ({', '.join(sorted(shared)[:_SHOWN])})"
    if (mine := ours - shared) and (other := theirs - shared):
        yield f"other {what} ({', '.join(sorted(other)[:_SHOWN])}, not {', '.join(sorted(mine)[:_SHOWN])})"


def _listed(words: Iterable[str], written: dict[str, str], rarity: Rarity) -> str:
    """The rarest of the words as the check writes them; common ones are left out."""
    telling = sorted(rarity.telling(words), key=lambda word: (-rarity.of(word), word))
    return ", ".join(written.get(word, word) for word in telling[:_SHOWN])


def _speakers(query: Query, prepared: Prepared, check: Check) -> Iterator[str]:
    if not (query.speaker.words and prepared.speaker.words):
        return
    same = query.speaker.distinct & prepared.speaker.distinct
    yield f"same speaker ({check.speaker})" if same else f"other speaker ({check.speaker})"


def _dates(query: Query, prepared: Prepared) -> Iterator[str]:
    if query.day is None or prepared.day is None:
        return
    days = prepared.day - query.day
    far = (
        "1 day"
        if abs(days) == 1
        else f"{abs(days)} days"
        if abs(days) < 60
        else f"{abs(days) // 30} months"
        if abs(days) < 730
        else ""
    )
    far = far or f"{abs(days) // 365} years"
    yield "checked on the same day" if not days else f"checked {far} {'later' if days > 0 else 'before'}"
