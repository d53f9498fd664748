from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.importers import ImportOptions, read_sources
from annotator.model.article import Article, BlockKind

PAGE = """---
title: "Ramp shut"
author: [Ana Ruiz, Bo Lind]
date: 10 March 2027
publisher: Coast Courier
lang: en
licence: CC BY 4.0
tags:
  - harbour
---

# Ramp **shut** #

By _Ana Ruiz_, in [Porto Novo](http://x.example/a_(b)_c "t").

The ramp \\*was\\* shut; see `code *x*` and
[the report][r], not [sic] 2 * 3 snake_case_name.

> We counted **every bolt
> of it** twice.
>
> Nothing was left.

- one *item*
  goes on
- two

Sub heading
-----------
Text ***under*** it. ![A crane](a.png)

| a | b |
|---|---|
| 1 | 2 |

```
verbatim *x*
```

* * *

[r]: http://example.org
"""

REDUCED = """Ramp shut

By Ana Ruiz, in Porto Novo.

The ramp *was* shut; see code *x* and
the report, not [sic] 2 * 3 snake_case_name.

We counted every bolt
of it twice.

Nothing was left.

- one item
  goes on
- two

Sub heading
Text under it. A crane

| a | b |
| 1 | 2 |

verbatim *x*


"""


def test_marks_fall_away_and_words_stay(read: Any) -> None:
    assert read(PAGE, "markdown").text == REDUCED.rstrip()


def test_front_matter_tells_of_the_publication(read: Any) -> None:
    article = read(PAGE, "markdown")
    publication = article.publication
    assert (publication.title, publication.author) == ("Ramp shut", "Ana Ruiz, Bo Lind")
    assert (publication.published_at, publication.publisher) == ("2027-03-10", "Coast Courier")
    assert (article.language, article.rights) == ("en", "CC BY 4.0")


def test_headings_and_block_quotes_are_hints(read: Any, hints: Any) -> None:
    assert hints(read(PAGE, "markdown")) == [
        (BlockKind.HEADLINE, "Ramp shut"),
        (BlockKind.BLOCK_QUOTE, "We counted every bolt\nof it twice."),
        (BlockKind.BLOCK_QUOTE, "Nothing was left."),
        (BlockKind.HEADLINE, "Sub heading"),
    ]


def test_unwrapping_joins_inside_paragraphs_and_quotes_only(read: Any, hints: Any) -> None:
    article = read(PAGE, "markdown", unwrap=True)
    assert "code *x* and the report" in article.text
    assert "- one item goes on\n- two\n" in article.text
    assert "Sub heading\nText" in article.text
    assert "| a | b |\n| 1 | 2 |" in article.text
    assert (BlockKind.BLOCK_QUOTE, "We counted every bolt of it twice.") in hints(article)


def test_offsets_lead_from_the_markdown_to_the_article(read: Any) -> None:
    data = "\ufeff" + PAGE.replace("\n", "\r\n")
    for unwrap in (False, True):
        article = read(data, "markdown", unwrap=unwrap)
        for word in ("Porto", "every", "Nothing", "two\r", "under", "verbatim"):
            at = article.offsets.to_text(data.index(word))
            assert article.text[at : at + 3] == word[:3]


def test_a_first_heading_is_the_title(read: Any) -> None:
    article = read("# Storm *hits*\n\nBody.", "markdown")
    assert article.publication.title == "Storm hits"
    assert article.text == "Storm hits\n\nBody."


def test_a_front_matter_title_that_the_text_lacks_is_its_headline(read: Any, hints: Any) -> None:
    article = read("---\ntitle: Storm hits\n---\nBody > that.\n\n> Said.", "markdown")
    assert article.text == "Storm hits\n\nBody > that.\n\nSaid."
    assert hints(article) == [(BlockKind.HEADLINE, "Storm hits"), (BlockKind.BLOCK_QUOTE, "Said.")]


def test_a_rule_at_the_start_is_not_front_matter(read: Any) -> None:
    assert read("---\nThe ramp closed. So it was.\n---\nMore.\n", "markdown").text.startswith("The ramp closed.")


def test_a_date_that_can_be_read_two_ways_is_left_out_and_said(read: Any) -> None:
    article = read("---\ndate: 03/10/2026\n---\nBody.", "markdown")
    assert article.publication.published_at == ""
    assert "'03/10/2026' is not clear and was left out: write such dates as YYYY-MM-DD" in article.notes[0].detail


def test_front_matter_may_have_lists_and_folded_texts(read: Any) -> None:
    people = "authors:\n  - Ana Ruiz\n  - name: Bo Lind # the photographer\n    role: photos\n"
    article = read(
        f"---\ntitle: >-\n  Ramp\n  shut\n{people}mood: calm\ndate: 2027-03-10 # not sure\n---\nBody.", "markdown"
    )
    publication = article.publication
    assert (publication.title, publication.author) == ("Ramp shut", "Ana Ruiz, Bo Lind")
    assert (publication.published_at, article.unread) == ("2027-03-10", ("mood",))


def test_footnotes_keep_their_words_and_lose_their_marks(read: Any) -> None:
    article = read("Two cables broke.[^1] One [^more] did not.\n\n[^1]: The *harbour* office said so.\n", "markdown")
    assert article.text.rstrip() == "Two cables broke. One [^more] did not.\n\nThe harbour office said so."
    assert [note.detail for note in article.notes] == ["left out: 1 note mark"]


def test_what_is_struck_out_is_left_out_and_said(read: Any) -> None:
    article = read("Nine ~~ten and **a half**~~ cables, ~~so~~ ~ten m~ `~~kept~~`.", "markdown")
    assert article.text == "Nine cables, ~ten m~ ~~kept~~."
    assert [note.detail for note in article.notes] == ["left out: 2 struck-out stretches"]


def test_figures_are_never_joined_by_the_marks_between_them(read: Any) -> None:
    assert read("It was 2*3*4 m, *all* of it.", "markdown").text == "It was 2*3*4 m, all of it."


def test_the_first_heading_is_the_headline_whatever_the_front_matter_says(read: Any) -> None:
    article = read("---\ntitle: Storm, hits\n---\n# Storm hits\n\nBody.", "markdown")
    assert (article.text, article.publication.title) == ("Storm hits\n\nBody.", "Storm, hits")


@pytest.mark.parametrize("data", ["---\ntitle: x\n---\n", "***\n", "```\n```\n"])
def test_marks_without_words_are_no_article(fail: Any, data: str) -> None:
    assert "white space" in fail(data, "markdown", unwrap=True).reason


@given(st.text(st.sampled_from("ab *_`[]()>#-\n\r\\~|!1."), max_size=80), st.booleans())
def test_every_kept_character_is_found_where_the_map_says(source: str, unwrap: bool) -> None:
    options = ImportOptions(format="markdown", unwrap=unwrap)
    for article in read_sources(["-"], options, source.encode):
        if isinstance(article, Article):
            removed = set(article.offsets.removed)
            kept = [offset for offset in range(len(source)) if offset not in removed]
            assert len(kept) + article.offsets.shift == len(article.text)
            for offset in kept:
                found = article.text[article.offsets.to_text(offset)]
                assert found == source[offset] or (source[offset] in " \r\n" and found in " \n")
