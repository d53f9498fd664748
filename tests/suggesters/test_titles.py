"""What the rules leave to a work's title, and what they take for somebody's words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Said = Callable[..., list[str]]


@pytest.mark.parametrize(
    "text",
    [
        'The film, "Harbour Lights", won a prize.',
        'The film, "Harbour Lights," won a prize.',
        "His novel, “The Story of a Port,” tells the story of two sisters.",
        "Their song, “Never Again,” topped the charts.",
        'She read "The Old Man and the Ramp" to the children.',
        "She wrote “The Salt Road” in 1998.",
        "In “Harbour Lights,” she plays a pilot.",
        "“Harbour Lights,” directed by Ada Reyes, won a prize.",
    ],
)
def test_a_title_is_nobodys_words(said: Said, text: str) -> None:
    assert said(text) == []


def test_only_a_person_stands_behind_a_verb_that_is_none_of_saying(said: Said) -> None:
    assert said("“We are done,” laughed Ada Reyes.") == ["Ada Reyes | laughed | “We are done,”"]
    assert said("“We are done,” opened the parade.") == []


def test_words_in_capitals_are_said_where_the_verb_speaks(said: Said) -> None:
    assert said("“Never Again,” the crew shouted.") == ["the crew | shouted | “Never Again,”"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Save Our Ramp,” the headline read.", "the headline | read | “Save Our Ramp,”"),
        ("“Save Our Ramp,” read the headline.", "the headline | read | “Save Our Ramp,”"),
    ],
)
def test_what_bears_the_words_reads_them(said: Said, text: str, expected: str) -> None:
    assert said(text) == [expected]


def test_a_title_inside_a_speakers_description_belongs_to_it(said: Said) -> None:
    assert said("“We lost the ramp,” said Ada Reyes, who directed “Harbour Lights” in May.") == [
        "Ada Reyes, who directed “Harbour Lights” in May | said | “We lost the ramp,”"
    ]


def test_a_quoted_sentence_is_no_title(said: Said) -> None:
    assert said("She wrote, “I saw Ada Reyes at the ramp.”") == ["She | wrote | “I saw Ada Reyes at the ramp.”"]
