"""A session played on all seeds with 300 fact-checks of our own writing, a dozen of which are about what they say."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from annotator.cli.main import annotator_command
from annotator.errors import ImportFailure
from annotator.importers import ImportOptions, read_sources
from annotator.importers.checks import CheckOptions
from annotator.model.article import Article, Claim, Publication
from annotator.model.check import Found, Seen
from annotator.model.review import ArticleReview
from annotator.store import Store, articles, doctor, open_store
from annotator.workflow import attributing, ingest, judging, leading
from annotator.workflow.fact_checks import seen_before
from annotator.workflow.fact_checks.checks import import_checks
from annotator.workflow.fact_checks.seen import found_before, kept_before
from annotator.workflow.fact_checks.taking import take
from annotator.workflow.session import ReviewSession

ROOT = Path(__file__).parents[2]
SEEDS = sorted(str(path) for path in (ROOT / "seeds").iterdir() if path.name != "README.md")
CHECKS = ROOT / "tests" / "data" / "fact_checks.jsonl"

CRANES, RIVER, BUSES = "Port Halloran shuts", "‘We straightened", "The last bus"
NITRATE, MEALS, DAM, HOSPITAL = "Who knew", "School meals", "Lt. Gov. Oakhurst", "The cottage hospital"
SEEN = {
    (CRANES, "imports", "halloran-tenth-of-imports"): "same words (country, delay, end, imports)",
    (CRANES, "212,000 containers", "halloran-berth-share"): "same number (212000, 34)",
    (NITRATE, "more nitrate than state law allows", "ashgrove-nitrate"): "same name (Ashgrove)",
    (RIVER, "has led the Ambrel Restoration Trust", "ambrel-measurements"): "other year (1904, not 2017)",
    (RIVER, "highest since measurements began in 1904", "ambrel-measurements"): "same year (1904)",
    (BUSES, "Until 2019 Sandmouth had eleven night routes.", "night-bus-routes"): "negated",
    (BUSES, "costs the city 7.20 crowns", "night-bus-cost"): "same speaker (Ansel Whitgrove)",
    (MEALS, "almost 6,000 untouched or half-eaten meals", "school-meals-waste"): "same number (6000)",
    (DAM, "engineer tells senators", "dam-warned-twice"): "same words (Lt, twice, warned, writing)",
    (DAM, "engineer tells senators", "dam-never-warned"): "negated",
    (DAM, "A retired engineer told state senators", "dam-warned-twice"): "same name (Gov, Dam, Hollow, Larch)",
    (DAM, "A retired engineer told state senators", "dam-never-warned"): "negated",
    (HOSPITAL, "an ambulance from Saltmarsh", "cottage-minutes"): "same number (34)",
}
"""What is seen: the beginning of the title, words of the claim, the fact-check; and one thing that is said of why.

The engineer who led the trust is the one claim that a fact-check is seen for that is about something else.
"""
MISSED = {"ashgrove-nobody-told", "school-meals-cost-2021"}
"""Those of the dozen that agree with a seed in so little that they are not sure enough to be told of."""


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the seeds and the fact-checks, to be copied."""
    path = tmp_path_factory.mktemp("seeds") / "annotations.db"
    with closing(open_store(path)) as store:
        outcomes = list(ingest.ingest(store, read_sources(SEEDS, ImportOptions()), processes=1))
        assert {outcome.result for outcome in outcomes} == {"added"}
        assert not any(isinstance(item, ImportFailure) for item in import_checks(store, str(CHECKS), CheckOptions()))
    return path


@pytest.fixture
def path(stocked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of its own."""
    monkeypatch.setattr(seen_before, "_BREATH", 0)
    return Path(shutil.copyfile(stocked, tmp_path / "annotations.db"))


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with closing(open_store(path)) as opened:
        yield opened


def slug(seen: Seen) -> str:
    return seen.check.url.rpartition("/")[2]


def words_of(review: ArticleReview, claim: Claim) -> str:
    return " ".join(claim.span.slice(review.article.text).split())


def claim_with(review: ArticleReview, words: str) -> Claim:
    return next(claim for claim in review.claims if words in words_of(review, claim))


def opened(store: Store, reviewer: str, title: str) -> ReviewSession:
    session = ReviewSession(store, reviewer)
    for article_id in articles.shown_ids(store):
        review, _ = session.open(article_id)
        if review.article.title.startswith(title):
            return session
    raise AssertionError(title)


def seen_by(session: ReviewSession, *ids: str) -> list[Found]:
    """What a reviewer sees in some articles."""
    found = []
    for article_id in ids:
        session.open(article_id)
        looked_up = found_before(session, article_id, lambda: False)
        assert looked_up is not None
        assert kept_before(session).seen == looked_up
        found.append(looked_up)
    return found


def test_every_seed_is_opened_and_the_dozen_is_seen_at_its_claims_but_for_two(store: Store) -> None:
    ana, told = ReviewSession(store, "ana"), {}
    for article_id in articles.shown_ids(store):
        review, _ = ana.open(article_id)
        assert kept_before(ana).to_look_up
        (found,) = seen_by(ana, article_id)
        for claim in review.claims:
            for seen in found.get(claim.id, ()):
                told[review.article.title, words_of(review, claim), slug(seen)] = seen
    for (title, words, name), why in SEEN.items():
        (seen,) = (
            seen
            for (of, claim_words, slug_), seen in told.items()
            if of.startswith(title) and words in claim_words and slug_ == name
        )
        assert why in seen.why
        assert (seen.own, seen.score >= seen_before.SURE_ENOUGH) == (False, True)
    assert len(told) == len(SEEN)
    dozen = [line.partition('"url": "')[2].partition('"')[0] for line in CHECKS.read_text().splitlines()[:12]]
    assert {url.rpartition("/")[2] for url in dozen} == {name for _, _, name in told} | MISSED


def test_a_check_that_denies_the_claim_is_marked_and_speaks_the_other_way_round(store: Store) -> None:
    ana = opened(store, "ana", BUSES)
    claim = claim_with(ana.review, "eleven night routes")
    (found,) = seen_by(ana, ana.review.article.id)
    (seen,) = found[claim.id]
    assert (slug(seen), seen.stale, seen.check.value) == ("night-bus-routes", True, "refuted")
    assert {"nearly the same sentence", "negated", "checked 15 months before"} <= set(seen.why)
    (piece,) = ana.apply(take, claim, seen).review.evidence_of(claim)
    assert (piece.answer, piece.stance) == ("Wrong", "supports")


@pytest.fixture
def report(path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """`annotator report checks`, asked by whom."""
    monkeypatch.setenv("ANNOTATOR_DB", str(path))

    def asked(by: str, *options: str) -> Result:
        return CliRunner().invoke(annotator_command, ["--reviewer", by, "report", "checks", *options])

    return asked


def of_publisher(result: Result, publisher: str) -> list[str]:
    """The numbers of a publisher: taken, kept, compared, right, share."""
    assert result.exit_code == 0, result.output
    (line,) = (line for line in result.stdout.splitlines() if line.startswith(publisher))
    return line.removeprefix(publisher).split(maxsplit=4)


async def test_one_key_takes_a_check_as_evidence_and_the_report_says_how_often_that_was_right(
    workbench: Callable[..., Any], path: Path, report: Callable[..., Result]
) -> None:
    with closing(open_store(path)) as store:
        ana = opened(store, "ana", CRANES)
        article_id, review = ana.review.article.id, ana.review
        claim = claim_with(review, "212,000 containers")
        place = f"{article_id}@{claim.span.start}"
    async with workbench(path, place=place, size=(120, 40)) as desk:
        await desk.desk._jobs.until_looked_up()
        await desk.until_idle()
        assert "before: 1 · Mostly true · Velmora Fact Desk · 2026-01-22" in " ".join(desk.panel.split())
        await desk.press("b", "enter")
        assert "evidence kept: Velmora Fact Desk" in desk.message
    with closing(open_store(path)) as store:
        ana = opened(store, "ana", CRANES)
        (piece,) = ana.review.evidence_of(claim)
        assert (piece.url, piece.answer) == ("https://factdesk.example.org/halloran-berth-share", "Mostly true")
        assert piece.passage == "Port Halloran: does one berth handle a third of the traffic?"
        assert piece.published_at == "2026-01-22"
        assert ana.review.verdict(claim) is None
    assert of_publisher(report("ana"), "Velmora Fact Desk") == ["1", "1", "0", "0", "-"]
    with closing(open_store(path)) as store:
        ana = opened(store, "ana", CRANES)
        ana.apply(judging.verdict, claim, "supported")
        assert list(doctor.examine(store)) == []
    assert of_publisher(report("ana"), "Velmora Fact Desk") == ["1", "1", "1", "1", "100 %"]


COPY = "Sandmouth cuts buses\n\nUntil 2019 Sandmouth had eleven night routes. The council said so on Friday.\n"


@pytest.fixture
def judged(store: Store) -> str:
    """Ana has judged a sentence that another article repeats, whose id this is; the project has a lead."""
    leading.set_lead(store, "lea", None)
    article = Article(COPY, "copy.txt", Publication("Sandmouth cuts buses"))
    (outcome,) = ingest.ingest(store, [article])
    assert outcome.result == "added"
    ana = opened(store, "ana", BUSES)
    claim = claim_with(ana.review, "eleven night routes")
    (found,) = seen_by(ana, ana.review.article.id)
    (seen,) = found[claim.id]
    ana.apply(take, claim, seen)
    ana.apply(judging.verdict, claim, "refuted")
    ana.apply(judging.restatement, claim, "Sandmouth had eleven routes of night buses before 2019.")
    ana.apply(judging.note, claim, "ana's own note")
    ana.apply(attributing.accept, claim_with(ana.review, "costs the city 7.20 crowns"))
    return article.id


def test_in_a_blind_project_matching_shows_a_second_reviewer_nothing_of_the_first_one_s_judgements(
    store: Store, judged: str
) -> None:
    ana, eva = ReviewSession(store, "ana"), ReviewSession(store, "eva")
    (own,) = seen_by(ana, judged)
    # She herself sees her earlier verdict on the sentence that is repeated.
    assert [seen.check.value for seen in own[claim_with(ana.review, "eleven night routes").id] if seen.own] == [
        "refuted"
    ]
    bo = opened(store, "bo", BUSES)
    buses = bo.review.article.id
    seen_by_bo = seen_by(bo, buses, judged)
    told = [seen for found in seen_by_bo for several in found.values() for seen in several]
    assert {slug(seen) for seen in told} == {"night-bus-routes", "night-bus-cost"}
    assert not any(seen.own for seen in told)
    assert not any(word in repr(told) for word in ("ana'", "own note", "routes of night buses", "publisher='ana'"))
    # What ana had taken as evidence, judged and restated changes nothing of what somebody sees who comes after.
    assert seen_by_bo == seen_by(eva, buses, judged)
    kept = store.connection.execute("select found from seen_before where reviewer in ('bo', 'eva')").fetchall()
    assert kept
    assert not any("routes of night buses" in found or '"own":true' in found for (found,) in kept)


def test_what_the_first_decides_does_not_even_have_the_second_s_articles_looked_up_again(
    store: Store, judged: str
) -> None:
    bo = ReviewSession(store, "bo")
    seen_by(bo, judged)
    before = kept_before(bo)
    assert not before.to_look_up
    ana = opened(store, "ana", DAM)
    ana.apply(judging.verdict, claim_with(ana.review, "A retired engineer told"), "refuted")
    assert kept_before(bo) == before


async def test_the_second_reviewer_s_panel_and_list_have_the_fact_check_alone(
    workbench: Callable[..., Any], path: Path, store: Store, judged: str
) -> None:
    start = COPY.index("Until 2019")
    store.close()
    async with workbench(path, place=f"{judged}@{start}", reviewer="bo", size=(120, 40)) as desk:
        await desk.desk._jobs.until_looked_up()
        await desk.until_idle()
        panel = " ".join(desk.panel.split())
        assert "before: 1 · Wrong · The Sober Sheet" in panel
        assert "ana" not in panel.replace("banana", "")
        await desk.press("b")
        assert desk.form == "BrowseScreen"
        await desk.press("escape")


def test_the_report_shows_in_a_blind_project_ones_own_takings_alone(
    store: Store, judged: str, report: Callable[..., Result]
) -> None:
    assert judged
    bo = opened(store, "bo", MEALS)
    claim = claim_with(bo.review, "almost 6,000")
    (found,) = seen_by(bo, bo.review.article.id)
    bo.apply(take, claim, found[claim.id][0])
    taken_by_ana, taken_by_bo = "The Sober Sheet", found[claim.id][0].check.publisher
    assert taken_by_ana not in report("bo").stdout
    assert of_publisher(report("bo"), taken_by_bo)[0] == "1"
    assert taken_by_bo not in report("ana").stdout
    refused = report("bo", "--reviewer", "ana")
    assert refused.exit_code != 0
    assert "this project is blind" in refused.stderr
    everybody_s = report("lea")
    assert [of_publisher(everybody_s, name)[0] for name in (taken_by_ana, taken_by_bo)] == ["1", "1"]
