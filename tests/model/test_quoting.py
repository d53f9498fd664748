from __future__ import annotations

import pytest

from annotator.model.language.quoting import wholly_quoted
from annotator.model.span import Span

TEXT = 'He answered. “I believed it. I sent it,” he said. "So did 7 others."'


@pytest.mark.parametrize(
    ("words", "quoted"),
    [
        ("He answered.", False),
        ("“I believed it.", True),
        ("I sent it", True),
        ("I sent it,” he said.", False),
        ('"So did 7 others."', True),
        ("”", False),
    ],
)
def test_words_are_quoted_where_all_of_them_stand_inside_the_marks(words: str, quoted: bool) -> None:
    start = TEXT.index(words)
    assert wholly_quoted(TEXT, Span(0, len(TEXT)), Span(start, start + len(words))) is quoted
