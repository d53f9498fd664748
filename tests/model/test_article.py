from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.errors import DomainError
from annotator.model.article import (
    Article,
    Block,
    BlockKind,
    Claim,
    Publication,
    ReadingNote,
    Segmentation,
    Sentence,
    check_segmentation,
)
from annotator.model.span import Span

TEXT = "Gates opened.\n\nRain fell. It stopped."
BODY = BlockKind.BODY


def made(blocks: list[tuple[int, int]], sentences: list[tuple[int, int]]) -> Segmentation:
    return Segmentation(
        tuple(Block(Span(*pair), BODY) for pair in blocks),
        tuple(Sentence(Span(*pair), BODY) for pair in sentences),
        "1",
    )


def test_the_same_text_is_the_same_article_wherever_it_comes_from() -> None:
    assert Article("Rain.", "a.txt").id == Article("Rain.", "b.txt", language="en").id != Article("Rain", "a.txt").id


def test_an_article_s_id_is_the_sha_256_of_its_utf_8() -> None:
    # FIPS 180-2's own example.
    assert Article("abc", "-").id == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_a_claim_is_the_same_where_its_article_and_span_are() -> None:
    one = Claim("a" * 64, Span(0, 5))
    assert one.id == Claim("a" * 64, Span(0, 5), BlockKind.CAPTION).id
    assert (
        len({one.id, Claim("b" * 64, Span(0, 5)).id, Claim("a" * 64, Span(0, 6)).id, Claim("a" * 64, Span(1, 5)).id})
        == 4
    )
    assert len(one.id) == 32


def test_sentences_that_cover_all_but_white_space_are_a_segmentation() -> None:
    check_segmentation(TEXT, made([(0, 13), (15, 37)], [(0, 13), (15, 25), (26, 37)]))


@pytest.mark.parametrize(
    ("blocks", "sentences", "wrong"),
    [
        ([(0, 13), (15, 37)], [(0, 13), (15, 25)], "behind 25 is in no sentence"),
        ([(0, 13), (15, 37)], [(0, 13), (26, 37)], "between 13 and 26"),
        ([(0, 13), (15, 37)], [(0, 13), (15, 25), (24, 37)], "overlaps"),
        ([(0, 13), (15, 37)], [(15, 25), (0, 13), (26, 37)], "in no sentence"),
        ([(0, 13), (15, 38)], [(0, 13), (15, 25), (26, 38)], "ends behind the text"),
        ([(0, 13), (15, 37)], [(0, 13), (15, 26), (26, 37)], "white space at an end"),
        ([(0, 13), (15, 37)], [(0, 25), (26, 37)], "not inside one block"),
        ([(0, 13)], [(0, 13), (15, 25), (26, 37)], "not inside one block"),
        ([], [], "in no sentence"),
    ],
)
def test_a_segmentation_that_drops_or_doubles_text_is_refused(
    blocks: list[tuple[int, int]], sentences: list[tuple[int, int]], wrong: str
) -> None:
    with pytest.raises(DomainError, match=wrong):
        check_segmentation(TEXT, made(blocks, sentences))


def test_zero_width_characters_may_lie_between_sentences_and_at_the_ends_of_those_that_were_stored() -> None:
    text = "\ufeffIt fell.\u200b She left.\u200b"
    block = Block(Span(0, len(text)), BlockKind.BODY)
    for first, second in ((Span(1, 9), Span(11, 20)), (Span(0, 10), Span(11, 21))):
        sentences = (Sentence(first, BlockKind.BODY), Sentence(second, BlockKind.BODY))
        check_segmentation(text, Segmentation((block,), sentences, "1"))


def test_what_else_is_told_of_an_article_leaves_its_text_and_its_first_facts() -> None:
    article = Article("Snow fell.", "a.txt", Publication(title="Snow"), rights="CC0")
    told = article.told(language="en", notes=(ReadingNote("in en (guessed)"),))
    assert told == replace(article, language="en", notes=(ReadingNote("in en (guessed)"),))
    assert told.id == article.id
    assert (article.language, article.notes) == ("", ())
    assert article.told(Publication(title="Ice")) == replace(article, publication=Publication(title="Ice"))
