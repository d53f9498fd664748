"""Who wrote a page's article: as its metadata say it, or in its byline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise
from typing import Any

from annotator.importers.pages.furniture import is_control, names_of
from annotator.importers.pages.linked_data import LinkedData, named
from annotator.importers.pages.visible import why_unseen
from annotator.importers.pages.vocabulary import listed, one_of, pattern

BETWEEN = "; "
_META = listed("author_metadata")
_SPOKEN = re.compile(rf"^\W*{pattern('by')}\s*[:：・]?(?:\s+|(?<=[:：・文者]))", re.IGNORECASE)
_AND = re.compile(rf"\s*(?:;|•|·|／|、|，|\n)\s*|\s+{pattern('and')}\s+|(?<=\w)と(?=\w)|和(?=[\u4e00-\u9fff]{{2,4}}$)")
_AND_OF_NAMES = re.compile(r"\s+(?:y|e|i|en)\s+")
"""Words that join two people, and the parts of one surname too: only between names of two words or more."""

_COMMA = re.compile(r"\s*(?:[,|/]|\s(?=写真|撮影))\s*|(?<=[\u3040-\u30ff\u4e00-\u9fff])，")
_PICTURES = re.compile(rf"{pattern('pictures')}\s*(?:\b(?:by|von|de|di|par|por)\b|[:：・])?", re.IGNORECASE)
_PLACE = re.compile(r"\s+(?:in|à|en|em|aus|from|at|reporting from|w|из|в)\s+[A-ZÀ-ÞŁŚŻА-Я][^;,]*$")
_BRACKETS = re.compile(r"\s*[(\[（][^)\]）]*[)\]）]\s*")
_ROLE = re.compile(rf"\b{pattern('jobs')}\b|{pattern('jobs_inside')}", re.IGNORECASE)
_NOBODY = one_of("nobody")
_NO_NAME = re.compile(r"https?://|www\.|@|\d|[<>{}]|\.(?:com|de|org|net|fr)\b", re.IGNORECASE)
_DATE_TAIL = re.compile(
    r"\s*(?:[|•·–—-]\s*|,\s*|\s)(?:\d{1,2}[./ ]|updated|published|veröffentlicht|publié|publicado|"
    r"(?:on|am|le|el)\s+\d|on\s+\w+\s+\d|\d{4}).*$",
    re.IGNORECASE,
)
_LONGEST = 200
_LONGEST_NAME = 80
_FIRST_LINES = 12
_LINES_BEFORE = 4
_LEVELS = 4
_NOT_A_NAME = frozenset(
    (
        *("job", "title", "role", "position", "location", "place", "date", "time", "affiliation", "bio"),
        *("description", "ort", "twitter", "handle", "email"),
    )
)
_NOT_A_NAME_EITHER = frozenset(("jobTitle", "address", "worksFor", "description"))
_QUOTED = "blockquote"
"""What is quoted, such as a post of another site, tells of itself."""

_NEVER_A_NAME = frozenset(("time", "svg", "img", "script", "style", "button", _QUOTED))
_ABBREVIATED = re.compile(r"\b(?:[Jj]r|[Ss]r|[A-Z])\.$")
_FROM_A_PLACE = re.compile(r"\s(?:से|में)$")
_SMALL_WORDS = one_of("small_words")
_CALLED = frozenset(("author", "authors", "byline", "byl", "autor", "autores", "auteur", "autore", "firma"))
_APART = frozenset(("div", "p", "li", "br", "h3", "h4", "tr", "td", "dt", "dd"))
_ELSEWHERE = frozenset(
    [
        "comment",
        "comments",
        "related",
        "sidebar",
        "footer",
        "teaser",
        "promo",
        "card",
        "recommended",
        "bio",
        "newsletter",
        "nav",
        "menu",
    ]
)
_OF_A_QUOTATION = frozenset(("quote", "quotation", "pullquote", "zitat", "citation", "cita", "testimonial"))


def authors_of(tree: Any, data: LinkedData, lines: Sequence[str], publisher: str) -> tuple[str, ...]:
    """The article's authors, each once and whole, in the order of the page; `lines` follow its headline.

    The `publisher` is no author. JSON-LD goes first, then the page's metadata, then its byline; a byline that has
    all of these and more is better.
    """
    said = [_of_data(data), _of_meta(tree), _of_byline(tree, lines)]
    said = [[person for person in people if person.casefold() != publisher.casefold()] for people in said]
    best: list[str] = []
    for people in said:
        if people and (not best or (len(people) > len(best) and all(_in(person, people) for person in best))):
            best = people
    return tuple(best)


def _in(person: str, people: Iterable[str]) -> bool:
    return person.casefold() in {other.casefold() for other in people}


def _of_data(data: LinkedData) -> list[str]:
    given = data.article.get("author") or data.article.get("creator")
    people: list[str] = []
    bodies: list[str] = []
    for value in given if isinstance(given, list) else [given]:
        node = data.resolved(value)
        kind = str(node.get("@type")) if isinstance(node, dict) else ""
        (bodies if "Organization" in kind else people).extend(people_in(named(node), listed=kind == ""))
    return _each_once(people) or _each_once(bodies)


def _of_meta(tree: Any) -> list[str]:
    for name in _META:
        values = [
            meta.get("content") or ""
            for meta in tree.iter("meta")
            if (meta.get("name") or meta.get("property") or meta.get("itemprop") or "").lower() == name
        ]
        people = _each_once(person for value in values for person in people_in(value))
        if people:
            return people
    return []


def _of_byline(tree: Any, lines: Sequence[str]) -> list[str]:
    """The names in the page's byline: marked as authors, or in an element that is named for one."""
    for marked in (_marked, _called):
        people: list[str] = []
        for element in marked(tree):
            if _is_elsewhere(element):
                continue
            people += people_in(_text(element))
        if people:
            return _each_once(_with_full_names(people))
    return _after(lines)


def _with_full_names(people: list[str]) -> list[str]:
    """The names of two words or more where there are any, or in a script without spaces: single words are controls."""
    full = [person for person in people if " " in person or not person[0].isascii()]
    return full or people[:1]


def _marked(tree: Any) -> Iterator[Any]:
    for element in tree.xpath("//*[@itemprop='author' or contains(concat(' ', @rel, ' '), ' author ')]"):
        if element.tag in ("meta", "link"):
            continue
        inner = element.xpath(".//*[@itemprop='name']")
        yield from inner or [element]


_HOLDERS = listed("byline_elements")


def _called(tree: Any) -> Iterator[Any]:
    """Elements that are named for an author: those for the name itself, or else the outermost ones."""
    found: list[Any] = []
    names: list[Any] = []
    for element in tree.iter(*_HOLDERS):
        words = names_of(element)
        if not _CALLED & set(words) or not 0 < len(" ".join(element.text_content().split())) <= _LONGEST:
            continue
        found.append(element)
        if ("author", "name") in pairwise(words):
            names.append(element)
    chosen = names or found
    known = set(chosen)
    yield from (element for element in chosen if not any(outer in known for outer in element.iterancestors()))


def _is_elsewhere(element: Any) -> bool:
    for outer in [element, *element.iterancestors()]:
        if outer.tag in ("aside", "footer", "nav", "figure", "blockquote", "figcaption", "form"):
            return True
        if _OF_A_QUOTATION & set(names_of(outer)):
            return True
        if (
            outer.tag not in ("body", "html", "main", "article")
            and outer is not element
            and _ELSEWHERE & set(names_of(outer))
        ):
            return True
    return False


def _after(lines: Sequence[str]) -> list[str]:
    """The names in the first of the lines that begins with the word for "by"."""
    for line in lines:
        if len(line) <= _LONGEST_NAME and _SPOKEN.match(line) and (people := people_in(line)):
            # "About us" is a link, and nobody's name.
            return [] if any(person[0].islower() for person in people) else people
    return []


def lines_after(headline: Any) -> Iterator[str]:
    """The first short lines behind the headline's element, and behind those around it; none where that is None."""
    lines = (line for element in _beside(headline, preceding=False) for line in _text(element).split("\n"))
    return (line for line in islice(lines, _FIRST_LINES) if 0 < len(line) <= _LONGEST)


def lines_before(headline: Any) -> Iterator[str]:
    """The last short lines in front of the headline's element and of those around it, nearest first."""
    lines = (line for element in _beside(headline, preceding=True) for line in reversed(_text(element).split("\n")))
    return (line for line in islice(lines, _LINES_BEFORE) if 0 < len(line) <= _LONGEST)


def _beside(headline: Any, *, preceding: bool) -> Iterator[Any]:
    """The elements on one side of the headline's and of those around it, nearest first."""
    for outer in [] if headline is None else [headline, *headline.iterancestors()][:_LEVELS]:
        for each in outer.itersiblings(preceding=preceding):
            if isinstance(each.tag, str) and each.tag != _QUOTED:
                yield each


def _text(element: Any) -> str:
    """The element's words, apart where a page sets them apart, without what is marked as a job or a place."""
    pieces: list[str] = []

    def read(part: Any) -> None:
        if part is not element and _holds_no_name(part):
            return
        pieces.append(part.text or "")
        for child in part:
            if isinstance(child.tag, str):
                apart = child.tag in _APART
                pieces.extend("\n" if apart else "")
                read(child)
                pieces.extend("\n" if apart or _stands_apart(child) else "")
            pieces.append(child.tail or "")

    read(element)
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def _holds_no_name(part: Any) -> bool:
    return (
        part.tag in _NEVER_A_NAME
        or part.get("itemprop") in _NOT_A_NAME_EITHER
        or bool(_NOT_A_NAME & set(names_of(part)))
        or bool(why_unseen(part))
    )


def _stands_apart(child: Any) -> bool:
    """Whether a link or span is followed by another one with nothing between: a style sheet parts them."""
    following = child.getnext()
    return (
        child.tag in ("a", "span")
        and not (child.tail or "").strip()
        and following is not None
        and following.tag == child.tag
    )


def people_in(text: str, *, listed: bool = True) -> list[str]:
    """The names in a byline or a field for authors; without `listed`, commas part no names."""
    if not text.strip() or len(text) > 2 * _LONGEST or "://" in text:
        return []
    people: list[str] = []
    for line in text.strip().splitlines():
        for part in _AND.split(_DATE_TAIL.sub("", _SPOKEN.sub("", line.strip()))):
            people += _in_part(part, listed=listed)
    return [name for name in people if _is_name(name)]


def _in_part(part: str, *, listed: bool) -> list[str]:
    """The names in what stands between two words for "and"; behind a job, a name has two words at least."""
    pieces = [piece.strip() for piece in (_COMMA.split(part) if listed else [part])]
    if _ROLE.search(pieces[0]) or _PICTURES.match(pieces[0]):
        return []
    pieces = [piece for piece in pieces if piece and not _PICTURES.match(piece)]
    if len(pieces) == 2 and "," in part and all(" " not in piece for piece in pieces):
        # "Prado, Ana": the surname in front.
        pieces = [f"{pieces[1]} {pieces[0]}"]
    whole = [piece for piece in pieces if " " in piece or len(pieces) == 1]
    return [name for piece in whole or pieces for name in _joined(piece)]


def is_byline(text: str, authors: Iterable[str]) -> bool:
    """Whether a text is nothing but the names of authors, or a name behind the word for "by"."""
    folded = " ".join(text.split()).casefold()
    if folded in {author.casefold() for author in authors}:
        return True
    spoken = _SPOKEN.match(text)
    if spoken is None or text.rstrip().endswith((".", "!", "?", "…")) or len(text) > _LONGEST_NAME + len(spoken[0]):
        return False
    people = people_in(text)
    return bool(people) and not any(person[0].islower() for person in people)


def _joined(piece: str) -> list[str]:
    halves = _AND_OF_NAMES.split(piece)
    if len(halves) > 1 and all(len(half.split()) > 1 for half in halves):
        return [_clean(half) for half in halves]
    return [_clean(piece)]


def _clean(name: str) -> str:
    name = _SPOKEN.sub("", _BRACKETS.sub(" ", name).strip())
    name = _DATE_TAIL.sub("", name)
    name = _PLACE.sub("", name)
    name = re.split(r"\s+[|–—/-]\s+|,\s", name)[0]
    name = " ".join(name.split()).strip(" ,;:|-–—*•·")
    return name if _ABBREVIATED.search(name) else name.strip(" .")


def _is_name(name: str) -> bool:
    if (
        not name
        or len(name) > _LONGEST_NAME
        or name.casefold() in _NOBODY
        or _NO_NAME.search(name)
        or _ROLE.search(name)
        or _SPOKEN.fullmatch(f"{name} ")
        or is_control(name)
        or _FROM_A_PLACE.search(name)
    ):
        return False
    words = name.split()
    if words[-1].casefold() in _SMALL_WORDS - {"of"} and len(words) > 1:
        return False
    if len(words) > 7 or not any(letter.isalpha() for letter in name):
        return False
    cased = [word for word in words if word.lower() != word.upper() and word.casefold() not in _SMALL_WORDS]
    return all(not word[0].islower() or len(cased) == 1 for word in cased)


def _each_once(people: Iterable[str]) -> list[str]:
    found: dict[str, str] = {}
    for person in people:
        found.setdefault(person.casefold(), person)
    return list(found.values())
