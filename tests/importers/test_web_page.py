from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from annotator.model.article import BlockKind

PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>Ferry ramp opens again - Coast Courier</title>
<meta property="og:title" content="Ferry ramp opens again"><meta property="og:site_name" content="Coast Courier">
<meta name="author" content="Ana Ruiz"><meta property="article:published_time" content="2041-03-10T08:00:00Z">
<link rel="canonical" href="https://courier.example/ferry"></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport pages</a></li></ul></nav>
<article><h1>Ferry ramp opens again</h1>
<p>The old ferry ramp at Porto Novo opened to cars on Monday after
<a href="/x">weeks</a> of repairs, the <em>harbour office</em> said &amp; meant.</p>
<p>Traffic had been sent over the northern bridge,<br>which was closed at night.</p>
<blockquote><p>We counted every bolt on the ramp.</p><p>Nothing was left to luck.</p></blockquote>
<p>That is how Ines Vale, the engineer in charge, put it. She added: <q>It holds.</q></p>
<h2>What comes next</h2>
<ul><li>A second ramp is planned for the autumn.</li><li>The toll stays at two crowns.</li></ul>
<table><tr><th>Year</th><th>Cars</th></tr><tr><td>2024</td><td>1200</td></tr></table>
<p>Critics say the works cost twice as much as promised and that the toll will not pay for them.</p>
<pre>HARBOUR NOTICE
Ramp open from six</pre>
</article><section id="comments" class="comments"><h3>Comments</h3>
<p>First! This is all nonsense, says a reader.</p></section>
<footer><p>Copyright Coast Courier. All rights reserved.</p></footer>
<script>var x = "never shown";</script></body></html>
"""

TEXT = """Ferry ramp opens again

The old ferry ramp at Porto Novo opened to cars on Monday after weeks of repairs, the harbour office said & meant.

Traffic had been sent over the northern bridge,
which was closed at night.

We counted every bolt on the ramp.

Nothing was left to luck.

That is how Ines Vale, the engineer in charge, put it. She added: “It holds.”

What comes next

A second ramp is planned for the autumn.
The toll stays at two crowns.

Year | Cars
2024 | 1200

Critics say the works cost twice as much as promised and that the toll will not pay for them.

HARBOUR NOTICE
Ramp open from six"""


def test_the_article_is_taken_and_nothing_around_it(read: Any) -> None:
    assert read(PAGE, "html").text == TEXT


def test_the_page_tells_of_its_publication(read: Any) -> None:
    article = read(PAGE, "html")
    publication = article.publication
    assert (publication.title, publication.author) == ("Ferry ramp opens again", "Ana Ruiz")
    assert (publication.publisher, publication.published_at) == ("Coast Courier", "2041-03-10")
    assert publication.url == "https://courier.example/ferry"
    assert article.language == "en"


def test_the_address_that_the_page_says_stays_whole(read: Any) -> None:
    address = "https://parliament.example/minutes?session=57&ref=2020/17&uid=4"
    page = PAGE.replace("https://courier.example/ferry", address.replace("&", "&amp;"))
    assert read(page, "html").publication.url == address


def test_headings_and_block_quotes_are_hints(read: Any, hints: Any) -> None:
    assert hints(read(PAGE, "html")) == [
        (BlockKind.HEADLINE, "Ferry ramp opens again"),
        (BlockKind.BLOCK_QUOTE, "We counted every bolt on the ramp."),
        (BlockKind.BLOCK_QUOTE, "Nothing was left to luck."),
        (BlockKind.HEADLINE, "What comes next"),
    ]


def test_unwrapping_joins_the_lines_of_what_is_set_as_it_was_typed(read: Any) -> None:
    assert "HARBOUR NOTICE Ramp open from six" in read(PAGE, "html", unwrap=True).text


def test_a_title_that_the_text_lacks_is_its_headline(read: Any) -> None:
    page = "<html><head><title>Storm hits</title></head><body><p>The coast was struck, they said.</p></body></html>"
    assert read(page, "html").text == "Storm hits\n\nThe coast was struck, they said."


def test_a_short_page_keeps_its_paragraphs(read: Any, hints: Any) -> None:
    page = "<html><body><p>One thing.</p><blockquote>Said by him.</blockquote><p>Another thing.</p></body></html>"
    article = read(page, "html")
    assert article.text == "One thing.\n\nSaid by him.\n\nAnother thing."
    assert hints(article) == [(BlockKind.BLOCK_QUOTE, "Said by him.")]


@pytest.mark.parametrize(
    "prologue",
    ['<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n', "<!-- saved by hand from the archive -->\n" * 3],
)
def test_a_page_with_a_long_prologue_and_no_head_is_read(read: Any, prologue: str) -> None:
    page = f"{prologue}<html><body><p>The old ferry ramp at Porto Novo opened to cars on Monday.</p></body></html>"
    assert read(page, "html").text == "The old ferry ramp at Porto Novo opened to cars on Monday."


def test_a_piece_of_a_page_is_read(read: Any) -> None:
    assert read("<p>Only a paragraph.</p>", "html").text == "Only a paragraph."


@pytest.mark.parametrize("encoding", ["windows-1251", "koi8-r", "iso-2022-jp", "utf-16"])
def test_the_declared_encoding_is_honoured(read: Any, encoding: str) -> None:
    words = "橋は閉鎖された。" if encoding == "iso-2022-jp" else "Мост закрыли."
    page = f'<html><head><meta charset="{encoding}"></head><body><p>{words}</p></body></html>'
    assert read(page.encode(encoding), "html").text == words


def test_utf_8_goes_before_a_declaration_that_is_wrong(read: Any) -> None:
    page = '<html><head><meta charset="iso-8859-1"></head><body><p>“Café” costs 3 €.</p></body></html>'
    assert read(page, "html").text == "“Café” costs 3 €."


@pytest.mark.parametrize(
    "page",
    [
        "<html><body><nav><a href='/'>Home</a> <a href='/s'>Sport</a></nav></body></html>",
        "<html><body><script>render()</script></body></html>",
        "<!DOCTYPE html>",
        "<html></html>",
    ],
)
def test_a_page_without_text_is_refused(fail: Any, page: str) -> None:
    assert "no text found in the page" in fail(page, "html").reason


def test_trafilatura_is_loaded_by_the_reader_of_pages_alone() -> None:
    code = (
        "import sys\n"
        "from annotator.importers import ImportOptions, read_sources\n"
        "list(read_sources(['-'], ImportOptions(), lambda: b'Plain words.'))\n"
        "print(sorted({'trafilatura', 'lxml', 'charset_normalizer'} & set(sys.modules)))\n"
        "list(read_sources(['-'], ImportOptions(), lambda: b'<html><body><p>A page.</p>'))\n"
        "print('trafilatura' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == ["[]", "False"]
    assert done.stderr == ""


def test_a_broken_byte_beside_the_article_does_no_harm(read: Any) -> None:
    page = PAGE.replace("Copyright Coast Courier", "Copyright Müller").encode().replace("ü".encode(), b"\xfc")
    assert read(page, "html").text == TEXT


def test_a_broken_byte_in_the_article_is_named(fail: Any) -> None:
    page = PAGE.replace("Critics say", "Kritiker – “viele” – in Straße, Höfen und Küche sagen zu den Z\0llen")
    assert "at byte" in fail(page.encode().replace(b"\0", b"\xf6"), "html").reason
