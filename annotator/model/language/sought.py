"""Words that are looked for, and where a text has them; see `model.language.folding` for what does not matter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field

from annotator.model.language.folding import Folded, decomposed, fold, letters_written
from annotator.model.late import dataclass
from annotator.model.span import Span

_OTHERS = b" '`\"-\t\n\r\x0b\x0c\x1c\x1d\x1e\x1f"


@dataclass(frozen=True, slots=True)
class Sought:
    """Words that are looked for, one after another with any white space between them.

    They are found inside other words too. Words that have nothing to look for (accents alone) are found nowhere.
    """

    words: str
    _pattern: re.Pattern[str] | None = field(init=False, repr=False, compare=False)
    _hint: bytes = field(init=False, repr=False, compare=False)
    _is_ascii: bool = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        words = fold(self.words).split()
        pattern = re.compile(r"\s+".join(map(re.escape, words))) if words else None
        object.__setattr__(self, "_pattern", pattern)
        object.__setattr__(self, "_hint", _ascii_letters("".join(words)))
        object.__setattr__(self, "_is_ascii", "".join(words).isascii())

    def spans(self, text: str) -> Iterator[Span]:
        """Where the text has the words, in order and disjoint; whole letters, in code points."""
        if self._pattern is None or not self._may_be_in(text):
            return
        plain = Folded(text)
        at = 0
        for match in self._pattern.finditer(plain.text):
            span = plain.span(*match.span())
            # Two matches may share a letter that is folded into two: "ss" in "ßs".
            if span.start >= at:
                yield span
                at = span.end

    def is_in(self, text: str) -> bool:
        """Whether the text has the words."""
        return self._pattern is not None and self._pattern.search(fold(text)) is not None

    def _may_be_in(self, text: str) -> bool:
        """Whether it is worth while to look: what folding costs is more than most texts need to be passed over."""
        if self._hint and self._hint not in _ascii_letters(text):
            return False
        return self._is_ascii or (not text.isascii() and self.is_in(text))


def _ascii_letters(text: str) -> bytes:
    """The text's letters and digits of ASCII alone, accents off: all that is in the words is in these of the text."""
    plain = letters_written(text)
    if not plain.isascii():
        plain = letters_written(decomposed(text))
    return plain.encode("ascii", errors="ignore").lower().translate(None, _OTHERS)
