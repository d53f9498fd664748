"""Every visible word of a page's article, and none that is not visible."""

from __future__ import annotations

from typing import Any

import pytest

from annotator.model.article import BlockKind

REST = "".join(
    f"<p>{words}</p>"
    for words in (
        "The ferry office at Porto Novo said that the ramp would stay open until the end of the summer season.",
        "Nobody had counted the cars before the toll came, and so nobody can say whether there are more of them now.",
        "The council meets again on Thursday to vote on the money for the second ramp, which it has put off twice.",
    )
)


def page(body: str, head: str = "", lang: str = "en") -> str:
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">{head}</head><body>'
        f"<article><h1>Ramp opens</h1>{body}{REST}</article></body></html>"
    )


def second(read: Any, body: str, lang: str = "en") -> str:
    """The paragraph behind the headline."""
    paragraph: str = read(page(body, lang=lang), "html").text.split("\n\n")[1]
    return paragraph


@pytest.mark.parametrize(
    "tag",
    ["time", "output", "label", "button", "abbr", "mark", "small", "data", "meter", "cite", "kbd", "bdi", "var", "ins"],
)
def test_words_of_inline_elements_stay_in_their_sentence(read: Any, tag: str) -> None:
    body = f"<p>The ramp at Porto Novo took <{tag}>forty cars</{tag}> on its first morning, the office said.</p>"
    assert second(read, body) == "The ramp at Porto Novo took forty cars on its first morning, the office said."


@pytest.mark.parametrize(
    ("markup", "written"),
    [
        ("3 × 10<sup>6</sup> tonnes", "3 × 10⁶ tonnes"),
        ("10<sup>-3</sup> metres", "10⁻³ metres"),
        ("40 km<sup>2</sup> of mud", "40 km² of mud"),
        ("CO<sub>2</sub> was measured", "CO2 was measured"),
        ("the 19<sup>th</sup> ramp", "the 19th ramp"),
        ("in 2019,<sup>12</sup> they built it", "in 2019, they built it"),
        ("in 2019<sup>12</sup> they built it", "in 2019 they built it"),
        ("the ramp<sup>4</sup> was built", "the ramp was built"),
        ("the ramp<sup>[7]</sup> was built", "the ramp was built"),
        ('the ramp<sup><a href="#fn3">3</a></sup> was built', "the ramp was built"),
        ("the ramp<sup>*</sup> was built", "the ramp was built"),
    ],
)
def test_raised_and_lowered_figures_keep_their_meaning(read: Any, markup: str, written: str) -> None:
    body = f"<p>As the office says, {markup}, and that was the end of a long summer for the village.</p>"
    assert (
        second(read, body) == f"As the office says, {written}, and that was the end of a long summer for the village."
    )


@pytest.mark.parametrize(
    "markup",
    [
        "<del>twenty</del>",
        "<s>twenty</s>",
        "<strike>twenty</strike>",
        '<span style="text-decoration: line-through">twenty</span>',
        "<span hidden>twenty</span>",
        '<span aria-hidden="true">→</span>',
        '<span class="sr-only">link opens in a new window</span>',
        '<span class="visually-hidden">twenty</span>',
        '<span style="display: none">twenty</span>',
    ],
)
def test_what_is_struck_out_or_hidden_is_left_out_and_counted(read: Any, markup: str) -> None:
    article = read(
        page(f"<p>The ramp will take {markup} thirty cars an hour, the office said on Monday morning.</p>"), "html"
    )
    assert article.text.split("\n\n")[1] == "The ramp will take thirty cars an hour, the office said on Monday morning."
    (note,) = article.notes
    assert note.detail in ("left out: 1 struck-out passage", "left out: 1 hidden passage")


@pytest.mark.parametrize(
    "start",
    [
        '<span class="dropcap" aria-hidden="true">T</span><span class="sr-only">T</span>he ramp',
        '<span class="sr-only">T</span><span class="dropcap" aria-hidden="true">T</span>he ramp',
        '<span class="sr-only">The</span><span aria-hidden="true"><span class="cap">T</span>he</span> ramp',
        '<span aria-hidden="true"><span class="cap">T</span>he</span><span class="sr-only">The</span> ramp',
        '<span class="dropcap" aria-hidden="true">T</span>he ramp',
        '<span class="dropcap">T</span><span class="sr-only">T</span>he ramp',
        '<i class="cap-picture"></i><span class="visually-hidden">T</span>he ramp',
    ],
)
def test_a_drop_cap_leaves_its_word_whole(read: Any, start: str) -> None:
    body = f"<p>{start} took forty cars on its first morning, and nobody had to wait for long.</p>"
    assert second(read, body) == "The ramp took forty cars on its first morning, and nobody had to wait for long."


def test_a_quotation_keeps_its_words_and_its_speaker(read: Any, hints: Any) -> None:
    quoted = (
        "<blockquote><p>We counted every bolt on that ramp.</p>"
        "<footer>— <cite>Ines Vale</cite>, engineer</footer></blockquote>"
        "<figure><blockquote>It will not move.</blockquote><figcaption>Rui Lago, diver</figcaption></figure>"
    )
    article = read(page(f"<p>The office has let two people speak about the ramp.</p>{quoted}"), "html")
    assert (
        "We counted every bolt on that ramp.\n\n— Ines Vale, engineer\n\nIt will not move.\n\nRui Lago, diver"
        in article.text
    )
    kinds = {text: kind for kind, text in hints(article)}
    assert kinds["We counted every bolt on that ramp."] is BlockKind.BLOCK_QUOTE
    assert kinds["It will not move."] is BlockKind.BLOCK_QUOTE
    assert "— Ines Vale, engineer" not in kinds


def test_paragraphs_of_div_and_span_are_paragraphs(read: Any) -> None:
    body = (
        "<div>The first ramp was built by the harbour office when the bridge was closed.</div>"
        "<p>The second one was built by the fishermen themselves, without any money.</p>"
        "<span>The third was never built, though it is on every map of the harbour.</span>"
        "<span>Nobody at the office could say on Monday who had drawn it there.</span>"
    )
    assert read(page(body), "html").text.split("\n\n")[1:5] == [
        "The first ramp was built by the harbour office when the bridge was closed.",
        "The second one was built by the fishermen themselves, without any money.",
        "The third was never built, though it is on every map of the harbour.",
        "Nobody at the office could say on Monday who had drawn it there.",
    ]


def test_a_caption_is_a_caption(read: Any, hints: Any) -> None:
    figure = "<figure><img src='r.jpg'><figcaption>The ramp on Monday.</figcaption></figure>"
    body = f"<p>The ramp was opened by the mayor.</p>{figure}"
    assert (BlockKind.CAPTION, "The ramp on Monday.") in hints(read(page(body), "html"))


def test_quotation_marks_are_those_of_the_language(read: Any) -> None:
    body = "<p>Das Amt sagte am Montag dazu nur: <q>Sie hält</q> und schwieg danach drei Tage lang.</p>"
    assert "dazu nur: „Sie hält“ und" in second(read, body, "de")


def test_readings_stand_behind_their_characters(read: Any) -> None:
    body = "<p><ruby>港<rp>(</rp><rt>みなと</rt><rp>)</rp></ruby>の橋は月曜日に閉鎖された。誰もけがをしなかった。</p>"
    assert second(read, body, "ja").startswith("港(みなと)の橋は")


def test_one_headline_with_soft_hyphens(read: Any) -> None:
    made = page(
        "",
        '<meta property="og:title" content="Ramp opens – Coast Courier">'
        '<meta property="og:site_name" content="Coast Courier">',
    )
    made = made.replace("<h1>Ramp opens</h1>", "<h1>Ram&shy;pe of&shy;fen</h1>")
    article = read(made, "html")
    assert article.text.startswith("Ram\u00adpe of\u00adfen\n\nThe ferry office")
    assert "Coast Courier" not in article.text


def test_a_line_over_the_headline_does_not_run_into_it(read: Any) -> None:
    made = page("").replace(
        "<h1>Ramp opens</h1>", '<h1><span class="kicker">Exclusive</span>Ramp opens<br>after years</h1>'
    )
    article = read(made, "html")
    assert article.publication.title == "Ramp opens after years"
    assert article.text.count("Ramp opens") == 1
    assert "ExclusiveRamp" not in article.text


def test_several_articles_of_one_page_that_tell_one_story_are_read(read: Any) -> None:
    parts = "".join(
        f"<article><h2>Part {n}</h2><p>Part {n} of the story tells of a ramp that took a year to build.</p>{REST}"
        "</article>"
        for n in "12"
    )
    text = read(f"<html><body><main><h1>Two ramps</h1>{parts}</main></body></html>", "html").text
    assert "Part 1 of the story" in text
    assert "Part 2 of the story" in text


TEASER = (
    '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ramp opens",'
    '"isAccessibleForFree":%s%s}</script>'
)


@pytest.mark.parametrize(
    "free",
    [
        "false",
        '"False"',
        'true,"hasPart":{"@type":"WebPageElement","isAccessibleForFree":"False","cssSelector":".paid"}',
    ],
)
def test_a_page_that_is_not_free_to_read_is_said_to_be_a_teaser(read: Any, free: str) -> None:
    article = read(page("<p>The ramp was opened by the mayor.</p>", TEASER % (free, "")), "html")
    assert [note.detail.startswith("only a teaser, perhaps") for note in article.notes] == [True]


def test_the_text_of_the_metadata_is_taken_where_that_is_wanted(read: Any) -> None:
    body = "\\n".join(
        f"Paragraph {n} of a text that the page itself does not show to anybody who has not paid." for n in range(9)
    )
    made = page("<p>The ramp was opened.</p>", TEASER % ("false", f',"articleBody":"{body}"'))
    assert "Paragraph 3" not in read(made, "html").text
    assert read(made, "html", prefer="metadata").text.split("\n\n")[4].startswith("Paragraph 3 of a text")


def test_posts_of_a_live_blog_come_without_their_authors_and_times(read: Any) -> None:
    posts = "".join(
        f'<article class="post"><div class="post-head"><time datetime="2041-03-10T1{n}:15:00Z">1{n}:15 GMT</time>'
        f'<span class="author">Ana Ruiz</span></div><h2>Ramp {n}</h2>'
        f"<p>The {n}th car went down the ramp while the mayor was still speaking.</p></article>"
        for n in (5, 6, 7)
    )
    text = read(
        f"<html><body><main><h1>Ramp live</h1><div class='posts'>{posts}</div></main></body></html>", "html"
    ).text
    assert "Ana Ruiz" not in text
    assert ":15" not in text
    assert text.count("car went down the ramp") == 3


def test_the_days_of_a_chronology_stay(read: Any) -> None:
    body = (
        "<p>This is how the ramp came to be closed, day by day, as the office tells it.</p>"
        "<p><strong>9 March 2041</strong></p><p>Divers find a crack in the northern pylon of the ramp.</p>"
        "<h3>10 March 2041</h3><p>The ramp is closed to lorries, and then to everybody else.</p><h3>By train</h3>"
        "<p>Passengers are sent round by the inland line, which takes an hour longer.</p>"
    )
    text = read(page(body), "html").text
    for line in ("9 March 2041", "10 March 2041", "By train"):
        assert f"\n\n{line}\n\n" in text
