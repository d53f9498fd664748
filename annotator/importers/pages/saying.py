"""What a page says about its article: title, address, publisher, authors, day, language, rights, and its own text."""

from __future__ import annotations

import html
import re
from typing import Any

from annotator.importers.pages.blocks import letters
from annotator.importers.pages.days import published_day
from annotator.importers.pages.linked_data import LinkedData, linked_data_of
from annotator.importers.pages.people import BETWEEN, authors_of, lines_after
from annotator.model.late import dataclass

_TAGS = re.compile(r"<[^>]{1,200}>")
_PARTING_TAGS = re.compile(r"</?(?:p|div|br|li|h[1-6]|blockquote)\b[^>]{0,200}>", re.IGNORECASE)
_SOFT = str.maketrans("", "", "\u00ad\u200b\ufeff")
_TAIL = re.compile(r"\s+(?:[|·•–—»:]|-|::)\s+")
_NOT_FREE = ("false", "False", False, "no", "https://schema.org/False")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class PageSays:
    """What a page says about its article; the empty string stands for what it does not say.

    `titles` are those of its metadata, best first; `body` is the text that it carries in its JSON-LD, and `paid`
    whether it says that not all of it is free to read.
    """

    titles: tuple[str, ...]
    url: str
    publisher: str
    author: str
    published_at: str
    language: str
    rights: str
    body: str
    paid: bool


def what_it_says(tree: Any, address: str) -> PageSays:
    """What the page of a tree that nothing was taken out of says; `address` is where it was fetched, or empty."""
    metas = _metas(tree)
    url = _url(tree, metas, address)
    data = linked_data_of(tree, url)
    language = _language(tree, metas, data)
    publisher = _publisher(metas, data)
    titles = _titles(tree, metas, data, publisher)
    headline = _headline(tree, titles)
    lines = list(lines_after(headline))
    return PageSays(
        titles=titles,
        url=url,
        publisher=publisher,
        author=BETWEEN.join(authors_of(tree, data, lines, publisher)),
        published_at=published_day(tree, data, url, language, headline),
        language=language,
        rights=_rights(tree, data),
        body=_body(data),
        paid=_is_paid(data, metas),
    )


def _headline(tree: Any, titles: tuple[str, ...]) -> Any:
    """The element of the headline: the one with the page's title, or else the first of the highest rank; or None."""
    known = {letters(title) for title in titles}
    headings = list(tree.iter("h1", "h2"))
    return next(
        (heading for heading in headings if letters(heading.text_content()) in known),
        next((heading for heading in headings if heading.tag == "h1"), None),
    )


def _metas(tree: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (
            meta.get("property") or meta.get("name") or meta.get("http-equiv") or meta.get("itemprop") or ""
        ).strip()
        content = " ".join((meta.get("content") or "").split())
        if name and content:
            found.setdefault(name.lower(), content)
    return found


def _url(tree: Any, metas: dict[str, str], address: str) -> str:
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and (link.get("href") or "").startswith(
            ("http://", "https://")
        ):
            return str(link.get("href")).strip()
    found = metas.get("og:url", "")
    return found if found.startswith(("http://", "https://")) else address


def _language(tree: Any, metas: dict[str, str], data: LinkedData) -> str:
    """The language as a BCP 47 tag: of the page's element, then its metadata, then its linked data."""
    body = next(tree.iter("body"), None)
    given = (
        tree.get("lang"),
        tree.get("{http://www.w3.org/XML/1998/namespace}lang"),
        tree.get("xml:lang"),
        body.get("lang") if body is not None else None,
        metas.get("content-language"),
        metas.get("og:locale"),
        metas.get("dc.language"),
        metas.get("language"),
        data.text("inLanguage"),
    )
    for value in given:
        tag = (value or "").split(",")[0].split(".")[0].strip()
        if _LANGUAGE.fullmatch(tag):
            return tag.replace("_", "-")
    return ""


def _publisher(metas: dict[str, str], data: LinkedData) -> str:
    return (
        metas.get("og:site_name")
        or data.text("publisher")
        or metas.get("application-name")
        or metas.get("dc.publisher")
        or ""
    )


def _titles(tree: Any, metas: dict[str, str], data: LinkedData, publisher: str) -> tuple[str, ...]:
    element = next(
        (title for title in tree.iter("title") if all(outer.tag != "svg" for outer in title.iterancestors())), None
    )
    whole = " ".join((element.text or "").split()) if element is not None else ""
    given = (
        data.text("headline"),
        metas.get("og:title", ""),
        metas.get("twitter:title", ""),
        metas.get("dc.title", ""),
        whole,
    )
    found: dict[str, None] = {}
    for title in given:
        clean = without_site(html.unescape(title), publisher).translate(_SOFT)
        if clean:
            found.setdefault(clean)
    return tuple(found)


def without_site(title: str, publisher: str) -> str:
    """A title without the name of the site in front or behind, or without what a title element alone has behind."""
    parts = _TAIL.split(title)
    if len(parts) < 2:
        return title
    site = publisher.casefold()
    if site and parts[-1].casefold() in (site, f"the {site}", site.removeprefix("the ")):
        cut = title.rfind(parts[-1])
        return title[:cut].rstrip(" |·•–—»:-")
    if site and parts[0].casefold() == site:
        return title[title.find(parts[1]) :]
    return title


def _rights(tree: Any, data: LinkedData) -> str:
    for link in tree.xpath("//*[contains(concat(' ', @rel, ' '), ' license ')]"):
        text = " ".join("".join(link.itertext()).split())
        if text or link.get("href"):
            return text or str(link.get("href"))
    found = data.text("license") or (
        data.article.get("license") if isinstance(data.article.get("license"), str) else ""
    )
    return str(found or "")


def _body(data: LinkedData) -> str:
    """The article's text in the linked data, with a blank line between its paragraphs."""
    given = data.article.get("articleBody")
    if not isinstance(given, str):
        return ""
    text = _TAGS.sub("", _PARTING_TAGS.sub("\n", given)) if "<" in given else given
    text = html.unescape(text)
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n\n".join(line for line in lines if line)


def _is_paid(data: LinkedData, metas: dict[str, str]) -> bool:
    parts = data.article.get("hasPart")
    nodes = [
        data.article,
        *(part for part in (parts if isinstance(parts, list) else [parts]) if isinstance(part, dict)),
    ]
    return any(node.get("isAccessibleForFree") in _NOT_FREE for node in nodes if "isAccessibleForFree" in node) or (
        metas.get("article:content_tier", "").lower() == "locked"
    )
