"""RTF, by way of striprtf (the extra `documents`): deleted, hidden and struck-out words are taken out before.

Raised and lowered figures are marked for it, because it would set them as if they stood in line.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from annotator.errors import ImportFailure
from annotator.importers.decoding import Source, read_whole
from annotator.importers.documents.extra import needed
from annotator.importers.documents.written import Properties, Written
from annotator.importers.draft import Drafts
from annotator.importers.options import ImportOptions
from annotator.importers.raised_figures import LOWERED, PLAIN, RAISED

_TOKEN = re.compile(r"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'[0-9a-fA-F]{2}|\\[^a-z]|[{}]|[^\\{}]+", re.DOTALL)
_HIDING = {
    "v": "hidden stretch",
    "deleted": "deleted stretch",
    "strike": "struck-out stretch",
    "striked": "struck-out stretch",
}
_SETTING = {"super": RAISED, "up": RAISED, "sub": LOWERED, "dn": LOWERED, "nosupersub": "", "plain": ""}
_RAISED_WORDS = re.compile(r"\s*[+(\[-]?\w{1,30}[)\]+-]?\s*")
_NO_MARKS = dict.fromkeys(map(ord, RAISED + LOWERED + PLAIN))
_WORDS_OF_CONTROLS = frozenset(["u", "emdash", "endash", "lquote", "rquote", "ldblquote", "rdblquote", "tab", "line"])
_DESTINATION = re.compile(r"\{\\(title|author)\s([^{}]{1,500})\}")
_CODE_PAGE = re.compile(r"\\ansicpg(\d{1,5})")
_MADE = re.compile(r"\{\\creatim\\yr(\d{4})\\mo(\d{1,2})\\dy(\d{1,2})")


def read_rtf(source: Source, options: ImportOptions) -> Drafts:
    """One article; raises ImportFailure for what is no RTF or has no text, and where striprtf is missing."""
    striprtf = needed("striprtf.striprtf", source.origin)
    data = read_whole(source, options)
    if not data.lstrip().startswith(b"{\\rtf"):
        raise ImportFailure(source.origin, "not the RTF that its name says: save it again in its word processor")
    # Beyond ASCII, RTF writes escapes, and striprtf drops bytes that are none.
    given = re.sub(r"[\x80-\xff]", lambda found: f"\\'{ord(found[0]):02x}", data.decode("latin-1"))
    written = Written()
    shown = _with_set(_without_hidden(given.translate(_NO_MARKS), written))
    try:
        text = striprtf.rtf_to_text(shown, errors="replace")
    # A third-party boundary: it names no errors for files that it cannot read.
    except Exception as error:
        raise ImportFailure(source.origin, f"broken RTF ({type(error).__name__}): save it as plain text") from error
    # It writes characters beyond the basic plane as the two halves that RTF has.
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    for paragraph in text.replace("\0", "").split("\n"):
        written.add(paragraph.strip("|").replace("|", " | ") if paragraph.endswith("|") else paragraph)
    if not written.paragraphs:
        raise ImportFailure(source.origin, "no text in it: it may be pictures alone")
    yield written.draft(_properties(given, striprtf))


def _without_hidden(given: str, written: Written) -> str:
    """The RTF without the words that are deleted, hidden or struck out; each stretch is counted."""
    pieces: list[str] = []
    states: list[str] = [""]
    said = False
    for token in _TOKEN.finditer(given):
        mark = token[0]
        control = token[1]
        if mark == "{":
            states.append(states[-1])
        elif mark == "}":
            states = states[:-1] or [""]
        elif control in _HIDING:
            states[-1] = "" if token[2] == "0" else _HIDING[control]
        elif control in ("plain",):
            states[-1] = ""
        elif states[-1] and (control is None or control in _WORDS_OF_CONTROLS):
            written.left_out[states[-1]] += not said and bool(mark.strip())
            said = said or bool(mark.strip())
            continue
        said = said and bool(states[-1])
        pieces.append(mark)
    return "".join(pieces)


def _with_set(shown: str) -> str:
    """The RTF with what is raised or lowered between marks, for the paragraphs to write out."""
    pieces: list[str] = []
    states: list[str] = [""]
    before = ""
    for token in _TOKEN.finditer(shown):
        mark, control = token[0], token[1]
        if mark == "{":
            states.append(states[-1])
        elif mark == "}":
            states = states[:-1] or [""]
        elif control in _SETTING:
            states[-1] = _SETTING[control] if token[2] != "0" else ""
        # Behind \u233 stands what older programs show in its place.
        elif control is None and states[-1] and before != "u" and _RAISED_WORDS.fullmatch(mark):
            mark = f"{states[-1]}{mark}{PLAIN}"
        before = control or ""
        pieces.append(mark)
    return "".join(pieces)


def _properties(given: str, striprtf: Any) -> Properties:
    head = given[:20_000]
    found = dict(_DESTINATION.findall(head))
    made = _MADE.search(head)
    try:
        day = date(*map(int, made.groups())).isoformat() if made else ""
    except ValueError:
        day = ""
    plain = striprtf.rtf_to_text
    page = _CODE_PAGE.search(head)
    opening = f"{{\\rtf1\\ansi\\ansicpg{page[1] if page else 1252} "
    words = {name: plain(f"{opening}{value}}}", errors="replace").strip() for name, value in found.items()}
    return Properties(title=words.get("title", ""), author=words.get("author", ""), published_at=day)
