"""What was said of an attribution where it was not known that it is gone: it comes and goes with the attribution."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from annotator.model.article import Claim
from annotator.model.ledger import uuid7
from annotator.model.review import ArticleReview
from annotator.model.source import SourceEntity, SourceKind
from annotator.store import Store, doctor, ledger, open_store, united_work
from annotator.workflow import attributing, judging, renaming, sources, uniting
from annotator.workflow.session import ReviewSession
from tests.workflow.apart import RAMP, made, session
from tests.workflow.conftest import span_of

Act = Callable[[ReviewSession, Claim, str], object]
YARD = span_of("The yard")


def at_work(store: Store, reviewer: str = "ana") -> tuple[ReviewSession, Claim, str]:
    """A session, the claim with suggested attributions, and the id of the outer one, which she has accepted."""
    hers = session(store, reviewer, RAMP)
    claim = hers.review.claims[1]
    if not hers.review.attributions:
        hers.apply(attributing.accept, claim)
    return (
        hers,
        claim,
        next((made.id for made in hers.review.attributions if made.source[0] == span_of("The yard")), ""),
    )


def judge(ana: ReviewSession, claim: Claim, outer: str) -> None:
    ana.apply(judging.verdict, claim, "refuted" if ana.review.verdict(claim, outer) else "supported", outer)


def cite(ana: ReviewSession, claim: Claim, outer: str) -> None:
    fields = {"answer": f"number {len(ana.review.evidence)}", "target": outer}
    ana.apply(judging.evidence, claim, fields, next((piece.id for piece in ana.review.evidence), None))


def nest(ana: ReviewSession, claim: Claim, outer: str) -> None:
    known = next((made for made in ana.review.attributions if made.relay is None and made.parent == outer), None)
    (first, *_) = ana.review.attributions
    nested = replace(first, id=uuid7(), cue=span_of("Reuters"), content=(span_of("two cables held"),), parent=outer)
    kept = nested if known is None else replace(known, negated=True)
    ana.apply(attributing.keep_attribution, claim, kept)


def name(ana: ReviewSession, claim: Claim, outer: str) -> None:
    named = "The wharf" if outer in ana.review.sources else "The yard"
    ana.apply(sources.assign, claim, outer, SourceEntity("", named, SourceKind.ORGANISATION))


def remove(ana: ReviewSession, claim: Claim, outer: str) -> None:
    ana.apply(attributing.remove_attribution, claim, outer)


def said(ana: ReviewSession) -> tuple[object, ...]:
    """What of her work depends on attributions, once the doctor has nothing to say of it."""
    assert list(doctor.examine(ana.store)) == []
    review = ana.review
    verdicts = [(target, verdict.value) for (_, target), verdict in review.verdicts.items()]
    nested = [(made.id, made.parent, made.negated) for made in review.attributions]
    return verdicts, [(piece.answer, piece.target) for piece in review.evidence], nested, dict(review.sources)


@contextmanager
def apart(
    folder: Path, first: list[Act], second: list[Act], later: int = 0
) -> Iterator[tuple[ReviewSession, tuple[object, ...]]]:
    """Ana's work once what she did first on one machine and second on another was united, and what it said before.

    On the one she opened the article so many times before, which makes what she did there the later.
    """
    with closing(made(folder / "start.db", RAMP)) as start:
        at_work(start)
    with closing(made(folder / "two.db", RAMP)) as two:
        list(uniting.merge(two, [folder / "start.db"], None))
        acting = at_work(two)
        for act in second:
            act(*acting)
    with closing(open_store(folder / "start.db")) as one:
        for _ in range(later):
            session(one, "ana", RAMP)
        acting = at_work(one)
        for act in first:
            act(*acting)
        before = said(acting[0])
        list(uniting.merge(one, [folder / "two.db"], None))
        yield at_work(one)[0], before


@pytest.mark.parametrize("act", [judge, cite, nest])
def test_a_removal_that_is_undone_brings_back_what_it_did_not_know_of(tmp_path: Path, act: Act) -> None:
    with apart(tmp_path, [act], [remove]) as (ana, before):
        united = said(ana)
        assert united != before
        ana.undo()
        assert said(ana) == before
        ana.redo()
        assert said(ana) == united


@pytest.mark.parametrize("act", [judge, cite, nest, name])
def test_what_is_undone_does_not_bring_back_what_is_of_an_attribution_that_is_gone(tmp_path: Path, act: Act) -> None:
    with apart(tmp_path, [act, act], [remove], later=9) as (ana, _):
        united = said(ana)
        ana.undo()
        before = said(ana)
        ana.redo()
        assert said(ana) == united
        ana.undo()
        assert said(ana) == before


@pytest.mark.parametrize("act", [judge, cite, nest])
def test_accepting_anew_what_is_gone_brings_back_what_is_of_it(tmp_path: Path, act: Act) -> None:
    with apart(tmp_path, [act], [remove]) as (ana, before):
        ana.apply(attributing.accept, ana.review.claims[1])
        assert said(ana) == before


def test_what_two_names_of_one_reviewer_say_comes_back_too(tmp_path: Path) -> None:
    with closing(made(tmp_path / "one.db", RAMP)) as store:
        judge(*at_work(store, "ana"))
        ben, claim, outer = at_work(store, "ben")
        remove(ben, claim, outer)
        renaming.rename(store, renaming.plan(store, "ana", "ben", None), None)
        ben = session(store, "ben", RAMP)
        assert not ben.review.verdicts
        ben.undo()
        assert said(ben)[0] == [(outer, "supported")]
        remove(ben, claim, outer)
        ben.apply(attributing.accept, claim)
        assert said(ben)[0] == []


def test_what_is_accepted_anew_under_another_name_has_what_was_said_under_the_first(tmp_path: Path) -> None:
    with apart(tmp_path, [judge], [remove]) as (ana, (verdicts, *_)):
        renaming.rename(ana.store, renaming.plan(ana.store, "ana", "ben", None), None)
        ben = session(ana.store, "ben", RAMP)
        assert said(ben)[0] == []
        ben.apply(attributing.accept, ben.review.claims[1])
        assert [value for _, value in cast(list[tuple[str, str]], said(ben)[0])] == ["supported"]
        assert len(cast(list[object], verdicts)) == 1


def narrow(ana: ReviewSession, claim: Claim, outer: str) -> None:
    for inner in [nested.id for nested in ana.review.attributions if nested.parent == outer]:
        ana.apply(attributing.remove_attribution, claim, inner)
    shape(ana, outer, "Ines Duarte told Reuters")


def shape(ana: ReviewSession, outer: str, words: str) -> None:
    (known,) = [kept for kept in ana.review.attributions if kept.id == outer]
    ana.apply(attributing.keep_attribution, ana.review.claims[1], replace(known, content=(span_of(words),)))


def test_what_no_longer_lay_in_its_outer_one_is_nested_again_where_that_grows(tmp_path: Path) -> None:
    with apart(tmp_path, [nest], [narrow]) as (ana, before):
        assert said(ana) != before
        (outer,) = [kept.id for kept in ana.review.attributions if kept.cue == span_of("said")]
        assert {kept.parent for kept in ana.review.attributions} == {None}
        shape(ana, outer, "Ines Duarte told Reuters that two cables held")
        assert {kept.parent for kept in ana.review.attributions} == {None, outer}
        assert list(doctor.examine(ana.store)) == []


def test_what_is_decided_of_no_attribution_looks_at_none(tmp_path: Path) -> None:
    class Unasked:
        reviewer = "ana"

        def __init__(self, review: ArticleReview) -> None:
            self.article = review.article

        @property
        def attributions(self) -> object:
            pytest.fail("an article may have thousands")

    with closing(made(tmp_path / "one.db", RAMP)) as store:
        ana, claim, outer = at_work(store)
        judge(ana, claim, outer)
        verdict = list(ledger.entries_of(store, "ana", ana.review.article.id))[-1]
        with store.transaction():
            united_work.write_decided(store, cast(ArticleReview, Unasked(ana.review)), verdict)
