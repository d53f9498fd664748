"""Named fields of a row into a check: what they may be called, how long they may be, and what their verdict means."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import field
from functools import cache
from hashlib import sha256
from pathlib import Path

from annotator.errors import DomainError, ImportFailure
from annotator.importers.dates import read_date
from annotator.model.check import Check
from annotator.model.dates import day_in
from annotator.model.language.languages import language_tag
from annotator.model.late import dataclass
from annotator.model.text import neutral_line
from annotator.model.web_address import web_address

NAMES: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "claim_id", "check_id", "vclaim_id"),
    "claim": ("claim", "claim_reviewed", "claimreviewed", "vclaim", "statement", "text"),
    "title": ("title", "headline", "name"),
    "speaker": ("speaker", "author_of_claim", "claimant", "said_by", "source"),
    "date": ("date", "review_date", "published_at", "date_published", "datepublished", "published"),
    "verdict": ("verdict", "rating", "label", "textual_rating", "textualrating", "ruling", "conclusion"),
    "publisher": ("publisher", "fact_checker", "publisher_name", "site", "organisation", "organization"),
    "url": ("url", "address", "link", "review_url", "fact_checking_article"),
    "language": ("language", "lang", "inlanguage"),
    "modified": ("modified", "date_modified", "datemodified", "updated"),
    "status": ("status", "withdrawn"),
}
"""Our names of the fields, each with what a file may call it; the first that is there is taken."""

FIELDS = tuple(NAMES)
_WITHDRAWN = frozenset(("withdrawn", "retracted", "removed", "true", "1", "yes"))
_LONGEST = 10_000
# Of a claim review's text so much is kept: its first sentences say what it is about.
_MARKS = re.compile(r"[^\w\s%/-]+")


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """How to read a collection.

    `fields` maps our field names to the file's; `verdicts` maps verdicts in the publishers' own words to ours (or to
    nothing); `publisher` and `language` hold for rows that do not say theirs. Raises ImportFailure for a name that is
    not one of ours.
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    verdicts: Mapping[str, str] = field(default_factory=dict)
    publisher: str = ""
    language: str = ""

    def __post_init__(self) -> None:
        _known("--field", self.fields, FIELDS)
        _known("--verdict", filter(None, self.verdicts.values()), _words())


def _known(option: str, given: Iterable[str], known: Iterable[str]) -> None:
    unknown = sorted(set(given) - set(known))
    if unknown:
        raise ImportFailure(option, f"there is no {unknown[0]!r} (there are: {', '.join(known)})")


def folded(name: str) -> str:
    """The name of a field as all are compared: upper and lower case are one, and blanks around it are nothing."""
    return name.strip().casefold()


def field_names(there: Iterable[str], options: CheckOptions) -> dict[str, str]:
    """Our field names with the file's, for those that the file has; upper and lower case are one."""
    names_there = {folded(name): name for name in reversed(list(there))}
    found = {}
    for ours, theirs in NAMES.items():
        wanted = options.fields.get(ours)
        names = theirs if wanted is None else (folded(wanted),)
        name = next((names_there[name] for name in names if name in names_there), None)
        if name is not None:
            found[ours] = name
    return found


def check_of(values: Mapping[str, object], options: CheckOptions) -> Check:
    """The check with these values under our names; raises DomainError where there is no claim, or one is no text."""
    text = {name: _text(name, value) for name, value in values.items()}
    claim = text.get("claim", "") or text.get("title", "")
    if not claim:
        raise DomainError("no claim in it: name the field that has it, --field claim=NAME")
    url, verdict = _address(text.get("url", "")), text.get("verdict", "")
    publisher = text.get("publisher", "") or options.publisher
    return Check(
        id=text.get("id", "") or url or sha256(f"{publisher}\n{claim}".encode()).hexdigest()[:16],
        claim=claim,
        title=text.get("title", ""),
        speaker=text.get("speaker", ""),
        date=_day(text.get("date", "")),
        verdict=verdict,
        value=verdict_value(verdict, options) or text.get("value", ""),
        publisher=publisher,
        url=url,
        language=language_tag(text.get("language", "")) or options.language,
        modified=_day(text.get("modified", "")),
        withdrawn=text.get("status", "").casefold() in _WITHDRAWN,
    )


def _text(name: str, value: object) -> str:
    """A text on one line, with nothing in it that steers a terminal; raises DomainError for what is no text."""
    match value:
        case None:
            return ""
        case bool():
            value = str(value)
        case int() | float():
            value = str(value)
        case {"name": str(called)} | {"@value": str(called)}:
            value = called
        case list():
            if any(isinstance(each, list) for each in value[:20]):
                raise DomainError(f"field {name!r} is a list of lists, and no text")
            value = ", ".join(filter(None, (_text(name, each) for each in value[:20])))
        case str():
            pass
        case _:
            raise DomainError(f"field {name!r} is not text")
    # A row of a book's length is no claim; what is looked up are its first words in any case.
    plain = neutral_line(" ".join(value[: 2 * _LONGEST].split()))
    try:
        plain.encode()
    except UnicodeEncodeError as error:
        raise DomainError(f"field {name!r} has half a character in it (a lone surrogate)") from error
    return plain[:_LONGEST]


def _address(given: str) -> str:
    """A web address, or nothing: what no browser should open is not kept as one."""
    try:
        return web_address(given)
    except DomainError:
        return ""


def _day(given: str) -> str:
    """A date in ISO 8601, as far as one can be read out of what is given; empty for anything else."""
    return (day_in(given) or read_date(given[:200]).iso[:10]) if given else ""


def verdict_value(verdict: str, options: CheckOptions) -> str:
    """What a verdict in a publisher's own words comes to; empty where it is not known.

    The longest known words that it begins with count, and then the longest ones inside it.
    """
    plain = _plain(verdict)
    own = {_plain(given): value for given, value in options.verdicts.items()}
    if plain in own:
        return own[plain]
    known = _by_words()
    padded = f" {plain} "
    beginning = [words for words in known if padded.startswith(f" {words} ")]
    inside = beginning or [words for words in known if f" {words} " in padded]
    return known[max(inside, key=lambda words: (len(words), words))] if inside else ""


def _plain(verdict: str) -> str:
    return " ".join(_MARKS.sub(" ", verdict.casefold()).split())


@cache
def _words() -> Mapping[str, tuple[str, ...]]:
    path = Path(__file__).with_name("verdicts.toml")
    return {value: tuple(words) for value, words in tomllib.loads(path.read_text(encoding="utf-8")).items()}


@cache
def _by_words() -> Mapping[str, str]:
    return {_plain(words): value for value, many in _words().items() for words in many}
