"""The day a page was published on: as its metadata say it, or in its own words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from annotator.importers.pages.linked_data import LinkedData, first
from annotator.importers.pages.vocabulary import MONTHS, listed, pattern

_ISO = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:$|[T\s,+Z].*)", re.DOTALL)
_YEAR_FIRST = re.compile(r"(?<!\d)((?:19|20)\d{2})\s?[-/.年년]\s?(\d{1,2})\s?[-/.月월]\s?(\d{1,2})\s?[日일]?(?!\d)")
_YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?((?:19|20)\d{2})(?!\d)")
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


def published_day(tree: Any, data: LinkedData, address: str, language: str, lines: Sequence[str]) -> str:
    """The day of publication in ISO 8601, in the zone that the page states; empty where the page does not say it.

    `lines` are the first short ones behind the headline. In this order: JSON-LD, the page's metadata, the page's own
    words, its address, and the last change only where nothing says when it was published. What is stamped in UTC
    gives way to the page's own words.
    """
    words = day_in_words(tree, language) or next(
        (day for line in lines if _LABEL.search(line) and (day := _labelled(line, language)[0])),
        next((day for line in lines if is_dateline(line, language) and (day := _labelled(line, language)[1])), ""),
    )
    for stamp in (*_of_data(data, "datePublished", "dateCreated"), *_of_meta(tree, _PUBLISHED_META), *_of_marked(tree)):
        day = day_of_iso(stamp) or day_in(stamp, language)
        if day:
            return words if words and _IN_UTC.search(stamp) and _neighbours(day, words) else day
    if words:
        return words
    found = _IN_ADDRESS.search(address)
    if found and (day := _day(found[1], found[2], found[3])):
        return day
    for stamp in (*_of_data(data, "dateModified"), *_of_meta(tree, _UPDATED_META)):
        if day := day_of_iso(stamp):
            return day
    return ""


def _neighbours(one: str, other: str) -> bool:
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days) == 1


def _of_data(data: LinkedData, *names: str) -> list[str]:
    return [value for name in names if isinstance(value := first(data.article.get(name)), str) and value]


def _of_meta(tree: Any, names: Iterable[str]) -> list[str]:
    there: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        if name and meta.get("content"):
            there.setdefault(name, meta.get("content"))
    return [there[name] for name in names if name in there]


def _of_marked(tree: Any) -> list[str]:
    """Microdata, and `time` elements that are marked as the time of publication."""
    found = [
        element.get("datetime") or element.get("content") or "".join(element.itertext())
        for element in tree.xpath("//*[@itemprop='datePublished' or @pubdate]")
    ]
    for element in tree.iter("time", "abbr"):
        named = f"{element.get('class') or ''} {element.get('title') or ''}".lower()
        if re.search(r"\bpublish|\bentry-date\b|\bposted", named) and "updated" not in named.split():
            found.append(element.get("datetime") or element.get("title") or "")
    return [value for value in found if value]


_DATE_NAMES = re.compile(
    r"date|time|publi|byline|meta|posted|stand|datum|fecha|data\b|article-?info|header|dateline", re.IGNORECASE
)
_LONGEST = 300


def day_in_words(tree: Any, language: str) -> str:
    """The day that the page's own words give, before its text: behind "published", else one without a label."""
    bare = ""
    seen = 0
    for element in tree.iter("time", "p", "span", "div", "li", "small", "dd", "td", "address"):
        if element.tag != "time" and not _DATE_NAMES.search(
            f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"
        ):
            continue
        if any(outer.tag in ("aside", "footer", "nav", "figure", "blockquote") for outer in element.iterancestors()):
            continue
        text = " ".join("".join(element.itertext()).split())
        if not text or len(text) > _LONGEST or _is_in_a_sentence(element):
            continue
        seen += 1
        if seen > 60:
            break
        published, unlabelled = _labelled(text, language)
        if published:
            return published
        if not bare and unlabelled and not _updated_before(element):
            bare = unlabelled
            if element.tag == "time" and element.get("datetime") and not _IN_UTC.search(element.get("datetime")):
                bare = day_of_iso(element.get("datetime")) or bare
        elif (
            not bare
            and element.tag == "time"
            and not text.isspace()
            and element.get("datetime")
            and not _updated_before(element)
        ):
            labels = [match.lastgroup for match in _LABEL.finditer(text)]
            bare = day_of_iso(element.get("datetime")) if "updated" not in labels else ""
    return bare


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
    for known in (_YEAR_FIRST, _YEAR_LAST, _DAY_MONTH, _MONTH_DAY, _CLOCK, _WEEKDAY, _LABEL, _FILLING):
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
    rest = " ".join("".join(element.itertext()).split())
    for known in (_YEAR_FIRST, _DAY_MONTH, _MONTH_DAY, _CLOCK, _WEEKDAY, _LABEL):
        rest = known.sub(" ", rest)
    return len(rest.split()) > _MOST_WORDS


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
