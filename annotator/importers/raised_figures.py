"""Raised and lowered figures into characters that keep their meaning: powers, ordinals, isotopes, note marks."""

from __future__ import annotations

import re

_RAISED = str.maketrans("0123456789+-−–()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-−()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₍₎")
_FIGURE = re.compile(r"[+\-−–]?[0-9]{1,4}[+\-−]?")
_NOTE = re.compile(
    r"[\[(]?\s*(?:[0-9]{1,3}|[a-z]|[ivx]{1,5}|note|N)\s*(?:[,;–-]\s*[0-9]{1,3}\s*)*[\])]?|[*†‡§#¹²³]+", re.IGNORECASE
)
_BRACKETED = re.compile(r"\s*[\[(].*[\])]\s*")
# What a figure is raised behind as a power: a unit, or a letter of a formula.
_UNITS = frozenset(
    [
        "m",
        "km",
        "cm",
        "mm",
        "dm",
        "nm",
        "µm",
        "μm",
        "hm",
        "ft",
        "in",
        "mi",
        "yd",
        "sq",
        "s",
        "h",
        "min",
        "kg",
        "g",
        "mol",
        "K",
        "N",
        "J",
        "W",
        "V",
        "A",
        "Pa",
        "м",
        "км",
        "см",
        "мм",
        "дм",
        "с",
        "كم",
        "م",
        "χ",
        "π",
        "r",
    ]
)
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_LAST_NUMBER = re.compile(r"(?<![\d.,])\d+$")
_POWER_BASES = frozenset(("10", "2"))
_PRICE = re.compile(r"[$€£¥₹]\s?\d{1,4}$")
_FORMULA = re.compile(r"[=+×·*/^−]\s*\w{1,3}$")
LONGEST_RAISED = 30
"""A longer raised text is a sentence in small type."""
_SEEN_BEFORE = 100
"""So many characters before a raised text say what it is: a rule that looks from each place to the end sees no more."""
_TRADE = {"tm": "™", "r": "®", "sm": "℠"}


# What a reader of XML, which has no such characters, puts around raised and lowered text until its line is complete.
RAISED, LOWERED, PLAIN = "\x01", "\x02", "\x03"
_SET = re.compile(f"([{RAISED}{LOWERED}])([^{PLAIN}]*){PLAIN}")
_GOES_ON = re.compile(f"{PLAIN}{RAISED}|{PLAIN}{LOWERED}")


def written_out(line: str) -> tuple[str, int]:
    """A line whose raised and lowered text is marked, written out, and how many marks of notes were left out of it."""
    pieces = _SET.split(_GOES_ON.sub("", line))
    written, notes = pieces[0], 0
    for how, text, after in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
        figure = text.strip()
        if figure and len(figure) <= LONGEST_RAISED:
            text = (raised if how == RAISED else lowered)(figure, written[-_SEEN_BEFORE:], after)
            notes += not text
        written += text + after
    return written, notes


def raised(text: str, before: str, after: str) -> str:
    """What stands for a raised text between these two; empty where it is the mark of a note."""
    if is_cents(text, before):
        return f".{text}"
    return "" if not is_isotope(text, before, after) and is_note(text, before) else raised_figure(text)


def is_cents(text: str, before: str) -> bool:
    """Whether two raised figures are the cents of a price."""
    return bool(re.fullmatch("[0-9]{2}", text) and _PRICE.search(before))


def is_isotope(text: str, before: str, after: str) -> bool:
    """Whether a figure stands raised before a symbol, as in ¹⁴C."""
    return text.isdigit() and before[-1:].strip() == "" and after[:1].isupper()


def raised_figure(text: str) -> str:
    """The raised characters for a figure, and a trade mark's sign; other text as it is."""
    if _FIGURE.fullmatch(text) or text == "n":
        return text.translate(_RAISED)
    return _TRADE.get(text.lower(), text) if text.lower() in ("tm", "sm") else text


def lowered(text: str, before: str, after: str) -> str:
    """A lowered figure behind a letter is read rightly as it is (CO2); between figures it must be told from them."""
    return text.translate(_LOWERED) if _FIGURE.fullmatch(text) and (before[-1:].isdigit() or after.isdigit()) else text


def is_note(text: str, before: str) -> bool:
    """Whether a raised text behind this one looks like the mark of a note."""
    if not _NOTE.fullmatch(text) or text.lower() == "n":
        return False
    if _BRACKETED.fullmatch(text):
        return True
    if not text.isascii() or not text.isalnum():
        return not _FIGURE.fullmatch(text)
    if not text.isdigit():
        # A letter behind a figure is an ordinal (5ª, 1e); behind a word or a stop it is a note.
        return not before[-1:].isdigit() and not _LAST_WORD.search(before)
    return not _is_power(before)


def _is_power(before: str) -> bool:
    number = _LAST_NUMBER.search(before)
    if number is not None:
        return number[0] in _POWER_BASES or len(number[0]) == 1
    if before[-1:].isdigit():
        # A longer number, with separators perhaps: no year and no sum is raised to a power in running text.
        return False
    word = _LAST_WORD.search(before)
    if _FORMULA.search(before):
        return True
    return before[-1:] == ")" or (word is not None and (word[0] in _UNITS or len(word[0]) == 1))
