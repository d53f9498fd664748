from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from annotator.model.article import Block, BlockKind, Claim
from annotator.model.span import Span, trimmed
from annotator.tui.widgets.article_layout import GUTTER, SIGN, Layout, Row, lay_out, names_from

ARTICLE = "a" * 64
PIECES = [
    *("word", "a", "I", ".", ",", "“", "”", " ", "  ", "\n", "\n\n", "\t", "\u00a0"),
    *(
        "😀",
        "👩‍👩‍👧",
        "🇵🇹",
        "漢字",
        "ｗｉｄｅ",
        "e\u0301",
        "\u0301",
        "\u200b",
        "\u202e",
        "\x1b[31m",
        "\x00",
        "\x9b",
        "[red]",
    ),
    *("long" * 12, "漢" * 40),
]


def blocks_and_claims(text: str, cuts: set[int]) -> tuple[list[Block], list[Claim]]:
    """Paragraphs as blocks; each is one claim, cut where the cuts say."""
    blocks, claims, at = [], [], 0
    for number, paragraph in enumerate(text.split("\n\n")):
        span = trimmed(text, at, at + len(paragraph))
        if span is not None:
            kind = list(BlockKind)[number % len(BlockKind)]
            blocks.append(Block(span, kind))
            edges = [span.start, *sorted(cut for cut in cuts if span.start < cut < span.end), span.end]
            pieces = [trimmed(text, start, end) for start, end in pairwise(edges)]
            claims += [Claim(ARTICLE, piece, kind) for piece in pieces if piece is not None]
        at += len(paragraph) + 2
    return blocks, claims


def laid_out(text: str, width: int = 30, cuts: set[int] | None = None) -> tuple[Layout, list[Block], list[Claim]]:
    blocks, claims = blocks_and_claims(text, cuts or set())
    return lay_out(text, blocks, claims, width), blocks, claims


def cells(row: Row, layout: Layout) -> int:
    """Cells a row takes on the screen: gutter, bar of a block quote, signs and text."""
    bar = 2 if row.kind is BlockKind.BLOCK_QUOTE and row.chunks else 0
    text = sum(cell_len(layout.shown[chunk.start : chunk.end]) for chunk in row.chunks if chunk.claim is None)
    return GUTTER + bar + text + SIGN * sum(chunk.claim is not None for chunk in row.chunks)


def text_rows(layout: Layout) -> list[str]:
    return ["".join(layout.shown[chunk.start : chunk.end] for chunk in row.chunks) for row in layout.rows]


articles = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=30).map("".join).filter(str.strip)
widths = st.integers(14, 80)
cut_sets = st.sets(st.integers(0, 120), max_size=6)


@given(articles, widths, cut_sets)
@example("漢" * 40, 15, {3})
@example("word" + "\n" + "word", 20, set())
def test_every_character_of_every_block_is_shown_once_and_in_order(text: str, width: int, cuts: set[int]) -> None:
    layout, blocks, _ = laid_out(text, width, cuts)
    shown = [
        at
        for row in layout.rows
        for chunk in row.chunks
        if chunk.claim is None
        for at in range(chunk.start, chunk.end)
        if not text[at].isspace()
    ]
    wanted = [
        at for block in blocks for at in range(block.span.start, block.span.end) if not text[at].isspace()
    ]  # fmt: skip
    assert shown == wanted


@given(articles, widths, cut_sets)
def test_no_row_is_wider_than_the_width(text: str, width: int, cuts: set[int]) -> None:
    layout, _, _ = laid_out(text, width, cuts)
    assert max((cells(row, layout) for row in layout.rows), default=0) <= width


@given(articles, widths, cut_sets)
def test_each_claim_has_its_sign_once_in_front_of_its_first_character(text: str, width: int, cuts: set[int]) -> None:
    layout, _, claims = laid_out(text, width, cuts)
    signs = [
        (chunk.claim, following.start)
        for row in layout.rows
        for chunk, following in pairwise([*row.chunks, *row.chunks[-1:]])
        if chunk.claim is not None
    ]
    assert signs == [(index, claim.span.start) for index, claim in enumerate(claims)]


@given(articles, widths, cut_sets)
def test_first_and_last_rows_are_those_that_show_the_claim(text: str, width: int, cuts: set[int]) -> None:
    layout, _, claims = laid_out(text, width, cuts)
    for index, claim in enumerate(claims):
        rows = [
            number
            for number, row in enumerate(layout.rows)
            if any(
                chunk.claim is None and chunk.start < claim.span.end and chunk.end > claim.span.start
                for chunk in row.chunks
            )
        ]
        assert (layout.first[index], layout.last[index]) == (rows[0], rows[-1])
        assert all(index in layout.rows[number].claims for number in range(rows[0], rows[-1] + 1) if number in rows)


@given(articles, widths, cut_sets)
def test_the_row_of_an_offset_shows_it(text: str, width: int, cuts: set[int]) -> None:
    layout, _, claims = laid_out(text, width, cuts)
    for claim in claims:
        row = layout.rows[layout.row_at(claim.span.start)]
        assert any(chunk.claim is None and chunk.start <= claim.span.start < chunk.end for chunk in row.chunks)


@given(articles, widths)
def test_nothing_that_steers_a_terminal_is_shown(text: str, width: int) -> None:
    layout, _, _ = laid_out(text, width)
    assert not any(
        ord(character) < 32 or 127 <= ord(character) < 160 or character in "\u202a\u202b\u202c\u202d\u202e\u2066\u2069"
        for row in text_rows(layout)
        for character in row
    )


def test_words_are_wrapped_whole_and_blanks_at_the_break_are_left_out() -> None:
    layout, _, _ = laid_out("The bridge closed at dawn after engineers came", 24)
    assert text_rows(layout) == ["The bridge closed at", "dawn after engineers", "came"]


def test_paragraphs_are_parted_by_an_empty_row_and_lines_of_one_paragraph_are_not() -> None:
    layout, _, _ = laid_out("one\ntwo\n\nthree")
    assert text_rows(layout) == ["one", "two", "", "three"]


def test_a_block_quote_leaves_room_for_its_bar() -> None:
    text = "quoted words " * 8
    span = Span(0, len(text) - 1)
    layout = lay_out(text, [Block(span, BlockKind.BLOCK_QUOTE)], [Claim(ARTICLE, span)], 30)
    assert max(cells(row, layout) for row in layout.rows) <= 30


def test_a_claim_that_begins_inside_a_word_is_signed_there() -> None:
    layout, _, claims = laid_out("undercut", cuts={5})
    assert [chunk.claim for chunk in layout.rows[0].chunks] == [0, None, 1, None]
    assert claims[1].span == Span(5, 8)


@pytest.mark.parametrize("width", [0, 1, 5, 13])
def test_a_very_narrow_screen_still_shows_everything(width: int) -> None:
    layout, _, _ = laid_out("The bridge closed at dawn", width)
    assert "".join("".join(text_rows(layout)).split()) == "Thebridgeclosedatdawn"


@given(articles, widths, cut_sets, st.integers(0, 200), st.integers(1, 60))
@example("wordwordword  word[red]", 14, set(), 0, 13)
def test_the_rows_of_a_span_are_those_that_show_any_of_it(
    text: str, width: int, cuts: set[int], start: int, length: int
) -> None:
    layout, _, _ = laid_out(text, width, cuts)
    span = Span(start, start + length)
    shows = [
        number
        for number, row in enumerate(layout.rows)
        if any(chunk.start < span.end and span.start < chunk.end for chunk in row.chunks)
    ]
    # Between them may be empty rows.
    assert {*shows} <= {*layout.rows_of(span)}
    assert all(number in shows for number in layout.rows_of(span) if layout.rows[number].chunks and shows)


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(1, 8)), max_size=8))
def test_every_stretch_of_a_text_has_the_styles_of_all_spans_over_it(places: list[tuple[int, int]]) -> None:
    spans = [(Span(start, start + length), f"s{number}") for number, (start, length) in enumerate(places)]
    edges = sorted({0, *(at for span, _ in spans for at in (span.start, span.end))})
    assert names_from(edges, spans) == [
        " ".join(name for span, name in spans if span.start <= edge < span.end) for edge in edges
    ]
