from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import TextError
from annotator.model.span import Span, is_blank
from annotator.model.text import (
    NormalisedText,
    OffsetMap,
    article_id,
    neutral_line,
    neutral_text,
    normalise,
    same_text_id,
    steers,
    title_at_start,
    with_headline,
)

WORDS = st.text(st.sampled_from("ab\r\n \t\ufeff\u0301\U0001f600-1."), max_size=60)


def readable(text: str) -> bool:
    return not is_blank(text)


@given(WORDS.filter(readable))
def test_normalising_leaves_no_carriage_return_and_changes_nothing_the_second_time(given_text: str) -> None:
    once = normalise(given_text).text
    assert "\r" not in once
    assert once.startswith("\ufeff") or normalise(once).text == once


@given(WORDS.filter(readable), st.booleans(), st.sampled_from(["", "Title of it", "a"]))
def test_every_kept_character_is_found_at_its_mapped_offset(given_text: str, unwrap: bool, title: str) -> None:
    normalised = with_headline(normalise(given_text, unwrap=unwrap), title)
    removed = set(normalised.offsets.removed)
    kept = [offset for offset in range(len(given_text)) if offset not in removed]
    for offset in kept:
        found = normalised.text[normalised.offsets.to_text(offset)]
        assert found == given_text[offset] or (given_text[offset] in "\r\n \t" and found in "\n ")
    assert [normalised.offsets.to_text(offset) for offset in kept] == list(
        range(normalised.offsets.shift, len(normalised.text))
    )
    # A word that was divided at the end of a line loses its hyphen when lines are joined.
    loose = "\r\n \t\ufeff-\u00ad" if unwrap else "\r\n \t\ufeff"
    assert not any(given_text[offset] not in loose for offset in removed)


@given(WORDS.filter(readable), st.sets(st.integers(0, 59)))
def test_two_steps_make_one_map(given_text: str, taken: set[int]) -> None:
    taken = {offset for offset in taken if offset < len(given_text)}
    between = "".join(character for offset, character in enumerate(given_text) if offset not in taken)
    if not readable(between):
        return
    later = normalise(between, unwrap=True)
    both = OffsetMap(tuple(sorted(taken))).then(later.offsets)
    kept = [offset for offset in range(len(given_text)) if offset not in set(both.removed)]
    assert [both.to_text(offset) for offset in kept] == list(range(len(later.text)))


def test_a_text_with_a_headline_in_front_takes_no_further_step() -> None:
    with pytest.raises(TextError):
        OffsetMap(shift=3).then(OffsetMap())


def test_line_ends_white_space_at_edges_and_one_byte_order_mark_are_all_that_changes() -> None:
    assert normalise("\ufeff\ufeff a\u0301\r\nb\rc \n\n").text == "\ufeff a\u0301\nb\nc"
    assert normalise("\n\u3000 a\u00a0b \u00a0\n\t\n  c\u2028\n").text == "a\u00a0b\n\n  c"


def test_a_text_with_other_white_space_at_its_edges_is_the_same_article() -> None:
    plain = "Storm hits\n\nIt rained."
    for other in (f"{plain}\n", f"\ufeff{plain}", f"\n {plain}", plain.replace("\n", " \r\n"), f"{plain}\u3000\n\n"):
        assert article_id(normalise(other).text) == article_id(plain) == same_text_id(other.lstrip("\ufeff"))
    assert article_id(normalise(plain.replace("It r", "It\u00a0r")).text) != article_id(plain)


@given(
    st.text(st.sampled_from("ab \t\n\r\u00a0\ufeff"), max_size=40).filter(
        lambda text: text.strip("\ufeff \t\n\r\u00a0")
    )
)
def test_a_normalised_text_stays_as_it_is_and_every_kept_character_is_found(text: str) -> None:
    made = normalise(text)
    assert normalise(made.text).text in (made.text, made.text.removeprefix("\ufeff").strip())
    for at, character in enumerate(text):
        if character in "ab":
            assert made.text[made.offsets.to_text(at)] == character
            assert made.offsets.to_given(made.offsets.to_text(at)) == at


@pytest.mark.parametrize("text", ["", " \n\t", "\ufeff"])
def test_no_text_is_refused(text: str) -> None:
    with pytest.raises(TextError, match="white space"):
        normalise(text)


def test_a_lone_surrogate_is_refused_with_its_place() -> None:
    with pytest.raises(TextError, match=r"U\+D800\) at code point 2"):
        normalise("ab\ud800")
    with pytest.raises(TextError, match="title"):
        with_headline(normalise("text"), "a \udfff title")


def test_unwrapping_joins_lines_but_neither_paragraphs_nor_lists() -> None:
    wrapped = "The bridge \r\n  closed.\r\n\r\nTwo cables\r\nwere loose:\r\n- the first\r\n2. the second\r\n"
    assert (
        normalise(wrapped, unwrap=True).text
        == "The bridge closed.\n\nTwo cables were loose:\n- the first\n2. the second"
    )


def test_unwrapping_a_long_text_with_carriage_returns_takes_linear_time() -> None:
    text = "word\r\n" * 200_000
    assert normalise(text, unwrap=True).offsets.to_text(len(text) - 2) == 5 * 200_000 - 1


@pytest.mark.parametrize(
    ("text", "title", "span"),
    [
        ("Storm hits\n\nBody", "Storm hits", Span(0, 10)),
        ("\n Storm \n hits. Body", "Storm hits", Span(2, 14)),
        ("Storms hit the coast", "Storm", None),
        ("Stormhits", "Storm hits", None),
        ("Body", "", None),
        ("Storm", "Storm hits", None),
    ],
)
def test_a_title_is_found_at_the_start_by_whole_words(text: str, title: str, span: Span | None) -> None:
    assert title_at_start(text, title) == span


def test_a_title_is_put_in_front_once() -> None:
    headed = with_headline(normalise("Body."), " Storm\nhits ")
    assert headed == NormalisedText("Storm hits\n\nBody.", OffsetMap((), 12))
    assert with_headline(headed, "Storm hits") == headed


def test_the_same_text_has_the_same_id_however_its_lines_end() -> None:
    assert article_id(normalise("\ufeffa\r\nb").text) == article_id(normalise("a\nb").text)


@given(st.text())
def test_neutral_text_keeps_its_length_and_nothing_that_steers_a_terminal(text: str) -> None:
    assert len(neutral_text(text)) == len(text)
    assert len(neutral_line(text)) == len(text)
    assert not any(ord(character) < 32 or 127 <= ord(character) < 160 for character in neutral_line(text))
    assert "\x1b" not in neutral_text(text)


@pytest.mark.parametrize("number", [*range(0x20), *range(0x7F, 0xA0), *range(0x2028, 0x202F), *range(0x2066, 0x206A)])
def test_each_character_that_steers_is_neutral_among_printable_ones(number: int) -> None:
    character = chr(number)
    assert steers(f"a{character}b") is not None
    for neutral in (neutral_line, neutral_text):
        shown = neutral(f"a{character}b")
        assert shown[0] + shown[-1] == "ab"
        assert shown[1] != character or (character == "\n" and neutral is neutral_text)
