"""Noun phrases: the extent of what can be a source, to the left of a cue or to the right of it."""

from __future__ import annotations

from annotator.suggesters.grammar import word_list
from annotator.suggesters.units import Unit

Range = tuple[int, int]

_CORE = frozenset('nN#uopdjeQ"')
_HEADS = frozenset("nN#uQp)")
_VERBAL = frozenset("vbxhmy")
_BREAKS = frozenset(".?!;:")


def phrase_before(unit: Unit, end: int) -> Range | None:
    """The noun phrase that ends at token `end` (included), with its appositions; None where there is none."""
    tags = unit.tags
    if end > 1 and tags[end] == "n" and tags[end - 1] == "z" and unit.lowers[end] in word_list("closed", "daytime"):
        end -= 1
    while end > 1 and (tags[end] == "z" or (tags[end] == "r" and tags[end + 1 : end + 2] == "z")):
        end -= 2 if tags[end - 1] == "i" else 1
    if end > 1 and tags[end] == "v" and tags[end + 1 : end + 2] == "z" and unit.lowers[end].endswith("ed"):
        end -= 1
    if end < 0:
        return None
    if tags[end] in ",-":
        opening = _matching(unit, end)
        if opening is None:
            lone = phrase_before(unit, end - 1) if tags[end] == "," and tags[max(end - 2, 0) : end] != "Q" else None
            return (lone[0], lone[1]) if lone and (lone[0] == 0 or tags[lone[0] - 1] in "scw") else None
        inner = phrase_before(unit, opening - 1)
        if inner is None:
            return None
        inner = _with_apposed(unit, inner)
        inner = _with_apposition_before(unit, inner[0]), inner[1]
        if tags[end] == "-" or _is_apposition(unit, opening + 1, end):
            return inner[0], end
        return inner
    if tags[end] not in _HEADS and tags[end] not in "od" and not (tags[end] == "j" and end and tags[end - 1] in "dnNp"):
        return None
    start = _core_start(unit, end)
    if start > end:
        return None
    if start > 1 and tags[start - 1] == "i" and tags[start - 2] == "r":
        # "Doe earlier in the day said": the phrase only tells when.
        return phrase_before(unit, start - 3) or (start, end)
    return start, end


def _with_apposed(unit: Unit, phrase: Range) -> Range:
    """ "Doe, 39" and "Doe, a clerk" where the phrase found so far is what stands behind the comma."""
    tags = unit.tags
    start, end = phrase
    if start > 2 and unit.lowers[start - 1] in ("of", "from") and tags[start - 2] == ",":
        # "Doe, 39, of Springfield"
        before = phrase_before(unit, start - 2) or phrase_before(unit, start - 3)
        return (before[0], end) if before else phrase
    if start < 2 or tags[start - 1] != "," or tags[start - 2] not in "nN)":
        return phrase
    if tags[start - 1] == "i":
        return phrase
    described = tags[start : end + 1]
    if described == "#" or (described[0] == "d" and unit.lowers[start] in ("a", "an", "the", "another", "one")):
        before = phrase_before(unit, start - 2)
        if before is not None and (before[0] == 0 or tags[before[0] - 1] in ",scw.-Q\""):
            return before[0], end
    return phrase


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
            if mark == "," and _in_list(tags, at, end):
                at -= 1
                continue
            return at
        elif tags[at] in _BREAKS or (mark == "," and tags[at] == "-"):
            return None
        at -= 1
    return None


def _in_list(tags: str, comma: int, end: int) -> bool:
    """Whether the comma separates parts of one apposition ("R-Ky., the Senate leader and ..." does not)."""
    return comma + 1 < end and tags[comma + 1] == "c"


def _is_apposition(unit: Unit, start: int, end: int) -> bool:
    """Whether what stands between two commas describes the noun before them."""
    tags = unit.tags
    if start >= end:
        return False
    first = tags[start]
    if first == "r" or (first == "i" and unit.lowers[start] not in ("of", "from", "with", "to")):
        return False
    if first in "wdnN#jp" or (first == "i"):
        return True
    return first == "e" or (first == "u" and unit.lowers[start] == "one")


def _core_start(unit: Unit, end: int) -> int:
    """Where the noun phrase that ends at `end` begins, prepositional phrases and short relative clauses included."""
    tags, lowers = unit.tags, unit.lowers
    at = end
    if tags[end] == "u" and lowers[end] not in (
        "one",
        "others",
        "everyone",
        "none",
        "some",
        "anyone",
        "someone",
        "everybody",
    ):
        return end
    while at >= 0:
        tag = tags[at]
        if tag == ")":
            opening = tags.rfind("(", 0, at)
            if opening < 0:
                return at + 1
            at = opening - 1
        elif tag == "d" or tag in 'nN#joepuQ"':
            if tag == "N" and at < end and tags[at + 1] in "dw":
                return at + 1
            if tag in "nN" and at < end and tags[at + 1] in "du":
                return at + 1
            if tag in "uo" and at < end and tags[at + 1] not in "i":
                return at + 1
            if tag == "e" and at < end and tags[at + 1] not in "nNji#":
                return at + 1
            at -= 1
        elif tag == "g" and at < end and tags[at + 1] in "nN" and at > 0 and tags[at - 1] in "djpi":
            at -= 1
        elif tag == "r" and at < end and tags[at + 1] in "je#d":
            at -= 1
        elif (
            tag == "-"
            and at > 0
            and at < end
            and unit.ends[at - 1] == unit.starts[at]
            and unit.ends[at] == unit.starts[at + 1]
        ):
            at -= 1
        elif tag == "z" and at < end and at > 0 and (tags[at - 1] in "dp" or unit.ends[at] == unit.starts[at + 1] - 0):
            at -= 1
        elif at < end and tags[at + 1] in "#d" and lowers[at] in ("about", "around", "nearly", "almost", "roughly", "over", "than", "just", "only", "least", "at", "more", "fewer", "less", "some", "up", "even") and tags[at + 1] == "#":
            at -= 1
        elif tag == "i" and lowers[at] == "than" and tags[at - 1] in "d":
            at -= 1
        elif tag == "i" and at > 1 and tags[at - 1] == "g" and tags[at - 2] in "nN":
            at -= 2
        elif tag == "i":
            if at == 0 or lowers[at] == "as" or tags[at - 1] not in 'nN#p)eQ"do':
                return at + 1
            at -= 1
        elif tag == "c":
            if at == 0 or tags[at - 1] not in "nN#)pQj" or not _joins(unit, at):
                return at + 1
            at -= 1
        elif tag == "b" and at > 1 and tags[at - 1] == "t" and tags[at - 2] in "nN":
            at -= 2
        elif tag == "g" and at > 0 and at < end and tags[at - 1] in "nN" and tags[at + 1] in "dnNjpi#":
            at -= 1
        elif tag == "v" and at > 0 and at < end and tags[at - 1] in "nN" and tags[at + 1] in "iz" and lowers[at].endswith("ed"):
            at -= 1
        elif tag in _VERBAL or tag == "g":
            relative = _relative_before(unit, at)
            if relative is None:
                return at + 1
            at = relative - 1
        else:
            return at + 1
    return 0


def _joins(unit: Unit, conjunction: int) -> bool:
    """Whether "and" joins two parts of a subject: then nothing verbal stands before its left part."""
    tags = unit.tags
    if unit.lowers[conjunction] not in ("and", "or", "&"):
        return False
    at = conjunction - 1
    while at >= 0 and tags[at] in 'nN#jpdeio)(&"':
        at -= 1
    return at < 0 or tags[at] in ",sc.:;?!-Q" or (tags[at] == "w")


def _relative_before(unit: Unit, verb: int) -> int | None:
    """The relative pronoun whose clause the verb at `verb` is in, where no comma and no second verb intervenes."""
    tags = unit.tags
    at, verbs = verb, 0
    in_group = False
    while at >= 0:
        tag = tags[at]
        if tag in "w" or unit.lowers[at] == "whose" or (tag == "s" and unit.lowers[at] in ("that", "where")):
            if at > 0 and tags[at - 1] in "nN)uo#d":
                return at if verbs <= 3 else None
            if tag == "w":
                return None
        if tag in ",.;:?!-":
            return None
        if tag in "vbxhm":
            if not in_group:
                verbs += 1
            in_group = True
        else:
            in_group = tag in "re"
        at -= 1
    return None


def _with_apposition_before(unit: Unit, start: int) -> int:
    """Where "a spokesman, John Doe" begins when the phrase found so far is "John Doe"."""
    tags = unit.tags
    if start < 3 or tags[start - 1] != "," or tags[start] != "N":
        return start
    before = _core_start(unit, start - 2)
    if (
        before <= start - 2
        and tags[before] in "d"
        and unit.lowers[before] in ("a", "an", "the", "his", "her", "its", "their", "another", "one")
    ):
        if before == 0 or tags[before - 1] in ",s":
            return before
    return start


def phrase_after(unit: Unit, start: int) -> Range | None:
    """The noun phrase that begins at token `start`, with its appositions, as in "..., said X, a Y"."""
    tags = unit.tags
    size = len(tags)
    at = _core_end(unit, start)
    if at is None:
        return None
    while at < size and tags[at] in ",(":
        if tags[at] == "(":
            closing = tags.find(")", at)
            if closing < 0:
                break
            at = closing + 1
            continue
        if at + 1 >= size:
            break
        first = tags[at + 1]
        if first == "w":
            at = _clause_end(unit, at + 1)
        elif first in "dnN#j" or unit.lowers[at + 1] in ("of", "one"):
            following = _core_end(unit, at + 1, apposition=True)
            if following is None or (following < size and tags[following] in "vxhm"):
                break
            at = following
        else:
            break
    while at > start and tags[at - 1] in ",":
        at -= 1
    return start, at - 1


def _core_end(unit: Unit, start: int, *, apposition: bool = False) -> int | None:
    """Behind the noun phrase that begins at `start`; None where no noun phrase begins there."""
    tags, lowers = unit.tags, unit.lowers
    size = len(tags)
    at = start
    if at < size and tags[at] == "u" and lowers[at] not in ("one", "others", "everyone", "none"):
        return at + 1
    seen = False
    while at < size:
        tag = tags[at]
        if tag in "nN#uo" or (tag == "d" and lowers[at + 1 : at + 2] == ["of"]):
            seen = True
        elif tag in "ev" and seen and tags[at + 1 : at + 2] == "z" and lowers[at].endswith("ed"):
            at += 1
        elif tag == "e" and seen and tags[at + 1 : at + 2] in ("i", "t"):
            at += 1
        elif tag == "v" and seen and lowers[at].endswith("ed") and lowers[at + 1 : at + 2] and lowers[at + 1] in ("in", "with", "by", "from", "at"):
            pass
        elif tag in "djep":
            pass
        elif tag == "g" and at + 1 < size and tags[at + 1] in "nN":
            pass
        elif tag == "r" and at + 1 < size and tags[at + 1] in "je#":
            pass
        elif (
            tag == "-"
            and 0 < at < size - 1
            and unit.ends[at - 1] == unit.starts[at]
            and unit.ends[at] == unit.starts[at + 1]
        ):
            pass
        elif (
            tag == "i"
            and seen
            and at + 1 < size
            and tags[at + 1] in "dnNj#op"
            and (lowers[at] in ("of", "for", "from", "with", "at", "in", "to") or (apposition and lowers[at] in ("on", "by", "about")))
        ):
            if (
                lowers[at] in ("in", "at", "on", "during")
                and tags[at + 1] in "dnj"
                and any(lower in _OCCASIONS for lower in lowers[at + 1 : at + 5])
            ):
                break
            if lowers[at] == "to" and tags[at + 1] in "d" and lowers[at + 1] not in ("the", "a"):
                break
        elif tag == "c" and seen and at + 1 < size and tags[at + 1] in "dnNj" and not _verb_soon(tags, at + 1):
            pass
        elif tag == "w" and seen:
            return _clause_end(unit, at)
        elif tag == "(" and seen:
            closing = tags.find(")", at)
            if closing < 0:
                break
            at = closing
        else:
            break
        at += 1
    return at if seen and at > start else None


_OCCASIONS = frozenset(
    "statement interview speech conference briefing email e-mail tweet post hearing call news telephone phone press video letter column series radio television".split()
)


def _verb_soon(tags: str, start: int) -> bool:
    at = start
    while at < len(tags) and tags[at] in "dnNj#p":
        at += 1
    return at < len(tags) and tags[at] in "vxhm"


def _clause_end(unit: Unit, start: int) -> int:
    """Behind the relative clause that begins at `start`: the next comma, dash, quotation or end."""
    tags = unit.tags
    at = start
    while at < len(tags) and tags[at] not in ",.;:?!-Q":
        at += 1
    return at
