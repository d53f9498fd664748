"""What the full text indexes hold, so that words are found as they are typed, in Datasette too.

FTS5 folds case and accents by itself, but a soft hyphen parts a word for it, and text without spaces is one word. So a
text is indexed as it is, with its folded words and short runs of letters of scripts without spaces behind it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from annotator.model.language.folding import fold
from annotator.model.language.words import letters, unspaced_runs, words

ANYWHERE, FROM_A_WORD = 3, 8
"""How many letters are indexed from every letter on, and how many from where `model.language.words` begins a word:
every letter more costs another copy of the text."""

TOKENIZER = "unicode61 remove_diacritics 2 categories 'L* N* Co M*'"
"""Without M* a word of an Indic script would be its consonants alone."""


def searchable(text: str | None) -> str | None:
    """The text with what else it is to be found by behind it; nothing of nothing."""
    if text is None or text.isascii():
        return text
    return " ".join([text, *_folded_words(text), *_runs(fold(text))])


def _folded_words(text: str) -> Iterator[str]:
    for word in text.split():
        if not word.isascii():
            yield from _known(word) if len(word) <= _LONGEST_KNOWN else _folded_word(word)


def _folded_word(word: str) -> tuple[str, ...]:
    return () if any(unspaced_runs(word)) else (fold(word),)


# Most are one of few: a short word with a quotation mark at its edge.
_known = lru_cache(maxsize=5_000)(_folded_word)
_LONGEST_KNOWN = 30


def _runs(text: str) -> Iterator[str]:
    """The stretches of scripts without spaces that somebody may look for."""
    for run in unspaced_runs(text):
        edges = [*(letter.start for letter in letters(text, run.start, run.end)), run.end]
        begun = {word.start for word in words(text, run.start, run.end)}
        for first, start in enumerate(edges[:-1]):
            longest = FROM_A_WORD if start in begun else ANYWHERE
            yield from (text[start:end] for end in edges[first + 1 : first + 1 + longest])
