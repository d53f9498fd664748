"""Words are found through the index exactly where a look into every text finds them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from annotator.errors import StoreError
from annotator.model.article import Article, Block, BlockKind, Segmentation, Sentence
from annotator.model.language.sought import Sought
from annotator.model.span import Span
from annotator.store import Store, articles, open_store, text_index
from annotator.store.article_rows import article_rows
from tests.store.conftest import segmented

AddArticle = Callable[..., str]

TEXTS = (
    "Rain fell on the quay. It stopped.",
    "Der Straßenbau in Überlingen; „Ja“, sagt Jürgen.",
    "El Niño: la señora dijo «no» — ¡qué lío!",
    "港口关闭了。北京的起重机停了。",
    "นายท่าเรือกล่าวว่าเรือเฟอร์รี่หยุด",
    "हाथी का पुल बंद हुआ। उसने कहा।",
    "Привет, ёлка: он сказал «да».",
    "A line\nbroken  over\u2028several lines, co\u00adop\u200berated ﬁnely, ＦＵＬＬ width.",
    "e\u0301te\u0301 and été, ab",
    "\U0001f309 bridge\u00a0now O’Brien's “quote” it''s NUL\x00here",
    "ﷺ ½ ① ㎏ x²",
)
WORDS = st.one_of(
    st.sampled_from(TEXTS).flatmap(
        lambda text: st.tuples(st.integers(0, len(text) - 1), st.integers(1, 9)).map(
            lambda cut: text[cut[0] : cut[0] + cut[1]]
        )
    ),
    st.text(st.characters(codec="utf-8"), max_size=4),
)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = open_store(Path(tmp_path_factory.mktemp("texts")) / "texts.db")
    for text in TEXTS:
        whole = Span(0, len(text))
        made = Segmentation((Block(whole, BlockKind.BODY),), (Sentence(whole, BlockKind.BODY),), "test")
        articles.add_article(store, Article(text, "t"), made, [], None)
    yield store
    store.close()


@given(words=WORDS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(words="北京")
@example(words="京")
@example(words="ab")
@example(words="STRASSE")
@example(words="line broken over several")
@example(words='"')
@example(words="'s")
@example(words="here")
@example(words="\x00h")
@example(words="´")
@example(words="  ")
def test_the_index_leaves_nothing_out(filled: Store, words: str) -> None:
    sought = Sought(words)
    candidates = dict(text_index.texts_with(filled, words))
    everywhere = filled.connection.execute("select id, text from article join article_text on article = ordinal")
    for id_, text in everywhere:
        if list(sought.spans(text)):
            assert id_ in candidates


def test_it_leaves_most_texts_out(filled: Store) -> None:
    for words, texts in (("quay", 1), ("北京", 1), ("rain fell", 1), ("nowhere", 0), ("zq", 0)):
        assert len(list(text_index.texts_with(filled, words))) == texts, words


def test_a_short_word_that_begins_too_many_runs_is_looked_for_in_all_texts(
    filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_index, "_MOST_TERMS", 2)
    assert len(list(text_index.texts_with(filled, "a"))) == len(TEXTS)


def test_hidden_and_purged_articles_are_found_no_more_and_a_purge_leaves_no_run_in_the_file(
    store: Store, path: Path, add: AddArticle
) -> None:
    kept = add(store, "Snow fell, they said.")
    gone = add(store, "Xylophonists quarrelled over the zwieback, they said.")
    assert {id_ for id_, _ in text_index.texts_with(store, "they said")} == {kept, gone}
    articles.hide_article(store, gone, None)
    assert [id_ for id_, _ in text_index.texts_with(store, "they said")] == [kept]
    articles.purge_article(store, gone, None)
    assert list(text_index.texts_with(store, "zwieback")) == []
    files = b"".join(file.read_bytes() for file in sorted(path.parent.glob("work.db*")))
    terms = {row[0] for row in vocabulary(store)}
    assert "wie" not in terms
    assert "say" not in terms
    assert "sai" in terms
    # Terms share beginnings in the file: a run stands there without what it has in common with the one before.
    assert b"zwi" not in files
    assert b"xyl" not in files


def test_of_articles_that_are_stored_together_none_is_indexed_where_one_of_them_fails(store: Store) -> None:
    one, other = (article_rows(Article(text, "t"), segmented(text), ()) for text in ("Hail fell.", "Sleet fell."))
    broken = replace(other, suggestions=(("test", b"", b""), ("test", b"", b"")))
    with pytest.raises(StoreError):
        articles.add_articles(store, [one, broken], None)
    assert vocabulary(store) == []
    assert articles.add_articles(store, [one, other, one], None) == ["added", "added", "there"]
    assert text_index.articles_with(store, "fell") == [one.id, other.id]
    assert text_index.articles_with(store, "hail") == [one.id]


def vocabulary(store: Store) -> list[tuple[str]]:
    return store.connection.execute("select term from text_terms").fetchall()
