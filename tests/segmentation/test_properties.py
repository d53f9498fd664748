"""What holds for any text at all."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from annotator.model.article import Block, BlockKind, check_segmentation
from annotator.model.span import Span, is_blank, trimmed
from annotator.segmentation import VERSION, sentence_spans, split

PIECES = st.sampled_from(
    [
        *(
            "The bridge",
            " closed",
            "U.S.",
            "Mr. ",
            "No. 5",
            "a.m. ",
            "3.14",
            "By Ana Prado",
            "Photo: X",
            "AFP",
            "COMMENTS",
        ),
        *(". ", ".", "? ", "!", "…", "...", " . . . ", "。", "；", ":", ";", "؟", "।", "said", "She told Reuters:"),
        *('"', "“", "”", "‘", "’", "''", "«", "»", "(", ")", "[...]", "[4]", "- ", "1. ", "> ", "—"),
        *(
            "\n",
            "\n\n",
            "\r",
            "\r\n",
            "\u2028",
            "\x85",
            "\x0b",
            "\t",
            " ",
            "\u00a0",
            "\u3000",
            "\u200b",
            "\ufeff",
            "\u2060",
        ),
        *(
            "۔",
            "።",
            "။",
            "។",
            "։",
            "α;",
            "」と",
            "。」",
            "”他说",
            "dell'art. ",
            "2010.13 ",
            "¹²",
            " »",
            " ''",
            ",,",
            "г. ",
        ),
        *(
            "👩‍👩‍👧",
            "🇵🇹",
            "e\u0301",
            "ñ",
            "שלום עולם",
            "مرحبا. ",
            "\u202e",
            "\u2066x\u2069",
            "\x1c",
            "\x00",
            "\x1b[31m",
        ),
    ]
)
LANGUAGES = st.sampled_from(
    ["", None, "en", "de", "fr-CA", "pt_BR", "it", "nl", "ja", "zh-Hant", "hi", "ar", "el", "ru", "xx"]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map("".join))


def visible(text: str) -> str:
    """The text without white space and zero-width characters, wherever they stand."""
    return "".join(character for character in text if not is_blank(character))


@given(TEXTS, LANGUAGES)
@example("caf\u00e9 closed.\r\n\r\nBy Ana\u00a0Prado\r\nAFP\r\n", "")
@settings(max_examples=400, deadline=None)
def test_sentences_are_ordered_disjoint_trimmed_and_cover_all_but_white_space(text: str, language: str | None) -> None:
    spans = sentence_spans(text, language)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert all(trimmed(text, start, end) == Span(start, end) for start, end in spans)
    assert visible("".join(text[start:end] for start, end in spans)) == visible(text)
    assert all(len(text[start:end].splitlines()) == 1 for start, end in spans)


@given(TEXTS, st.booleans(), LANGUAGES)
@settings(max_examples=300, deadline=None)
def test_every_sentence_lies_in_a_block_and_takes_its_kind(text: str, headline: bool, language: str | None) -> None:
    segmentation = split(text, language=language, headline=headline)
    check_segmentation(text, segmentation)
    assert segmentation.version == VERSION
    for sentence in segmentation.sentences:
        [block] = [block for block in segmentation.blocks if block.span.contains(sentence.span)]
        assert block.kind is sentence.kind
    assert visible("".join(block.span.slice(text) for block in segmentation.blocks)) == visible(text)


@st.composite
def hinted(draw: st.DrawFn) -> tuple[str, tuple[Block, ...]]:
    text = draw(TEXTS.filter(lambda text: len(text) > 1))
    edges = sorted(draw(st.sets(st.integers(0, len(text)), max_size=6)))
    kinds = st.sampled_from(list(BlockKind))
    return text, tuple(Block(Span(*pair), draw(kinds)) for pair in list(pairwise(edges))[::2])


@given(hinted())
@settings(max_examples=300, deadline=None)
def test_hinted_stretches_keep_their_kind(case: tuple[str, tuple[Block, ...]]) -> None:
    text, hints = case
    segmentation = split(text, hints=hints)
    check_segmentation(text, segmentation)
    for hint in hints:
        inside = [block for block in segmentation.blocks if block.span.overlaps(hint.span)]
        assert all(hint.span.contains(block.span) for block in inside)


@given(TEXTS)
@settings(deadline=None)
def test_the_same_text_is_split_the_same_way_again(text: str) -> None:
    assert split(text) == split(text)
