"""What the rules find in sentences of news, one construction each."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from annotator.model.article import BlockKind

Said = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "“The ramp is closed,” Ada Reyes said.",
            "Ada Reyes | said | “The ramp is closed,”",
        ),
        (
            "LARCH HOLLOW, Tamarack, July 29 (Example Wire) — The ramp is closed, Ada Reyes said.",
            "Ada Reyes | said | The ramp is closed",
        ),
        (
            "NASA — the space agency — said the ramp is closed.",
            "NASA — the space agency — | said | the ramp is closed",
        ),
        (
            "“The ramp is closed,” said Ada Reyes, the harbour master.",
            "Ada Reyes, the harbour master | said | “The ramp is closed,”",
        ),
        (
            'Reyes added: "The ramp is closed."',
            'Reyes | added: | "The ramp is closed."',
        ),
        (
            "''The ramp is closed,'' Reyes writes.",
            "Reyes | writes | ''The ramp is closed,''",
        ),
        (
            "“The ramp,” she said, “is closed until May.”",
            "she | said | “The ramp,” ... “is closed until May.”",
        ),
        (
            "“The ramp is closed,” Reyes told the Porto Courier. “Nobody may use it.”",
            "Reyes | told | “The ramp is closed,” ... “Nobody may use it.”",
        ),
        (
            "The ramp, she said, is closed until May.",
            "she | said | The ramp ... is closed until May",
        ),
        (
            "The ramp will stay closed, the mayor said on Sunday.",
            "the mayor | said | The ramp will stay closed",
        ),
        (
            "Ada Reyes, the harbour master, told Reuters on Monday that two cables had snapped.",
            "Ada Reyes, the harbour master, | told | that two cables had snapped",
        ),
        (
            "The mayor said the ferry would run again.",
            "The mayor | said | the ferry would run again",
        ),
        (
            "According to the harbour office, two cables had snapped.",
            "the harbour office | According to | two cables had snapped",
        ),
        (
            "Two cables had snapped, according to the harbour office.",
            "the harbour office | according to | Two cables had snapped",
        ),
        (
            "The bridge has reportedly lost two cables.",
            "- | reportedly | The bridge has ... lost two cables",
        ),
        (
            "By many accounts, the bridge was unsafe.",
            "- | By many accounts | the bridge was unsafe",
        ),
        (
            "Noting that the ramp was closed, Reyes asked drivers to wait.",
            "Reyes | Noting | that the ramp was closed",
        ),
        (
            "The mayor criticized the ferry company.",
            "The mayor | criticized | the ferry company",
        ),
        (
            "The company has agreed to repair the ramp.",
            "The company | has agreed | to repair the ramp",
        ),
        (
            "Residents fear that the bridge will fall.",
            "Residents | fear | that the bridge will fall",
        ),
        (
            "The mayor called for an inquiry.",
            "The mayor | called for | an inquiry",
        ),
        (
            "As the mayor noted, the ramp is closed.",
            "the mayor | noted | the ramp is closed",
        ),
        (
            "The mayor’s claim that the bridge was safe surprised nobody.",
            "The mayor’s | claim | that the bridge was safe",
        ),
        (
            "Asked whether the bridge was safe, the mayor left.",
            "- | Asked | whether the bridge was safe",
        ),
        (
            "The ferry is expected to return in May.",
            "- | is expected | The ferry ... to return in May",
        ),
        (
            "The mayor made clear that the ramp would stay closed.",
            "The mayor | made clear | that the ramp would stay closed",
        ),
        (
            "The office issued a statement saying the ramp was closed.",
            "The office | issued a statement saying | the ramp was closed",
        ),
        (
            "She is confident that the bridge will hold.",
            "She | is confident | that the bridge will hold",
        ),
        (
            "Drivers who used the ramp said they saw cracks.",
            "Drivers who used the ramp | said | they saw cracks",
        ),
        (
            "The mayor sought to deal with the leak before winter.",
            "The mayor | sought | to deal with the leak before winter",
        ),
        (
            "Reyes argued that, in May, the ramp would be safe.",
            "Reyes | argued | that, in May, the ramp would be safe",
        ),
        (
            "Reyes said, twice, that the ramp was closed.",
            "Reyes | said | that the ramp was closed",
        ),
        (
            "The ramp, opposed by the harbour guild, was never built.",
            "the harbour guild | opposed | The ramp",
        ),
        (
            "Reyes is known for her hatred of cranes.",
            "- | is known for | Reyes ... her hatred of cranes",
        ),
        (
            "The harbour has a ramp they say is unsafe.",
            "they | say | a ramp ... is unsafe",
        ),
        (
            "The old ramp, which most pilots opposed, was closed in May.",
            "most pilots | opposed | which",
        ),
        (
            "The ramp was closed, Reyes said Friday.",
            "Reyes | said Friday | The ramp was closed",
        ),
        (
            "“The ramp is closed,” Reyes pointed out.",
            "Reyes | pointed out | “The ramp is closed,”",
        ),
        (
            "People close to the mayor said the ramp was safe.",
            "People close to the mayor | said | the ramp was safe",
        ),
        (
            "The survey finds pilots happier than before.",
            "The survey | finds | pilots happier than before",
        ),
        (
            "Pilots supporting Reyes declined to comment.",
            "Pilots supporting Reyes | declined | to comment",
        ),
        (
            "Reyes was alarmed by the leak.",
            "Reyes | was alarmed by | the leak",
        ),
        (
            "“The ramp is closed,” according to Harbour Watch.",
            "Harbour Watch | according to | “The ramp is closed,”",
        ),
        (
            "The officials told residents not to drink the water.",
            "The officials | told | residents not to drink the water",
        ),
        (
            'Reyes tweeted this: "The ramp is closed."',
            'Reyes | tweeted this: | "The ramp is closed."',
        ),
        (
            "Senator Doe last week said the ramp was safe.",
            "Senator Doe | said | the ramp was safe",
        ),
        (
            "Doe and Reyes have both argued that the ramp was safe.",
            "Doe and Reyes | have both argued | that the ramp was safe",
        ),
        (
            "The storm led Reyes to criticize the plan.",
            "Reyes | to criticize | the plan",
        ),
    ],
)
def test_a_construction_gives_source_cue_and_content(said: Said, text: str, expected: str) -> None:
    assert expected in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "The ferry left the harbour at noon.",
        "Drivers sang “The Old Ramp” in the evening.",
        "The so-called “summer ramp” was built in a week.",
        "Reyes came to Porto to defend the plan.",
    ],
)
def test_actions_titles_and_scare_quotes_attribute_nothing(said: Said, text: str) -> None:
    assert said(text) == []


def test_what_is_reported_inside_a_paraphrase_is_part_of_it(said: Said) -> None:
    assert said("The mayor said she believed that the bridge was safe.") == [
        "The mayor | said | she believed that the bridge was safe"
    ]


def test_a_coordinated_verb_has_the_same_source(said: Said) -> None:
    assert said("The mayor said that the ramp was closed and added that the ferry would run.") == [
        "The mayor | said | that the ramp was closed",
        "The mayor | added | that the ferry would run",
    ]


def test_another_speaker_ends_the_content(said: Said) -> None:
    assert said("Some said the ramp was safe and others said it was not.") == [
        "Some | said | the ramp was safe",
        "others | said | it was not",
    ]


def test_a_quotation_runs_over_sentences_and_paragraphs(said: Said) -> None:
    text = "Reyes said: “The ramp is closed. The ferry is late.\n“Nobody knows why.”"
    assert said(text) == ["Reyes | said: | “The ramp is closed. The ferry is late.\n“Nobody knows why.”"]


def test_a_quotation_alone_in_its_paragraph_goes_on_for_the_last_speaker(said: Said) -> None:
    text = "“The ramp is closed,” Reyes said.\n“The ferry is late.”"
    assert said(text) == ["Reyes | said | “The ramp is closed,” ... “The ferry is late.”"]


def test_an_introduction_owns_the_block_quote_behind_it(said: Said) -> None:
    text = "Harbour Weekly reports:\nThe ramp is closed.\nThe ferry is late.\nTraffic was sent inland."
    kinds = {0: BlockKind.QUOTE_INTRO, 1: BlockKind.BLOCK_QUOTE, 2: BlockKind.BLOCK_QUOTE}
    assert said(text, kinds) == ["Harbour Weekly | reports: | The ramp is closed. ... The ferry is late."]


def test_a_label_in_a_headline_is_a_source(said: Said) -> None:
    assert said("Mayor: The bridge is safe", {0: BlockKind.HEADLINE}) == ["Mayor | : | The bridge is safe"]


def test_boilerplate_attributes_nothing(said: Said) -> None:
    assert said("The mayor said the ramp was closed.", {0: BlockKind.BOILERPLATE}) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The crowd stood still for a minute.", []),
        ("Reyes stood out for years.", []),
        ("Reyes stood firmly for the plan.", ["Reyes | stood firmly for | the plan"]),
        ("Reyes spoke out against the plan.", ["Reyes | spoke out against | the plan"]),
    ],
)
def test_a_word_that_makes_another_verb_leads_to_no_preposition(
    said: Callable[..., list[str]], text: str, expected: list[str]
) -> None:
    assert said(text) == expected
