"""What each line of an article is taken for, on articles made up for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from annotator.model.article import Block, BlockKind
from annotator.model.span import Span

Kinds = Callable[..., list[tuple[str, str]]]

PROSE = (
    "The bridge over the Wend was closed at dawn on Tuesday after engineers found that two of its nine cables had "
    "lost their tension overnight."
)
MORE = (
    "Traffic was moved to the old ferry ramp, which was built in 1931 and holds forty cars at a time when the tide "
    "is high enough for it."
)


def article(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs)


def only(found: list[tuple[str, str]], kind: str) -> list[str]:
    return [text for found_kind, text in found if found_kind == kind]


@pytest.mark.parametrize(
    "headline",
    [
        "Bridge closed after cables fail",
        "Who knew about the cables?",
        "Minister: ‘We were warned’",
        "Storm Heads for Eastern U.S.",
        "Port to Be Sold to Brightwater Inc.",
        "Bridge closed, but …",
    ],
)
def test_the_first_line_is_the_headline(kinds: Kinds, headline: str) -> None:
    assert kinds(article(headline, PROSE, MORE))[0] == ("headline", headline)


@pytest.mark.parametrize(
    "first",
    [
        *(PROSE, "The bridge over the Wend is closed.", "- Close the bridge"),
        *("पुल बंद है।", "پل بند ہے۔", "ድልድዩ ተዘግቷል።", "တံတားပိတ်သည်။", "ស្ពានបានបិទ។", "Կամուրջը փակ է։", "「橋は閉じた。」"),
    ],
)
def test_a_first_line_of_prose_is_no_headline(kinds: Kinds, first: str) -> None:
    assert kinds(article(first, MORE))[0] == ("body", first)


def test_a_lone_line_is_the_text_and_not_its_headline(kinds: Kinds) -> None:
    assert kinds("Bridge closed") == [("body", "Bridge closed")]


def test_the_caller_can_say_that_there_is_no_headline(kinds: Kinds) -> None:
    assert kinds(article("Bridge closed", PROSE), headline=False)[0] == ("body", "Bridge closed")


def test_a_deck_and_short_lines_between_prose_are_headings_too(kinds: Kinds) -> None:
    text = article("Bridge closed", "Two of nine cables had failed, engineer says", PROSE, "What comes next", MORE)
    assert only(kinds(text), "headline") == [
        "Bridge closed",
        "Two of nine cables had failed, engineer says",
        "What comes next",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "By Ana Prado",
        "BY ANA PRADO AND RUI MELO",
        "By Ana Prado, Rui Melo and Ines Vale, Example Wire",
        "Ana Prado, Harbour Correspondent",
        "Ana Prado | March 3, 2026",
        "Published 3 March 2026 at 10:15",
        "Tuesday, March 3, 2026",
        "Updated: March 3, 2026, 5:12 p.m. ET",
    ],
)
def test_bylines_and_date_lines_at_the_top(kinds: Kinds, line: str) -> None:
    assert kinds(article("Bridge closed", line, PROSE, MORE))[1] == ("byline", line)


@pytest.mark.parametrize(
    "line",
    [
        "(Reporting by Ana Prado; editing by Rui Melo)",
        "Rui Melo contributed to this report.",
        "Ana Prado, Staff Writer",
    ],
)
def test_bylines_at_the_end(kinds: Kinds, line: str) -> None:
    assert kinds(article("Bridge closed", PROSE, MORE, line))[-1] == ("byline", line)


def test_the_office_may_stand_under_the_byline(kinds: Kinds) -> None:
    found = kinds("Bridge closed\n\nBy Ana Prado\nCapital Bureau\n\n" + PROSE)
    assert only(found, "byline") == ["By Ana Prado", "Capital Bureau"]


def test_names_above_a_date_line_are_a_byline(kinds: Kinds) -> None:
    found = kinds(article("Bridge closed", "Ana Prado and Rui Melo", "Sun 8 Mar 2026 09.00 GMT", PROSE, MORE))
    assert only(found, "byline") == ["Ana Prado and Rui Melo", "Sun 8 Mar 2026 09.00 GMT"]


def test_a_dateline_stays_with_its_sentence(kinds: Kinds) -> None:
    body = "PORTO VELHO, March 3 (Example Wire) — " + PROSE
    assert kinds(article("Bridge closed", body))[1] == ("body", body)


@pytest.mark.parametrize(
    "credit",
    [
        "AFP",
        "Reuters",
        "Photo: Ana Prado",
        "Photo by Ana Prado/Example Wire",
        "Image credit: Ana Prado",
        "(AP Photo/Ana Prado)",
        "Ana Prado/Example Wire via Reuters",
        "Ana Prado / Getty Images",
        "Handout via REUTERS",
        "AFP, via Example Wire, March 2026",
        "Courtesy of the Harbour Authority",
        "© 2026 Ana Prado/AFP",
    ],
)
def test_the_line_before_a_credit_is_its_caption(kinds: Kinds, credit: str) -> None:
    caption = "A tug passes under the bridge at Porto Velho."
    found = kinds(article("Bridge closed", f"{caption}\n{credit}", PROSE, MORE))
    assert found[1:3] == [("caption", caption), ("credit", credit)]


@pytest.mark.parametrize(
    ("caption", "credit"),
    [
        ("A tug passes under the bridge at Porto Velho", "(Ana Prado/Example Wire)"),
        ("A tug passes under the bridge.", "(AP Photo/Ana Prado)"),
        ("A tug passes under the bridge in March.", "Photo: Ana Prado"),
        ("A tug passes under the bridge.", "Image: Ana Prado."),
        ("A tug passes under the bridge.", "REUTERS/Ana Prado"),
        ("A tug passes under the bridge.", "Ana Prado/Example Wire via AP"),
    ],
)
def test_a_credit_may_end_the_captions_own_line(kinds: Kinds, caption: str, credit: str) -> None:
    found = kinds(article("Bridge closed", f"{caption} {credit}", PROSE, MORE))
    assert found[1:3] == [("caption", caption), ("credit", credit)]


@pytest.mark.parametrize(
    "line",
    [
        "FILE PHOTO: A tug passes under the bridge at Porto Velho, March 3, 2026.",
        "Pictured: the bridge at dawn",
        "In this March 3, 2026, file photo, a tug passes under the bridge.",
    ],
)
def test_a_caption_may_say_so_itself(kinds: Kinds, line: str) -> None:
    assert kinds(article("Bridge closed", PROSE, line, MORE))[2] == ("caption", line)


def test_prose_before_a_credit_is_not_its_caption(kinds: Kinds) -> None:
    found = kinds(article("Bridge closed", PROSE, "Reuters", MORE))
    assert [kind for kind, _ in found] == ["headline", "body", "credit", "body"]


@pytest.mark.parametrize(
    "line",
    [
        "Reuters reported that he was ill (AFP had said so before).",
        "Reuters, citing two officials, reported that the bridge was shut.",
        "AFP, which quoted the police, said that two were hurt.",
    ],
)
def test_agencies_in_prose_are_no_credits(kinds: Kinds, line: str) -> None:
    assert kinds(article("Bridge closed", PROSE, line, MORE))[2] == ("body", line)


@pytest.mark.parametrize(
    "line",
    [
        "COMMENTS",
        "12 comments",
        "Leave a comment",
        "Please let us know if you see an error in this article.",
        "If you work on the bridge and know more, please let us know: tips@example.org",
        "Sign up for our newsletter, The Weekly Tide",
        "Share this article",
        "Related stories",
        "Read more: Ferry fees rise again",
        "Follow Ana Prado on Twitter @example.",
        "Copyright 2026 Example Wire. All rights reserved.",
        "© 2026 Example Wire",
        "Home | News | Sport | Weather",
        "ADVERTISEMENT",
        "___",
        "* * *",
        "View image in fullscreen",
        "This article was amended on 9 March 2026 to correct a name.",
        "Story continues below",
        "This article was originally published by Example Wire.",
        "Click here to subscribe.",
    ],
)
def test_what_the_page_says_about_itself_is_boilerplate(kinds: Kinds, line: str) -> None:
    assert kinds(article("Bridge closed", PROSE, MORE, line))[-1] == ("boilerplate", line)


@pytest.mark.parametrize(
    "line",
    [
        "Share prices fell.",
        "Home values rose again in the spring.",
        "Search teams found two bodies.",
        "Comments by the minister made it worse.",
        "Like our neighbours, we wait for the ferry.",
        "By using drones, the army found the boat.",
        "More in sorrow than in anger, she left.",
        "The newsletter of the harbour authority said so.",
        "Copyright is what the case is about, she said.",
    ],
)
def test_prose_that_begins_like_boilerplate_is_prose(kinds: Kinds, line: str) -> None:
    assert kinds(article("Bridge closed", PROSE, line, MORE))[2] == ("body", line)


def test_navigation_above_the_headline_is_passed_over(kinds: Kinds) -> None:
    found = kinds(article("Home | News | Sport | Weather", "Bridge closed", PROSE))
    assert found[1] == ("headline", "Bridge closed")


def test_below_the_comments_everything_is_boilerplate(kinds: Kinds) -> None:
    found = kinds(article("Bridge closed", PROSE, MORE, "3 Comments", "bob42", "This is a disgrace. I knew it."))
    assert only(found, "boilerplate") == ["3 Comments", "bob42", "This is a disgrace. I knew it."]


def test_links_below_related_stories_are_boilerplate(kinds: Kinds) -> None:
    found = kinds(article("Bridge closed", PROSE, MORE, "Related stories", "Ferry ramp to be rebuilt", "Fees rise"))
    assert only(found, "boilerplate") == ["Related stories", "Ferry ramp to be rebuilt", "Fees rise"]


@pytest.mark.parametrize("line", ["___", "ADVERTISEMENT", "Story continues below"])
def test_what_only_interrupts_takes_nothing_with_it(kinds: Kinds, line: str) -> None:
    found = kinds(article("Bridge closed", PROSE, MORE, line, "11:50 a.m.", "The last ferry has left"))
    assert only(found, "boilerplate") == [line]


def test_interviews_are_body(kinds: Kinds) -> None:
    lines = ["Q: Did you know about it?", "A: Not before Monday. Nobody told us.", "Duarte: I was away."]
    found = kinds(article("‘Nobody told us’", PROSE, *lines))
    assert found[2:] == [("body", line) for line in lines]


def test_tables_and_lists_are_body_line_by_line(kinds: Kinds) -> None:
    rows = ["Year | Cars | Lorries", "2024 | 1,200 | 300", "Total   2,550   580", "- Close the bridge", "1. Pay. Now."]
    found = kinds(article("Bridge in figures", PROSE) + "\n\n" + "\n".join(rows) + "\n\n" + MORE)
    assert found[2:-1] == [("body", row) for row in rows]


def test_the_source_of_figures_makes_no_caption_of_the_last_row(kinds: Kinds) -> None:
    found = kinds(article("Bridge in figures", PROSE, "2024   1,200\n2025   1,350\nSource: Harbour Authority", MORE))
    assert found[3:5] == [("body", "2025   1,350"), ("credit", "Source: Harbour Authority")]


def test_hints_win_and_are_cut_at_line_breaks(kinds: Kinds) -> None:
    text = article("Bridge closed", PROSE, "We looked.\nWe found nothing.", MORE)
    start = text.index("We looked.")
    hints = (Block(Span(start, text.index(MORE)), BlockKind.BLOCK_QUOTE),)
    found = kinds(text, hints=hints)
    assert only(found, "block_quote") == ["We looked.", "We found nothing."]


def test_a_hint_may_begin_inside_a_line(kinds: Kinds) -> None:
    text = "Bridge closed for good. By dawn it was shut."
    found = kinds(text, hints=(Block(Span(0, 23), BlockKind.HEADLINE),))
    assert found == [("headline", "Bridge closed for good."), ("body", "By dawn it was shut.")]
