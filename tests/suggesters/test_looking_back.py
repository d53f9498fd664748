"""What says who spoke behind the words: so says Duarte, a name behind a dash, two officials who are cited."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from annotator.model.article import Segmentation
from annotator.suggesters import suggest

Said = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The ramp is shut, so says Duarte.", ["Duarte | says | The ramp is shut"]),
        ("The rope is old, or so the crew says.", ["the crew | says | The rope is old"]),
        ("The bridge is a trap. So says Ines Duarte.", ["Ines Duarte | says | The bridge is a trap"]),
        ("“It will fall.” So said Reyes on Monday.", ["Reyes | said | “It will fall.”"]),
        ("The port needs a crane, so the mayor says it will buy one.", ["the mayor | says | it will buy one"]),
        ("So says Duarte.", []),
    ],
)
def test_so_says_somebody(said: Said, text: str, found: list[str]) -> None:
    assert said(text) == found


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("“We are not afraid of the storm.” — Ada Reyes, harbour master", "Ada Reyes, harbour master"),
        ("“We are not afraid of the storm.”\n— Ada Reyes, harbour master", "Ada Reyes, harbour master"),
        ("“We are not afraid of the storm.” - Ada Reyes", "Ada Reyes"),
    ],
)
def test_a_name_behind_a_dash_signs_the_quotation(said: Said, text: str, source: str) -> None:
    (found,) = said(text)
    assert (found.split(" | ")[0], found.split(" | ")[2]) == (source, "“We are not afraid of the storm.”")


def test_a_name_behind_a_dash_signs_nothing_else(said: Said) -> None:
    assert said("The ramp was shut on Monday.\n— Ada Reyes") == []


@pytest.mark.parametrize(
    "text", ["Duarte said late on Tuesday: “We will not pay.”", "Duarte said on Monday: “We will not pay.”"]
)
def test_a_day_before_the_colon(said: Said, text: str) -> None:
    assert said(text) == ["Duarte | said | “We will not pay.”"]


def test_the_officials_who_are_cited_say_it_too(segment: Callable[..., Segmentation]) -> None:
    text = "The port will close, Reuters reported, citing two officials."
    reported, cited = (each.attribution for each in suggest(text, segment(text)).attributions)
    assert [span.slice(text) for span in cited.source] == ["two officials"]
    assert cited.content == reported.content
    assert cited.relay == reported.source[0]


def test_a_reason_that_is_cited_is_nobody(said: Said) -> None:
    assert said("The firm will cut 400 jobs, citing weak demand.") == ["The firm | citing | weak demand"]


@pytest.mark.parametrize("question", ["Do you support the ramp?", "“Did they call for a ban?”"])
def test_a_question_tells_of_no_support(said: Said, question: str) -> None:
    assert said(question) == []


def test_a_participle_behind_in(said: Said) -> None:
    assert said("The mayor declared the market dead in announcing its sale.") == [
        "The mayor | declared | the market dead",
        "The mayor | announcing | its sale",
    ]


def test_a_quotation_with_a_speaker_is_not_the_sentence_s_before_it(said: Said) -> None:
    text = "Not everyone agrees. “They ignored the tide,” said Raj Pillai, a geodesist."
    assert said(text) == ["Raj Pillai, a geodesist | said | “They ignored the tide,”"]


@pytest.mark.parametrize("plural", ["losses had doubled", "taxes would rise", "claims were paid"])
def test_a_plural_behind_that_is_no_verb(said: Said, plural: str) -> None:
    assert said(f"The port said in a statement that {plural}.") == [f"The port | said in a statement | that {plural}"]


@pytest.mark.parametrize("meanwhile", ["as the vote was read out", "when the mayor left", "while others clapped"])
def test_what_happened_meanwhile_is_not_said(said: Said, meanwhile: str) -> None:
    assert said(f"The crowd shouted “Shame on you” {meanwhile}.")[0] == "The crowd | shouted | “Shame on you”"
