"""The lines of metadata that a Markdown file may begin with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from annotator.model.article import Publication

_FENCE = re.compile(r"---[ \t]*\n")
_LINE = re.compile(r"([A-Za-z][\w -]{0,60}?)[ \t]*:(?:[ \t]+(.*))?$")
_MORE = re.compile(r"[ \t]|-[ \t]|#|$")
_NAMES = {
    "title": "title",
    "headline": "title",
    "url": "url",
    "link": "url",
    "archived_url": "archived_url",
    "publisher": "publisher",
    "site": "publisher",
    "publication": "publisher",
    "author": "author",
    "authors": "author",
    "by": "author",
    "date": "published_at",
    "published": "published_at",
    "published_at": "published_at",
    "language": "language",
    "lang": "language",
    "rights": "rights",
    "license": "rights",
    "licence": "rights",
    "copyright": "rights",
}


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The values by our field names, and where the text begins behind them (code points; 0 where there are none)."""

    values: Mapping[str, str]
    end: int

    def publication(self, title: str) -> Publication:
        """The publication they tell of; `title` is used where they name none."""
        known = {name: value for name, value in self.values.items() if name not in ("language", "rights")}
        return Publication(**({"title": title} | known))


def front_matter(text: str) -> FrontMatter:
    """The `key: value` lines between two lines of three hyphens at the start of the text, if that is what is there.

    Values are taken as they stand, without quotation marks around them; a list in square brackets becomes its items
    with commas between. Nested values are passed over.
    """
    none = FrontMatter({}, 0)
    opening = _FENCE.match(text)
    if opening is None:
        return none
    values: dict[str, str] = {}
    at = opening.end()
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        line = text[at:end]
        at = end + 1
        if line.rstrip() in ("---", "..."):
            behind = re.compile(r"(?:[ \t]*\n)*").match(text, min(at, len(text)))
            return FrontMatter(values, behind.end()) if behind else none
        pair = _LINE.match(line)
        if pair is not None:
            name = _NAMES.get(pair[1].lower().replace("-", "_").replace(" ", "_"), "")
            if name and pair[2]:
                values.setdefault(name, _plain(pair[2].strip()))
        elif not _MORE.match(line):
            return none
    return none


def _plain(value: str) -> str:
    if len(value) > 1 and value[0] == "[" and value[-1] == "]":
        return ", ".join(_plain(item.strip()) for item in value[1:-1].split(",") if item.strip())
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value
