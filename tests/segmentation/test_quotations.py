"""Block quotes that no quotation mark closes: where they begin, and where the article's own voice comes back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from annotator.model.article import Block, BlockKind
from annotator.model.span import Span

Kinds = Callable[..., list[tuple[str, str]]]

HEAD = "Bridge closed\n\nThe bridge over the Wend was closed at dawn on Tuesday after two of its nine cables failed."
BACK = "Mr. Melo said on Tuesday that the ferry would run “for as long as it takes.”"


def quoted(kinds: Kinds, *paragraphs: str) -> tuple[list[str], list[str]]:
    """The introductions and the block quotes of an article with these paragraphs behind its first."""
    found = kinds("\n\n".join([HEAD, *paragraphs]))
    return (
        [text for kind, text in found if kind == "quote_intro"],
        [text for kind, text in found if kind == "block_quote"],
    )


@pytest.mark.parametrize(
    "introduction",
    [
        "The Coast Ledger reports:",
        "Duarte told Rádio Norte:",
        "In a letter to the council, the mayor wrote:",
        "The statement reads in part:",
        "According to the Harbour Gazette:",
        "From the Coast Ledger:",
        "He had this to say:",
        "Die Hafenzeitung schreibt:",
    ],
)
def test_a_short_line_with_a_cue_and_a_colon_introduces(kinds: Kinds, introduction: str) -> None:
    quote = "The cables are older than the bridge, and nobody has looked at them since it opened."
    assert quoted(kinds, introduction, quote, BACK) == ([introduction], [quote])


@pytest.mark.parametrize(
    ("line", "after"),
    [
        ("The figures for last year:", "Cars were down by a third, lorries by half, and bicycles not at all."),
        ("The council said it wanted three things:", "- A ferry that runs at night"),
        ("Listen to what the minister said below:", "The harbour was quiet on Tuesday and nobody had come to look."),
        ("That said, one thing is plain:", "The harbour was quiet on Tuesday and nobody had come to look."),
        ("It was felt in five states on Tuesday (all times local):", "By nine the harbour was quiet and dark."),
        ("DUARTE:", "The harbour was quiet on Tuesday and nobody had come to look."),
    ],
)
def test_other_lines_with_a_colon_do_not(kinds: Kinds, line: str, after: str) -> None:
    assert quoted(kinds, line, after, BACK) == ([], [])


def test_a_report_runs_on_while_it_stays_impersonal(kinds: Kinds) -> None:
    report = [
        "The company is trying to sell the bridge, and the council is trying to find out to whom.",
        "By many signs the price is falling, which is the usual fate of a bridge that has no traffic.",
        "Stripped of its tolls, the company has gone back to ferries, where it began a century ago.",
    ]
    back = "In an interview with Example Wire, the mayor also warned of “ghost ferries” on the river."
    assert quoted(kinds, "Coast & River reports:", *report, back)[1] == report


def test_a_report_ends_where_its_name_speaks_again(kinds: Kinds) -> None:
    report = "The company is trying to sell the bridge, and the council is trying to find out to whom."
    back = "The Ledger also said that no buyer had come forward by the end of the week."
    assert quoted(kinds, "The Coast Ledger reports:", report, back)[1] == [report]


def test_a_person_goes_on_while_the_first_person_does(kinds: Kinds) -> None:
    words = [
        "We have looked at every cable. I will not gamble with lives.",
        "The tide does not wait, and neither does rust.",
        "Our engineers need time, and I intend to give it to them.",
    ]
    back = "Traffic was moved to the old ferry ramp, which was built in 1931."
    assert quoted(kinds, "The minister told Rádio Norte:", *words, back)[1] == words


def test_a_persons_quotation_ends_where_a_cue_comes_back(kinds: Kinds) -> None:
    words = "I think the mayor told us all she knew that night. We still want to see the repair log."
    back = "The old anchors are “rusting behind the depot. Nobody will move them before spring,” he added."
    assert quoted(kinds, "Duarte told Rádio Norte:", words, back)[1] == [words]


def test_the_source_named_again_is_the_articles_voice(kinds: Kinds) -> None:
    words = "I never saw the letter, and we never had a copy of it."
    back = "Duarte has led the authority since 2019, and I have met her twice."
    assert quoted(kinds, "Duarte told the court:", words, back)[1] == [words]


def test_in_a_column_the_first_person_tells_nothing(kinds: Kinds) -> None:
    column = "I have crossed that bridge on every working day of my life, and I was never afraid."
    back = "I do not believe a word of it, and neither should you."
    words = "I never saw the letter, and we never had a copy of it."
    assert quoted(kinds, column, "Her deputy told the court:", words, back)[1] == [words]


def test_a_quotation_in_marks_ends_with_them(kinds: Kinds) -> None:
    words = ["“We looked at every cable. We found rust.", "“We will look again.”"]
    assert quoted(kinds, "The minister said:", *words, "“It is late,” he added.") == (["The minister said:"], words)


def test_a_paragraph_that_mixes_the_voices_stays_body(kinds: Kinds) -> None:
    mixed = "“We looked at every cable,” he said. “We found rust.”"
    assert quoted(kinds, "The minister was blunt in what he told them:", mixed)[1] == []


def test_a_long_paragraph_may_introduce_and_stays_body(kinds: Kinds) -> None:
    paragraph = "The council met for two hours, and nobody left the room. " * 4 + "Then the mayor wrote to the company:"
    words = "I have asked you twice. I shall not ask again."
    assert quoted(kinds, paragraph, words, BACK) == ([], [words])


def test_marked_block_quotes_are_not_added_to(kinds: Kinds) -> None:
    text = "\n\n".join([HEAD, "The report says:", "Nobody looked.", "The letter says:", "We did look.", BACK])
    start = text.index("Nobody looked.")
    hints = (Block(Span(start, start + 14), BlockKind.BLOCK_QUOTE),)
    found = kinds(text, hints=hints)
    assert [text for kind, text in found if kind == "block_quote"] == ["Nobody looked."]
    assert ("quote_intro", "The report says:") in found


def test_markdown_quotes_in_plain_text_are_block_quotes(kinds: Kinds) -> None:
    assert quoted(kinds, "> Nobody looked.", BACK) == ([], ["> Nobody looked."])
