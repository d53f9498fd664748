from __future__ import annotations

from collections.abc import Callable

import pytest

from annotator.model.article import Article, Publication, Segmentation
from annotator.model.draft_key import DraftKey
from annotator.model.ledger import Change
from annotator.model.progress import Progress
from annotator.model.queue import QueueFilter, QueueSort
from annotator.store import Store, articles, bookmarks, drafts, queue, review

AddArticle = Callable[..., str]


def judge(store: Store, article_id: str, reviewer: str, number: int, **facets: object) -> None:
    work = review.load_review(store, review.load_article(store, article_id), reviewer)
    claim = work.claims[number]
    changes = [Change("judgement", (claim.id, facet), value) for facet, value in facets.items()]
    review.decide(store, work, "s", "test", claim, changes)


@pytest.fixture
def stocked(store: Store, add: AddArticle) -> Store:
    """Five articles; ana has done the first, flagged the second, and triaged one claim of the third."""
    ids = [
        add(store, "Rain fell.", title="rain", publisher="Wire", published_at="2026-03-01"),
        add(store, "Snow fell. It lay.", title="Snow", publisher="daily", published_at="2026-03-03"),
        add(store, "Hail fell. It hurt. It went.", title="Hail 100%", publisher="", published_at="2026-03-02"),
        add(store, "Fog came. It sat.", title="", publisher="Wire"),
        add(store, "Hidden. Away.", title="Hidden"),
    ]
    judge(store, ids[0], "ana", 0, worth="0", voice="author")
    judge(store, ids[1], "ana", 1, flag=True)
    judge(store, ids[2], "ana", 2, worth="2", voice="author")
    judge(store, ids[3], "bo", 0, flag=True, worth="0", voice="author")
    articles.hide_article(store, ids[4], None)
    return store


def order(store: Store, sort: QueueSort, reviewer: str = "ana") -> list[int]:
    return list(queue.queue_order(store, reviewer, "both", sort))


def test_each_sort_puts_the_articles_in_its_order(stocked: Store) -> None:
    assert order(stocked, QueueSort.ADDED) == [1, 2, 3, 4]
    assert order(stocked, QueueSort.TITLE) == [4, 3, 1, 2]
    assert order(stocked, QueueSort.PUBLISHER) == [2, 1, 4, 3]
    assert order(stocked, QueueSort.DATE) == [2, 3, 1, 4]
    assert order(stocked, QueueSort.LEFT) == [1, 2, 4, 3]
    assert order(stocked, QueueSort.FLAGS) == [2, 1, 3, 4]
    assert order(stocked, QueueSort.TOUCHED) == [3, 2, 1, 4]


@pytest.mark.parametrize(
    ("filter_", "anas", "bos"),
    [
        (QueueFilter.ALL, [1, 2, 3, 4], [1, 2, 3, 4]),
        (QueueFilter.OPEN, [2, 3, 4], [1, 2, 3, 4]),
        (QueueFilter.STARTED, [2, 3], [4]),
        (QueueFilter.AWAITING, [3], []),
        (QueueFilter.FLAGGED, [2], [4]),
        (QueueFilter.DONE, [1], []),
    ],
)
def test_each_filter_counts_the_reviewer_s_own_work_alone(
    stocked: Store, filter_: QueueFilter, anas: list[int], bos: list[int]
) -> None:
    assert list(queue.queue_order(stocked, "ana", "both", filter_=filter_)) == anas
    assert list(queue.queue_order(stocked, "bo", "both", filter_=filter_)) == bos


@pytest.mark.parametrize(
    ("words", "found"),
    [("snow", [2]), ("WIRE", [1, 4]), ("100%", [3]), ("%", [3]), ("_", []), ("\\", []), ("hidden", []), ("fog", [4])],
)
def test_words_are_found_in_titles_and_publishers_as_they_stand(stocked: Store, words: str, found: list[int]) -> None:
    assert list(queue.queue_order(stocked, "ana", "both", words=words)) == found


def test_titles_are_found_and_sorted_whatever_their_case_accents_and_composition(store: Store, add: AddArticle) -> None:
    for number, title in enumerate(["Мост закрыт", "Über die Brücke", "Ärzte streiken", "Zoo", "Sa\u0303o João"]):
        add(store, f"It rained for {number} days.", title=title)

    def found(words: str) -> list[int]:
        return list(queue.queue_order(store, "ana", "both", words=words))

    assert [found(words) for words in ("мост", "UBER", "ärzte", "SÃO joao", "zoo")] == [[1], [2], [3], [5], [4]]
    assert order(store, QueueSort.TITLE) == [3, 5, 2, 4, 1]


def test_dates_are_sorted_by_the_time_they_name_however_they_are_written(store: Store, add: AddArticle) -> None:
    dates = [
        *("2026-03-10", "20260311", "2026-12-31", "2026", "2026-03-10T23:00:00-05:00", "2026-03-11T01:00:00+00:00"),
        *("Tue, 10 Mar 2026 10:00:00 GMT", "", "soon", "2026-04"),
    ]
    for number, date in enumerate(dates):
        add(store, f"It rained for {number} days.", published_at=date)
    assert order(store, QueueSort.DATE) == [3, 10, 5, 6, 2, 7, 1, 4, 8, 9]


def test_a_date_that_many_articles_have_is_read_once(
    store: Store, add: AddArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        add(store, f"Rain fell {number} times.", title=f"rain {number}", published_at=f"1871-03-0{number % 2 + 1}")
    read: list[str] = []

    def noted(given: str) -> str:
        read.append(given)
        return given

    monkeypatch.setattr("annotator.model.dates.moment", noted)
    assert list(queue.queue_order(store, "ana", "both", QueueSort.DATE)) == [2, 4, 1, 3, 5]
    assert sorted(read) == ["1871-03-01", "1871-03-02"]
    queue._moment.cache_clear()


def test_rows_come_in_the_order_asked_for_with_the_reviewer_s_counts(stocked: Store) -> None:
    rows = queue.queue_rows(stocked, "ana", "both", [3, 99, 4])
    assert [(row.ordinal, row.title, row.publisher) for row in rows] == [
        (3, "Hail 100%", ""),
        (4, "Fog came. It sat.", "Wire"),
    ]
    assert [row.progress for row in rows] == [Progress(3, awaiting=1), Progress(2)]
    assert rows[0].touched_at
    assert not rows[1].touched_at
    assert queue.queue_rows(stocked, "ana", "triage", [3])[0].progress == Progress(3, done=1)
    assert queue.queue_rows(stocked, "ana", "both", []) == []


def test_a_title_that_is_learned_later_is_shown(store: Store, add: AddArticle) -> None:
    add(store, "Rain fell.")
    again = Article("Rain fell.", "-", Publication("Rain", publisher="Wire"))
    articles.add_article(store, again, Segmentation((), (), ""), [], None)
    assert [row.title for row in queue.queue_rows(store, "ana", "both", [1])] == ["Rain"]


def test_neighbours_pass_over_what_is_hidden_and_end_at_the_ends(store: Store, add: AddArticle) -> None:
    one, two, three = (add(store, text) for text in ("One.", "Two.", "Three."))
    assert (queue.neighbour(store, one, 1), queue.neighbour(store, three, -1)) == (two, two)
    assert (queue.neighbour(store, one, -1), queue.neighbour(store, three, 1)) == (None, None)
    articles.hide_article(store, two, None)
    assert (queue.neighbour(store, one, 1), queue.neighbour(store, three, -1)) == (three, one)
    articles.purge_article(store, three, None)
    assert queue.neighbour(store, one, 1) is None


def test_everybody_comes_back_to_her_own_place(store: Store, add: AddArticle) -> None:
    one, two = add(store, "One. Uno."), add(store, "Two. Dos.")
    claim = review.load_review(store, review.load_article(store, one), "ana").claims[1]
    bookmarks.leave(store, "bo", two, _first(store, two))
    bookmarks.leave(store, "ana", one, claim.id)
    assert bookmarks.last_place(store, "ana") == (one, claim.id)
    assert bookmarks.last_place(store, "ana", two) is None
    assert bookmarks.last_place(store, "eva") is None
    review.record_opening(store, "ana", "s", two)
    assert bookmarks.last_place(store, "ana") == (two, None)
    review.record_opening(store, "ana", "s", one)
    assert bookmarks.last_place(store, "ana") == (one, claim.id)
    articles.hide_article(store, one, None)
    assert bookmarks.last_place(store, "ana") == (two, None)


def _first(store: Store, article_id: str) -> str:
    return review.load_review(store, review.load_article(store, article_id), "ana").claims[0].id


def test_a_draft_is_kept_until_it_is_forgotten_and_is_hers_alone(store: Store, add: AddArticle) -> None:
    article_id = add(store, "One. Uno.")
    drafts.save_draft(store, "ana", DraftKey(article_id, "note", "c"), {"text": "“half a thou"})
    drafts.save_draft(store, "ana", DraftKey(article_id, "note", "c"), {"text": "“half a thought”"})
    assert drafts.drafts(store, "ana").get(DraftKey(article_id, "note", "c")) == {"text": "“half a thought”"}
    assert drafts.drafts(store, "bo").get(DraftKey(article_id, "note", "c")) is None
    assert drafts.drafts(store, "ana").get(DraftKey(article_id, "note", "d")) is None
    drafts.save_draft(store, "ana", DraftKey(article_id, "note", "c"), None)
    assert drafts.drafts(store, "ana").get(DraftKey(article_id, "note", "c")) is None
