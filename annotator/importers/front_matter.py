"""The lines of metadata that a Markdown file may begin with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field

from annotator.model.article import Publication
from annotator.model.late import dataclass

_FENCE = re.compile(r"---[ \t]*\n")
_LINE = re.compile(r"([A-Za-z][\w -]{0,60}?)[ \t]*:(?:[ \t]+(.*))?$")
_MORE = re.compile(r"[ \t]|-[ \t]|#|$")
_ITEM = re.compile(r"[ \t]*-[ \t]+(?:name:[ \t]+)?(.*)$")
_COMMENT = re.compile(r"(?:^|[ \t])#.*$")
_FOLDED = re.compile(r"[>|][+-]?$")
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
    """The values by our field names, and where the text begins behind them (code points; 0 where there are none).

    `unread` are the keys that nothing is made of.
    """

    values: Mapping[str, str]
    end: int
    unread: tuple[str, ...] = ()

    def publication(self, title: str) -> Publication:
        """The publication they tell of; `title` is used where they name none."""
        known = {name: value for name, value in self.values.items() if name not in ("language", "rights")}
        return Publication(**({"title": title} | known))


def front_matter(text: str) -> FrontMatter:
    """The `key: value` lines between two lines of three hyphens at the start of the text, if that is what is there.

    Values are taken as they stand, without quotation marks around them; a list, in square brackets or an item a line,
    becomes its items with commas between, and the lines of a folded text one. Other nested values are passed over.
    """
    none = FrontMatter({}, 0)
    opening = _FENCE.match(text)
    if opening is None:
        return none
    found = _Found()
    at = opening.end()
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        line = text[at:end]
        at = end + 1
        if line.rstrip() in ("---", "..."):
            behind = re.compile(r"(?:[ \t]*\n)*").match(text, min(at, len(text)))
            return FrontMatter(found.values(), behind.end(), tuple(found.unread)) if behind else none
        if not found.take(line):
            return none
    return none


@dataclass(slots=True)
class _Found:
    """What the lines so far say: the items of each of our fields, and the one whose lines still go on."""

    items: dict[str, list[str]] = field(default_factory=dict)
    folded: dict[str, list[str]] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)
    open: list[str] | None = None
    in_words: bool = False

    def take(self, line: str) -> bool:
        """Take one line; False where it is none of front matter's."""
        pair = _LINE.match(line)
        if pair is not None:
            self._key(pair[1], (pair[2] or "").strip())
            return True
        item = _ITEM.match(line)
        if self.open is not None and self.in_words and line[:1].isspace():
            self.open.append(line.strip())
        elif self.open is not None and item is not None:
            self.open.append(_plain(item[1].strip()))
        return bool(_MORE.match(line))

    def _key(self, key: str, value: str) -> None:
        name = _NAMES.get(key.lower().replace("-", "_").replace(" ", "_"), "")
        self.open = None
        if not name:
            self.unread.append(key)
        elif name not in self.items and name not in self.folded:
            self.in_words = bool(_FOLDED.match(value))
            bare = "" if value.startswith("#") or self.in_words else value
            self.open = (self.folded if self.in_words else self.items).setdefault(name, [])
            if bare:
                self.open.append(_plain(bare))
                self.open = None

    def values(self) -> dict[str, str]:
        """The fields that have a value."""
        found = {name: ", ".join(filter(None, items)) for name, items in self.items.items()}
        found |= {name: " ".join(filter(None, lines)) for name, lines in self.folded.items()}
        return {name: value for name, value in found.items() if value}


def _plain(value: str) -> str:
    if len(value) > 1 and value[0] == "[" and value[-1] == "]":
        return ", ".join(_plain(item.strip()) for item in value[1:-1].split(",") if item.strip())
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        quoted = value[1:-1]
        return quoted.replace('\\"', '"') if value[0] == '"' else quoted.replace("''", "'")
    return value if value[:1] in ('"', "'") else _COMMENT.sub("", value).rstrip()
