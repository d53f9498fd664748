"""Any sequence of span-mode operations leaves the selection and the marks inside the text."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from annotator.editing.draft import Draft
from annotator.editing.span_editor import SpanEditor
from annotator.editing.text_units import Unit
from annotator.model.attribution import Attribution, Form, Role
from annotator.model.span import Span, trimmed

UNITS: tuple[Unit, ...] = ("word", "clause", "sentence", "paragraph")

moves = st.tuples(st.sampled_from(["move", "extend"]), st.sampled_from(("letter", *UNITS)), st.sampled_from([1, -1]))
marks = st.tuples(st.just("mark"), st.sampled_from(Role), st.booleans())
others = st.sampled_from([("swap",), ("remove",), ("negate",), ("nest",)]) | st.tuples(
    st.sampled_from(["role_key", "add_key", "aim"]), st.sampled_from(Role)
)
CHARACTERS = 'ab, .“”"\n—é😀 '


@st.composite
def editors(draw: st.DrawFn) -> SpanEditor:
    text = draw(st.text(CHARACTERS, min_size=1, max_size=60)) + "x"
    edges = sorted({0, len(text), *draw(st.lists(st.integers(0, len(text)), max_size=5))})
    pieces = [trimmed(text, start, end) for start, end in pairwise(edges)]
    sentences = [piece for piece in pieces if piece is not None]
    start = draw(st.integers(0, len(text) - 1))
    return SpanEditor(
        text,
        sentences,
        [Span(sentences[0].start, sentences[-1].end)],
        Draft("d1"),
        Span(start, draw(st.integers(start + 1, len(text)))),
    )


@given(editors(), st.lists(moves | marks | others, max_size=25))
def test_whatever_is_pressed_the_selection_and_the_marks_stay_inside_the_text(
    made: SpanEditor, operations: list[tuple[Any, ...]]
) -> None:
    for name, *arguments in operations:
        if name == "mark":
            made.mark(arguments[0], add=arguments[1])
        elif name == "nest":
            made.nest([Attribution("whole", (), None, (Span(0, len(made.text)),), form=Form.BLOCK)])
        else:
            getattr(made, name)(*arguments)
        assert 0 <= made.selection.start < made.selection.end <= len(made.text)
        for _, span in made.draft.role_spans():
            assert span.slice(made.text) == span.slice(made.text).strip()
            assert span.slice(made.text)
        for spans_of_role in (made.draft.source, made.draft.content):
            assert list(spans_of_role) == sorted(spans_of_role)
            assert not any(a.overlaps(b) for a, b in pairwise(spans_of_role))
    assert Draft.from_payload(made.draft.as_payload()) == made.draft
