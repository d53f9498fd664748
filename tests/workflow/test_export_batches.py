from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import closing
from typing import Any

import pytest

from annotator.errors import ExportFailure
from annotator.model.article import Article, Claim, Publication
from annotator.model.attribution import Attribution
from annotator.model.ledger import Change, uuid7
from annotator.model.review import ArticleReview, State
from annotator.model.span import Span
from annotator.store import Store, open_store
from annotator.store.records import Work
from annotator.workflow import judging
from annotator.workflow.dataset import FORMATS, Choice, Tally, exported
from annotator.workflow.exporting import batches
from annotator.workflow.ingest import ingest
from annotator.workflow.plan import Plan
from annotator.workflow.session import ReviewSession
from tests.workflow.two_processes import give_away

TEXTS = [f"Ferry {number} sailed.\n\n=It was late, “she” said.\tNobody\u00a0knew." for number in range(5)]
ROWS = 48
IN_BATCHES = [name for name, row in FORMATS.items() if row.in_batches]


@pytest.fixture
def judged(store: Store) -> Store:
    """Seven articles on which two reviewers have decided much the same."""
    list(ingest(store, [Article(text, "/home/ana/x.txt", Publication(title="Ferry")) for text in TEXTS]))
    for reviewer, value in (("ana", "supported"), ("bo", "refuted")):
        session = ReviewSession(store, reviewer)
        for (article_id,) in store.connection.execute("select id from article order by ordinal").fetchall():
            review, _ = session.open(article_id)
            for at, claim in enumerate(review.claims):
                session.apply(judging.verdict, claim, value if at else "supported")
            session.apply(judging.voice, review.claims[0])
            session.apply(judging.note, review.claims[0], "-5 \x07")
            if len(review.claims) > 1:
                session.apply(attributed, review.claims[-1])
    return store


def attributed(review: ArticleReview, claim: Claim) -> Plan:
    """The claim's last words are attributed to its first one, with the next as the cue."""
    start, end = claim.span.start, claim.span.end
    made = Attribution(uuid7(), (Span(start, start + 1),), Span(start + 1, start + 2), (Span(start + 2, end),))
    return Plan("test", claim, [Change("attribution", (made.id,), made.as_payload())])


@pytest.fixture
def given_away(monkeypatch: pytest.MonkeyPatch) -> list[Future[Any]]:
    """Every export is shared, however small; what the other process was given."""
    return give_away(monkeypatch, batches)


def written(store: Store, format_: str, choice: Choice) -> tuple[dict[str, bytes], Tally]:
    """The files of an export of the store as it is, and the account of it; `reached` is left out."""
    tally = Tally()
    return {path: b"".join(chunks) for path, chunks in exported(store, FORMATS[format_], choice, tally)}, tally


def need_extra(format_: str) -> None:
    """Skip where the format needs what is not installed."""
    pytest.importorskip({"parquet": "pyarrow", "cas": "cassis"}.get(FORMATS[format_].extra, "annotator"))


def assert_shared(given_away: list[Future[Any]]) -> None:
    assert given_away
    assert all(made.exception() is None for made in given_away)


def test_every_format_but_one_that_counts_through_the_whole_is_made_by_two() -> None:
    assert set(FORMATS) - set(IN_BATCHES) == {"huggingface"}


@pytest.mark.parametrize("format_", FORMATS)
def test_a_large_export_is_what_one_process_writes(judged: Store, given_away: list[Future[Any]], format_: str) -> None:
    need_extra(format_)
    choice = Choice(base_url="https://example.org/")
    alone = written(judged, format_, choice)
    assert not given_away
    with judged.snapshot():
        assert written(judged, format_, choice) == alone
    if format_ in IN_BATCHES:
        assert_shared(given_away)


@pytest.mark.parametrize("format_", ["csv", "sqlite"])
@pytest.mark.parametrize(
    "choice",
    [
        Choice(adjudicated=True),
        Choice(anonymised=True, with_text=False, untouched=True),
        Choice(reviewers=["bo"], verdicts=("refuted",), viewer="ana"),
        Choice(split=(2, 1, 1), seed=3),
    ],
)
def test_two_processes_choose_what_one_does(
    judged: Store, given_away: list[Future[Any]], choice: Choice, format_: str
) -> None:
    alone = written(judged, format_, choice)
    with judged.snapshot():
        assert written(judged, format_, choice) == alone
    assert_shared(given_away)


@pytest.mark.parametrize("format_", [name for name, row in FORMATS.items() if row.numbered])
def test_words_that_look_like_a_number_of_the_format_stay(
    store: Store, given_away: list[Future[Any]], format_: str
) -> None:
    like = (
        '{"id":5,"label" "id":5,"from_id":5 "to_id":5} from_id":5 \\"to_id":5 \n{"id":5,"data":{ \u2028{"id":5,"data"'
    )
    list(ingest(store, [Article(f'{like}\n\nFerry {number} sailed. {like}"id":5,"label"', "x") for number in range(3)]))
    session = ReviewSession(store, '"id":5,"label"')
    for (article_id,) in store.connection.execute("select id from article").fetchall():
        review, _ = session.open(article_id)
        session.apply(judging.note, review.claims[0], like)
        session.apply(judging.restatement, review.claims[0], '"from_id":5')
        session.apply(attributed, review.claims[-1])
    alone = written(store, format_, Choice())
    with store.snapshot():
        assert written(store, format_, Choice()) == alone
    assert_shared(given_away)


@pytest.mark.parametrize("format_", ["averitec", "claimreview"])
def test_a_list_without_anything_is_what_one_process_writes(
    judged: Store, given_away: list[Future[Any]], format_: str
) -> None:
    choice = Choice(base_url="https://example.org/", with_text=False, states=(State.IN_PROGRESS,))
    alone = written(judged, format_, choice)
    assert alone[1].rows == 0
    with judged.snapshot():
        assert written(judged, format_, choice) == alone
    assert_shared(given_away)


def test_progress_is_told_as_the_file_grows(judged: Store, given_away: list[Future[Any]]) -> None:
    reached: list[tuple[int, int]] = []
    tally = Tally(reached=lambda place, of: reached.append((place, of)))
    with judged.snapshot():
        ((_, chunks),) = exported(judged, FORMATS["jsonl"], Choice(), tally)
        b"".join(chunks)
    assert reached == [(place, 7) for place in range(1, 8)]


def test_what_is_decided_after_the_export_began_is_not_in_it(judged: Store, given_away: list[Future[Any]]) -> None:
    alone = written(judged, "jsonl", Choice())
    with judged.snapshot():
        assert judged.connection.execute("select count(*) from ledger").fetchone()
        with closing(open_store(judged.path)) as another:
            session = ReviewSession(another, "ana")
            review, _ = session.open(another.connection.execute("select max(id) from article").fetchone()[0])
            session.apply(judging.note, review.claims[0], "meanwhile")
        assert written(judged, "jsonl", Choice()) == alone
    assert b"meanwhile" in written(judged, "jsonl", Choice())[0][""]


@pytest.mark.parametrize("format_", ["jsonl", "parquet", "sqlite"])
def test_a_process_that_cannot_work_costs_no_row(
    judged: Store, given_away: list[Future[Any]], monkeypatch: pytest.MonkeyPatch, format_: str
) -> None:
    need_extra(format_)
    alone = written(judged, format_, Choice())
    monkeypatch.setattr("annotator.processes._SERVE", "raise SystemExit(1)")
    with judged.snapshot():
        assert written(judged, format_, Choice()) == alone
    assert given_away


@pytest.mark.parametrize("damaged", [1, 3])
@pytest.mark.parametrize("format_", ["jsonl", "parquet", "sqlite"])
def test_what_cannot_be_exported_is_said_as_by_one_process(
    judged: Store, given_away: list[Future[Any]], damaged: int, format_: str
) -> None:
    need_extra(format_)
    judged.connection.execute("update article_text set text = text || '.' where article >= ?", (damaged,))
    with pytest.raises(ExportFailure) as alone:
        written(judged, format_, Choice())
    with judged.snapshot(), pytest.raises(ExportFailure) as shared:
        written(judged, format_, Choice())
    assert given_away
    assert str(shared.value) == str(alone.value)


def test_many_short_articles_are_divided_by_looking_at_each_once() -> None:
    looked_at: list[str] = []

    class Looked(Work):
        @property
        def claims(self) -> int:
            looked_at.append(self.article_id)
            return 1

    work = [Looked(str(number), "ana", 1) for number in range(3 * batches.BATCH)]
    assert [len(batch) for batch in batches._batches(work)] == [batches.BATCH] * 3
    assert looked_at == [each.article_id for each in work]


@pytest.mark.parametrize("why", ["few claims", "one core", "no snapshot"])
def test_one_process_is_enough_for_what_is_small_and_where_nothing_would_be_gained(
    judged: Store, given_away: list[Future[Any]], monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    if why == "few claims":
        monkeypatch.setattr(batches, "MANY", 10_000)
    if why == "one core":
        monkeypatch.setattr(batches, "cores", lambda: 1)

    def lines() -> Iterator[bytes]:
        return (line for _, chunks in exported(judged, FORMATS["jsonl"], Choice(), Tally()) for line in chunks)

    if why == "no snapshot":
        assert len(list(lines())) == ROWS
    else:
        with judged.snapshot():
            assert len(list(lines())) == ROWS
    assert not given_away
