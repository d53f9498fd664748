"""Random work on several machines: the order of uniting does not matter, and a renaming leaves no trace."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from annotator.assignment import Overlap
from annotator.errors import AnnotatorError
from annotator.model.article import Article, Claim
from annotator.model.source import SourceKind
from annotator.store import Store, articles, doctor, open_store
from annotator.workflow import assigning, attributing, judging, renaming, segmenting, uniting
from annotator.workflow import sources as planned
from annotator.workflow.session import ReviewSession
from tests.workflow.apart import BOAT, FERRY, RAMP, made, session, shown, united

IN_CI = 8
HISTORIES = int(os.environ.get("UNITED_HISTORIES", IN_CI))
NAMES = ["ana", "ben", "cara"]


def step(store: Store, reviewer: str, text: str, number: int, what: str) -> None:
    try:
        if what in OF_THE_PROJECT:
            OF_THE_PROJECT[what](store, reviewer, Article(text, "").id, number)
        else:
            at_work = session(store, reviewer, text)
            claims = at_work.review.claims
            OF_A_CLAIM[what](at_work, claims[number % len(claims)], number)
    except (AnnotatorError, ValueError):
        # Refused here and now: as at the screen.
        return


def rename(store: Store, reviewer: str, _article: str, number: int) -> None:
    renaming.rename(store, renaming.plan(store, reviewer, NAMES[number % len(NAMES)], None), None)


def rename_back(store: Store, reviewer: str, _article: str, number: int) -> None:
    renaming.take_back(store, reviewer if number % 2 else None, None)


def assign(store: Store, reviewer: str, article: str, number: int) -> None:
    chosen = [article] if number % 2 else None
    planned = assigning.propose(store, [reviewer], Overlap.parsed("1"), seed=number, article_ids=chosen)
    assigning.assign(store, planned, None)


def changed(at_work: ReviewSession, claim: Claim, number: int) -> None:
    for kept in at_work.review.attributions[number % 3 :][:1]:
        at_work.apply(attributing.keep_attribution, claim, replace(kept, negated=not kept.negated))


def nested(at_work: ReviewSession, claim: Claim, number: int) -> None:
    for outer in at_work.review.attributions[number % 3 :][:1]:
        at_work.apply(judging.verdict, claim, "supported", outer.id)
        for inner in at_work.review.attributions[:1]:
            at_work.apply(attributing.keep_attribution, claim, replace(inner, parent=outer.id))


def removed(at_work: ReviewSession, claim: Claim, number: int) -> None:
    for gone in at_work.review.attributions[number % 3 :][:1]:
        at_work.apply(attributing.remove_attribution, claim, gone.id)


OF_THE_PROJECT: dict[str, Callable[[Store, str, str, int], object]] = {
    "rename": rename,
    "rename back": rename_back,
    "assign": assign,
    "assign back": lambda store, *_: assigning.take_back(store, None),
}
OF_A_CLAIM: dict[str, Callable[[ReviewSession, Claim, int], object]] = {
    "worth": lambda at_work, claim, number: at_work.apply(judging.worth, claim, "012"[number % 3]),
    "verdict": lambda at_work, claim, number: at_work.apply(
        judging.verdict, claim, "supported" if number % 2 else "refuted"
    ),
    "accept": lambda at_work, claim, _: at_work.apply(attributing.accept, claim),
    "remove": removed,
    "change": changed,
    "nest": nested,
    "split": lambda at_work, claim, _: at_work.apply(segmenting.split, claim, claim.span.start + 2),
    "join": lambda at_work, claim, _: at_work.apply(segmenting.join, claim),
    "undo": lambda at_work, *_: at_work.undo(),
    "redo": lambda at_work, *_: at_work.redo(),
    "source": lambda at_work, _, number: at_work.apply_to_sources(planned.make, f"Source {number}", SourceKind.PERSON),
    "evidence": lambda at_work, claim, number: at_work.apply(judging.evidence, claim, {"answer": f"answer {number}"}),
    "flag": lambda at_work, claim, _: at_work.apply(judging.flag, claim),
    "ask": lambda at_work, claim, number: at_work.ask(claim, f"What of {number}?"),
}
STEPS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from(NAMES),
        st.sampled_from([RAMP, BOAT]),
        st.integers(0, 7),
        st.sampled_from([*OF_THE_PROJECT, "rename", *OF_A_CLAIM]),
    ),
    max_size=14,
)


@pytest.mark.times(HISTORIES / IN_CI)
@settings(
    max_examples=HISTORIES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(before=STEPS, after=STEPS, purge=st.booleans())
def test_the_order_of_uniting_does_not_matter(
    tmp_path_factory: pytest.TempPathFactory,
    before: list[tuple[int, str, str, int, str]],
    after: list[tuple[int, str, str, int, str]],
    purge: bool,
) -> None:
    folder = tmp_path_factory.mktemp("apart")
    paths = tuple(folder / f"{name}.db" for name in "abc")
    texts = ((RAMP, BOAT), (BOAT, RAMP, FERRY), (RAMP, BOAT))
    for path, of_it in zip(paths, texts, strict=True):
        made(path, *of_it).close()
    play(paths, before)
    # Two of them meet in between.
    with closing(open_store(paths[1])) as store:
        list(uniting.merge(store, [paths[0]], None))
    play(paths, after)
    if purge:
        with closing(open_store(paths[2])) as store:
            articles.purge_article(store, Article(BOAT, "").id, None)
    outcomes = {united(folder, order) for order in permutations(paths)}
    assert len(outcomes) == 1


@pytest.mark.times(HISTORIES / IN_CI)
@settings(
    max_examples=HISTORIES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(steps=STEPS, old=st.sampled_from(NAMES), new=st.sampled_from([*NAMES, "dora"]))
def test_a_renaming_that_is_taken_back_leaves_everything_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, str, str, int, str]], old: str, new: str
) -> None:
    path = tmp_path_factory.mktemp("alone") / "a.db"
    made(path, RAMP, BOAT).close()
    play((path,) * 3, steps)
    with closing(open_store(path)) as store:
        before = shown(store)
        try:
            renaming.rename(store, renaming.plan(store, old, new, None), None)
        except AnnotatorError:
            assert shown(store) == before
        else:
            assert list(doctor.examine(store)) == []
            renaming.take_back(store, old, None)
        assert shown(store) == before
        assert list(doctor.examine(store)) == []


def play(paths: tuple[Path, ...], steps: list[tuple[int, str, str, int, str]]) -> None:
    for at, reviewer, text, number, what in steps:
        with closing(open_store(paths[at])) as store:
            step(store, reviewer, text, number, what)
    for path in dict.fromkeys(paths):
        with closing(open_store(path)) as store:
            assert list(doctor.examine(store)) == []
