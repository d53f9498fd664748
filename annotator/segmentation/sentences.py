"""Where sentences end inside a line of text.

One expression finds every place that could be an end; a few rules decide each. A line break always ends a
sentence, so no sentence crosses one. Offsets are Unicode code points.
"""

from __future__ import annotations

import re

from annotator.segmentation.abbreviations import (
    AFTER_PLACES,
    AFTER_TIMES,
    BEFORE_FIGURES,
    DOMAINS,
    EXCLAIMED,
    LINKS,
    MAY_BE_LAST,
    OPENERS,
    ORDINAL_MONTHS,
    STATES,
    TAKE_QUOTATIONS,
    TIMES,
    TITLES,
)

# The longest quotation, in code points, that is taken as the object of its verb.
OBJECT_SIZE = 200

# How far before a stop the word it may abbreviate begins, in code points.
LONGEST_TOKEN = 40

# What str.splitlines breaks at.
LINE = re.compile("[^\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]+")

_INVISIBLE = "\u200b-\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069"

# A stop with what closes on it and white space behind; or one that the next sentence follows without a space;
# or a full-width one, which takes no space.
_CANDIDATE = re.compile(
    rf"""
    (?<![.!?…؟۔।॥])(?P<stop>[.!?…؟۔।॥]++(?:\s\.){{0,8}})
    (?P<close>["'”’»›)\]}}*_“]*(?:\s?\[\d[\d\s,–-]{{0,6}}\])*+(?:\s["”»](?=\s|$))?)
    (?: (?P<gap>[\s{_INVISIBLE}]+)(?=\S) | (?<=[a-z)\]][.!?])(?=[“‘]?[A-Z][a-z]) | (?<=[.!?]["”])(?=[A-Z][a-z]) )
    | [。！？｡]+[」』）】〉》”’"']*
    """,
    re.VERBOSE,
)
_NEXT = re.compile(r"(?P<open>[\"'“‘„‚«‹(\[{¿¡*_…•·.\s-]*)(?P<word>[^\W_][\w’']*)?")
_NOTHING_YET = re.compile(r"[\W_]*")
_JOINTS = str.maketrans("", "", "-’'“‘(")
_LIST_MARK = re.compile(r"[\W_]*(?:\d{1,3}(?:\.\d{1,3})*|[^\W\d_]|[ivxIVX]{1,5})[)\]]?")
_INITIALS = re.compile(r"(?:[^\W\d_]\.-?)*[^\W\d_]")
_LOWER_INSIDE = re.compile(r"[\"“‘(\[\s–—-]+[a-z]")
_CREDIT_LABEL = re.compile(r"[(\[]?(?:Image|Photo|Photos|Photograph|Picture|Credit|Source|Video|Graphic|File photo):")
_LOWER_OPENER = re.compile(r"[a-z]{1,5}[A-Z]|https?:|www\.|pic\.twitter")
_QUOTED_NAME = re.compile(r"[\"“][^\"”\n.?!,]{1,24}[\"”]")
_SPACED = re.compile(r"[^\W\d_]\.")
_ELLIPSIS_CLOSES = re.compile(r"(?:…|\.{3}|\.\s\.\s\.)[\"”’)]")
_CLOSED = re.compile('["“”]')
_STOP = re.compile(r"[.?!…]\s")
_SIGNED_QUOTE = re.compile(r"\s*(?:\"[^\"]{1,400}\"|“[^“”]{1,400}”)\s?(?:[–—-]{1,2}\s?)?[A-Z][^.!?:;]{2,80}")
_NAME_SAYS = re.compile(
    r"(?:[A-Z][a-z]{0,4}\.\s)?[A-Z][\w’'-]*(?:\s(?:[A-Z][\w.’'-]*|de|da|von|van|bin|al|of|the)){0,5}"
    r"(?:,\s[^.!?“”\"\n]{1,90},)?\s(?:\w+ly\s|also\s|then\s|later\s|once\s)?"
    r"(?:said|says|ask(?:ed|s)|told|tells|add(?:ed|s)|wrote|writes|repli(?:ed|es)|respond(?:ed|s)|quipped|joked|tweeted|"
    r"shout(?:ed|s)|yelled|exclaim(?:ed|s)|declared|demand(?:ed|s)|wonder(?:ed|s)|continued|recalled|remarked|"
    r"answer(?:ed|s)|explain(?:ed|s)|not(?:ed|es)|cried|muttered|screamed|chanted|conclud(?:ed|es)|posted|"
    r"inquired|queried|mused|boasted|warned|insisted|argued)\b"
)


def line_sentences(text: str, start: int, end: int, *, ordinals: bool = False) -> list[tuple[int, int]]:
    """The sentences of one line, `text[start:end]`, trimmed of white space.

    With `ordinals`, a short figure and its full stop are an ordinal number, as in German, and end nothing.
    """
    spans: list[tuple[int, int]] = []
    at = start
    candidates = () if _SIGNED_QUOTE.fullmatch(text, start, end) else _CANDIDATE.finditer(text, start, end)
    for match in candidates:
        if _ends(text, match, at, ordinals=ordinals) and not _in_object(text, at, match, end):
            cut = match.end("close") if match["stop"] else match.end()
            _append(text, at, cut, spans)
            at = cut
    _append(text, at, end, spans)
    return spans


def _append(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> None:
    """Add the span without the white space at either end, if anything is left."""
    piece = text[start:end]
    left = piece.lstrip()
    if left:
        start += len(piece) - len(left)
        spans.append((start, start + len(left.rstrip())))


def _ends(text: str, match: re.Match[str], at: int, *, ordinals: bool) -> bool:
    """Whether the sentence that began at `at` ends with this candidate."""
    stop = match["stop"]
    if stop is None:
        return True
    begin, behind = match.start(), match.end()
    if (text[behind].islower() and not _LOWER_OPENER.match(text, behind)) or (
        begin - at < 8 and _only_a_mark(text[at:begin], stop)
    ):
        return False
    since = max(at, begin - LONGEST_TOKEN)
    token = text[max(text.rfind(" ", since, begin), text.rfind("\xa0", since, begin), since - 1) + 1 : begin]
    if not match["gap"]:
        return _next_word(text, behind) not in DOMAINS and token.translate(_JOINTS).isalpha()
    if _ELLIPSIS_CLOSES.match(text, behind):
        return False
    if text[behind] in "–—-":
        return not match["close"] and not _abbreviates(token) and not _LOWER_INSIDE.match(text, behind)
    if stop == ".":
        return not _belongs(text, token.lstrip("\"'“‘(["), begin, behind, ordinals=ordinals)
    if _LOWER_INSIDE.match(text, behind):
        return False
    if match["close"]:
        return _NAME_SAYS.match(text, behind) is None or _next_word(text, behind) in OPENERS
    return token.lower() not in EXCLAIMED


def _in_object(text: str, at: int, match: re.Match[str], end: int) -> bool:
    """Whether the stop is inside a quotation that is the grammatical object of a verb of speech.

    Such a quotation follows its verb or "that" with no comma or colon, is two sentences at most, and closes
    later in the same line.
    """
    begin = match.start()
    opening = max(text.rfind("“", at, begin), text.rfind('"', at, begin))
    if opening <= at or text[opening - 1] != " " or match.end("close") - match.end("stop"):
        return False
    closing = _CLOSED.search(text, match.end("stop"), min(end, opening + OBJECT_SIZE))
    if closing is None or closing[0] == "“" or len(_STOP.findall(text, opening, closing.start())) > 1:
        return False
    before = text[max(at, opening - 13) : opening - 1]
    return before[before.rfind(" ") + 1 :] in TAKE_QUOTATIONS


def _only_a_mark(piece: str, stop: str) -> bool:
    """Whether a sentence has no word yet, only opening marks or the mark of a list item."""
    return bool((_LIST_MARK if stop == "." else _NOTHING_YET).fullmatch(piece))


def _next_word(text: str, behind: int) -> str:
    found = _NEXT.match(text, behind)
    return (found["word"] or "").lower().replace("’", "'") if found else ""


def _abbreviates(token: str) -> bool:
    """Whether the word before a full stop is an abbreviation of any kind."""
    low = token.lower()
    return bool(_INITIALS.fullmatch(token)) or low in STATES or low in MAY_BE_LAST or low in TITLES


def _belongs(text: str, token: str, begin: int, behind: int, *, ordinals: bool) -> bool:
    """Whether the full stop at `begin` belongs to the word before it and the sentence goes on."""
    low = token.lower()
    if low.isdigit():
        return len(low) < 3 and (ordinals or _next_word(text, behind) in ORDINAL_MONTHS) and text[behind].isalpha()
    if low in LINKS:
        return True
    if low in TIMES:
        return _next_word(text, behind) in AFTER_TIMES or not text[behind].isalpha()
    if low in BEFORE_FIGURES and text[behind].isdigit():
        return True
    if len(token) == 1 and token.islower() and _SPACED.match(text, behind):
        return True
    if not token[:1].isupper():
        return low == "al" and not _opens(text, behind)
    if "-" in token:
        low = low.rpartition("-")[2]
    if low in TITLES:
        return True
    if low in STATES and _ends_place(text, token, begin, behind):
        return False
    return (low in MAY_BE_LAST or low in STATES or bool(_INITIALS.fullmatch(token))) and not _opens(text, behind)


def _ends_place(text: str, token: str, begin: int, behind: int) -> bool:
    """Whether a state ends its sentence: a place that is not last has a comma behind it ("in Dover, Del., on")."""
    last = text.startswith(", ", begin - len(token) - 2) and text[begin + 1] != ")" and text[behind].isalpha()
    return last and _next_word(text, behind) not in AFTER_PLACES


def _opens(text: str, behind: int) -> bool:
    """Whether what follows an abbreviation looks like the beginning of a sentence."""
    found = _NEXT.match(text, behind)
    if found is None or not found["word"] or found["word"][0].islower():
        return False
    if _next_word(text, behind) in OPENERS or _CREDIT_LABEL.match(text, behind):
        return True
    return found["open"][:1] in tuple("\"“‘'«„") and not _QUOTED_NAME.match(text, behind)
