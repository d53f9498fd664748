from __future__ import annotations

import pytest

from annotator.model.language.language_words import scores_of


def _sum(*parts: dict[str, float]) -> dict[str, float]:
    return {code: sum(part[code] for part in parts) for code in parts[0]}


def test_what_words_say_is_what_each_says_added_up() -> None:
    apart = [scores_of(word, "Latin") for word in ("Der", "Hafen", "Øl", "the", "Der")]
    assert scores_of("Der Hafen, Øl-the (Der)!", "Latin") == pytest.approx(_sum(*apart))


def test_what_speaks_against_a_language_is_below_nothing() -> None:
    assert scores_of("größte", "Latin")["en"] < 0 < scores_of("größte", "Latin")["de"]


def test_scores_stay_apart_however_much_speaks_against_a_language() -> None:
    letters = "".join(map(chr, range(0x4E00, 0x9E00)))
    assert {code for code, score in scores_of(letters, "Latin").items() if score == -2.5 * len(letters)} >= {"de", "en"}
    foreign = scores_of(letters[:100], "Latin")
    many = scores_of(f"{letters[:100]} " * 300, "Latin")
    assert many == {code: 300 * score for code, score in foreign.items()}
    assert min(many.values()) == -75_000
    assert scores_of(f"{letters} the", "Latin")["en"] == pytest.approx(scores_of("the", "Latin")["en"] - 51_200)


def test_the_first_300_words_are_looked_at_however_they_are_joined() -> None:
    said = scores_of("the", "Latin")["en"]
    for text in ("the " * 400, "the-the " * 400, "the-the-the-the-the-the-the " * 400, "4 the " * 400, "the-" * 400):
        assert scores_of(text + " und der", "Latin")["en"] == pytest.approx(300 * said)
    assert scores_of("the " * 299 + "the-und", "Latin") == pytest.approx(scores_of("the " * 300, "Latin"))


@pytest.mark.parametrize("text", ["", "  \n", "4 : 2", "— …"])
def test_where_there_is_no_word_nothing_is_said(text: str) -> None:
    assert scores_of(text, "Latin") == {}
