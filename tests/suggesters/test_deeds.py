"""What is done and not said: events, laws, deeds and scare quotes are nobody's words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from annotator.model.article import BlockKind

Said = Callable[..., list[str]]


@pytest.mark.parametrize(
    "headline",
    [
        "Forces Storm Last Harbour: ‘Heavy’ Losses",
        "Ferry Runs Aground Off Sela: “Miracle” Escape",
        "Council Sells Old Pier: ‘Secret’ Deal",
        "Bank Raises Rates Again: ‘Difficult’ Winter Ahead",
    ],
)
def test_a_scare_quote_in_a_headline_is_nobodys(said: Said, headline: str) -> None:
    assert said(headline, {0: BlockKind.HEADLINE}) == []


@pytest.mark.parametrize(
    "text",
    [
        "The army entered the town on Monday: “heavy” shelling went on all night.",
        "The firm sold its “green” boats to a rival.",
        "Two “fixers” met the crew at the pier.",
    ],
)
def test_a_scare_quote_in_a_sentence_is_nobodys(said: Said, text: str) -> None:
    assert said(text) == []


def test_whole_words_behind_a_headlines_colon_are_somebodys(said: Said) -> None:
    assert said("Minister Quits: ‘I Was Betrayed’", {0: BlockKind.HEADLINE}) == ["Minister | Quits: | ‘I Was Betrayed’"]


@pytest.mark.parametrize(
    "text",
    [
        "Government forces, backed by airstrikes, entered the town on Monday.",
        "The rebels, supported by artillery, took the hill.",
        "A company backed by Chinese money built the dam.",
        "The brigade, backed by a neighbouring army, pushed north.",
    ],
)
def test_support_by_deeds_is_no_opinion(said: Said, text: str) -> None:
    assert said(text) == []


def test_support_by_people_is_an_opinion(said: Said) -> None:
    assert said("The candidate, backed by the guild, leads the race.") == ["the guild | backed | The candidate"]


@pytest.mark.parametrize(
    "text",
    [
        "The assault aims to cut the last road out of the city.",
        "The vote called for a new harbour board.",
        "The move intends to calm the markets.",
        "The strike threatens to close the port.",
        "The crash underscored the lack of pilots.",
        "The plan aims to halve the number of ships.",
        "The law seeks to protect small boats.",
        "The deal wants to end the quarrel.",
        "The ceremony wants to honour the drowned.",
        "The outage threatens to delay the trains.",
        "The rollout hopes to reach the islands.",
    ],
)
def test_events_and_laws_want_nothing(said: Said, text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The poll suggests that most want a bridge.", "The poll | suggests | that most want a bridge"),
        ("The study warns that the reef is dying.", "The study | warns | that the reef is dying"),
        ("The statement said the port was shut.", "The statement | said | the port was shut"),
        ("The letter asks the mayor to resign.", "The letter | asks | the mayor to resign"),
        ("The law says that each boat needs a raft.", "The law | says | that each boat needs a raft"),
        ("Governor Mara Deal vowed to open the pier.", "Governor Mara Deal | vowed | to open the pier"),
    ],
)
def test_documents_and_people_speak(said: Said, text: str, found: str) -> None:
    assert said(text) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "The group used villagers as human shields, effectively preventing the army from declaring victory.",
        "The gag order prevents lawyers from discussing the case.",
        "Fear kept neighbours from reporting the theft.",
    ],
)
def test_what_somebody_is_kept_from_saying_is_not_said(said: Said, text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Fighters were killed after refusing to surrender.",
        "The crew stayed on board, refusing to leave the ship.",
        "The captain went down, declining to board the raft.",
        "The clerk was jailed for refusing to hand over the keys.",
    ],
)
def test_a_refused_deed_is_not_said(said: Said, text: str) -> None:
    assert said(text) == []


def test_a_refused_answer_is_told_of_the_source(said: Said) -> None:
    assert said("The minister refused to discuss the plan.") == ["The minister | refused | to discuss the plan"]


def test_a_participle_behind_its_verb_is_the_same_speakers(said: Said) -> None:
    assert said("The court has agreed to hear the case, announcing a date in May.") == [
        "The court | has agreed | to hear the case",
        "The court | announcing | a date in May",
    ]
