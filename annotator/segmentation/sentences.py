"""Where sentences end inside a line of text.

One expression finds every run of stops; a few rules decide each, with the word lists of the text's language. A line
break always ends a sentence, so no sentence crosses one. Offsets are Unicode code points. Every rule looks at a
bounded stretch around the stop or at marks that no other stop looks at, so time grows as the text does.
"""

from __future__ import annotations

import re

from annotator.model.span import ZERO_WIDTH, trimmed
from annotator.segmentation.abbreviations import Word, belongs, is_abbreviation, is_plain, last_word, looks_complete
from annotator.segmentation.lexicon import Lexicon
from annotator.segmentation.openings import goes_on_small, has_speaker, is_opener, is_small, next_word, opens_small
from annotator.segmentation.stops import ARMENIAN, CLOSE, CLOSE_WIDE, GAP, GREEK, NOTE, STOPS, UNSPACED, WIDE

# How far behind a stop the rules look, in code points: farther than the longest clause that names a speaker.
REACH = 500
# The longest quotation, in code points, that is taken as the object of its verb.
OBJECT_SIZE = 200

# How far from a stop the brackets of a title around it stand, in code points.
LONGEST_TITLE = 30
# The longest list of notes' figures behind a stop, with what ends it, in code points.
LONGEST_NOTE = 16

_NOTHING_YET = re.compile(r"[\W_]*")
_JOINTS = str.maketrans("", "", "-’'“‘(")
# The number of an article of law has four figures too; a year is none.
_LIST_MARK = re.compile(r"[\W_]*(?!(?:1[5-9]|20)\d\d)(?:\d{1,4}(?:\.\d{1,3})*|[^\W\d_]|[ivxIVX]{1,5})[)\]]?")
_ELLIPSIS_CLOSES = re.compile(r"(?:…|\.{3}|\.\s\.\s\.)[\"”’)]")
_CLOSED = re.compile('["“”]')
_STOP = re.compile(r"[.?!…]\s")
_SIGNED_QUOTE = re.compile(r"\s*(?:\"[^\"]{1,400}\"|“[^“”]{1,400}”)\s?(?:[–—-]{1,2}\s?)?[A-Z][^.!?:;]{2,80}")
_LOOKALIKES = ";\u037e:"
_KANA = frozenset(map(chr, range(0x3040, 0x3100)))
_GOES_ON = "。，、；：,;:"
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d$")

# Where a quotation comes from, behind it and before the full stop: “… .” (Prado 55).
_CITATION = re.compile(r"\([^().!?]{1,50}\)(?:[.!?]|$)")
_ADDRESS = re.compile(r"[^\s@]{1,40}@")

# What follows the full stop of an internet domain that was written with a capital.
_DOMAINS = frozenset(("com", "org", "net", "gov", "edu", "co", "uk", "eu", "tv", "io", "js", "info"))


def line_sentences(text: str, start: int, end: int, rules: Lexicon) -> list[tuple[int, int]]:
    """The sentences of one line, `text[start:end]`, without white space and zero-width characters at their ends."""
    spans: list[tuple[int, int]] = []
    at = start
    stops = () if _SIGNED_QUOTE.fullmatch(text, start, end) else STOPS.finditer(text, start, end)
    for stop in stops:
        cut = _cut(text, at, stop, end, rules)
        if cut:
            _append(text, at, cut, spans)
            at = cut
    _append(text, at, end, spans)
    return spans


def _append(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> None:
    """Add the span without the white space at either end, if anything is left."""
    piece = text[start:end]
    left = piece.lstrip()
    inner = left.rstrip()
    if inner and inner[0] not in ZERO_WIDTH and inner[-1] not in ZERO_WIDTH:
        start += len(piece) - len(left)
        spans.append((start, start + len(inner)))
    elif span := trimmed(text, start, end):
        spans.append((span.start, span.end))


def _cut(text: str, at: int, stop: re.Match[str], end: int, rules: Lexicon) -> int:
    """Where the sentence that began at `at` ends, if it ends with this run of stops; else 0."""
    begin, marks = stop.span()
    reach = min(end, marks + REACH)
    single = marks == begin + 1 < end - 1 and text[begin] == "."
    if single and (text[marks].islower() or (text[marks].isdecimal() and _is_decimal_point(text, begin))):
        return 0
    if single and text[marks] == " " and text[marks + 1].isalpha():
        # Nearly all stops: nothing closes on them, and one look at the word decides.
        word = last_word(text, at, begin)
        if len(word) > 1 and word in rules.titles:
            return 0
        plain = begin - at > 7 and text[marks + 1].isupper() and is_plain(word, rules)
        ends = plain or _ends(text, at, Word(text, at, begin, reach), ".", marks, marks, marks + 1, rules)
        return marks if ends and not _in_object(text, at, begin, marks, marks, end, rules) else 0
    wide = bool(WIDE.search(stop[0])) or (stop[0][-1] in "!?" and bool(UNSPACED.match(text, begin - 1, begin)))
    closed, behind = _behind(CLOSE_WIDE if wide else CLOSE, text, marks, end)
    if closed < end and stop[0] == "." and text[closed].isdecimal():
        closed = _behind_note(text, at, begin, closed, end, rules)
        behind = _behind(GAP, text, closed, end)[1]
    if behind == end:
        return 0
    reach = min(end, behind + REACH)
    if wide:
        ends = _ends_wide(text, begin, marks, closed, behind, reach, rules)
    elif stop[0][0] in _LOOKALIKES:
        ends = _ends_at_lookalike(text, begin, closed, behind, reach, rules)
    elif behind == closed:
        closed = _joint(text, at, begin, marks, closed, reach, rules)
        ends = closed > 0
    else:
        ends = _ends(text, at, Word(text, at, begin, reach), stop[0], marks, closed, behind, rules)
    return closed if ends and not _in_object(text, at, begin, marks, closed, end, rules) else 0


def _ends(text: str, at: int, word: Word, stop: str, marks: int, closed: int, behind: int, rules: Lexicon) -> bool:
    """Whether a sentence ends with stops that have white space behind them."""
    begin, end, following = word.stop, word.end, text[behind]
    if begin - at < 8 and _only_a_mark(text[at:begin], stop):
        return False
    if is_small(following) and not opens_small(text, behind, end):
        return stop == "." and closed == marks and looks_complete(word, rules)
    if (following in "/,;" and not text.startswith(",,", behind)) or _ELLIPSIS_CLOSES.match(text, behind, end):
        return False
    if following in "–—-":
        return closed == marks and not is_abbreviation(word, rules) and not goes_on_small(text, behind, end)
    if closed > marks and text[closed - 1] in '"”»' and _CITATION.match(text, behind, end):
        return False
    if stop == ".":
        return not belongs(text, at, word, behind, rules)
    if goes_on_small(text, behind, end):
        return False
    if closed > marks:
        return not has_speaker(text, behind, end, rules)
    return word.low not in rules.exclaimed


def _ends_wide(text: str, begin: int, marks: int, closed: int, behind: int, end: int, rules: Lexicon) -> bool:
    """Whether a sentence ends with a stop that needs no white space behind it."""
    following = text[behind]
    if following in _GOES_ON or (following in ".!?" and not text.startswith("..", behind)):
        return False
    if _in_title(text, begin, marks, end):
        return False
    if text[begin] == "．" and text[begin - 1].isdecimal() and text[marks].isalnum():
        return False
    if closed == marks:
        return rules.never_first is None or rules.never_first.match(text, behind, end) is None
    if following not in _KANA and _is_introduced(text, begin):
        return True
    carried = behind == closed and rules.carries_on is not None and rules.carries_on.match(text, behind, end)
    return not carried and not has_speaker(text, behind, end, rules)


def _is_introduced(text: str, begin: int) -> bool:
    """Whether the quotation that closes behind a stop has its speaker before it: a colon stands before its mark."""
    since = max(0, begin - OBJECT_SIZE)
    opening = max(text.rfind(mark, since, begin) for mark in "“「『")
    return opening > 0 and text[opening - 1] in "：:"


def _in_title(text: str, begin: int, marks: int, end: int) -> bool:
    """Whether a stop is part of a work's title: 《摔跤吧！爸爸》."""
    opening = text.rfind("《", max(0, begin - LONGEST_TITLE), begin)
    return (
        opening >= 0
        and text.find("》", opening, begin) < 0
        and text.find("》", marks, min(end, marks + LONGEST_TITLE)) >= 0
    )


def _ends_at_lookalike(text: str, begin: int, closed: int, behind: int, end: int, rules: Lexicon) -> bool:
    """Whether a colon is the Armenian full stop or a semicolon the Greek question mark; or whether a semicolon stands
    before a word that has its capital only to open a sentence.

    In the Romance and Slavonic languages a small letter follows a semicolon; a name may follow it in capitals, but
    not an article or a preposition with a small letter behind it.
    """
    if behind == closed:
        return False
    if (ARMENIAN if text[begin] == ":" else GREEK).match(text, begin - 1, begin):
        return not text[behind].islower()
    if (
        text[begin] == ":"
        or not rules.semicolons
        or not text[behind].isupper()
        or not is_opener(text, behind, end, rules)
    ):
        return False
    second = behind + len(next_word(text, behind, end)) + 1
    return second < end and text[second - 1].isspace() and (text[second].islower() or text[second].isdecimal())


def _joint(text: str, at: int, begin: int, marks: int, closed: int, end: int, rules: Lexicon) -> int:
    """Where a sentence ends that the next one follows with no space ("The pier closed.The café did not."), or 0."""
    if text[marks] in '"”' and closed == marks + 1 < end:
        begins = cut = closed
    elif marks == begin + 1 and (text[begin - 1].islower() or text[begin - 1] in ")]"):
        begins, cut = marks + (text[marks] in "“‘"), marks
    else:
        return 0
    if not text[begins : begins + 1].isupper() or not text[begins + 1 : min(begins + 2, end)].islower():
        return 0
    word = Word(text, at, begin, end)
    whole = (
        word.text.translate(_JOINTS).isalpha()
        and not _ADDRESS.match(text, begins, end)
        and not is_abbreviation(word, rules)
    )
    return cut if whole and next_word(text, begins, end) not in _DOMAINS else 0


def _behind(closing: re.Pattern[str], text: str, marks: int, end: int) -> tuple[int, int]:
    """Where the marks that close on a stop end, and where the white space behind them does."""
    found = closing.match(text, marks, end)
    return (found.end(found.re.groups), found.end()) if found else (marks, marks)


def _is_decimal_point(text: str, begin: int) -> bool:
    """Whether a figure stands before a full stop that one follows with no space, and not a year with a note."""
    return begin > 0 and text[begin - 1].isdecimal() and not _YEAR.search(text, max(0, begin - 5), begin)


def _behind_note(text: str, at: int, begin: int, closed: int, end: int, rules: Lexicon) -> int:
    """The end of a note's figures that stand behind a full stop with no space ("in 2010.13 The"), or `closed`."""
    note = NOTE.match(text, closed, min(end, closed + LONGEST_NOTE))
    if note is None:
        return closed
    word = Word(text, at, begin, end)
    before = _YEAR.search(text, max(0, begin - 5), begin) or (
        len(word.text) > 1 and text[begin - 1].isalpha() and not is_abbreviation(word, rules)
    )
    return note.end() if before or text[closed - 1] in '”"»)' else closed


def _in_object(text: str, at: int, begin: int, marks: int, closed: int, end: int, rules: Lexicon) -> bool:
    """Whether the stop is inside a quotation that is the grammatical object of a verb of speech.

    Such a quotation follows its verb or "that" with no comma or colon, is two sentences at most, and closes
    later in the same line.
    """
    since = max(at, begin - OBJECT_SIZE)
    opening = max(text.rfind("“", since, begin), text.rfind('"', since, begin))
    if opening <= at or text[opening - 1] != " " or closed > marks:
        return False
    closing = _CLOSED.search(text, marks, min(end, opening + OBJECT_SIZE))
    if closing is None or closing[0] == "“" or len(_STOP.findall(text, opening, closing.start())) > 1:
        return False
    before = text[max(at, opening - 13) : opening - 1]
    return before[before.rfind(" ") + 1 :] in rules.take_quotations


def _only_a_mark(piece: str, stop: str) -> bool:
    """Whether a sentence has no word yet, only opening marks or the mark of a list item."""
    return bool((_LIST_MARK if stop == "." else _NOTHING_YET).fullmatch(piece))
