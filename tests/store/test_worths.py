"""The queue by worth: the article with the most check-worthy claim that is still open first, for each of her own."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from annotator.model.article import Article, Publication
from annotator.model.ledger import Change, Entry
from annotator.model.queue import QueueSort
from annotator.model.scheme import PASSES, Pass
from annotator.model.suggestion import Suggestions, WorthSuggestion
from annotator.model.worth_order import worth_to_check
from annotator.store import Store, articles, doctor, ledger, open_store, queue, recovering, review
from annotator.store.article_rows import article_rows
from tests.store.conftest import segmented

WORTHS = {
    "Rain fell. It fell on 9 houses.": ((0, "0", 0.99), (1, "2", 0.6)),
    "Snow fell. It fell on 12 houses. It lay.": ((1, "2", 0.9), (2, "2", 0.7)),
    "Hail fell. Who knows?": ((1, "0", 0.8),),
    "Fog came. It sat on 3 roofs.": ((1, "2", 0.8),),
}
RAIN, SNOW, HAIL, FOG = (Article(text, "").id for text in WORTHS)


def add(store: Store, text: str) -> None:
    made = segmented(text)
    worths = [
        WorthSuggestion(made.sentences[at].span, worth, "made up", confidence) for at, worth, confidence in WORTHS[text]
    ]
    proposed = [Suggestions("rules", tuple(each for each in worths if each.worth == "0"))]
    proposed += [Suggestions("worth", tuple(each for each in worths if each.worth != "0"))]
    articles.add_article(store, Article(text, "test.txt", Publication()), made, proposed, None)


@pytest.fixture
def stocked(store: Store) -> Store:
    for text in WORTHS:
        add(store, text)
    return store


def order(store: Store, reviewer: str = "ana", pass_: Pass = "both") -> list[int]:
    return list(queue.queue_order(store, reviewer, pass_, QueueSort.WORTH))


def by_hand(store: Store, reviewer: str, pass_: Pass = "both") -> list[int]:
    """The same order, of the articles' reviews themselves."""
    found = []
    for article_id in articles.shown_ids(store):
        work = review.load_review(store, review.load_article(store, article_id), reviewer)
        states = zip(work.claims, work.states(pass_), strict=True)
        left = [worth_to_check(work, claim) for claim, state in states if state not in ("done", "skipped")]
        worth = max(0.0, *left, 0.0) if left else -1.0
        found.append((-worth, queue.ordinal_of(store, article_id) or 0))
    return [ordinal for _, ordinal in sorted(found)]


def decide(store: Store, article_id: str, number: int, reviewer: str = "ana", **facets: object) -> Entry:
    work = review.load_review(store, review.load_article(store, article_id), reviewer)
    claim = work.claims[number]
    changes = [Change("judgement", (claim.id, facet), value) for facet, value in facets.items()]
    return review.decide(store, work, "s", "test", claim, changes)[0]


def test_of_what_two_suggesters_say_of_one_sentence_the_first_counts() -> None:
    text = "Rain fell. It fell on 9 houses."
    made = segmented(text)
    said = [WorthSuggestion(sentence.span, "2", "made up", 0.6) for sentence in made.sentences]
    other = WorthSuggestion(made.sentences[1].span, "2", "made up", 0.9)
    one, two = Suggestions("one", tuple(said)), Suggestions("two", (other,))
    for proposed, best in (([one, two], 0.6), ([two, one], 0.9), ([two], 0.9)):
        assert article_rows(Article(text, "t"), made, proposed).worths == {"2": best}


DONE = {"worth": "0", "voice": "author"}


def test_what_is_suggested_puts_them_in_order_and_the_rest_as_it_was_added(stocked: Store) -> None:
    assert order(stocked) == by_hand(stocked, "ana") == [2, 4, 1, 3]


def test_what_is_settled_counts_no_more_and_what_she_judged_check_worthy_comes_first(stocked: Store) -> None:
    decide(stocked, SNOW, 1, **DONE)
    assert order(stocked) == by_hand(stocked, "ana") == [4, 2, 1, 3]
    decide(stocked, HAIL, 0, worth="2")
    assert order(stocked) == by_hand(stocked, "ana") == [3, 4, 2, 1]
    # In triage that claim lacks only its attribution, and is open still.
    assert order(stocked, pass_="triage") == by_hand(stocked, "ana", "triage") == [3, 4, 2, 1]
    decide(stocked, HAIL, 0, voice="author")
    assert order(stocked, pass_="triage") == by_hand(stocked, "ana", "triage") == [4, 2, 1, 3]
    assert order(stocked) == [3, 4, 2, 1]


def test_an_article_in_which_nothing_is_open_comes_last_and_back_by_undo(stocked: Store) -> None:
    decide(stocked, FOG, 0, skipped=True)
    last = decide(stocked, FOG, 1, skipped=True)
    assert order(stocked) == by_hand(stocked, "ana") == [2, 1, 3, 4]
    review.take_back(stocked, review.load_article(stocked, FOG), "ana", "s", last)
    assert order(stocked) == by_hand(stocked, "ana") == [2, 4, 1, 3]


def test_what_is_open_and_not_worth_checking_comes_before_what_is_done(stocked: Store) -> None:
    for number in (0, 1):
        decide(stocked, RAIN, number, **DONE)
    assert order(stocked) == by_hand(stocked, "ana") == [2, 4, 3, 1]


def test_everybody_s_order_is_of_her_own_decisions_alone(stocked: Store) -> None:
    decide(stocked, SNOW, 1, "bo", **DONE)
    decide(stocked, HAIL, 0, "bo", worth="2")
    assert order(stocked) == [2, 4, 1, 3]
    assert order(stocked, "eva") == [2, 4, 1, 3]
    assert order(stocked, "bo") == by_hand(stocked, "bo") == [3, 4, 2, 1]
    before = order(stocked, "bo")
    decide(stocked, RAIN, 1, worth="2")
    assert order(stocked, "bo") == before


def test_a_claim_that_is_cut_in_two_keeps_its_worth_where_it_begins(stocked: Store) -> None:
    work = review.load_review(stocked, review.load_article(stocked, SNOW), "ana")
    cut = work.claims[1].span.start + 8
    review.decide(stocked, work, "s", "test", None, [Change("boundary", (str(cut),), "cut")])
    decide(stocked, SNOW, 2, **DONE)
    assert order(stocked) == by_hand(stocked, "ana") == [2, 4, 1, 3]
    decide(stocked, SNOW, 1, **DONE)
    assert order(stocked) == by_hand(stocked, "ana") == [4, 2, 1, 3]


def test_a_purged_article_leaves_no_number_behind(stocked: Store) -> None:
    decide(stocked, SNOW, 1, **DONE)
    articles.purge_article(stocked, SNOW, None)
    assert order(stocked) == [4, 1, 3]
    assert stocked.connection.execute("select worth from article where id = ?", (SNOW,)).fetchone() == (None,)
    assert stocked.connection.execute("select count(*) from open_worth").fetchone() == (0,)


def test_a_recovered_database_has_the_same_order(stocked: Store, path: Path) -> None:
    decide(stocked, SNOW, 1, **DONE)
    expected = order(stocked)
    stocked.close()
    with closing(open_store(path.with_name("new.db"))) as store:
        recovering.recover(path, store)
        assert order(store) == expected == [4, 2, 1, 3]
        assert list(doctor.examine(store)) == []


def older(path: Path) -> None:
    """The database as the version before had it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        for index in ("article_by_worth", "fact_check_replaced"):
            raw.execute(f"drop index {index}")
        raw.execute("alter table article drop column worth")
        raw.execute("alter table fact_check drop column digest")
        for table in ("open_worth", "judged_vector", "fact_check_vector", "fact_check_model"):
            raw.execute(f"drop table {table}")
        raw.execute("delete from _sqlite_migrations where name >= 'm0006'")
        raw.execute("pragma user_version = 5")
        raw.execute("pragma wal_checkpoint(truncate)")


def test_a_database_of_the_version_before_gets_its_numbers(stocked: Store, path: Path) -> None:
    decide(stocked, SNOW, 1, **DONE)
    decide(stocked, HAIL, 0, "bo", worth="2")
    expected = {name: order(stocked, name) for name in ("ana", "bo", "eva")}
    entries = list(ledger.entries(stocked))
    stocked.close()
    older(path)
    with closing(open_store(path)) as store:
        assert {name: order(store, name) for name in expected} == expected
        assert list(ledger.entries(store)) == entries
        assert list(doctor.examine(store)) == []
    assert len(list(path.parent.glob("work.db.schema5-*.bak"))) == 1


def test_damaged_suggestions_do_not_keep_a_database_from_being_brought_up_to_date(stocked: Store, path: Path) -> None:
    stocked.connection.execute("update suggestion set current = x'00' where article = 2")
    stocked.close()
    older(path)
    with closing(open_store(path)) as store:
        assert order(store) == [4, 1, 2, 3]


@pytest.mark.parametrize("pass_", PASSES)
def test_after_many_decisions_it_is_still_the_order_of_the_reviews(stocked: Store, pass_: Pass) -> None:
    facets = ({"worth": "2"}, {"skipped": True}, {"worth": "1"}, {"voice": "author"}, {"worth": None}, {"note": "n"})
    for step, (article_id, number) in enumerate((id_, at) for at in (1, 0) for id_ in (RAIN, SNOW, HAIL, FOG) * 2):
        decide(stocked, article_id, number, **facets[step % len(facets)])
        assert order(stocked, pass_=pass_) == by_hand(stocked, "ana", pass_)
