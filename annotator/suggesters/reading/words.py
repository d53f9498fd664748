"""Words: a text as tokens with offsets in code points."""

from __future__ import annotations

import re
from itertools import accumulate

from annotator.model.late import dataclass
from annotator.model.words import goes_on, has_marks

_TOKEN = re.compile(
    r"""
    (
      [A-Za-z][a-z]*+(?=[ ,;:?!\n])                # most words, quickly
    | (?!vs\.)[a-z]{2,}+(?=\.[ \n])                # and most last ones of a sentence
    | [,;:?!()"“”]
    | https?://\S*[^\s.,;:!?)\]"'”’] | www\.\S*[^\s.,;:!?)\]"'”’]
    | [@\#]\w+
    | (?<=\w)['’](?:s|ll|re|ve|d|m|S)\b          # clitics
    | [A-Z]-(?:[A-Z]\.){2,}                        # R-N.Y.
    | (?:[A-Za-z]\.){2,}(?:-\w+)?                          # U.S., a.m.
    | (?:Mr|Mrs|Ms|Dr|Sens?|Reps?|Govs?|Gen|Lt|Col|Sgt|Maj|Capt|Rev|Prof|Adm|Hon|St|Jr|Sr|Inc|Corp|Co|Dept
        |Jan|Feb|Aug|Sept|Oct|Nov|Dec|vs|No)\.
    | [A-Z]-[A-Z][A-Za-z]*\.(?=[,)\s])              # R-Ky.
    | (?:Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Md|Mass|Mich|Minn|Miss|Mo|Mont|Neb|Nev|Okla|Ore
        |Pa|Tenn|Tex|Vt|Va|Wash|Wis|Wyo)\.(?=[,)]|\s[a-z])
    | [A-Z]\.(?=\s[A-Z])                          # an initial
    | (?<!\w)\w+\.(?:com|org|net|gov|edu)\b
    | [$£€#]?\d+(?:[,.]\d+)*(?:[-–][^\W_]+)*%?
    | [^\W_]+(?:['’](?!(?:s|ll|re|ve|d|m|S)\b)[^\W\d_]+|[-‑&/][^\W_]+)*
    | --+ | [.]{2,} | '' | ``
    | \S
    )
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Words:
    """The tokens of a text, in order: where each starts and ends, and how it reads."""

    starts: list[int]
    ends: list[int]
    forms: list[str]


def words_of(text: str) -> Words:
    """The tokens of the text; every character that is not white space is in exactly one."""
    # What stands between tokens, and the tokens, by turns.
    pieces = _TOKEN.split(text)
    edges = list(accumulate(map(len, pieces)))
    words = Words(edges[:-1:2], edges[1::2], pieces[1::2])
    return words if text.isascii() or not has_marks(text) else _whole(text, words)


def _whole(text: str, words: Words) -> Words:
    """The tokens, those joined that a combining mark parts: an accent or a vowel sign of its own is in the word."""
    joined: list[tuple[int, int]] = []
    for start, end in zip(words.starts, words.ends, strict=True):
        before = joined[-1] if joined else (0, 0)
        if before[1] == start and joined and goes_on(text[start - 1], text[start]):
            joined[-1] = (before[0], end)
        else:
            joined.append((start, end))
    starts, ends = [start for start, _ in joined], [end for _, end in joined]
    return Words(starts, ends, [text[start:end] for start, end in joined])
