"""A text as matching reads it: its words by their stems, its names and numbers, and whether it denies something."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from importlib import import_module
from itertools import pairwise
from pathlib import Path

from annotator.model.check import Sought
from annotator.model.language.folding import fold
from annotator.model.language.languages import primary
from annotator.model.late import dataclass
from annotator.model.span import Span

MOST_CHARACTERS = 4000
"""Of a longer text only the beginning is read: a claim is a sentence or two, and a hostile row can be a book."""

_PLAIN = {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": " ", "\u00a0": " "}
_ADDRESS = re.compile(r"(?:https?://|www\.|pic\.twitter\.com/)\S*", re.IGNORECASE)
_TAG = re.compile(r"[#@]\w+")
# Where a hashtag or a handle is sewn together: "AustraliaFires", "NHSData", "G20Summit".
_SEAM = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=[0-9])|(?<=[0-9])(?=[A-Za-z])|_")
_WORD_ASCII = re.compile(r"[A-Za-z0-9]+(?:[.,][0-9]+)*(?:'[A-Za-z]+)?|%")
# "single-payer": transcripts write it as one word, so it is read as two and as one.
_COMPOUND = re.compile(r"\b([^\W\d_]{2,15})-([^\W\d_]{2,15})\b")
_TITLE_CASE = 0.6
"""Where a greater share of the words is written large, a capital tells no name: headlines are written so."""
# Scripts that put no blanks between words: Thai, Lao, Burmese, Khmer, Chinese, Japanese.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
# A post as it is embedded in a page ends with who wrote it and when: "- Ada Reyes (@adareyes) March 4, 2026".
_SIGNED = re.compile(
    r"\s-+\s*(?P<name>[^@()]{1,80}?)\s*\((?P<handle>@\w{1,30})\)\s*(?P<date>[A-Z][a-z]{2,8} [0-9]{1,2}, [0-9]{4})\W*$"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What matching knows of a text. Words are stems in their order; those that name or count are marked."""

    words: tuple[str, ...]
    distinct: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[str]
    denies: bool

    @property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Neighbouring words."""
        return frozenset(pairwise(self.words))


NOTHING = Reading((), frozenset(), frozenset(), frozenset(), denies=False)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text: as they are written, and their stems, behind which stand those of compounds read as one."""

    written: tuple[str, ...]
    stems: tuple[str, ...]


def words_in(text: str, language: str = "en") -> Words:
    """The words of a claim or a title in a language (`stemming_language`)."""
    plain = _plain(text)
    reader = _reader(language)
    written = tuple(_raw_words(plain))
    stems = [reader(raw) for raw in written]
    if not all(stems):
        written = tuple([raw for raw, stem in zip(written, stems, strict=True) if stem])
        stems = [stem for stem in stems if stem]
    if "-" in plain:
        stems += [reader(one + other) for one, other in _COMPOUND.findall(plain)]
    return Words(written, tuple(stems))


def places(text: str, language: str = "en") -> Iterator[tuple[str, Span]]:
    """The words of a text by their stems, and where each is written; compounds are not read as one."""
    plain = _plain(text)
    reader = _reader(language)
    pattern = _WORD_ASCII if plain.isascii() else _words_of_any_script()
    for match in pattern.finditer(plain):
        for at, raw in _parts(match[0]):
            if stem := reader(raw):
                yield stem, Span(match.start() + at, match.start() + at + len(raw))


def reading_of(words: Words, language: str = "en") -> Reading:
    """What those words say."""
    if not words.stems:
        return NOTHING
    large: set[str] = set()
    capitals = letters = 0
    for at, (raw, stem) in enumerate(zip(words.written, words.stems, strict=False)):
        first = raw[0]
        if first.isalpha():
            letters += 1
            # The first word of a text is written large whatever it is.
            if at and first.isupper():
                capitals += 1
                large.add(stem)
    distinct = frozenset(words.stems)
    names = large - word_list(language, "months") if capitals <= _TITLE_CASE * letters else ()
    numbers = frozenset([word for word in distinct if word[0].isdigit()])
    denies = not word_list(language, "denying").isdisjoint(distinct)
    return Reading(words.stems, distinct, frozenset(names), numbers, denies=denies)


def read(text: str, language: str = "en") -> Reading:
    """The reading of a claim or a title in a language (`stemming_language`)."""
    return reading_of(words_in(text, language), language) if text else NOTHING


def read_written(text: str, language: str = "en") -> dict[str, str]:
    """How each word of a text is written in it, by its stem: as it stands there first."""
    reader = _reader(stemming_language(language))
    found: dict[str, str] = {}
    for raw in _raw_words(_plain(text)):
        found.setdefault(reader(raw), raw.removesuffix("'s"))
    return found


def read_sought(sought: Sought, language: str = "en") -> tuple[Reading, Sought]:
    """The reading of what is looked for, and it with the speaker and the date that its text says itself.

    Addresses are left out, and hashtags and handles are read as the words that they are sewn together from.
    """
    text = _plain(sought.text)
    plain = plain_text(text)
    speaker, date = sought.speaker, sought.date
    if signed := _SIGNED.search(text):
        speaker = speaker or signed["name"]
        date = date or signed["date"]
    return read(plain, language), Sought(sought.text, speaker, date, language)


def plain_text(text: str) -> str:
    """A text without addresses, and with hashtags and handles as the words that they are sewn together from."""
    return _TAG.sub(lambda tag: f" {_SEAM.sub(' ', tag[0][1:])} ", _ADDRESS.sub(" ", text[:MOST_CHARACTERS]))


def _plain(text: str) -> str:
    """The beginning of a text with plain quotation marks and dashes."""
    beginning = text[:MOST_CHARACTERS]
    if not beginning.isascii():
        for written, plain in _PLAIN.items():
            # Looking whether a character is there takes a hundredth of the time that a table for all of them takes.
            if written in beginning:
                beginning = beginning.replace(written, plain)
    return beginning


def _raw_words(text: str) -> list[str]:
    if text.isascii():
        return _WORD_ASCII.findall(text)
    return [part for raw in _words_of_any_script().findall(text) for _, part in _parts(raw)]


def _parts(raw: str) -> list[tuple[int, str]]:
    """A word, or in a script without blanks its pairs of characters, each with where it begins."""
    if len(raw) > 1 and _UNSPACED.match(raw):
        return [(at, raw[at : at + 2]) for at in range(len(raw) - 1)]
    return [(0, raw)]


@cache
def _words_of_any_script() -> re.Pattern[str]:
    import regex

    letter = r"[\p{L}\p{N}][\p{M}\u200c\u200d\u00ad]*"
    return regex.compile(rf"(?:{letter})+(?:[.,]\p{{Nd}}+)*(?:'(?:{letter})+)?|%")  # type: ignore[no-any-return]


@cache
def _reader(language: str) -> Callable[[str], str]:
    stem = _stemmer(language)
    written = {number: figure for figure, number in enumerate(_lists(language).get("numbers", "").split(), 2)}

    @lru_cache(maxsize=200_000)
    def reader(raw: str) -> str:
        if raw == "%":
            return word_for_percent
        word = raw.lower()
        if word[0].isdigit():
            return fold(word.replace(",", "")).strip("'")
        word = word.removesuffix("'s").replace("'", "")
        if word in written:
            return str(written[word])
        return fold(stem(word)) if word else ""

    word_for_percent = reader("percent")
    return reader


def stemming_language(tag: str) -> str:
    """The language by which words are read for a tag after BCP 47: English where there is none."""
    return primary(tag) if tag else "en"


def _stemmer(language: str) -> Callable[[str], str]:
    """What takes the endings off words, after Porter's Snowball; nothing does where the language has no stemmer."""
    name = _lists("stemmers").get(language)
    if name is None:
        return str
    try:
        module = import_module(f"snowballstemmer.{name}_stemmer")
    except ImportError:
        # An older release has fewer languages.
        return str
    stem: Callable[[str], str] = getattr(module, f"{name.capitalize()}Stemmer")().stemWord
    return stem


@cache
def _lists(language: str) -> dict[str, str]:
    """A table of words.toml; empty for a language that has none."""
    path = Path(__file__).with_name("words.toml")
    found: dict[str, str] = tomllib.loads(path.read_text(encoding="utf-8")).get(language, {})
    return found


@cache
def word_list(language: str, name: str) -> frozenset[str]:
    """The stems of one list of words.toml; empty for a language that has none."""
    reader = _reader(language)
    return frozenset(reader(word) for word in _lists(language).get(name, "").split())
