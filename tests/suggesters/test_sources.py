"""How far a source reaches: lists, degrees, participles and names that look like something else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Said = Callable[..., list[str]]


@pytest.mark.parametrize(
    "source",
    [
        "Former Mayor Ada Reyes (D) and former Mayor John Doe (R)",
        "Neither Doe nor Reyes",
        "None of the pilots",
        "Many of you",
        "Not everyone",
        "At least a dozen members of the crew",
        "As many as 40 percent of voters",
        "Ada Reyes, John Doe and Mara Gale",
        "Doe, Gale and Reyes",
        "Research conducted for the Harbour Center",
        "People briefed on the plan",
        "US Senator Ada Reyes",
        "United Boat Group",
        "A letter posted on Boats.com",
        "The pilots, including Reyes and Doe,",
        "Ada Reyes, editor of The Courier, an influential paper,",
    ],
)
def test_the_whole_phrase_before_the_verb_is_the_source(said: Said, source: str) -> None:
    assert said(f"{source} said that the ramp was shut.") == [f"{source} | said | that the ramp was shut"]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Those are topics Reyes wants to avoid.", "Reyes"),
        ("On Thursday evening Reyes criticized the plan.", "Reyes"),
        ("More than $800 was spent on ads attacking the plan.", "ads"),
        ("A poll conducted last week found that the ramp is shut.", "A poll"),
        ("According to the Courier, 571 of 714 ships are late.", "the Courier"),
        ("According to Reyes, a clerk, the ramp was shut.", "Reyes, a clerk"),
    ],
)
def test_what_stands_before_a_name_is_not_always_its_title(said: Said, text: str, source: str) -> None:
    assert [line.split(" | ")[0] for line in said(text)] == [source]


@pytest.mark.parametrize(
    "source",
    [
        "the officers running the port",
        "Ada Reyes, now a partner at the port",
        "Ada Reyes, a clerk under Mayor Doe",
        "three pilots, including Ada Reyes",
        "another",
    ],
)
def test_the_whole_phrase_behind_the_verb_is_the_source(said: Said, source: str) -> None:
    assert said(f"“The ramp is shut,” said {source}.") == [f"{source} | said | “The ramp is shut,”"]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Porto's mayor, Ada Reyes, said that the ramp was shut.", "Porto's mayor, Ada Reyes,"),
        (
            "Ada Reyes, 75, a clerk in Porto, N.H., said that the ramp was shut.",
            "Ada Reyes, 75, a clerk in Porto, N.H.,",
        ),
        ("Those who have run the numbers said that the ramp was shut.", "Those who have run the numbers"),
        ("About two-thirds of the crew said that the ramp was shut.", "About two-thirds of the crew"),
        (
            "Multiple sources familiar with the port said that the ramp was shut.",
            "Multiple sources familiar with the port",
        ),
        ("“The ramp is shut,” the editorial read.", "the editorial"),
    ],
)
def test_roles_ages_and_numbers_belong_to_the_source(said: Said, text: str, source: str) -> None:
    assert [line.split(" | ")[0] for line in said(text)] == [source]
