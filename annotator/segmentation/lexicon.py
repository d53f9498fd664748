"""What the rules know of a language: abbreviations, ordinals, words that open sentences, words that name a speaker.

All of it comes from `languages/`, one TOML file a language; `docs/segmentation.md` says how to add one.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import field
from functools import cache
from pathlib import Path
from typing import Any

from annotator.model.late import dataclass

_LANGUAGES = Path(__file__).with_name("languages")
# The file of what holds everywhere, and the language whose words are all kept where the language is not known.
_EVERYWHERE, _LEADING = "und", "en"
_VOWELS = re.compile("[aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýœ]", re.IGNORECASE)
_LATIN = re.compile("[a-zà-ÿ]", re.IGNORECASE)
_CASELESS_SAYS = re.compile("[\u0590-\u1fff\u3040-\ufaff]")

_WORDS = (
    *("never_last", "before_figures", "may_be_last", "last", "units", "states", "after_states", "times", "after_times"),
    *("openers", "particles", "before_ordinals", "after_ordinals", "exclaimed", "take_quotations", "says"),
    *("after_quotations", "after_stops", "compounds"),
)
_ABBREVIATIONS = ("never_last", "before_figures", "may_be_last", "last", "units", "states", "times")
# Abbreviations that may be a word of another language.
_AMBIGUOUS = ("never_last", "may_be_last", "last", "units")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The word lists of one language, or of all of them together.

    A word that is listed in lower case stands for any case; one with a capital for that and for capitals only.
    `titles` holds what is `never_last` in any place, `abbreviations` what a capital may follow in the same sentence,
    `listed` every word before whose full stop something is to be decided. `speaker` matches a name and a verb of
    speech, `carries_on` what continues a sentence behind a quotation in scripts that set no spaces, `never_first` what
    continues one behind any stop.
    """

    ordinals: bool
    roman_ordinals: bool
    semicolons: bool
    never_last: frozenset[str]
    before_figures: frozenset[str]
    may_be_last: frozenset[str]
    last: frozenset[str]
    units: frozenset[str]
    states: frozenset[str]
    after_states: frozenset[str]
    times: frozenset[str]
    after_times: frozenset[str]
    openers: frozenset[str]
    particles: frozenset[str]
    before_ordinals: frozenset[str]
    after_ordinals: frozenset[str]
    exclaimed: frozenset[str]
    take_quotations: frozenset[str]
    says: frozenset[str]
    titles: frozenset[str]
    abbreviations: frozenset[str]
    listed: frozenset[str]
    speaker: re.Pattern[str] | None = field(repr=False)
    carries_on: re.Pattern[str] | None = field(repr=False)
    never_first: re.Pattern[str] | None = field(repr=False)
    compounds: tuple[str, ...]


def lexicon_for(language: str | None) -> Lexicon:
    """The lexicon for a BCP 47 tag ("de", "de-AT", "pt_BR"); that of all languages where it is none or has no file."""
    code = re.split("[-_]", (language or "").strip().lower(), maxsplit=1)[0]
    return _known(code) if code in _files() else _known("")


@cache
def _known(code: str) -> Lexicon:
    own = _files()[code] if code else None
    names = [own] if own else sorted(set(_files().values()))
    rows = [_words(_EVERYWHERE), *(_words(name) if own or name == _LEADING else _safe(name) for name in names)]
    words = {key: frozenset().union(*(row[key] for row in rows)) for key in _WORDS}
    flags = _read(own) if own else {}
    openers, says = words["openers"], words["says"]
    carried, never_first, compounds = (words.pop(key) for key in ("after_quotations", "after_stops", "compounds"))
    words["titles"] = words["never_last"] - words["last"] - words["units"]
    words["abbreviations"] = frozenset().union(words["never_last"], words["may_be_last"], words["states"])
    words["listed"] = frozenset().union(*(words[key] for key in _ABBREVIATIONS))
    return Lexicon(
        ordinals=bool(flags.get("ordinals")),
        roman_ordinals=bool(flags.get("roman_ordinals")),
        semicolons=bool(flags.get("semicolons")),
        speaker=_speaker(says),
        carries_on=_carries_on(carried, openers, says),
        never_first=_carries_on(never_first, openers, frozenset()),
        compounds=tuple(sorted(compounds)),
        **words,
    )


@cache
def _files() -> Mapping[str, str]:
    """Which file holds each primary language subtag: the one that is named so, or the one that claims it in `codes`."""
    names = sorted(path.stem for path in _LANGUAGES.glob("*.toml") if path.stem != _EVERYWHERE)
    return {code: name for name in names for code in _read(name).get("codes", [name])}


@cache
def _read(name: str) -> Mapping[str, Any]:
    return tomllib.loads((_LANGUAGES / f"{name}.toml").read_text(encoding="utf-8"))


def _words(name: str) -> dict[str, frozenset[str]]:
    """The lists of one file; what is written with a capital is there in capitals too."""
    lists = {key: _read(name).get(key, "").split() for key in _WORDS}
    return {
        key: frozenset((*words, *(word.upper() for word in words if word != word.lower())))
        for key, words in lists.items()
    }


def _safe(name: str) -> dict[str, frozenset[str]]:
    """A language's lists without what could be a word of a text in another: for texts whose language is not known.

    An abbreviation in Latin letters that has a vowel and no stop inside is kept where another language has it too, and
    only as it is written with a capital.
    """
    words = _words(name)
    return words | {key: frozenset(filter(None, map(_unmistakable, words[key]))) for key in _AMBIGUOUS}


def _unmistakable(word: str) -> str:
    if "." in word or not _LATIN.search(word) or not _VOWELS.search(word):
        return word
    return word[:1].upper() + word[1:] if _spread()[word.lower()] > 1 else ""


@cache
def _spread() -> Counter[str]:
    """In how many languages an abbreviation is listed, in small letters."""
    found: Counter[str] = Counter()
    for name in set(_files().values()):
        words = _words(name)
        found.update({word.lower() for key in _AMBIGUOUS for word in words[key]})
    return found


def _either(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


def _speaker(says: frozenset[str]) -> re.Pattern[str] | None:
    """A name, perhaps with what it is or its age between commas, and a verb of speech."""
    cased = [word for word in says if not _CASELESS_SAYS.search(word)]
    if not cased:
        return None
    name = r"[^\W\d_a-z][\w’'-]{0,30}"
    return re.compile(
        rf"(?:[A-Z][a-z]{{0,4}}\.\s)?{name}(?:\s(?:[^\W\d_a-z][\w.’'-]{{0,30}}|de|da|von|van|bin|al|of|the)){{0,5}}"
        rf"(?:,\s[^.!?“”\"\n]{{1,90}},)?\s(?:\w{{1,20}}ly\s|also\s|then\s|later\s|once\s)?(?:{_either(cased)})\b"
    )


def _carries_on(carried: frozenset[str], openers: frozenset[str], says: frozenset[str]) -> re.Pattern[str] | None:
    """A particle that is not the beginning of another word, or a short clause that ends with a verb of speech."""
    ways = []
    if carried:
        begun = [word for word in openers if word.startswith(tuple(carried))]
        ways.append(f"(?!{_either(begun)})(?:{_either(carried)})" if begun else f"(?:{_either(carried)})")
    unspaced = [word for word in says if re.match("[\u3400-\u9fff]", word)]
    if unspaced:
        ways.append(rf"[^，。！？；：“”「」,:\s]{{0,12}}?(?:{_either(unspaced)})(?:着|著|了)?(?=[，。：；！？…,:]|$)")
    return re.compile("|".join(ways)) if ways else None
