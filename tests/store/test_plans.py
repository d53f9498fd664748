"""How SQLite goes about what is asked of it, with statistics and without: by the right index, and over no whole table.

The statements are those that the functions really make. The statistics are those of a large project, written by hand:
one reviewer with 200,000 decisions among 28,000 articles, where most of what an index could tell apart is alike.
"""

from __future__ import annotations

import lzma
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from annotator.model.article import Article, Block, BlockKind, Publication, Segmentation, Sentence
from annotator.model.draft_key import DraftKey
from annotator.model.language.shingles import bands, shingles
from annotator.model.ledger import Change
from annotator.model.queue import QueueFilter, QueueSort
from annotator.model.review import ArticleReview
from annotator.model.span import Span
from annotator.model.suggestion import Suggestions, WorthSuggestion
from annotator.store import (
    Store,
    articles,
    bookmarks,
    citations,
    drafts,
    ledger,
    near,
    open_store,
    publications,
    questions,
    queue,
    records,
    review,
    sources,
    suggestions,
    undoing,
    uniting,
    worths_anew,
)
from annotator.store.fact_checks import check_state, judged
from annotator.store.soundness import ledger_check

KEPT = Path(__file__).with_name("kept") / "schema-2.db.xz"
ANA = "ana"

STATISTICS: dict[str, dict[str | None, str]] = {
    "article": {"sqlite_autoindex_article_1": "28000 1"},
    "article_text": {None: "28000"},
    "publication": {"publication_by_article": "30000 2"},
    "suggestion": {"sqlite_autoindex_suggestion_1": "28000 1 1"},
    "ledger": {
        "sqlite_autoindex_ledger_1": "260000 1",
        "ledger_order": "260000 1",
        "ledger_by_article": "260000 10 9 1",
        "ledger_by_reviewer": "260000 130000 65000 1",
        "ledger_by_undoes": "20000 1 1",
        "ledger_shared": "28500 1 1",
    },
    "judgement": {"judgement": "190000 54 54 1"},
    "verdict": {"verdict": "190000 54 54 1 1"},
    "evidence": {"evidence": "50000 10 10 1", "evidence_id": "50000 1"},
    "attribution": {"attribution": "90000 26 26 1", "attribution_id": "90000 1"},
    "attribution_source": {"attribution_source": "90000 26 26 1"},
    "refusal": {"refusal": "9000 3 3 1"},
    "boundary": {"boundary": "9000 3 3 1"},
    "progress": {"progress": "3600 1 1"},
    "open_worth": {"open_worth": "3600 1 1"},
    "place": {"place": "3600 1 1", "place_by_time": "3600 1800 1"},
    "draft": {"draft": "9 1 1 1 1"},
    "source_use": {"source_use": "100000 30 30 1", "source_use_by_entry": "100000 1 1 1"},
    "source_entity": {"source_entity": "3000 1"},
    "near_band": {"near_band": "448000 1 1"},
    "name": {"sqlite_autoindex_name_1": "2000 300 1"},
}
"""What `analyze` would find: rows, and how many of them share the first columns of an index."""


@pytest.fixture(params=["without statistics", "with statistics"])
def large(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A database that SQLite takes for a large one, or knows nothing of."""
    path = tmp_path / "work.db"
    if request.param not in _MADE:
        _make(path, with_statistics=request.param == "with statistics")
        _MADE[request.param] = path.read_bytes()
    path.write_bytes(_MADE[request.param])
    store = open_store(path)
    yield store
    store.close()


_MADE: dict[str, bytes] = {}
"""The databases, once they have been made."""


def _make(path: Path, *, with_statistics: bool) -> None:
    path.write_bytes(lzma.decompress(KEPT.read_bytes()))
    open_store(path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        if with_statistics:
            connection.execute("analyze")
            connection.execute("delete from sqlite_stat1")
            for table, indexes in STATISTICS.items():
                for index, numbers in indexes.items():
                    connection.execute("insert into sqlite_stat1 values (?, ?, ?)", (table, index, numbers))
            connection.execute("drop table if exists sqlite_stat4")
        # All of it has to be in the file itself.
        connection.execute("pragma wal_checkpoint(truncate)")


@dataclass(frozen=True, slots=True)
class Job:
    """Something that is asked of the database, and the tables that it may go through from end to end."""

    name: str
    work: Callable[[Store], object]
    through: frozenset[str] = frozenset()


def of(name: str, work: Callable[[Store], object], *through: str) -> Job:
    return Job(name, work, frozenset(through))


def article_of(store: Store) -> str:
    """The article that ana did most on."""
    return str(
        store.connection.execute(
            "select article.id from ledger join article on ordinal = article group by article order by count(*) desc"
        ).fetchone()[0]
    )


def work_of(store: Store) -> tuple[str, ArticleReview]:
    article_id = article_of(store)
    return article_id, review.load_review(store, review.load_article(store, article_id), ANA)


def decided(store: Store) -> object:
    _, work = work_of(store)
    claim = work.claims[0]
    changes = [
        Change("judgement", (claim.id, "note"), "a note"),
        Change("verdict", (claim.id, "content", "value"), "supported"),
        *(Change("attribution", (made.id,), made.as_payload()) for made in work.attributions[:1]),
        Change("evidence", ("e1",), {"claim_id": claim.id, "answer": "yes"}),
        Change("boundary", (str(claim.span.start + 3),), "cut"),
        Change("refusal", ("0" * 32,), value=True),
        *(Change("attribution_source", (id_,), source) for id_, source in list(work.sources.items())[:1]),
    ]
    return review.decide(store, work, "s", "test", claim, changes, revision=sources.revision(store))


def taken_back(store: Store) -> object:
    decided(store)
    article = work_of(store)[1].article
    for find in (undoing.next_undo, undoing.next_redo):
        due = find(store, ANA)
        assert due is not None
        review.take_back(store, article, ANA, "s", due)
    return None


def sources_decided(store: Store) -> object:
    registry = sources.registry(store)
    entity = next(iter(registry.unmerged()))
    change = Change("source", (entity.id,), entity.renamed("Another name").as_payload())
    entry = sources.decide(store, ANA, "s", "source-rename", [change], registry.revision)
    sources.registry(store, registry)
    return sources.take_back(store, ANA, "s", entry)


def added(store: Store) -> object:
    text = "Snow fell on the harbour. Nobody said so."
    article = Article(text, "snow.txt", Publication("Snow", publisher="Wire"))
    whole = Span(0, len(text))
    made = Segmentation((Block(whole, BlockKind.BODY),), (Sentence(whole, BlockKind.BODY),), "test")
    proposed = Suggestions("test", (WorthSuggestion(whole, "2", "first", 0.5),))
    return articles.add_article(store, article, made, [proposed], ANA)


def draft_on(article_id: str) -> DraftKey:
    return DraftKey(article_id, "note", "c")


SOURCES = ("source_entity", "source_alias")

JOBS = (
    # Every key, and what opens an article
    of("opening an article", work_of),
    of("noting that it was opened", lambda store: review.record_opening(store, ANA, "s", article_of(store))),
    of("deciding", decided),
    of("undo and redo", taken_back),
    of("deciding about sources", sources_decided, *SOURCES),
    of("what an undo would take back", lambda store: (undoing.next_undo(store, ANA), undoing.next_redo(store, ANA))),
    of("a claim's history", lambda store: review.history(store, ANA, article_of(store), "0" * 32)),
    of("what was decided last", lambda store: ledger.decisions(store, ANA, article_of(store))),
    of("going to a claim", lambda store: bookmarks.leave(store, ANA, article_of(store), "0" * 32)),
    of("where she was", lambda store: (bookmarks.last_place(store, ANA), bookmarks.last_place(store, "eva", "1" * 64))),
    of("how she got there", lambda store: bookmarks.left_by_decision(store, ANA, article_of(store))),
    of("keeping a draft", lambda store: drafts.save_draft(store, ANA, draft_on(article_of(store)), {"text": "a"})),
    of("forgetting a draft", lambda store: drafts.save_draft(store, ANA, draft_on(article_of(store)), None)),
    of("the next article", lambda store: queue.neighbour(store, article_of(store), 1)),
    of("the first article", lambda store: (queue.first_article(store), queue.ordinal_of(store, "0" * 64)), "article"),
    of("a page of the queue", lambda store: queue.queue_rows(store, ANA, "both", [1, 2, 3])),
    # Importing
    of("adding an article", added),
    of("finding its near copies", lambda store: near.near_candidates(store, "", bands(shingles("a b c d e f")), 3)),
    of("another publication", lambda store: publications.publications_of(store, article_of(store))),
    of("whose worth is to be written anew", lambda store: worths_anew.wanted(store, article_of(store))),
    of("asking suggesters anew", lambda store: suggestions.proposals(store, article_of(store))),
    # What is asked of all articles goes through them, and through no text and no ledger.
    of("the order of the queue", lambda store: [list(queue.queue_order(store, ANA, "both", sort, filter_))
       for sort in QueueSort for filter_ in QueueFilter], "article"),
    of("finding words", lambda store: list(articles.article_texts(store, "harbour master"))),
    of("finding a short word", lambda store: list(articles.article_texts(store, "zq"))),
    of("which articles have words", lambda store: articles.articles_with(store, "harbour master")),
    of("the articles that are shown", articles.shown_ids, "article"),
    of("how many there are", queue.shown_count, "article"),
    of("an article by its title", lambda store: articles.find_article(store, "Rain"), "article"),
    # What is asked of all work goes through what there is of it.
    of("who is at work", records.reviewers),
    of("how far everybody is", lambda store: list(records.article_work(store)), "progress"),
    of("when everybody was at work", lambda store: list(records.ticks(store)), "article"),
    of("exporting", lambda store: list(records.claim_records(store, untouched=True)), "progress", "article", *SOURCES),
    of("where sources are cited", lambda store: list(citations.citations(store, sources.registry(store))),
       "attribution", *SOURCES),
    of("the sources", sources.registry, *SOURCES),
    of("who decided on what", suggestions.decided_pairs, "ledger"),
    of("how many proposals there are", suggestions.proposal_counts, "suggestion", "article"),
    of("the first decisions", lambda store: list(ledger.entries_of(store, ANA, article_of(store)))),
    of("what was decided on two machines", lambda store: uniting.decided_apart(store, ANA), "apart"),
    of("what she decided on last", lambda store: suggestions.decided_last(store, ANA, 200)),
    of("which questions wait", lambda store: (questions.waiting(store, ANA), questions.waiting(store, "eva")),
       "question", "setting", "assignment"),
    of("how often fact-checks changed", check_state.collection_changes, "fact_check_size"),
    of("when she or the lead decided last", lambda store: check_state.last_decided(store, ANA, "adjudicated")),
    of("where she judged anything", lambda store: judged.judged_articles(store, [ANA])),
    of("what was touched since", lambda store: judged.touched_since(store, [ANA], 5)),
    of("whether the lead's was shown", lambda store: check_state.shows_adjudicated(store, article_of(store), ANA, "c")),
    of("how many entries there are", ledger_check.entry_count, "ledger"),
)  # fmt: skip

_OWN = (
    "judgement",
    "verdict",
    "evidence",
    "attribution",
    "attribution_source",
    "refusal",
    "boundary",
    "progress",
    "open_worth",
)
"""The tables of a reviewer's work: always asked for an article and a reviewer."""


def plans(store: Store, job: Job) -> dict[str, list[str]]:
    """What SQLite does for each statement of the job, by the statement."""
    statements: list[str] = []
    article_of(store)
    store.connection.set_trace_callback(statements.append)
    job.work(store)
    store.connection.set_trace_callback(None)
    found: dict[str, list[str]] = {}
    for statement in statements:
        if re.match(r"(select|insert|update|delete|with)\b", statement, re.IGNORECASE):
            rows = store.connection.execute(f"explain query plan {statement}").fetchall()
            found[statement] = [row[3] for row in rows]
    return found


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.name)
def test_nothing_is_gone_through_that_need_not_be(large: Store, job: Job) -> None:
    for statement, steps in plans(large, job).items():
        if "group by article order by count(*)" in statement:
            # That is this test's own.
            continue
        for step in steps:
            gone_through = re.match(r"SCAN (\w+)", step)
            if gone_through and "VIRTUAL TABLE" not in step and gone_through[1] not in _aliases(statement, job):
                raise AssertionError(f"{step}\n{statement}")


def _aliases(statement: str, job: Job) -> set[str]:
    """What the job may go through, also under the names that the statement has for it; the index has its own tables."""
    names = {"made", "decided", "CONSTANT", "main"}
    for table in job.through:
        names |= {table, *re.findall(rf"\b{table} (?:as )?(\w+)", statement)}
    return names


def test_the_queue_by_worth_reads_one_index_of_articles_and_her_numbers_alone_and_sorts_nothing(large: Store) -> None:
    job = of("the queue by worth", lambda store: queue.queue_order(store, ANA, "both", QueueSort.WORTH), "article")
    found = plans(large, job)
    (articles_,) = (steps for statement, steps in found.items() if "article.worth" in statement)
    assert articles_ == ["SCAN article USING COVERING INDEX article_by_worth"]
    (own,) = (steps for statement, steps in found.items() if "open_worth" in statement)
    assert own == ["SEARCH open_worth USING INDEX open_worth_by_reviewer (reviewer=?)"]


def test_the_queue_as_it_was_added_reads_the_articles_alone(large: Store) -> None:
    job = of("the queue", lambda store: queue.queue_order(store, ANA, "both"), "article")
    (steps,) = (steps for statement, steps in plans(large, job).items() if statement.startswith("select article.ord"))
    assert steps == ["SCAN article"]


@pytest.mark.parametrize("job", JOBS[:16], ids=lambda job: job.name)
def test_own_work_is_found_by_article_and_reviewer(large: Store, job: Job) -> None:
    for statement, steps in plans(large, job).items():
        for step in steps:
            search = re.match(r"SEARCH (\w+) USING (.*)", step)
            if search and search[1] in _OWN and "_id (" not in search[2]:
                assert "(article=? AND reviewer=?" in search[2], f"{step}\n{statement}"
            if search and search[1] == "ledger" and "count(*) desc" not in statement:
                assert re.search(
                    r"ledger_by_article \(article=\? AND reviewer=\?|ledger_by_reviewer \(reviewer=\? AND kind=\?|"
                    r"ledger_shared \(article=\?|autoindex_ledger_1 \(id=\?\)|INTEGER PRIMARY KEY|"
                    r"ledger_order$|ledger_by_undoes \(undoes=\?",
                    search[2],
                ), f"{step}\n{statement}"
