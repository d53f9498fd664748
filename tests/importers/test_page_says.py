"""Authors, days and languages of pages: as a page says them, and no others."""

from __future__ import annotations

from typing import Any

import pytest

from annotator.importers.pages.days import day_in, is_dateline
from annotator.importers.pages.people import is_byline, people_in

BODY = (
    "<p>The ferry office at Porto Novo said that the ramp would stay open until the end of the summer season.</p>" * 3
)


def article(read: Any, head: str = "", byline: str = "", lang: str = "en") -> Any:
    return read(
        f'<html lang="{lang}"><head><meta charset="utf-8">{head}</head><body><article><h1>Ramp opens</h1>{byline}{BODY}'
        "</article></body></html>",
        "html",
    )


def author(read: Any, head: str = "", byline: str = "", lang: str = "en") -> str:
    said: str = article(read, head, byline, lang).publication.author
    return said


def day(read: Any, head: str = "", byline: str = "", lang: str = "en") -> str:
    said: str = article(read, head, byline, lang).publication.published_at
    return said


def linked(data: str) -> str:
    return f'<script type="application/ld+json">{data}</script>'


@pytest.mark.parametrize(
    ("byline", "people"),
    [
        ("Ana Prado et Rui Lima", ["Ana Prado", "Rui Lima"]),
        ("Ana Prado y Rui Lima", ["Ana Prado", "Rui Lima"]),
        ("Ana Prado e Rui Lima", ["Ana Prado", "Rui Lima"]),
        ("Von Ana Prado und Rui Lima, Hamburg", ["Ana Prado", "Rui Lima"]),
        ("Anna Kowalska i Jan Nowak", ["Anna Kowalska", "Jan Nowak"]),
        ("Ana van den Berg en Jan de Wit", ["Ana van den Berg", "Jan de Wit"]),
        ("By Ana Prado, Rui Lima and Jo Kent", ["Ana Prado", "Rui Lima", "Jo Kent"]),
        ("José Ortega y Gasset", ["José Ortega y Gasset"]),
        ("Maria da Costa e Silva", ["Maria da Costa e Silva"]),
        ("Ana Prado; Ana Prado Silva", ["Ana Prado", "Ana Prado Silva"]),
        ("By Ana Prado, Health Editor", ["Ana Prado"]),
        ("Ana Prado in Lisbon", ["Ana Prado"]),
        ("Par Élise Moreau (à Paris)", ["Élise Moreau"]),
        ("De notre correspondante Ana Prado", ["Ana Prado"]),
        ("Ana Prado/AFP", ["Ana Prado"]),
        ("Text: Ana Prado, Fotos: Rui Lima", ["Ana Prado"]),
        ("Prado, Ana", ["Ana Prado"]),
        ("By Ana Prado Published 3 hours ago", ["Ana Prado"]),
        ("रवीश कुमार", ["रवीश कुमार"]),
        ("नेहा शर्मा, बीबीसी संवाददाता, दिल्ली से", ["नेहा शर्मा"]),
        ("山田太郎、鈴木花子", ["山田太郎", "鈴木花子"]),
        ("山田 太郎", ["山田 太郎"]),
        ("admin", []),
        ("Share", []),
    ],
)
def test_the_names_of_a_byline_are_parted_and_whole(byline: str, people: list[str]) -> None:
    assert people_in(byline) == people


def test_another_person_of_the_graph_is_no_author(read: Any) -> None:
    data = (
        '{"@graph":[{"@type":"Person","name":"Site Keeper","@id":"#k"},'
        '{"@type":"Person","name":"Ana Prado","@id":"#a"},'
        '{"@type":"NewsArticle","headline":"Ramp opens","author":[{"@id":"#a"}]}]}'
    )
    assert author(read, linked(data)) == "Ana Prado"


def test_the_administrator_of_a_site_gives_way_to_the_byline(read: Any) -> None:
    data = '{"@type":"NewsArticle","headline":"Ramp opens","author":{"@type":"Person","name":"admin"}}'
    assert author(read, linked(data), '<p class="byline">By Ana Prado and Rui Lima</p>') == "Ana Prado; Rui Lima"


def test_a_byline_with_more_people_than_the_metadata_is_taken(read: Any) -> None:
    byline = '<p class="byline">By <a rel="author">Ana Prado</a> and <a rel="author">Rui Lima</a></p>'
    assert author(read, '<meta name="author" content="Ana Prado">', byline) == "Ana Prado; Rui Lima"


def test_a_job_and_a_town_beside_a_name_are_no_authors(read: Any) -> None:
    byline = (
        '<div itemprop="author" itemscope><span itemprop="name">Ana Prado</span>'
        '<span itemprop="jobTitle">Harbour Editor</span><span itemprop="address">Porto Novo</span></div>'
    )
    assert author(read, byline=byline) == "Ana Prado"


def test_authors_of_other_articles_and_comments_are_not_those_of_this_one(read: Any) -> None:
    more = (
        '<aside class="related"><a rel="author">Jo Kent</a></aside>'
        '<div class="comments"><b class="author">Gandalf</b></div>'
    )
    assert author(read, byline=f'{more}<p class="byline">Ana Prado</p>') == "Ana Prado"


@pytest.mark.parametrize(
    ("text", "language", "right"),
    [
        ("03/10/2026", "en-US", "2026-03-10"),
        ("03/10/2026", "en-GB", "2026-10-03"),
        ("03/10/2026", "en", ""),
        ("13/10/2026", "en", "2026-10-13"),
        ("10/03/2026", "fr", "2026-03-10"),
        ("10.3.2026 um 14 Uhr", "de", "2026-03-10"),
        ("1er mars 2026", "fr", "2026-03-01"),
        ("10 de março de 2026", "pt-BR", "2026-03-10"),
        ("March 10, 2026, 5:04 p.m. ET", "en-US", "2026-03-10"),
        ("2026年3月10日", "ja", "2026-03-10"),
        ("10 मार्च 2026", "hi", "2026-03-10"),
        ("١٠ مارس ٢٠٢٦", "ar", "2026-03-10"),
        ("10 марта 2026, 09:30", "ru", "2026-03-10"),
        ("31 February 2026", "en", ""),
        ("10.03.26", "de", "2026-03-10"),
        ("10.03.26", "en", ""),
        ("10.3.26, 9:15 Uhr", "de", "2026-03-10"),
        ("10.03.1912:44", "de", ""),
        ("Version 2.10.3", "de", ""),
        ("in May 2026", "en", ""),
    ],
)
def test_a_day_is_read_in_the_language_of_the_page(text: str, language: str, right: str) -> None:
    assert day_in(text, language) == right


@pytest.mark.parametrize(
    ("line", "lang"),
    [
        ("Updated 12 March 2026 at 09:00. First published 10 March 2026", "en"),
        ("Stand: 12.03.2026, 9:00 Uhr. Veröffentlicht: 10.03.2026", "de"),
        ("Publié le 10 mars 2026 à 18h12, mis à jour le 12 mars 2026", "fr"),
        ("Actualizado: 12/03/2026. Publicado: 10/03/2026", "es"),
    ],
)
def test_published_goes_before_updated_in_the_page_s_own_words(read: Any, line: str, lang: str) -> None:
    assert day(read, byline=f'<p class="date">{line}</p>', lang=lang) == "2026-03-10"
    modified = '<meta property="article:modified_time" content="2026-03-12T08:00:00Z">'
    assert day(read, modified, f"<p>{line}</p>", lang) == "2026-03-10"


@pytest.mark.parametrize(
    "stamp", ["2026-03-10T23:30:00-05:00", "2026-03-10T00:15:00+09:00", "20260310", "2026-03-10 18:00"]
)
def test_the_day_is_that_of_the_zone_which_the_page_states(read: Any, stamp: str) -> None:
    assert day(read, f'<meta property="article:published_time" content="{stamp}">') == "2026-03-10"


def test_a_stamp_in_utc_gives_way_to_the_day_that_the_page_shows(read: Any) -> None:
    stamp = '<meta property="article:published_time" content="2026-03-11T03:30:00Z">'
    assert day(read, stamp, '<time datetime="2026-03-11T03:30:00Z">March 10, 2026</time>', "en-US") == "2026-03-10"


def test_a_time_in_a_sentence_is_not_the_day_of_publication(read: Any) -> None:
    sentence = (
        "<p>The bridge was closed on <time datetime='2026-03-09'>Monday</time> after divers had looked at its northern "
        "pylon for two hours.</p>"
    )
    assert day(read, byline=sentence) == ""


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="shareaholic:article_published_time" content="2026-03-10T08:00:00+01:00">',
        '<meta name="cXenseParse:recs:publishtime" content="2026-03-10T08:00:00+01:00">',
        '<meta name="DC.date.issued" content="2026-03-10">',
        '<meta name="Publish Date" content="2026-03-10">',
        '<meta name="x" property="datePublished" content="2026-03-10">',
        '<meta name="pubdate" content="20260310">',
        linked('{"@graph":[{"@type":"WebPage","datePublished":"2026-03-10T08:00:00+01:00"}]}'),
        linked('[[{"@type":["WebPage","FAQPage"],"datePublished":"2026-03-10"}]]'),
    ],
)
def test_the_day_is_found_under_less_usual_names(read: Any, head: str) -> None:
    assert day(read, head) == "2026-03-10"


@pytest.mark.parametrize(
    ("byline", "lang"),
    [
        ('<span property="schema:datePublished" content="2026-03-10T08:00:00+01:00"></span>', "en"),
        ('<b itemprop="name datePublished">2026-03-10</b>', "en"),
        ('<span class="published" title="2026-03-10T08:00:00+01:00"></span>', "en"),
        ('<em class="date">Dienstag, 10. März 2026</em>', "de"),
        ('<div class="uploaded-date">10.03.26</div>', "de"),
        ("<p>10. März 2026 | Presse</p>", "de"),
        ("<p>Wallstedt, 10.03.2026</p>", "de"),
        ("<div>10. März 2026 , Ilse Brandt</div>", "de"),
        ("<small>March 10, 2026 at 08:45 AM | categories: Ferries</small>", "en-US"),
        ("<p>Mise en ligne</p><p>10 mars 2026</p>", "fr"),
    ],
)
def test_the_day_is_found_near_the_headline(read: Any, byline: str, lang: str) -> None:
    assert day(read, byline=byline, lang=lang) == "2026-03-10"


@pytest.mark.parametrize(
    ("byline", "lang"),
    [
        ("<p>A study published on 3 March 2026 counts the cars.</p>", "en"),
        ("<p>In Wallstedt, 10.03.2026 is the day when nobody at all will be allowed to cross</p>", "de"),
        ("<p>The ramp closed on 10 March 2026.</p>", "en"),
        ("<p>03/10/2026 | Ferries</p>", "en"),
    ],
)
def test_a_day_that_is_not_clearly_of_the_article_is_left_out(read: Any, byline: str, lang: str) -> None:
    assert day(read, byline=byline, lang=lang) == ""


@pytest.mark.parametrize("above", ["<h3>10.03.2026</h3>", '<h2 class="date-header">Dienstag, 10. März 2026</h2>'])
def test_the_day_may_stand_above_the_headline(read: Any, above: str) -> None:
    page = f'<html lang="de"><body><article>{above}<h1>The ramp</h1>{BODY}</article></body></html>'
    assert read(page, "html").publication.published_at == "2026-03-10"


def test_the_day_of_today_and_those_of_other_articles_are_not_taken_for_that_of_this_one(read: Any) -> None:
    clock = '<div class="site-date">11 March 2026</div>'
    others = '<div class="list">' + '<span class="date">9 March 2026</span>' * 3 + "</div>"
    shown = '<span class="date">10 March 2026</span>'
    stamp = '<meta property="article:published_time" content="2026-03-10T12:00:00Z">'
    page = (
        f'<html lang="en"><head>{stamp}</head><body>{clock}<article><h1>The ramp</h1>{shown}{BODY}</article>'
        f"{others}</body></html>"
    )
    assert read(page, "html").publication.published_at == "2026-03-10"
    assert read(page.replace(stamp, ""), "html").publication.published_at == "2026-03-10"


def test_of_stamps_that_differ_the_one_that_the_page_shows_counts_unless_it_is_the_last_change(read: Any) -> None:
    data = linked('{"@type":"NewsArticle","headline":"x","datePublished":"2026-03-08"}')
    stamp = '<meta property="article:published_time" content="2026-03-10">'
    changed = '<meta property="article:modified_time" content="2026-03-10">'
    shown = '<span class="date">10 March 2026</span>'
    assert day(read, data + stamp, shown) == "2026-03-10"
    assert day(read, data + stamp) == "2026-03-08"
    assert day(read, data + stamp + changed, shown) == "2026-03-08"


def test_figures_of_metadata_that_may_both_be_a_month_give_way_to_the_page_s_words(read: Any) -> None:
    stamp = '<meta name="date" content="03/10/2026 12:43:42">'
    assert day(read, stamp, "<p>Erstellt am: 10.03.2026</p>", "de") == "2026-03-10"
    assert day(read, stamp, lang="de") == ""


@pytest.mark.parametrize(
    ("attributes", "head", "right"),
    [
        ('lang="pt-BR"', "", "pt-BR"),
        ("", '<meta property="og:locale" content="de_DE">', "de-DE"),
        ("", '<meta http-equiv="content-language" content="fr, en">', "fr"),
        ('lang="x y"', linked('{"@type":"NewsArticle","headline":"x","inLanguage":"es"}'), "es"),
        ("", "", ""),
    ],
)
def test_the_page_says_its_language(read: Any, attributes: str, head: str, right: str) -> None:
    made = f"<html {attributes}><head>{head}</head><body><article><h1>x</h1>{BODY}</article></body></html>"
    assert read(made, "html").language == right


@pytest.mark.parametrize(
    "line", ["10:15 GMT", "Published 03/10/2026", "3 hours ago", "2026年3月10日 20時00分", "Il y a 2 heures"]
)
def test_a_date_line_is_known(line: str) -> None:
    assert is_dateline(line, "en")


@pytest.mark.parametrize("line", ["The bridge closed on 10 March 2026.", "In 2026, 3 people died.", "Monday"])
def test_a_sentence_with_a_date_is_no_date_line(line: str) -> None:
    assert not is_dateline(line, "en")


def test_a_byline_is_known_and_a_sentence_is_none() -> None:
    assert is_byline("By Ana Prado and Rui Lima", [])
    assert is_byline("Ana Prado", ["Ana Prado"])
    assert not is_byline("By Monday nobody had come.", [])
