"""Noun phrases: the extent of what can be a source, with its appositions, on either side of a cue."""

from __future__ import annotations

import re
from bisect import bisect_left

from annotator.model.span import Span
from annotator.suggesters.reading import pos
from annotator.suggesters.reading.grammar import word_list
from annotator.suggesters.reading.units import Unit
from annotator.suggesters.syntax.phrase_end import clause_end, phrase_end
from annotator.suggesters.syntax.phrase_start import ends_relative, phrase_start

_BEFORE_ADJECTIVE = pos.DETERMINED + pos.POSSESSIVE
_BEFORE_RECENT = pos.HEADS + pos.OBJECT_PRONOUN + pos.PARTICIPLE + pos.FINITE
_COMMA_OR_SUBORDINATOR = pos.SUBORDINATOR + ","
_DESCRIBING = pos.POSSESSED_PHRASE + pos.RELATIVE + pos.PARTICIPLE
_NAMED = pos.NAME + ")"
_OPENS_PHRASE = pos.CLAUSE_LINKS + pos.QUOTATION + ',.-"'

Range = tuple[int, int]

# A noun phrase up to its head: what describes it, and the nouns and names.
_CORE = re.compile(r"(?:[dnNj#pe\"rz-]|g(?=[nN]))*[nN]")
_HEADS = pos.any_of(pos.COUNTED_HEADS, pos.PRONOUNS, pos.QUOTATION, pos.DETERMINERS)
_BREAKS = frozenset(".?!;:")
_BARE = frozenset(("a", "an", "the", "his", "its", "their", "my", "our", "your"))
_ARTICLES = frozenset(("a", "an", "the", "his", "her", "its", "their", "another", "one"))


def phrase_before(unit: Unit, end: int) -> Range | None:
    """The noun phrase that ends at token `end` (both included), with its appositions; None where there is none."""
    tags = unit.tags
    end = _before_time(unit, end)
    if end < 0:
        return None
    if tags[end] in ",-":
        return _before_mark(unit, end)
    if tags[end] == pos.DETERMINER and unit.lowers[end] in _BARE:
        return None
    if tags[end] not in _HEADS and not _stands_for_noun(tags, end) and not ends_relative(unit, end):
        return None
    start = phrase_start(unit, end)
    if start > end:
        return None
    if start > 1 and tags[start - 1] == pos.PREPOSITION and tags[start - 2] == pos.ADVERB:
        # "Doe earlier in the day said": the phrase only tells when.
        return phrase_before(unit, start - 3) or (start, end)
    return start, end


def _stands_for_noun(tags: str, end: int) -> bool:
    """ "the attorney general", "those surveyed": an adjective or a participle as the last word of a phrase."""
    return end > 0 and (
        (tags[end] == pos.ADJECTIVE and tags[end - 1] in _BEFORE_ADJECTIVE) or tags[end - 1 : end + 1] == "de"
    )


def _before_time(unit: Unit, end: int) -> int:
    """The token before "on Monday night", "later Tuesday" and "published Friday"."""
    tags = unit.tags
    recent = _before_recent(unit, end)
    if (
        recent < end
        and tags[recent] == pos.FINITE
        and unit.lowers[recent].endswith("ed")
        and tags[recent - 1] in pos.NOUNS
    ):
        recent -= 1
    end = recent
    if (
        end > 1
        and tags[end] == pos.NOUN
        and tags[end - 1] == pos.TIME
        and unit.lowers[end] in word_list("closed", "daytime")
    ):
        end -= 1
    while end > 0 and (tags[end] == pos.TIME or (tags[end] == pos.ADVERB and tags[end + 1 : end + 2] == pos.TIME)):
        end -= 2 if tags[end - 1] == pos.PREPOSITION else 1
    if end > 1 and tags[end] == pos.FINITE and "z" in tags[end + 1 : end + 3] and unit.lowers[end].endswith("ed"):
        end -= 1
    return end


def _before_recent(unit: Unit, end: int) -> int:
    """The token before "last week", "late last month" and "earlier this year"."""
    lowers = unit.lowers
    if end < 2 or lowers[end - 1] not in ("last", "this") or lowers[end] not in word_list("closed", "daytime"):
        return end
    before = end - 2
    while before > 0 and lowers[before] in ("late", "earlier", "early", "later"):
        before -= 1
    return before if unit.tags[before] in _BEFORE_RECENT else end


def _before_mark(unit: Unit, end: int) -> Range | None:
    """ "Doe, a clerk," and "Doe - a clerk -": what a comma or a dash closes, and the phrase before it."""
    tags = unit.tags
    opening = _matching(unit, end)
    if opening is None:
        if tags[end] != "," or tags[max(end - 2, 0) : end] == pos.QUOTATION:
            return None
        lone = phrase_before(unit, end - 1)
        return lone if lone and (lone[0] == 0 or tags[lone[0] - 1] in pos.CLAUSE_LINKS) else None
    inner = phrase_before(unit, opening - 1)
    if inner is None or tags[inner[0] : inner[1] + 1] == pos.QUOTATION:
        return None
    described = None
    while described != inner:
        described, inner = inner, _with_name_before(unit, inner)
    start = _with_role_before(unit, inner[0])
    if tags[end] == "-" or _describes(unit, opening + 1, end):
        return start, end
    return start, inner[1]


def _matching(unit: Unit, end: int) -> int | None:
    """The comma or dash that opens what the one at `end` closes."""
    tags = unit.tags
    mark = tags[end]
    at = end - 1
    while at >= 0:
        if tags[at] == ")":
            at = tags.rfind("(", 0, at)
            if at < 0:
                return None
        elif tags[at] == mark:
            if mark == "-" or tags[at + 1] != pos.CONJUNCTION or at + 1 >= end:
                return at
        elif tags[at] in _BREAKS or (mark == "," and tags[at] == "-"):
            return None
        at -= 1
    return None


def _describes(unit: Unit, start: int, end: int) -> bool:
    """Whether what stands between two commas describes the noun before them."""
    if start >= end:
        return False
    first, lower = unit.tags[start], unit.lowers[start]
    if first == pos.PREPOSITION:
        return lower in ("of", "from", "with", "to")
    if lower in ("including", "along", "together"):
        return True
    return first in _DESCRIBING or lower == "one"


def _with_name_before(unit: Unit, phrase: Range) -> Range:
    """ "Doe, 39", "Doe, a clerk", "Doe, of Springfield": the phrase with the name that it describes."""
    tags, lowers = unit.tags, unit.lowers
    start, end = phrase
    if start > 2 and lowers[start - 1] in ("of", "from") and tags[start - 2] == ",":
        before = phrase_before(unit, start - 2) or phrase_before(unit, start - 3)
        return (before[0], end) if before else phrase
    if start < 2 or tags[start - 1] != "," or tags[start - 2] not in pos.COUNTED_HEADS:
        return phrase
    if (
        tags[start : end + 1] == pos.NUMBER
        or tags[start : start + 2] == "#,"
        or lowers[start].startswith(("r-", "d-", "i-"))
        or (tags[start] == pos.DETERMINER and lowers[start] in _ARTICLES)
        or (tags[start] == pos.NOUN and tags[start - 2] in _NAMED)
    ):
        before = phrase_before(unit, start - 2)
        if before is not None and (before[0] == 0 or tags[before[0] - 1] in _OPENS_PHRASE):
            return before[0], end
    return phrase


def _with_role_before(unit: Unit, start: int) -> int:
    """Where "a spokesman, Doe," begins when the phrase found so far is "Doe"."""
    tags = unit.tags
    if start < 3 or tags[start - 1] != "," or tags[start] != pos.NAME:
        return start
    before = phrase_start(unit, start - 2)
    determined = before <= start - 2 and tags[before] == pos.DETERMINER and unit.lowers[before] in _ARTICLES
    # "Porto's mayor, Doe,": whose role it is determines it as well as an article.
    determined = determined or (before < start - 2 and "p" in tags[before : start - 2])
    return before if determined and (before == 0 or tags[before - 1] in _COMMA_OR_SUBORDINATOR) else start


def phrase_after(unit: Unit, start: int) -> Range | None:
    """The noun phrase that begins at token `start` (both included), with its appositions, as in "..., said X, a Y"."""
    tags = unit.tags
    size = len(tags)
    at = phrase_end(unit, start)
    if at is None:
        return None
    while at < size and tags[at] in ",(":
        following = _behind_mark(unit, at)
        if following is None:
            break
        at = following
    while at > start and tags[at - 1] == ",":
        at -= 1
    return start, at - 1


def _behind_mark(unit: Unit, at: int) -> int | None:
    """Behind the bracket, the relative clause or the apposition that begins at the mark; None where none does."""
    tags = unit.tags
    if tags[at] == "(":
        closing = tags.find(")", at)
        return closing + 1 if closing >= 0 else None
    if at + 1 >= len(tags):
        return None
    if tags[at + 1] == pos.RELATIVE:
        return clause_end(unit, at + 1)
    if unit.lowers[at + 1] == "whose":
        return None
    leading = unit.lowers[at + 1] in ("of", "now", "then", "including")
    if tags[at + 1] not in pos.COUNTED_PHRASE and not leading:
        return None
    following = phrase_end(unit, at + 2 if leading else at + 1, apposition=True)
    if following is None or (following < len(tags) and tags[following] in pos.ASSERTING):
        return None
    return following


def head_of(unit: Unit, phrase: Span) -> str:
    """The head noun of a phrase in lower case, without what a preposition or a comma adds; empty for a name."""
    first, behind = bisect_left(unit.starts, phrase.start), bisect_left(unit.starts, phrase.end)
    core = _CORE.match(unit.tags, first, behind)
    return unit.lowers[core.end() - 1] if core is not None and unit.tags[core.end() - 1] == pos.NOUN else ""
