"""What a page says about its article in JSON-LD, in the terms of schema.org."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from annotator.model.late import dataclass

_ARTICLE = re.compile(r"(?:https?://schema\.org/)?(?:\w*Article|(?:\w*Blog)?Posting|SocialMediaPosting|Report|Review)")
_PAGE = re.compile(r"(?:https?://schema\.org/)?(?:\w*Page|VideoObject|Recipe|\w*Episode)")
_WRAPPING = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/)?\s*;?\s*$"
)
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class LinkedData:
    """The page's article and the page as its JSON-LD describes them, empty where it does not; all nodes by `@id`."""

    article: dict[str, Any]
    page: dict[str, Any]
    nodes: dict[str, dict[str, Any]]

    def resolved(self, value: Any) -> Any:
        """The node that a reference means, or the value itself."""
        if isinstance(value, dict) and set(value) <= {"@id", "@type"}:
            return self.nodes.get(str(value.get("@id")), value)
        return value

    def text(self, name: str) -> str:
        """A property of the article that is a text, or the name of what it is; empty for anything else."""
        return named(self.resolved(first(self.article.get(name))))


def linked_data_of(tree: Any, address: str) -> LinkedData:
    """The linked data of a page's tree; `address` is the page's own, which tells its article from others."""
    nodes: dict[str, dict[str, Any]] = {}
    found: list[dict[str, Any]] = []
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        for node in _nodes(_parsed(script.text or ""), 0):
            known = nodes.get(str(node.get("@id")))
            if node.get("@id") and (known is None or len(known) < len(node)):
                nodes[str(node["@id"])] = node
            found.append(node)
    return LinkedData(
        _best([node for node in found if _is_a(_ARTICLE, node)], address),
        next((node for node in found if _is_a(_PAGE, node)), {}),
        nodes,
    )


def _best(articles: list[dict[str, Any]], address: str) -> dict[str, Any]:
    """The article of this page: that of its address, else one that is told, else the first; empty for none."""
    own = [node for node in articles if address and address in _addresses(node)]
    told = [node for node in articles if node.get("headline") or node.get("articleBody")]
    return next(iter(own or told or articles), {})


def first(value: Any) -> Any:
    """The value, or the first of several."""
    return value[0] if isinstance(value, list) and value else value


def named(value: Any) -> str:
    """A text, or the name of a thing; empty for anything else."""
    if isinstance(value, dict):
        value = first(value.get("name"))
    return " ".join(value.split()) if isinstance(value, str) else ""


def _parsed(text: str) -> Any:
    for given in (text, _WRAPPING.sub("", text), _WRAPPING.sub("", _WRAPPING.sub("", text))):
        try:
            return json.loads(given, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    """The nodes of a document: those of lists and graphs, and the main thing of a page."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for item in value:
            yield from _nodes(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            if not isinstance(value.get(name), str):
                yield from _nodes(value.get(name), depth + 1)


def _is_a(known: re.Pattern[str], node: dict[str, Any]) -> bool:
    kinds = node.get("@type")
    return any(
        isinstance(kind, str) and known.fullmatch(kind) for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def _addresses(node: dict[str, Any]) -> set[str]:
    page = node.get("mainEntityOfPage")
    values = [node.get("url"), node.get("@id"), page.get("@id") if isinstance(page, dict) else page]
    return {value.split("#")[0] for value in values if isinstance(value, str)}
