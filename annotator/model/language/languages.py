"""Languages: tags as BCP 47 writes them, and what a text's language is where nothing says it.

The guess goes by script first, then by common words, by pieces of words and by letters (`alphabets.toml`). It is none
where the text is too short or too mixed to be sure: a wrong language does more harm than none.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import replace
from functools import cache, lru_cache
from math import inf

from annotator.model.language.language_words import scores_of
from annotator.model.late import dataclass

RULED = ("en",)
"""The languages that the rules for attributions (`annotator.suggesters`) are written for."""

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
# Old codes, codes of three letters and names that pages give for what BCP 47 writes with two letters (ISO 639).
_NAMES = {
    "ar": "ara arabic",
    "bn": "ben",
    "cs": "cz ces cze",
    "da": "dan",
    "de": "deu ger german deutsch",
    "el": "gr ell gre",
    "en": "eng english",
    "es": "spa spanish español",
    "fa": "fas per",
    "fi": "fin",
    "fr": "fra fre french français",
    "he": "iw heb",
    "hi": "hin hindi",
    "hu": "hun",
    "id": "in ind",
    "it": "ita italian italiano",
    "ja": "jp jpn japanese 日本語",
    "jv": "jw",
    "ko": "kor korean",
    "nb": "no nor",
    "nl": "nld dut dutch nederlands",
    "pl": "pol polish polski",
    "pt": "por portuguese português",
    "ro": "mo ron rum",
    "ru": "rus russian русский",
    "sv": "swe swedish svenska",
    "th": "tha",
    "tr": "tur turkish türkçe",
    "uk": "ukr ukrainian українська",
    "ur": "urd",
    "vi": "vie",
    "yi": "ji",
    "zh": "zho chi cmn chinese 中文",
}
_OTHERWISE = {name: code for code, names in _NAMES.items() for name in names.split()}
_NO_LANGUAGE = frozenset(["und", "mul", "mis", "zxx", "x", "i"])

# Scripts that news of one language alone is written in (the first word of Unicode's names of the letters).
_ONE_LANGUAGE = {
    "ARMENIAN": "hy",
    "BENGALI": "bn",
    "CJK": "zh",
    "ETHIOPIC": "am",
    "GEORGIAN": "ka",
    "GREEK": "el",
    "GUJARATI": "gu",
    "GURMUKHI": "pa",
    "HANGUL": "ko",
    "HEBREW": "he",
    "HIRAGANA": "ja",
    "KANNADA": "kn",
    "KATAKANA": "ja",
    "KHMER": "km",
    "LAO": "lo",
    "MALAYALAM": "ml",
    "MYANMAR": "my",
    "ORIYA": "or",
    "SINHALA": "si",
    "TAMIL": "ta",
    "TELUGU": "te",
    "THAI": "th",
}
_SAMPLE = 6000
"""How many code points are looked at: a language shows itself in less."""
_MAJORITY = 0.6
_KANA = 0.08
"""Of Japanese letters at least so many are kana; headlines have few of them."""
_FEW_LETTERS = 4
# How many times likelier (as a logarithm) the best language must be than none and than the next, and the share of its
# score that the next may not have: what is half in one language and half in another is in none.
_ENOUGH, _AHEAD, _SHARE = 4.0, 2.5, 0.8


def language_tag(given: str) -> str:
    """The language as BCP 47 writes it: "pt_br" is "pt-BR", "ger" is "de"; empty for what is no tag, and for "und"."""
    plain = re.split("[.@;,]", given.strip().replace("_", "-"), maxsplit=1)[0]
    first, _, rest = plain.partition("-")
    code = _OTHERWISE.get(first.lower(), first.lower())
    tag = f"{code}-{rest}" if rest else code
    if not _TAG.fullmatch(tag) or code in _NO_LANGUAGE:
        return ""
    return "-".join([code, *(_subtag(each) for each in tag.split("-")[1:])])


def _subtag(subtag: str) -> str:
    if len(subtag) == len("Latn") and subtag.isalpha():
        return subtag.title()
    return subtag.upper() if len(subtag) == len("BR") else subtag.lower()


def primary(tag: str) -> str:
    """The language of a tag without its region and script, in small letters."""
    return tag.replace("_", "-").partition("-")[0].lower()


def rules_apply(tag: str, text: str) -> bool:
    """Whether the rules that propose attributions know the language of a text, which is said by its tag or guessed.

    Where not even a guess is sure they apply unless another language fits clearly better.
    """
    if primary(tag):
        return primary(tag) in RULED
    guess = _likeliest(text)
    return guess.code in ("", *RULED) or (not guess.is_sure and guess.ahead < _AHEAD)


def guessed_language(text: str) -> str:
    """The language that a text is in, as a tag of two letters; empty where one cannot be sure."""
    guess = _likeliest(text)
    return guess.code if guess.is_sure else ""


@dataclass(frozen=True, slots=True)
class _Guess:
    """The language that fits best (empty where nothing speaks for any), and how far it is ahead of those with rules."""

    code: str = ""
    is_sure: bool = False
    ahead: float = inf


def _likeliest(text: str) -> _Guess:
    return _likeliest_of(text[:_SAMPLE])


# An import and each suggester ask about the same text.
@lru_cache(maxsize=4)
def _likeliest_of(beginning: str) -> _Guess:
    # The tables are composed; a file that was written on a Mac may not be.
    sample = unicodedata.normalize("NFC", beginning)
    scripts = _scripts_of(sample)
    letters = scripts.total()
    if not letters:
        return _Guess()
    kana = scripts["HIRAGANA"] + scripts["KATAKANA"]
    if kana + scripts["CJK"] >= _MAJORITY * letters:
        is_japanese = kana >= _KANA * letters
        # A name in Chinese characters alone may be of either.
        return _Guess("ja" if is_japanese else "zh", is_japanese or letters >= _FEW_LETTERS)
    script, count = scripts.most_common(1)[0]
    enough = count >= max(_FEW_LETTERS, _MAJORITY * letters)
    if script in _ONE_LANGUAGE:
        return _Guess(_ONE_LANGUAGE[script], enough)
    found = _by_words(sample, script.title())
    return replace(found, is_sure=found.is_sure and enough)


def _scripts_of(text: str) -> Counter[str]:
    """How many letters of each script a text has; letters are many, and different ones few."""
    written = text.encode("utf-8", "surrogatepass")
    plain = len(written.translate(None, _NO_PLAIN_LETTERS))
    others = list(filter(str.isalpha, written.translate(None, _PLAIN).decode("utf-8", "surrogatepass")))
    if plain > len(others):
        # Most are those of ASCII, and need not be counted one by one.
        return Counter({_script("a"): plain}) + Counter(map(_script, others))
    scripts: Counter[str] = Counter()
    for letter, count in Counter(filter(str.isalpha, text)).items():
        scripts[_script(letter)] += count
    return scripts


_PLAIN = bytes(range(0x80))
_NO_PLAIN_LETTERS = bytes(code for code in range(0x100) if not bytes((code,)).isalpha())


@cache
def _script(letter: str) -> str:
    return "LATIN" if letter < "\x80" else unicodedata.name(letter, "?").split(" ", 1)[0].split("-")[0]


def _by_words(text: str, script: str) -> _Guess:
    """Of the languages that write this script the one whose words, pieces and letters fit best."""
    scores = scores_of(text, script)
    ranked = sorted(((score, code) for code, score in scores.items()), reverse=True)
    if not ranked or ranked[0][0] <= 0:
        return _Guess()
    (best, code), (following, _) = ranked[0], ranked[1] if len(ranked) > 1 else (0.0, "")
    is_sure = best >= max(_ENOUGH, following + _AHEAD) and following <= _SHARE * best
    return _Guess(code, is_sure, best - max(scores.get(ruled, -inf) for ruled in RULED))
