"""One's own earlier verdicts by their vectors: found where words alone do not, hers alone, and gone with a purge."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import ConfigError
from annotator.matching.embedding import packed
from annotator.model.article import Article, Publication
from annotator.model.check import Seen, Sought
from annotator.model.reviewer import ADJUDICATED
from annotator.store import Store, articles, doctor
from annotator.store.fact_checks import check_vectors, judged_vectors
from annotator.workflow import judging
from annotator.workflow.fact_checks import check_vectors as models
from annotator.workflow.fact_checks import seen_before
from annotator.workflow.fact_checks.check_vectors import here, make_missing
from annotator.workflow.fact_checks.judged_claims import JudgedClaims
from annotator.workflow.fact_checks.judged_vectors import judged_likeness
from annotator.workflow.fact_checks.seen import kept_before
from annotator.workflow.importing.preparing import split_article
from annotator.workflow.session import ReviewSession
from tests.workflow.conftest import claim_with
from tests.workflow.test_check_vectors import Fake, real_model

BOAT = "Boat news\n\nA boat went down, Reuters heard from Ines Duarte. The lido shuts at noon every day."


@pytest.fixture
def fake(store: Store) -> Iterator[Fake]:
    """The model that the project's vectors are of."""
    made = Fake()
    models.give_embedder(made.embedder)
    list(make_missing(store, made.embedder))
    yield made
    models._loaded.clear()
    models._vectors.clear()


@pytest.fixture
def boat(store: Store) -> str:
    """Another article, whose first claim is near one of the first in its vector, and hardly in its words; its id."""
    article = Article(BOAT, "boat.txt", Publication("Boat news"))
    articles.add_article(store, article, split_article(article), [], None)
    return article.id


def judged(session: ReviewSession, article_id: str, words: str = "A boat", value: str = "refuted") -> None:
    session.open(article_id)
    session.apply(judging.verdict, claim_with(session, words), value)


def seen(store: Store, article_id: str, reviewer: str = "ana", **more: Any) -> list[Seen]:
    found = seen_before.look_up(store, article_id, reviewer, **{"call": here} | more)
    return [each for of_claim in (found or {}).values() for each in of_claim]


def rows(store: Store) -> int:
    (count,) = store.connection.execute("select count(*) from judged_vector").fetchone()
    return int(count)


def test_an_earlier_verdict_is_found_that_words_alone_do_not_find(
    store: Store, ana: ReviewSession, ramp: str, boat: str, fake: Fake
) -> None:
    judged(ana, boat)
    assert seen(store, ramp, call=None) == []
    found = seen(store, ramp)
    assert {(each.own, each.check.claim, each.value) for each in found} == {
        (True, "A boat went down, Reuters heard from Ines Duarte.", "refuted")
    }
    assert all(each.score >= seen_before.SURE_ENOUGH for each in found)


def test_each_is_read_by_the_model_once_and_anew_where_its_words_are_others(
    store: Store, ana: ReviewSession, ramp: str, boat: str, fake: Fake
) -> None:
    judged(ana, boat)
    seen(store, ramp)
    before = fake.texts.count("A boat went down, Reuters heard from Ines Duarte.")
    assert before == 1
    seen(store, ramp)
    assert fake.texts.count("A boat went down, Reuters heard from Ines Duarte.") == before
    ana.apply(judging.restatement, claim_with(ana, "A boat"), "The lido leaks.")
    seen(store, ramp)
    assert "The lido leaks." in fake.texts
    assert rows(store) == 1


def test_that_of_a_verdict_that_is_taken_back_goes(
    store: Store, ana: ReviewSession, ramp: str, boat: str, fake: Fake
) -> None:
    judged(ana, boat)
    judged(ana, boat, "The lido")
    seen(store, ramp)
    assert rows(store) == 2
    ana.undo()
    seen(store, ramp)
    (known,) = judged_vectors.known(store, ["ana"])
    assert known.claim_id == claim_with(ana, "A boat").id


def test_nobody_finds_anothers_by_its_vector(
    store: Store, work: Callable[[str], ReviewSession], ramp: str, boat: str, fake: Fake
) -> None:
    ana, bo = work("ana"), work("bo")
    judged(ana, boat)
    judged(ana, ramp, "two cables held")
    judged(bo, boat, "The lido", "supported")
    assert {each.check.publisher for each in seen(store, ramp)} == {"ana"}
    # Ana's is the nearest of all that is kept, and bo's own is not near.
    assert seen(store, ramp, "bo") == []
    assert seen(store, ramp, "eva") == []
    blocks = list(judged_vectors.blocks(store, ["bo"], ramp, 10))
    assert [len(block) for block in blocks] == [1]
    assert {each.reviewer for each in judged_vectors.known(store, ["bo"])} == {"bo"}
    assert {each.check.publisher for each in seen(store, ramp, "bo", judged_by=("ana",))} == {"ana"}


def test_the_adjudicated_layer_has_its_own_and_they_are_found_where_it_may_be_seen(
    store: Store, work: Callable[[str], ReviewSession], ramp: str, boat: str, fake: Fake
) -> None:
    judged(work(ADJUDICATED), boat)
    assert seen(store, ramp, judged_by=("ana",)) == []
    found = seen(store, ramp)
    assert {each.check.publisher for each in found} == {ADJUDICATED}
    assert seen(store, ramp, ADJUDICATED)


def test_a_purge_erases_vectors_and_what_was_found_by_them(
    store: Store, path: Path, ana: ReviewSession, ramp: str, boat: str, fake: Fake
) -> None:
    judged(ana, boat)
    assert seen(store, ramp)
    (vector,) = packed(fake.encode(["A boat went down, Reuters heard from Ines Duarte."]))
    row = store.connection.execute("select words from judged_vector").fetchone()
    assert row == (vector,)
    store.rest()
    assert vector in path.read_bytes()
    assert b"A boat went down" in path.read_bytes()
    ana.open(ramp)
    articles.purge_article(store, boat, None)
    everything = b"".join(each.read_bytes() for each in path.parent.glob(f"{path.name}*"))
    assert vector not in everything
    assert b"boat went down" not in everything
    assert rows(store) == 0
    assert kept_before(ana).seen == {}
    assert seen(store, ramp) == []
    assert list(doctor.examine(store)) == []


def test_what_was_purged_while_the_model_read_it_is_not_kept(
    store: Store, ana: ReviewSession, ramp: str, boat: str, fake: Fake
) -> None:
    judged(ana, boat)

    def purging(function: Callable[..., Any], *arguments: object) -> Any:
        if function.__name__ == "packed_there":
            articles.purge_article(store, boat, None)
        return function(*arguments)

    seen(store, ramp, call=purging)
    assert rows(store) == 0


def test_another_model_has_them_made_anew_and_where_none_is_there_words_find_what_they_find(
    store: Store, ana: ReviewSession, ramp: str, boat: str, fake: Fake
) -> None:
    judged(ana, boat)
    seen(store, ramp)
    ana.open(ramp)
    assert not kept_before(ana).to_look_up
    newer = Fake("two")
    list(make_missing(store, newer.embedder))
    assert rows(store) == 0
    assert kept_before(ana).to_look_up

    def gone(*_: object) -> Any:
        raise ConfigError("no such folder")

    assert seen(store, ramp, call=gone) == []
    models.give_embedder(newer.embedder)
    assert seen(store, ramp)
    assert rows(store) == 1
    judged_vectors.keep(store, "one", [(next(iter(judged_vectors.known(store, ["ana"]))), b"0", b"0")])
    assert (b"0",) not in store.connection.execute("select words from judged_vector").fetchall()


def test_without_a_model_no_vectors_are_made(store: Store, ana: ReviewSession, ramp: str, boat: str) -> None:
    judged(ana, boat)
    assert check_vectors.kept_model(store) is None
    seen(store, ramp)
    assert rows(store) == 0


PARAPHRASES = {
    "The vessel went under after dark.": "The ferry sank at night.",
    "A third of the town's children go hungry at noon.": "One pupil in three has no lunch.",
}
BALLAST = ("The lido is shut on Mondays.", "Nobody voted for the new bridge.", "Rain fell for a week in Sela.")


@pytest.mark.model
def test_a_real_model_finds_an_earlier_verdict_in_other_words_and_only_ones_own(
    store: Store, work: Callable[[str], ReviewSession]
) -> None:
    def added(name: str, *sentences: str) -> str:
        article = Article(f"{name} news\n\n" + " ".join(sentences), f"{name}.txt", Publication(f"{name} news"))
        articles.add_article(store, article, split_article(article), [], None)
        return article.id

    first = added("First", *PARAPHRASES.values(), *BALLAST)
    second = added("Second", *PARAPHRASES)
    ana, bo = work("ana"), work("bo")
    for words in (*PARAPHRASES.values(), *BALLAST):
        judged(ana, first, words, "refuted")
    judged(bo, first, BALLAST[0], "supported")
    assert seen(store, second, call=None) == []
    list(models.make_vectors(store, real_model(), fetch=False))
    try:
        sought = [Sought(words, language="en") for words in PARAPHRASES]
        earlier = JudgedClaims(["ana"])
        assert earlier.follow(store)
        own = list(earlier.outside(second))
        like = judged_likeness(store, ["ana"], own, second, sought, here)
        assert like is not None
        for each_sought in sought:
            nearest, cosines = like.like(each_sought, [])
            assert nearest[0].claim == PARAPHRASES[each_sought.text]
            others = [cosines[each.id][0] for each in nearest[1:]]
            assert cosines[nearest[0].id][0] > max(others) + 0.1
        of_bo = JudgedClaims(["bo"])
        assert of_bo.follow(store)
        likeness = judged_likeness(store, ["bo"], list(of_bo.outside(second)), second, sought, here)
        assert likeness is not None
        assert [each.publisher for each in likeness.like(sought[0], [])[0]] == ["bo"]
        assert rows(store) == len(PARAPHRASES) + len(BALLAST) + 1
        before = rows(store)
        assert judged_likeness(store, ["ana"], own, second, sought, here) is not None
        assert rows(store) == before
        articles.purge_article(store, first, None)
        assert rows(store) == 0
    finally:
        models._loaded.clear()
        models._vectors.clear()
