"""What stands over, beside and inside a page's article: decks and points are its words, boxes and counters are not."""

from __future__ import annotations

import io
from collections import Counter
from typing import Any

import pytest

from annotator.importers import ImportOptions
from annotator.importers.decoding import Source
from annotator.importers.pages import choosing, furniture
from annotator.importers.pages.reading import article_of

REST = "".join(
    f"<p>{words}</p>"
    for words in (
        "The ferry office at Porto Novo said that the ramp would stay open until the end of the summer season.",
        "Nobody had counted the cars before the toll came, and so nobody can say whether there are more of them now.",
        "The council meets again on Thursday to vote on the money for the second ramp, which it has put off twice.",
        "A pilot who has steered the ferry for nine years called the ramp a gift, and the toll for it a theft.",
    )
)


def lines(read: Any, body: str, *, over: str = "", lang: str = "en", heading: str = "<h1>Ramp opens</h1>") -> list[str]:
    """The lines of the article in a page that has `over` between its headline and its text, and `body` behind that."""
    page = (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>Ramp opens</title></head><body>'
        f"<article><header>{heading}{over}</header><div class='article-body'>{REST}{body}</div></article></body></html>"
    )
    return [line for line in read(page, "html").text.splitlines() if line]


PLAIN = 5
"""How many lines the page has that has nothing over its text and nothing behind it."""


@pytest.mark.parametrize(
    "over",
    [
        "<p>Council counts forty cars on the first morning as critics of the toll stay away</p>",
        '<div data-gu-name="standfirst"><p>Forty cars on the first morning</p></div>',
        "<ul><li>Forty cars took the ramp on its first morning</li><li>The toll stays at two crowns a car</li></ul>",
        "<h2>The main points</h2><ul><li>Forty cars took the ramp on its first morning</li></ul>",
    ],
)
def test_a_deck_and_the_points_that_sum_an_article_up_are_its_words(read: Any, over: str) -> None:
    found = lines(read, "", over=over)
    assert any("orty cars" in line for line in found)
    assert ("The main points" in found) == ("The main points" in over)


@pytest.mark.parametrize(
    "over",
    [
        '<ul><li><a href="/a">Why the old bridge at Porto Novo is closed</a></li></ul>',
        '<div data-component="byline-block"><span>Ana Prado</span><span>Harbour correspondent</span></div>',
        '<div data-testid="share-tools"><p>Send this to somebody who would like to read it.</p></div>',
    ],
)
def test_links_and_what_is_named_as_furniture_are_no_words_of_it(read: Any, over: str) -> None:
    assert len(lines(read, "", over=over)) == PLAIN


@pytest.mark.parametrize("counter", ["<ul><li>214</li></ul>", "<p>1 204</p>"])
def test_a_counter_is_no_word_of_it(read: Any, counter: str) -> None:
    page = f'<html lang="en"><body><article><header><h1>Ramp opens</h1>{counter}</header>{REST}</article></body></html>'
    assert len(read(page, "html").text.split("\n\n")) == PLAIN


@pytest.mark.parametrize(
    ("box", "lang"),
    [
        (
            "<div><p>First thing in the morning</p><p>Our letter tells you what will matter today</p>"
            "<form><label>Your e-mail address</label><input><button>Send</button></form><p>Free of charge</p></div>",
            "en",
        ),
        (
            "<section><p>Il vous reste 68,32 % de cet article à lire. La suite est réservée aux abonnés.</p></section>",
            "fr",
        ),
        ("<section><p>Tu suscripción se está usando en otro dispositivo</p></section><h2>Comentarios</h2>", "es"),
        ("<section><h2>Archivado En</h2><ul><li>Puentes</li></ul></section>", "es"),
        ("<p>12 marzo 2041 (modifica il 12 marzo 2041 | 18:40)</p>", "it"),
        ("<p>Ultimo aggiornamento: 12 marzo 2041, 18:40</p>", "it"),
        ("<p>Your browser does not support the video tag.</p>", "en"),
        ("<p>Listen to this article · 3 min</p>", "en"),
        ("<p>Lesezeit: 4 Min.</p>", "de"),
        ("<h4>Most commented</h4><ol><li>A swan on the pier</li></ol>", "en"),
    ],
)
def test_forms_gates_and_lines_about_the_page_are_no_words_of_it(read: Any, box: str, lang: str) -> None:
    assert len(lines(read, f"{box}<p>That is what the vote will be about.</p>", lang=lang)) == PLAIN + 1


@pytest.mark.parametrize(
    "words",
    [
        "Follow the count of the votes on Thursday evening as it comes in from all of the nine harbours.",
        "Follow the river to its mouth and there is the ramp, she said.",
    ],
)
def test_a_sentence_that_begins_with_follow_is_no_appeal(read: Any, words: str) -> None:
    assert words in lines(read, f"<p>{words}</p><p>That is what the vote will be about.</p>")


def test_a_form_that_asks_for_no_account_leaves_the_words_beside_it(read: Any) -> None:
    box = "<div><p>Forty cars a day are needed to pay for it.</p><form><label>Cars a day</label><input></form></div>"
    assert "Forty cars a day are needed to pay for it." in lines(
        read, f"{box}<p>That is what the vote will be about.</p>"
    )


def test_each_element_is_asked_once_for_a_form(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: Counter[Any] = Counter()
    holds = furniture.holds_account_form

    def counted(element: Any) -> bool:
        asked[element] += 1
        return holds(element)

    monkeypatch.setattr(choosing, "holds_account_form", counted)
    links = "".join(f'<p><a href="/{number}">Harbour number {number} opens</a></p>' for number in range(30))
    box = f"<div>{links}<form><label>Cars a day</label></form></div>"
    page = f'<html lang="en"><body><article><h1>Ramp opens</h1>{REST}{box}{REST}</article></body></html>'
    assert article_of(page, Source("-", io.BytesIO()), ImportOptions()) is not None
    assert set(asked.values()) == {1}


@pytest.mark.parametrize(
    ("heading", "known"),
    [
        ('<div role="heading" aria-level="1">Ramp opens</div>', ""),
        (
            "<h2><span>Porto Novo</span> <span>Ramp opens</span></h2>",
            '<meta property="og:title" content="Ramp opens">',
        ),
    ],
)
def test_the_headline_is_the_one_that_the_page_shows(read: Any, hints: Any, heading: str, known: str) -> None:
    page = (
        f'<html lang="en"><head><title>Ramp opens · Coast</title>{known}</head><body>'
        f"<article><header>{heading}</header>{REST}</article></body></html>"
    )
    article = read(page, "html")
    assert article.publication.title == "Ramp opens"
    assert [words for _, words in hints(article)] == ["Ramp opens"]


def test_the_speaker_in_a_part_of_its_own_stays_in_the_headline(read: Any) -> None:
    found = lines(read, "", heading="<h1><span>Mayor:</span> <span>Ramp opens</span></h1>")
    assert found[0] == "Mayor: Ramp opens"


def test_a_heading_by_its_role_stays_below_the_headline(read: Any, hints: Any) -> None:
    body = '<div role="heading" aria-level="3">What comes next</div><p>The vote is on Thursday, the council said.</p>'
    page = f'<html lang="en"><body><article><h1>Ramp opens</h1>{REST}{body}</article></body></html>'
    assert [words for _, words in hints(read(page, "html"))] == ["Ramp opens", "What comes next"]


@pytest.mark.parametrize("around", ["{}", "<div>{}</div>"])
def test_the_author_and_day_of_an_embedded_post_are_not_the_article_s(read: Any, around: str) -> None:
    post = (
        '<blockquote class="post"><p>Come and see the ramp.</p>Posted by <a href="/h">Porto Novo Harbour</a> on '
        '<a href="/d">Tuesday 9 June 2040</a></blockquote>'
    )
    shown = around.format(post)
    page = f'<html lang="en"><body><article><h1>Ramp opens</h1>{shown}{REST}</article></body></html>'
    article = read(page, "html")
    assert (article.publication.author, article.publication.published_at) == ("", "")


def test_a_link_about_the_site_names_no_author(read: Any) -> None:
    page = f'<html lang="en"><body><article><h1>Ramp opens</h1>{REST}</article><div>About us</div></body></html>'
    assert read(page, "html").publication.author == ""


def test_whoever_is_quoted_in_a_box_is_no_author(read: Any) -> None:
    box = '<div class="quote"><p>“We counted every bolt.”</p><p class="quote-author">Ines Vale, engineer</p></div>'
    page = f'<html lang="en"><body><article><h1>Ramp opens</h1>{REST}{box}{REST}</article></body></html>'
    article = read(page, "html")
    assert article.publication.author == ""
    assert "Ines Vale, engineer" in article.text
