"""Dates of publication as files write them, into ISO 8601, with what there is to say about the reading."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from annotator.errors import DomainError
from annotator.model.article import ReadingNote
from annotator.model.dates import partial_date
from annotator.model.late import dataclass

_CLOCK = re.compile(
    r"(?P<day>.*?\d.*?)(?:,?\s+(?:um|at|à|a las|às|alle|kl\.?|-|–|\|)?\s*|T)"
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d{1,9})?)?)?"
    r"\s*(?P<half>[ap]\.?m\.?)?\s*(?:uhr|h|hrs)?\s*\(?(?P<zone>[a-z]{1,5}|(?:utc|gmt)?\s?[+−-]\d{1,2}:?(?:\d{2})?)?\)?",
    re.IGNORECASE,
)
# Hours from UTC. Those that mean several zones (IST, BST in winter, CST of China) are left as local time without one.
_ZONES = {
    "": None, "z": 0, "utc": 0, "gmt": 0, "wet": 0, "cet": 1, "mez": 1, "cest": 2, "mesz": 2, "eet": 2, "eest": 3,
    "est": -5, "edt": -4, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "jst": 9,
}  # fmt: skip
_TWO_DIGITS = re.compile(r"(\d{1,2})(?:\. ?(\d{1,2})\. ?|[- ]([^\W\d_]{3,})\.?[- ])'?(\d{2})(?=$|[ ,])")
_MONTH_OF_YEAR = re.compile(r"([^\W\d_]+)\.? (?:de |del )?((?:19|20)\d{2})")
_SERIAL = re.compile(r"(\d{5})(?:[.,](\d{1,12}))?")
_EPOCH = re.compile(r"(\d{10})(\d{3}|\d{6})?(?:\.\d{1,9})?")
# Day 0 of spreadsheets, such that 1 March 1900 and all days behind it come right (they count a 29 February 1900).
_FIRST_SERIAL = datetime(1899, 12, 30)
_SERIALS = range(20_000, 80_000)
_EPOCHS = range(100_000_000, 4_102_444_800)
# POSIX strptime's rule for %y.
_LAST_OF_THIS_CENTURY = 68

_LONGEST = 100

_UNCLEAR = "without a date of publication, because it was not clear"


@dataclass(frozen=True, slots=True)
class DateRead:
    """A date, or date and time, in ISO 8601; empty where none could be read. `notes` say what was guessed."""

    iso: str = ""
    notes: tuple[ReadingNote, ...] = ()


def read_date(given: str, language: str = "") -> DateRead:
    """The date of publication that a file gives.

    Taken are the forms of `partial_date`, those of ISO 8601 and RFC 2822 (as in feeds), months in words of many
    languages, each with or without a time and its zone, two-digit years behind points or words, a spreadsheet's day
    numbers (days since 30 December 1899) and seconds, milliseconds or microseconds since 1970. Of 03/10/2026 the
    language must say which number is the month (en-US, en-GB, fr). What is not clear is left out, with a note.

    `given` is one line of characters, as long as it may be.
    """
    text = " ".join(given.split())
    if not text:
        return DateRead()
    iso = _clear(text, language) if len(text) <= _LONGEST else ""
    return DateRead(iso) if iso else _guessed(text, language)


def _clear(text: str, language: str) -> str:
    """The date that a text can only mean; empty where there is none, or more than one."""
    for read in (partial_date, _of_iso, _of_feeds):
        try:
            found = read(text)
        except (DomainError, ValueError, TypeError, IndexError, OverflowError):
            continue
        # Python lets a space pass before the zone, and ISO 8601 does not.
        if found and " " not in found:
            return found
    return _with_clock(text, language) or _in_words(text, language)


def _of_iso(text: str) -> str:
    at = datetime.fromisoformat(text)
    return at.date().isoformat() if "W" in text else text


def _of_feeds(text: str) -> str:
    # It reads "12 1 2026" and much else that is no RFC 2822: a month in English letters is what makes one.
    if not re.search(r"\b\d{1,2}[ -][A-Z][a-z]{2}[a-z]*[ -]\d{4}\b.*\d{2}:\d{2}", text):
        return ""
    return parsedate_to_datetime(text).isoformat()


def _in_words(text: str, language: str) -> str:
    # Deferred: it reads the vocabulary of web pages, which most files of most imports do not need.
    from annotator.importers.pages.days import only_day_in
    from annotator.importers.pages.vocabulary import MONTHS

    month = _MONTH_OF_YEAR.fullmatch(text)
    number = MONTHS.get(month[1].casefold()) if month else None
    return f"{month[2]}-{number:02}" if month and number else only_day_in(text, language)


def _with_clock(text: str, language: str) -> str:
    found = _CLOCK.fullmatch(text)
    if found is None or (found["minute"] is None and found["half"] is None):
        return ""
    day = _clear(found["day"].rstrip(" ,"), language)
    if len(day) != len("2026-03-10"):
        return ""
    hour = int(found["hour"])
    if found["half"]:
        if not 1 <= hour <= 12:
            return ""
        hour = hour % 12 + 12 * (found["half"][0] in "pP")
    try:
        at = datetime.fromisoformat(day).replace(
            hour=hour, minute=int(found["minute"] or 0), second=int(found["second"] or 0)
        )
        zone = _zone(found["zone"] or "")
        return at.replace(tzinfo=zone).isoformat()
    except ValueError:
        return ""


def _zone(given: str) -> timezone | None:
    """The zone; None for none, and for letters that mean several."""
    name = given.lower().replace("−", "-").replace(" ", "")
    shift = re.fullmatch(r"(?:utc|gmt)?([+-])(\d{1,2}):?(\d{2})?", name)
    if shift is None:
        hours = _ZONES.get(name)
        return None if hours is None else timezone(timedelta(hours=hours))
    minutes = 60 * int(shift[2]) + int(shift[3] or 0)
    return timezone(timedelta(minutes=-minutes if shift[1] == "-" else minutes))


def _guessed(text: str, language: str) -> DateRead:
    """What is read by what is usual, and said; or nothing, and that is said."""
    serial = _SERIAL.fullmatch(text)
    if serial is not None and int(serial[1]) in _SERIALS:
        at = _FIRST_SERIAL + timedelta(days=int(serial[1]), seconds=round(float(f"0.{serial[2] or 0}") * 86_400))
        return _said((at if serial[2] else at.date()).isoformat(), "a spreadsheet's day number")
    epoch = _EPOCH.fullmatch(text)
    if epoch is not None and int(epoch[1]) in _EPOCHS:
        return _said(datetime.fromtimestamp(int(epoch[1]), UTC).isoformat(), "a number of seconds since 1970")
    short = _TWO_DIGITS.match(text)
    if short is not None:
        year = int(short[4])
        century = 2000 if year <= _LAST_OF_THIS_CENTURY else 1900
        whole = f"{short[1]}.{short[2]}.{century + year}" if short[2] else f"{short[1]} {short[3]} {century + year}"
        if iso := _clear(whole + text[short.end() :], language):
            return _said(iso, "a day with a year of two digits")
    shown = text if len(text) <= 40 else f"{text[:40]}…"
    detail = f"the date of publication {shown!r} is not clear and was left out: write such dates as YYYY-MM-DD"
    return DateRead("", (ReadingNote(_UNCLEAR, detail),))


def _said(iso: str, what: str) -> DateRead:
    return DateRead(iso, (ReadingNote(f"with a date read from {what}", f"the date is read from {what}"),))
