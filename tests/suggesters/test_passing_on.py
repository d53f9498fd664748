"""Words that an outlet, a document or an anonymous official passes on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from annotator.model.article import Segmentation
from annotator.suggesters import suggest

Said = Callable[..., list[str]]
Segment = Callable[..., Segmentation]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "relay"),
    [
        (
            "“The bridge is rotten,” the Courier quoted the engineer as saying.",
            "the engineer",
            "as saying",
            "“The bridge is rotten,”",
            "Courier",
        ),
        (
            "The Courier quoted the engineer as saying that the bridge is rotten.",
            "the engineer",
            "as saying",
            "that the bridge is rotten",
            "Courier",
        ),
        (
            "The bridge is rotten, the Courier quoted the engineer as saying.",
            "the engineer",
            "as saying",
            "The bridge is rotten",
            "Courier",
        ),
        (
            "Reyes was quoted by the Courier as saying that the bridge is rotten.",
            "Reyes",
            "as saying",
            "that the bridge is rotten",
            "Courier",
        ),
        (
            "Reyes was quoted as saying that the bridge is rotten.",
            "Reyes",
            "was quoted as saying",
            "that the bridge is rotten",
            None,
        ),
    ],
)
def test_whoever_is_quoted_is_the_source_and_the_outlet_the_relay(
    segment: Segment, text: str, source: str, cue: str, content: str, relay: str | None
) -> None:
    (suggestion,) = suggest(text, segment(text)).attributions
    attribution = suggestion.attribution
    assert [span.slice(text) for span in attribution.source] == [source]
    assert attribution.cue is not None
    assert attribution.cue.slice(text) == cue
    assert [span.slice(text) for span in attribution.content] == [content]
    assert (attribution.relay.slice(text) if attribution.relay else None) == relay


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A senior official who asked not to be named said the bridge is safe.",
            "A senior official who asked not to be named | said | the bridge is safe",
        ),
        ("Her claim that the bridge was safe was false.", "Her | claim | that the bridge was safe"),
        ("Her vow that the bridge would be safe has failed.", "Her | vow | that the bridge would be safe"),
        ("Reyes is convinced that the bridge is safe.", "Reyes | is convinced | that the bridge is safe"),
        ("She also said, in passing, that the bridge is shut.", "She | also said | that the bridge is shut"),
        ("He hopes the ramp opens.", "He | hopes | the ramp opens"),
        ("Per the filing, the port owes two million.", "the filing | Per | the port owes two million"),
        ("The port owes two million, per the filing.", "the filing | per | The port owes two million"),
        ("In his words, “the bridge is rotten.”", "his | words | “the bridge is rotten.”"),
        ("In the words of Reyes, the bridge is rotten.", "Reyes | In the words of | the bridge is rotten"),
        ("The bridge, in the mayor’s view, is rotten.", "the mayor’s | view | The bridge ... is rotten"),
        (
            "Exports fell in May, according to figures published in January by the Tamarack Ports Authority.",
            "figures published in January by the Tamarack Ports Authority | according to | Exports fell in May",
        ),
        (
            "According to a report released on Monday by the port, exports fell in May.",
            "a report released on Monday by the port | According to | exports fell in May",
        ),
    ],
)
def test_a_construction(said: Said, text: str, expected: str) -> None:
    assert said(text) == [expected]


def test_what_is_inserted_before_that_does_not_break_the_clause_off(said: Said) -> None:
    assert "Reuters | reported | that the bridge is shut" in said(
        "Reuters reported, citing two officials, that the bridge is shut."
    )


@pytest.mark.parametrize("text", ["The fare is two crowns per person.", "She kept the word of the mayor."])
def test_neither_a_rate_nor_a_word_attributes(said: Said, text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "source", "relay"),
    [
        ("Harbour Wire, quoting the police chief, said the ramp is shut.", "the police chief", "Harbour Wire"),
        ("State TV, citing the army, said the ramp is shut.", "the army", "State TV"),
        ("According to the Courier, citing two officials, the ramp is shut.", "two officials", "Courier"),
        ("The Courier said the ramp is shut, citing the army.", "the army", "Courier"),
        ("The newspaper said that the ramp is shut, citing unnamed officials.", "unnamed officials", "newspaper"),
    ],
)
def test_whom_an_outlet_cites_is_the_source_of_what_it_reports(
    segment: Segment, text: str, source: str, relay: str
) -> None:
    (cited,) = [each.attribution for each in suggest(text, segment(text)).attributions if each.rule == "cited"]
    assert [span.slice(text) for span in cited.source] == [source]
    assert [span.slice(text).removeprefix("that ") for span in cited.content] == ["the ramp is shut"]
    assert cited.relay is not None
    assert cited.relay.slice(text) == relay


def test_what_a_speaker_cites_is_a_reason(said: Said) -> None:
    assert "Reyes | citing | a report" in said("The plan is unfair, Reyes argued, citing a report.")


@pytest.mark.parametrize(
    ("told", "relay"),
    [("the newspaper", "newspaper"), ("the newspaper's editor", None), ("state television", "state television")],
)
def test_an_outlet_without_a_name_is_a_relay(segment: Segment, told: str, relay: str | None) -> None:
    text = f"The mayor told {told} that the ramp is shut."
    (suggestion,) = suggest(text, segment(text)).attributions
    attribution = suggestion.attribution
    assert (attribution.relay.slice(text) if attribution.relay else None) == relay
