"""The day a page was published on: as its metadata say it, or in its own words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any

from annotator.importers.pages.furniture import naming
from annotator.importers.pages.linked_data import LinkedData, first
from annotator.importers.pages.people import lines_after, lines_before
from annotator.importers.pages.vocabulary import MONTHS, listed, pattern

_ISO = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:$|[T\s,+Z].*)", re.DOTALL)
_YEAR_FIRST = re.compile(r"(?<!\d)((?:19|20)\d{2})\s?[-/.年년]\s?(\d{1,2})\s?[-/.月월]\s?(\d{1,2})\s?[日일]?(?!\d)")
_YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?((?:19|20)\d{2})(?!\d|:\d)")
_SHORT_YEAR = re.compile(r"(?<![\d.])(\d{1,2})\.\s?(\d{1,2})\.\s?([0-4]\d)(?![\d.:]\d|\d)")
_NAME = r"(?:[^\W\d_]|[\u0900-\u0963\u0970-\u0dff])+"
_DAY_MONTH = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:\.|st|nd|rd|th|er|º|ª|-го)?\s*(?:de\s+|of\s+|d')?({_NAME}(?:[\s/]{_NAME})?)\.?,?"
    r"\s*(?:de\s+|del\s+|do\s+)?((?:19|20)\d{2})(?!\d)"
)
_MONTH_DAY = re.compile(rf"({_NAME})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+((?:19|20)\d{{2}})(?!\d)")
_IN_UTC = re.compile(r"(?:Z|[+-]00:?00|UTC|GMT)\s*$")
_IN_ADDRESS = re.compile(r"/((?:19|20)\d{2})[/-](\d{1,2})[/-](\d{1,2})(?:/|-|$)")

_PUBLISHED_META = listed("published_metadata")
_UPDATED_META = listed("updated_metadata")
_PUBLISHED_PROPERTIES = frozenset(listed("published_properties"))
_LABEL = re.compile(rf"(?P<published>{pattern('published')})|(?P<updated>{pattern('updated')})", re.IGNORECASE)
_AROUND_MONTH = frozenset(("en-US", "en-PH"))
_DAY_FIRST_ENGLISH = frozenset(
    ["GB", "AU", "NZ", "IE", "IN", "ZA", "NG", "KE", "GH", "PK", "SG", "MY", "HK", "JM", "TT", "MT", "ZW"]
)


def day_of_iso(value: str) -> str:
    """The day that a date, or date and time, names in its own zone; empty where it is not in ISO 8601."""
    found = _ISO.fullmatch(value.strip())
    return _day(found[1], found[2], found[3]) if found else ""


def day_in(text: str, language: str) -> str:
    """The first day that a text names, in words or figures; empty where there is none or it is not clear.

    Of two figures that may both be a month, the page's language says which is: an American page writes the month
    first, a British or French one the day, and one that is just English does not say.
    """
    found = sorted((start, day) for start, day in _days(_western(text), language) if day)
    return found[0][1] if found else ""


def only_day_in(text: str, language: str) -> str:
    """The day where a text is nothing but one date; empty for more, for less, and for one that is not clear."""
    found = {day for _, day in _days(_western(text), language)}
    return found.pop() if len(found) == 1 and is_dateline(text, language) else ""


def _days(text: str, language: str) -> Iterator[tuple[int, str]]:
    yield from _days_of_short_years(text, language)
    for match in _YEAR_FIRST.finditer(text):
        yield match.start(), _day(match[1], match[2], match[3])
    for match in _DAY_MONTH.finditer(text):
        month = _month(match[2])
        if month:
            yield match.start(), _day(match[3], month, match[1])
    for match in _MONTH_DAY.finditer(text):
        month = _month(match[1])
        if month:
            yield match.start(), _day(match[3], month, match[2])
    for match in _YEAR_LAST.finditer(text):
        one, other = int(match[1]), int(match[3])
        if match[2] == "." or other > 12 or one > 12 or one == other:
            day, month = (other, one) if other > 12 else (one, other)
        elif language.replace("_", "-") in _AROUND_MONTH:
            day, month = other, one
        elif _writes_day_first(language):
            day, month = one, other
        else:
            continue
        yield match.start(), _day(match[4], month, day)


def _days_of_short_years(text: str, language: str) -> Iterator[tuple[int, str]]:
    for match in _SHORT_YEAR.finditer(text) if _writes_day_first(language) else ():
        yield match.start(), _day(f"20{match[3]}", match[2], match[1])


def _writes_day_first(language: str) -> bool:
    tag, _, region = language.replace("_", "-").partition("-")
    if tag == "en":
        return region.upper() in _DAY_FIRST_ENGLISH
    return bool(tag) and tag not in ("ja", "zh", "ko", "hu", "lt", "fa") and region.upper() not in ("CA", "US")


def _month(name: str) -> int:
    words = name.casefold().replace("/", " ").split()
    return next((MONTHS[word] for word in (name.casefold(), *words[:1]) if word in MONTHS), 0)


def _day(year: object, month: object, day: object) -> str:
    try:
        return date(int(str(year)), int(str(month)), int(str(day))).isoformat()
    except ValueError:
        return ""


def published_day(tree: Any, data: LinkedData, address: str, language: str, headline: Any) -> str:
    """The day of publication in ISO 8601, in the zone that the page states; empty where the page does not say it.

    In this order: JSON-LD, the page's metadata, the page's own words (those near its `headline` first), its address,
    and the last change only where nothing says when it was published. Of stamps for publication that differ, the one
    that the page shows counts, unless that is the last change; what is stamped in UTC gives way to the page's words.
    """
    shown = next(_shown(tree, language, headline), "")
    of_article = (*_of_data(data.article, "datePublished", "dateCreated"), *_of_meta(tree, _PUBLISHED_META))
    of_parts = (*_of_marked(tree), *_of_data(data.page, "datePublished", "dateCreated", "uploadDate"))
    changes = (*_of_data(data.article, "dateModified"), *_of_meta(tree, _UPDATED_META))
    changed = [day for stamp in changes if (day := day_of_iso(stamp))]
    if shown and shown not in changed and shown in map(_day_of_stamp, of_article):
        return shown
    for stamp in (*of_article, *of_parts):
        if day := _day_of_stamp(stamp):
            return shown if shown and _IN_UTC.search(stamp) and _neighbours(day, shown) else day
    if shown:
        return shown
    found = _IN_ADDRESS.search(address)
    if found and (day := _day(found[1], found[2], found[3])):
        return day
    return next(iter(changed), "")


def _shown(tree: Any, language: str, headline: Any) -> Iterator[str]:
    """The days that the page's own words give, best first."""
    lines, above = list(lines_after(headline)), list(lines_before(headline))
    yield from _behind_labels(lines, language)
    labelled, others = days_in_words(tree, language, headline)
    yield from labelled
    for read in (_of_dateline, _beside_others):
        yield from filter(None, (read(line, language) for line in (*lines, *above)))
        yield from others


def _of_dateline(line: str, language: str) -> str:
    return _labelled(line, language)[1] if is_dateline(line, language) else ""


def _day_of_stamp(stamp: str) -> str:
    """The day of a stamp; software writes stamps, so the page's language does not say which figure is the month."""
    return day_of_iso(stamp) or day_in(stamp, "")


def _behind_labels(lines: Sequence[str], language: str) -> Iterator[str]:
    """The days behind words for publication, which may be a line of their own above the day."""
    label = ""
    for line in lines:
        if (label or _LABEL.search(line)) and not _is_sentence(line):
            day = _labelled(f"{label} {line}", language)[0]
            if day:
                yield day
        label = line if _LABEL.fullmatch(line.strip(" :")) else ""


_BETWEEN_PARTS = re.compile(r"\s*[|·•»]\s*|\s+[–—-]\s+|\s*,\s+(?=\D)|(?<=\D),\s+")
_FEW_WORDS = 8
_FEWEST_OF_SENTENCE = 4


def _beside_others(line: str, language: str) -> str:
    """The day of a line that has a date first or last, and beside it a desk, a place or a name but no sentence."""
    if line.endswith((".", "!", "?", ":", "…")) or _LABEL.search(line) or len(_other_words(line)) > _FEW_WORDS:
        return ""
    parts = _BETWEEN_PARTS.split(line)
    return only_day_in(parts[0], language) or only_day_in(parts[-1], language)


def _neighbours(one: str, other: str) -> bool:
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days) == 1


def _of_data(node: dict[str, Any], *names: str) -> list[str]:
    return [value for name in names if isinstance(value := first(node.get(name)), str) and value]


def _bare(name: str) -> str:
    """A name of metadata without what its writers put between its words."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _of_meta(tree: Any, names: Iterable[str]) -> list[str]:
    there: dict[str, str] = {}
    for meta in tree.iter("meta"):
        for attribute in ("property", "name", "itemprop"):
            if meta.get(attribute) and (meta.get("content") or "").strip():
                there.setdefault(_bare(meta.get(attribute)), meta.get("content"))
    return [there[bare] for bare in dict.fromkeys(map(_bare, names)) if bare in there]


_NAMED_PUBLISHED = re.compile(r"\bpublish|\bentry-date\b|\bposted")


def _of_marked(tree: Any) -> list[str]:
    """Microdata, RDFa, and elements that are marked as the time of publication."""
    found = [
        element.get("datetime") or element.get("content") or "".join(element.itertext())
        for element in tree.xpath("//*[@itemprop or @property or @pubdate]")
        if _says_published(element)
    ]
    for element in tree.iter("time", "abbr", "span"):
        named = f"{element.get('class') or ''} {element.get('title') or ''}".lower()
        if _NAMED_PUBLISHED.search(named) and "updated" not in named.split():
            found.append(element.get("datetime") or element.get("title") or "")
    return [value for value in found if value]


def _says_published(element: Any) -> bool:
    names = f"{element.get('itemprop') or ''} {element.get('property') or ''}".lower().split()
    return element.get("pubdate") is not None or bool(_PUBLISHED_PROPERTIES.intersection(names))


_DATE_NAMES = re.compile(
    r"date|time|publi|byline|meta|posted|stand|datum|fecha|data\b|article-?info|header|dateline", re.IGNORECASE
)
_LONGEST = 300
_MOST_DATED = 60
_NEAR = 40
"""How many elements that may hold a date are still close behind the headline."""


_DATED = (
    *("time", "p", "span", "div", "li", "small", "dd", "td", "address", "em", "i", "b", "strong", "font"),
    *("h2", "h3", "h4", "h5", "h6"),
)


def days_in_words(tree: Any, language: str, headline: Any) -> tuple[list[str], list[str]]:
    """The day behind a word for publication in an element named for dates, and the days there without a label.

    Those close behind the headline's element go before those in front of it, where sites show the day of today, and
    those before what is further down, where other articles are listed.
    """
    before: list[str] = []
    near: list[str] = []
    further: list[str] = []
    for element, found in islice(_dated(tree, headline, before, near, further), _MOST_DATED):
        text = " ".join("".join(element.itertext()).split())
        published, unlabelled = _labelled(text, language)
        if published:
            return [published], [*near, *before, *further]
        if day := "" if _updated_before(element) else _without_label(element, text, unlabelled):
            found.append(day)
    return [], [*near, *before, *further]


def _dated(
    tree: Any, headline: Any, before: list[str], near: list[str], further: list[str]
) -> Iterator[tuple[Any, list[str]]]:
    """The elements that may hold the day, each with the list of its place around the headline."""
    found = near if headline is None else before
    since = 0
    for element in tree.iter("h1", *_DATED):
        if element is headline:
            found = near
        elif found is near and headline is not None:
            since += 1
            found = further if since > _NEAR else near
        if _may_hold_the_day(element):
            yield element, found


def _may_hold_the_day(element: Any) -> bool:
    if element.tag != "time" and not _DATE_NAMES.search(f"{naming(element)} {element.get('itemprop') or ''}"):
        return False
    if any(outer.tag in ("aside", "footer", "nav", "figure", "blockquote") for outer in element.iterancestors()):
        return False
    text = " ".join("".join(element.itertext()).split())
    return 0 < len(text) <= _LONGEST and not _is_in_a_sentence(element)


def _without_label(element: Any, text: str, unlabelled: str) -> str:
    """The day that an element without a word for publication gives; its `datetime` is the more exact, but in UTC."""
    stamp = (element.get("datetime") or "") if element.tag == "time" else ""
    if unlabelled:
        return ("" if _IN_UTC.search(stamp) else day_of_iso(stamp)) or unlabelled
    labels = [match.lastgroup for match in _LABEL.finditer(text)]
    return "" if "updated" in labels else day_of_iso(stamp)


_CLOCK = re.compile(pattern("clock"), re.IGNORECASE)
_WEEKDAY = re.compile(pattern("weekdays"), re.IGNORECASE)
_FILLING = re.compile(rf"\b{pattern('between_dates')}\b|[^\w]+", re.IGNORECASE)
_LEFT_OVER = 4
_MOST_WORDS = 12


def is_dateline(text: str, language: str) -> bool:
    """Whether a text is nothing but a date, a time, and words for publishing and changing."""
    plain = _western(text)
    if not any(_days(plain, language)) and not _CLOCK.search(plain) and not _ambiguous(plain):
        return False
    for known in (_YEAR_FIRST, _YEAR_LAST, _SHORT_YEAR, _DAY_MONTH, _MONTH_DAY, _CLOCK, _WEEKDAY, _LABEL, _FILLING):
        plain = known.sub(" ", plain)
    return len("".join(plain.split())) <= _LEFT_OVER


def _ambiguous(text: str) -> bool:
    return _YEAR_LAST.search(text) is not None


def _western(text: str) -> str:
    """The text with the figures 0 to 9 in place of those of other scripts."""
    return "".join(str(unicodedata.digit(each, each)) if each.isdigit() else each for each in text)


def _is_in_a_sentence(element: Any) -> bool:
    """Whether a `time` stands in running text, and so tells of something else."""
    while element.tag in ("time", "span", "b", "strong", "em", "i", "a", "small") and element.getparent() is not None:
        element = element.getparent()
    if element.tag not in ("p", "li", "td", "dd", "figcaption", "blockquote"):
        return False
    return len(_other_words("".join(element.itertext()))) > _MOST_WORDS


def _is_sentence(line: str) -> bool:
    """Whether a line tells of something that was published, and not of itself."""
    words = _other_words(line)
    return len(words) > _FEW_WORDS or (line.endswith(".") and len(words) >= _FEWEST_OF_SENTENCE)


def _other_words(text: str) -> list[str]:
    """The words of a text that belong to no date, time or word for publishing and changing."""
    rest = " ".join(_western(text).split())
    for known in (_YEAR_FIRST, _YEAR_LAST, _SHORT_YEAR, _DAY_MONTH, _MONTH_DAY, _CLOCK, _WEEKDAY, _LABEL):
        rest = known.sub(" ", rest)
    return [word for word in rest.split() if any(each.isalnum() for each in word)]


def _updated_before(element: Any) -> bool:
    """Whether the words before an element say that what it holds is a last change."""
    parent = element.getparent()
    if parent is None:
        return False
    before = parent.text or ""
    for other in parent:
        if other is element:
            break
        before += "".join(other.itertext()) + (other.tail or "")
    labels = [match.lastgroup for match in _LABEL.finditer(before[-60:])]
    named = f"{element.get('class') or ''} {element.get('itemprop') or ''}".lower()
    return (bool(labels) and labels[-1] == "updated") or "updated" in named or "modified" in named


def _labelled(text: str, language: str) -> tuple[str, str]:
    """The day behind a word for publication, and the first day where no word stands before it."""
    marks = [(match.start(), match.end(), match.lastgroup) for match in _LABEL.finditer(text)]
    if not marks:
        return "", day_in(text, language)
    ends = [start for start, _, _ in marks[1:]] + [len(text)]
    for (_, start, label), end in zip(marks, ends, strict=True):
        if label == "published" and (day := day_in(text[start:end], language)):
            return day, ""
    unlabelled = day_in(text[: marks[0][0]], language)
    return "", unlabelled
