"""The queue by worth, when something else than a decision changes what its order follows from."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from annotator.assignment import Overlap
from annotator.model.article import Article, Publication
from annotator.model.queue import QueueSort
from annotator.model.scheme import default_scheme
from annotator.model.suggestion import Suggestions, WorthSuggestion
from annotator.model.worth_order import worth_left
from annotator.store import Store, articles, doctor, open_store, queue
from annotator.workflow import assigning, judging, schemes, suggesting, uniting
from annotator.workflow.bundling import bundle
from annotator.workflow.session import ReviewSession
from tests.workflow.conftest import segmented

SURE = {"Rain fell. It fell on nine houses.": 0.6, "Snow fell. It lay on nine roofs.": 0.9, "Fog came. It sat.": 0.7}
RAIN, SNOW, FOG = (Article(text, "").id for text in SURE)


def proposed(text: str, confidence: float, worth: str = "2") -> Suggestions:
    return Suggestions("made up", (WorthSuggestion(segmented(text).sentences[1].span, worth, "made up", confidence),))


def stock(path: Path, *ids: str) -> Store:
    store = open_store(path)
    for text, confidence in SURE.items():
        article = Article(text, "test.txt", Publication())
        if article.id in ids or not ids:
            articles.add_article(store, article, segmented(text), [proposed(text, confidence)], None)
    return store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = stock(tmp_path / "desk.db")
    yield opened
    opened.close()


def order(store: Store, reviewer: str = "ana") -> list[str]:
    ordinals = queue.queue_order(store, reviewer, "both", QueueSort.WORTH)
    return [row.article_id for row in queue.queue_rows(store, reviewer, "both", ordinals)]


def settle(store: Store, article_id: str, number: int, reviewer: str = "ana") -> None:
    session = ReviewSession(store, reviewer)
    review, _ = session.open(article_id)
    session.apply(judging.skip, review.claims[number])


def test_asking_suggesters_anew_moves_the_articles_for_who_has_begun_and_who_has_not(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(store, RAIN, 0)
    assert order(store) == order(store, "bo") == [SNOW, FOG, RAIN]

    def surer(text: str, *_: object, **__: object) -> Suggestions:
        return proposed(text, 0.95)

    monkeypatch.setattr(suggesting, "named_suggesters", lambda _names: [suggesting.Suggester("made up", "here", surer)])
    (renewed,) = suggesting.suggest_again(store, [RAIN])
    assert (renewed.proposals, renewed.detail) == (1, "")
    assert order(store) == order(store, "bo") == [RAIN, SNOW, FOG]
    assert list(doctor.examine(store)) == []


def test_with_another_scheme_what_waives_the_verdict_is_worth_nothing_to_check(store: Store) -> None:
    settle(store, RAIN, 0)
    scheme = default_scheme()
    worth = tuple(replace(value, waives_verdict=value.id != "1") for value in scheme.worth)
    after = schemes.use_scheme(store, replace(scheme, id="other", worth=worth), None).store
    assert order(after) == order(after, "bo") == [RAIN, SNOW, FOG]
    back = schemes.use_scheme(after, replace(scheme, id="third"), None).store
    assert order(back) == order(back, "bo") == [SNOW, FOG, RAIN]
    assert list(doctor.examine(back)) == []


def test_who_has_only_some_claims_has_the_order_of_those(store: Store) -> None:
    settle(store, FOG, 0, "ana")
    overlap = Overlap.parsed("1")
    assigning.assign(store, assigning.propose(store, ["ana", "bo"], overlap, grain="claim"), None)
    for reviewer in ("ana", "bo"):
        left = {}
        for article_id in (RAIN, SNOW, FOG):
            review, _ = ReviewSession(store, reviewer).open(article_id)
            left[article_id] = worth_left(review, "both")
        expected = sorted((RAIN, SNOW, FOG), key=lambda id_: -(-1.0 if left[id_] is None else left[id_] or 0.0))
        assert order(store, reviewer) == expected
    # One of the two has no claim of the snow that is suggested: hers is not the order of all claims.
    assert order(store, "ana") != order(store, "bo")
    assigning.take_back(store, None)
    assert order(store, "bo") == order(store, "ana") == [SNOW, FOG, RAIN]


def test_united_databases_have_one_order_however_they_were_united(tmp_path: Path) -> None:
    with closing(stock(tmp_path / "a.db", RAIN, SNOW)) as one, closing(stock(tmp_path / "b.db", SNOW, FOG)) as other:
        settle(one, SNOW, 1, "ana")
        settle(other, SNOW, 0, "ana")
        settle(other, FOG, 1, "bo")
    found = set()
    for paths in permutations((tmp_path / "a.db", tmp_path / "b.db")):
        target = tmp_path / f"{paths[0].stem}-first.db"
        shutil.copyfile(paths[0], target)
        with closing(open_store(target)) as store:
            list(uniting.merge(store, [paths[1]], None))
            assert list(doctor.examine(store)) == []
            found.add((*order(store, "ana"), *order(store, "bo"), *order(store, "eva")))
    assert found == {(FOG, RAIN, SNOW, SNOW, RAIN, FOG, SNOW, FOG, RAIN)}


def test_a_bundle_is_sorted_as_her_queue_was(store: Store, tmp_path: Path) -> None:
    settle(store, SNOW, 1, "ana")
    settle(store, RAIN, 1, "bo")
    bundle(store, "ana", tmp_path / "ana.db", "ana")
    with closing(open_store(tmp_path / "ana.db")) as small:
        assert order(small) == order(store) == [FOG, RAIN, SNOW]
        assert list(doctor.examine(small)) == []
