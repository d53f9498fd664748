"""Speakers who stand in the middle, behind a participle or in a sentence beside the quotation."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Said = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ramp, said Reyes, is safe.", "Reyes | said | The ramp ... is safe"),
        (
            "The ramp, said Ada Reyes, a harbour engineer, will open in May.",
            "Ada Reyes, a harbour engineer | said | The ramp ... will open in May",
        ),
    ],
)
def test_a_speaker_behind_the_verb_interrupts_what_is_said(said: Said, text: str, expected: str) -> None:
    assert said(text) == [expected]


def test_a_noun_with_its_apposition_speaks_itself(said: Said) -> None:
    assert said("Ada Reyes, an engineer, said the ramp is safe.") == [
        "Ada Reyes, an engineer, | said | the ramp is safe"
    ]


@pytest.mark.parametrize("participle", ["adding", "adding only"])
def test_a_participle_before_a_colon_is_the_speakers(said: Said, participle: str) -> None:
    assert said(f"The company said it would pay, {participle}: “We regret it.”") == [
        "The company | said | it would pay",
        f"The company | {participle}: | “We regret it.”",
    ]


def test_two_participles_share_one_speaker(said: Said) -> None:
    assert said("Reyes left, noting that the ramp was new and adding that nobody was hurt.") == [
        "Reyes | noting | that the ramp was new",
        "Reyes | adding | that nobody was hurt",
    ]


@pytest.mark.parametrize(
    ("sentence", "source", "cue"),
    [
        ("Ada Reyes was angry.", "Ada Reyes", "was angry"),
        ("Ada Reyes shook her head.", "Ada Reyes", "shook her head"),
        ("The harbour master was not convinced.", "The harbour master", "was not convinced"),
        ("Reyes disagrees.", "Reyes", "disagrees"),
        ("For Reyes, the matter is simple.", "Reyes", "For"),
    ],
)
@pytest.mark.parametrize("order", ["{0} {1}", "{1} {0}", "{0}\n\n{1}", "{1}\n\n{0}"])
def test_a_quotation_that_stands_alone_is_the_persons_beside_it(
    said: Said, sentence: str, source: str, cue: str, order: str
) -> None:
    quotation = "“They never called us, and nobody came.”"
    assert said(order.format(sentence, quotation)) == [f"{source} | {cue} | {quotation}"]


@pytest.mark.parametrize(
    "sentence", ["The bridge was shut on Monday.", "Ada Reyes was elected in May.", "The Porto Herald opened in May."]
)
def test_what_is_told_of_things_and_of_events_makes_no_speaker(said: Said, sentence: str) -> None:
    assert said(f"{sentence} “They never called us, and nobody came.”") == []
    assert said(f"{sentence}\n\n“They never called us, and nobody came.”") == []


@pytest.mark.parametrize("quotation", ["“never called us”", "“The Salt Road.”", "“Stop.”"])
def test_a_scrap_and_a_title_have_no_speaker_beside_them(said: Said, quotation: str) -> None:
    assert said(f"Ada Reyes was angry. {quotation}") == []


def test_quotations_on_end_have_one_speaker(said: Said) -> None:
    assert said("Ada Reyes was angry.\n\n“They never called us.”\n\n“Nobody came to help.”") == [
        "Ada Reyes | was angry | “They never called us.” ... “Nobody came to help.”"
    ]


def test_a_sentence_about_somebody_else_ends_the_last_speakers_turn(said: Said) -> None:
    assert said("“They never called us,” Reyes said. Costa disagreed. “We called them twice a day.”") == [
        "Reyes | said | “They never called us,”",
        "Costa | disagreed | “We called them twice a day.”",
    ]
    assert said("“They never called us,” Reyes said. She was angry. “Nobody came to help.”") == [
        "Reyes | said | “They never called us,” ... “Nobody came to help.”"
    ]


def test_whoever_is_said_not_to_speak_does_not(said: Said) -> None:
    assert said("“The ramp is shut.”\n\nThe mayor did not answer.") == []
    assert all("ramp" not in line for line in said("“The ramp is shut.” The mayor declined to comment."))


def test_one_persons_quotations_on_both_sides_are_one(said: Said) -> None:
    assert said("“I heard a loud crack, and then it fell.” Costa paused. “It was awful.”") == [
        "Costa | paused | “I heard a loud crack, and then it fell.” ... “It was awful.”"
    ]


def test_each_line_of_a_transcript_is_said_by_the_name_before_its_colon(said: Said) -> None:
    assert said("The inquiry met.\nANA PRADO: You knew it.\nRUI LAGO: We did not.\nANA PRADO: Nobody asked.") == [
        "ANA PRADO | : | You knew it",
        "RUI LAGO | : | We did not",
        "ANA PRADO | : | Nobody asked",
    ]
