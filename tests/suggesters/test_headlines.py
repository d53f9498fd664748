"""Headlines, which leave out articles and auxiliaries."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from annotator.model.article import BlockKind

Said = Callable[..., list[str]]
BODY = "\n\nThe council met on Monday. Nobody came."


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("Mayor says bridge is rotten", "Mayor | says | bridge is rotten"),
        ("Mayor Says Bridge Is Rotten", "Mayor | Says | Bridge Is Rotten"),
        ("Minister denies bridge is unsafe", "Minister | denies | bridge is unsafe"),
        ("Council says ferry to close in May", "Council | says | ferry to close in May"),
        ("Bridge to close for a year, council says", "council | says | Bridge to close for a year"),
        ("Bridge rotten, engineers warn", "engineers | warn | Bridge rotten"),
        ("Ramp will open in May, says mayor", "mayor | says | Ramp will open in May"),
        ("Bridge is rotten: mayor", "mayor | : | Bridge is rotten"),
        ("Ferry fares to rise: report", "report | : | Ferry fares to rise"),
        ("Mayor: “Bridge is rotten”", "Mayor | : | “Bridge is rotten”"),
        ("“We will rebuild bridge” – mayor", "mayor | – | “We will rebuild bridge”"),
        ("Mayor: Bridge is rotten", "Mayor | : | Bridge is rotten"),
    ],
)
def test_a_headline_attributes(said: Said, headline: str, expected: str) -> None:
    assert said(headline + BODY, {0: BlockKind.HEADLINE}) == [expected]


@pytest.mark.parametrize(
    "headline",
    [
        "Reyes, Costa agree",
        "Bridge: what comes next",
        "Live updates: bridge closes",
        "Ferry: why it never left",
        "Fact check: Did the bridge close?",
    ],
)
def test_a_headline_without_words_of_somebody_does_not(said: Said, headline: str) -> None:
    assert said(headline + BODY, {0: BlockKind.HEADLINE}) == []


def test_outside_headlines_a_verb_is_needed(said: Said) -> None:
    assert said("Bridge rotten, engineers warn.") == []


def test_what_a_heading_quotes_is_no_part_of_the_quotation_before_it(said: Said) -> None:
    text = "“The ramp is shut,” Reyes said.\n\n‘Nobody asked’\n\n“Then it fell.”"
    assert said(text, {1: BlockKind.HEADLINE}) == ["Reyes | said | “The ramp is shut,”"]


@pytest.mark.parametrize(
    ("headline", "source"),
    [("Nurses’ union rejects pay offer", "Nurses’ union"), ("Board president denies closure", "Board president")],
)
def test_a_noun_that_could_be_a_verb_opens_a_headline(said: Said, headline: str, source: str) -> None:
    (line,) = said(headline + BODY, {0: BlockKind.HEADLINE})
    assert line.startswith(f"{source} | ")
