"""Words: a text as tokens with offsets in code points."""

from __future__ import annotations

import re
from itertools import accumulate, chain, pairwise
from operator import add

from annotator.model.known import Known
from annotator.model.language.words import goes_on, has_marks
from annotator.model.late import NamedTuple
from annotator.suggesters.reading.tagging import code_of, lower_of

_STATES = (
    "Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Md|Mass|Mich|Minn|Miss|Mo|Mont|Neb|Nev|Okla|Ore|Pa"
    "|Tenn|Tex|Vt|Va|Wash|Wis|Wyo"
)
_TOKEN = re.compile(
    rf"""
    (
      [A-Za-z][a-z]*+(?=[ ,;:?!\n])                # most words, quickly
    | (?!vs\.)[a-z]{{2,}}+(?=\.[ \n])                # and most last ones of a sentence
    | [,;:?!()"“”]
    | https?://\S*[^\s.,;:!?)\]"'”’] | www\.\S*[^\s.,;:!?)\]"'”’]
    | [@\#]\w+
    | (?<=\w)['’](?:s|ll|re|ve|d|m|S)\b          # clitics
    | [A-Z]-(?:[A-Z]\.){{2,}}                        # R-N.Y.
    | (?:[A-Za-z]\.){{2,}}(?:-\w+)?                          # U.S., a.m.
    | (?:Mr|Mrs|Ms|Dr|Sens?|Reps?|Govs?|Gen|Lt|Col|Sgt|Maj|Capt|Rev|Prof|Adm|Hon|St|Jr|Sr|Inc|Corp|Co|Dept
        |Jan|Feb|Aug|Sept|Oct|Nov|Dec|vs|No)\.
    | [A-Z]-[A-Z][A-Za-z]*\.(?=[,)\s])              # R-Ky.
    | (?:{_STATES})\.(?=[,)]|\s[a-z])
    | [A-Z]\.(?=\s[A-Z])                          # an initial
    | (?<!\w)\w+\.(?:com|org|net|gov|edu)\b
    | [$£€#]?\d+(?:[,.]\d+)*(?:[-–][^\W_]+)*%?
    | [^\W_]+(?:['’](?!(?:s|ll|re|ve|d|m|S)\b)[^\W\d_]+|[-‑&/][^\W_]+)*
    | --+ | [.]{{2,}} | '' | ``
    | \S
    )
    """,
    re.VERBOSE,
)


class Words(NamedTuple):
    """Tokens in order: where each starts and ends, how it reads, in lower case too, and what it tells by itself."""

    starts: list[int]
    ends: list[int]
    forms: list[str]
    lowers: list[str]
    codes: str


def words_of(text: str) -> Words:
    """The tokens of the text; every character that is not white space is in exactly one."""
    return _by_pieces(text) or in_one_go(text)


def in_one_go(text: str) -> Words:
    """The same without what is known of earlier texts: `words_of` of any text gives this."""
    starts, ends, forms = _found(text)
    return Words(starts, ends, forms, list(map(lower_of, forms)), "".join(map(code_of, forms)))


def _found(text: str) -> tuple[list[int], list[int], list[str]]:
    """Where the tokens start and end, and how they read."""
    # What stands between tokens, and the tokens, by turns.
    parts = _TOKEN.split(text)
    edges = list(accumulate(map(len, parts)))
    found = edges[:-1:2], edges[1::2], parts[1::2]
    return found if text.isascii() or not has_marks(text) else _whole(text, *found)


_PARAGRAPH = "\n\n"
_LAST_BLANK = re.compile(" (?! )")
# Whether what ends a piece is an initial, or a state's abbreviation, is said by the letter behind the blank.
_LOOKS_AHEAD = re.compile(rf"(?:[A-Z]|{_STATES})\.$")


# Most pieces: a word with what may stand before and behind it; with a full stop a capital may be an abbreviation.
_WORD = r"([A-Za-z]++(?:-[A-Za-z]++)*+)(['’]s)?([,;:?!])?|((?!vs\.)[a-z]{2,})(\.)"
_PLAIN = re.compile(rf"""([“"(])?(?:{_WORD})([”")])?({_PARAGRAPH})?""")


class _Piece(NamedTuple):
    """The tokens between two blanks, and from the start of each how far it is to the start of the next one."""

    forms: tuple[str, ...]
    steps: tuple[int, ...]
    lowers: tuple[str, ...]
    codes: str

    @classmethod
    def of(cls, forms: tuple[str, ...], steps: tuple[int, ...]) -> _Piece:
        """The piece with these tokens."""
        return cls(forms, steps, tuple(map(lower_of, forms)), "".join(map(code_of, forms)))


def _by_pieces(text: str) -> Words | None:
    """The tokens by what stands between blanks, most of which was read before; None where white space is unusual."""
    # The line break of a paragraph stands with the piece before it.
    marked = text.replace(_PARAGRAPH, f"{_PARAGRAPH} ")
    pieces = _LAST_BLANK.split(marked) if "  " in marked else marked.split(" ")
    last = pieces.pop()
    found = list(map(_PIECES.__getitem__, pieces))
    if None in found:
        for at in [at for at, piece in enumerate(found) if piece is None]:
            following = pieces[at + 1] if at + 1 < len(pieces) else last
            found[at] = _PIECES_AHEAD[f"{pieces[at]} {following[:1]}"]
    # Of a word alone it does not matter what is behind it: most sources end with one.
    ending = _PIECES[last] if last.isalpha() else _tokens(last, "")
    if None in found or ending is None:
        return None
    found_forms, steps, lowers, codes = zip(*filter(None, found), ending, strict=True)
    forms = list(chain.from_iterable(found_forms))
    starts = list(accumulate(chain.from_iterable(steps), initial=0))
    starts.pop()
    ends = list(map(add, starts, map(len, forms)))
    return Words(starts, ends, forms, list(chain.from_iterable(lowers)), "".join(codes))


def _piece(piece: str) -> _Piece | None:
    """A piece with a blank behind it; None where that does not tell all of its tokens."""
    if piece.isascii() and piece.isalpha():
        return _Piece.of((piece,), (len(piece) + 1,))
    plain = _PLAIN.fullmatch(piece)
    if plain is not None:
        *found, paragraph = plain.groups()
        forms = tuple(filter(None, found))
        steps = list(map(len, forms))
        # The blank, and the line break of a paragraph, which has none behind it.
        steps[-1] += len(paragraph) if paragraph else 1
        return _Piece.of(forms, tuple(steps))
    return None if _LOOKS_AHEAD.search(piece) else _tokens(piece, " ")


def _piece_ahead(piece: str) -> _Piece | None:
    """The same where the piece is given with a blank and the first letter behind that."""
    piece, blank, letter = piece.rpartition(" ")
    return _tokens(piece, blank + letter)


_PIECES = Known(_piece)
_PIECES_AHEAD = Known(_piece_ahead)


def _tokens(piece: str, behind: str) -> _Piece | None:
    """The tokens of a piece that has this behind it; None where it does not begin with one."""
    found, _, forms = _found(piece + behind)
    starts = [start for start in found if start < len(piece)]
    if not starts or starts[0]:
        return None
    # The blank behind the line break of a paragraph was not there.
    size = len(piece) + 1 - piece.count(_PARAGRAPH)
    steps = (following - start for start, following in pairwise([*starts, size]))
    return _Piece.of(tuple(forms[: len(starts)]), tuple(steps))


def _whole(text: str, starts: list[int], ends: list[int], _forms: list[str]) -> tuple[list[int], list[int], list[str]]:
    """The tokens, those joined that a combining mark parts: an accent or a vowel sign of its own is in the word."""
    joined: list[tuple[int, int]] = []
    for start, end in zip(starts, ends, strict=True):
        before = joined[-1] if joined else (0, 0)
        if before[1] == start and joined and goes_on(text[start - 1], text[start]):
            joined[-1] = (before[0], end)
        else:
            joined.append((start, end))
    starts, ends = [start for start, _ in joined], [end for _, end in joined]
    return starts, ends, [text[start:end] for start, end in joined]
