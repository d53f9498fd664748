"""Databases worked in apart become one: in any order, any number of times, and nothing is lost."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from annotator.assignment import Overlap
from annotator.errors import AnnotatorError, DatabaseDamagedError, DecisionRefused, OtherDatabaseError, SchemeError
from annotator.model.article import Article, Claim, Publication
from annotator.model.scheme import shipped_scheme
from annotator.model.source import SourceKind
from annotator.model.suggestion import Suggestions
from annotator.model.uniting import circles
from annotator.store import Store, articles, doctor, open_store, project, questions, records, scheme_change, sources
from annotator.store.held import visibility
from annotator.workflow import assigning, attributing, judging, leading, renaming, segmenting, twofold, uniting
from annotator.workflow import sources as planned
from annotator.workflow.dataset import FORMATS, Choice, Tally, exported
from annotator.workflow.session import ReviewSession
from tests.workflow.conftest import segmented, suggestions

RAMP = (
    "Ramp shut at Quillfeather\n\nThe yard said Ines Duarte told Reuters that two cables held. They were old, she "
    "added.\n\n“We checked twice,” a source said. Nobody answered on Monday. Is it safe?\n\nBuy our paper."
)
BOAT = "A boat sailed. It was late. It was full."
FERRY = "A ferry came. It was empty."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def made(path: Path, *texts: str) -> Store:
    store = open_store(path)
    for text in texts:
        add(store, text)
    return store


def add(store: Store, text: str) -> str:
    article = Article(text, "test.txt", Publication(title=text[:6]))
    proposed: list[Suggestions] = [suggestions()] if text == RAMP else []
    articles.add_article(store, article, segmented(text), proposed, None)
    return article.id


def session(store: Store, reviewer: str, text: str = BOAT) -> ReviewSession:
    opened = ReviewSession(store, reviewer)
    opened.open(Article(text, "").id)
    return opened


def export(store: Store) -> bytes:
    return b"".join(
        c for _, chunks in exported(store, FORMATS["jsonl"], Choice(untouched=True), Tally()) for c in chunks
    )


def shown(store: Store) -> bytes:
    """All that is decided, handed out and asked, whoever may see it."""
    handed_out = [*project.assignments(store), *questions.all_questions(store)]
    return "\n".join(
        [*map(repr, records.claim_records(store, untouched=True)), *sorted(map(repr, handed_out))]
    ).encode()


def united(folder: Path, paths: tuple[Path, ...]) -> bytes:
    """What is exported of the first file's copy once the others were merged into it, one after another and again."""
    target = folder / f"{'-'.join(path.stem for path in paths)}.db"
    shutil.copyfile(paths[0], target)
    with closing(open_store(target)) as store:
        for _ in range(2):
            found = list(uniting.merge(store, paths[1:], None))
        assert not any(one.entries or one.texts or one.purged for one in found)
        assert list(doctor.examine(store)) == []
        return shown(store)


def test_what_is_there_comes_in_and_what_is_here_stays(folder: Path) -> None:
    with closing(made(folder / "a.db", BOAT)) as one, closing(made(folder / "b.db", BOAT, FERRY)) as other:
        session(one, "ana").apply(judging.worth, session(one, "ana").review.claims[0], "2")
        session(other, "ben").apply(judging.worth, session(other, "ben").review.claims[1], "0")
    with closing(open_store(folder / "a.db")) as store:
        before = (folder / "b.db").read_bytes()
        (found,) = uniting.merge(store, [folder / "b.db"], None)
        assert (found.texts, found.purged, found.same_file) == (1, 0, False)
        assert (folder / "b.db").read_bytes() == before
        assert session(store, "ana").review.judgement(session(store, "ana").review.claims[0]).worth == "2"
        assert session(store, "ben").review.judgement(session(store, "ben").review.claims[1]).worth == "0"
        assert list(doctor.examine(store)) == []


def test_what_was_purged_anywhere_stays_purged(folder: Path) -> None:
    with closing(made(folder / "a.db", BOAT, FERRY)), closing(made(folder / "b.db", BOAT, FERRY)) as other:
        articles.purge_article(other, Article(BOAT, "").id, None)
    outcomes = {united(folder, order) for order in permutations((folder / "a.db", folder / "b.db"))}
    assert len(outcomes) == 1
    assert b"A boat sailed" not in outcomes.pop()
    with closing(open_store(folder / "a-b.db")) as store:
        assert visibility(store, Article(BOAT, "").id) == "purged"


def test_the_later_entry_stands_until_the_reviewer_decides_again(folder: Path) -> None:
    with closing(made(folder / "a.db", BOAT)) as one, closing(made(folder / "b.db", BOAT)) as other:
        session(one, "ana").apply(judging.worth, session(one, "ana").review.claims[0], "2")
        session(other, "ana").apply(judging.flag, session(other, "ana").review.claims[1])
        session(other, "ana").apply(judging.worth, session(other, "ana").review.claims[0], "1")
    with closing(open_store(folder / "a.db")) as store:
        (found,) = uniting.merge(store, [folder / "b.db"], None)
        assert found.conflicts == {"ana": 1}
        (conflict,) = uniting.all_conflicts(store, "ana")
        assert conflict.values() == ("1", "2")
        mine = session(store, "ana")
        assert mine.review.judgement(mine.review.claims[0]).worth == "1"
        mine.apply(judging.worth, mine.review.claims[0], "2")
        assert list(uniting.all_conflicts(store)) == []


def test_shown_both_the_reviewer_chooses_with_one_key(folder: Path) -> None:
    for name, worth, verdict in (("a.db", "2", "supported"), ("b.db", "1", "refuted")):
        with closing(made(folder / name, BOAT)) as store:
            ana = session(store, "ana")
            ana.apply(judging.worth, ana.review.claims[0], worth)
            ana.apply(judging.verdict, ana.review.claims[1], verdict)
    with closing(open_store(folder / "a.db")) as store:
        list(uniting.merge(store, [folder / "b.db"], None))
        ana = session(store, "ana")
        first, second = twofold.twofolds(ana)
        assert (first.what, first.standing, first.other) == ("worth", "1 factual, not worth checking", "2 check-worthy")
        assert (second.what, second.standing, second.other) == ("value", "refuted", "supported")
        ana.apply(twofold.choose, first.conflict, other=True)
        ana.apply(twofold.choose, second.conflict, other=False)
        assert twofold.twofolds(ana) == []
        assert ana.review.judgement(ana.review.claims[0]).worth == "2"
        verdict_now = ana.review.verdict(ana.review.claims[1])
        assert verdict_now is not None
        assert verdict_now.value == "refuted"
        assert list(doctor.examine(store)) == []


def test_the_two_ways_of_all_articles_are_listed_in_their_order_but_not_of_hidden_ones(folder: Path) -> None:
    for name, worth in (("a.db", "2"), ("b.db", "1")):
        with closing(made(folder / name, BOAT, FERRY)) as store:
            for text, number in ((FERRY, 1), (BOAT, 0)):
                ana = session(store, "ana", text)
                ana.apply(judging.worth, ana.review.claims[number], worth)
            session(store, "ben", FERRY).apply(judging.worth, session(store, "ben", FERRY).review.claims[0], "0")
    with closing(open_store(folder / "a.db")) as store:
        ana = ReviewSession(store, "ana")
        assert twofold.twofolds_of_project(ana) == []
        list(uniting.merge(store, [folder / "b.db"], None))
        found = twofold.twofolds_of_project(ana)
        assert [(each.article.title, each.number, each.offset) for each in found] == [
            ("A boat", 1, 0),
            ("A ferr", 2, FERRY.index("It")),
        ]
        assert twofold.how_many(ana) == 2
        assert twofold.how_many(ReviewSession(store, "ben")) == 0
        articles.hide_article(store, Article(BOAT, "").id, None)
        assert [each.article.title for each in twofold.twofolds_of_project(ana)] == ["A ferr"]


def test_what_was_known_is_no_conflict(folder: Path) -> None:
    with closing(made(folder / "a.db", BOAT)) as one:
        session(one, "ana").apply(judging.worth, session(one, "ana").review.claims[0], "2")
    with closing(made(folder / "b.db", BOAT)) as other:
        list(uniting.merge(other, [folder / "a.db"], None))
        session(other, "ana").apply(judging.worth, session(other, "ana").review.claims[0], "1")
    with closing(open_store(folder / "a.db")) as store:
        (found,) = uniting.merge(store, [folder / "b.db"], None)
        assert found.conflicts == {}


def test_accepting_on_two_machines_is_one_attribution(folder: Path) -> None:
    for name in ("a.db", "b.db"):
        with closing(made(folder / name, RAMP)) as store:
            session(store, "ana", RAMP).apply(attributing.accept, session(store, "ana", RAMP).review.claims[1])
    with closing(open_store(folder / "a.db")) as store:
        alone = session(store, "ana", RAMP).review.attributions
        (found,) = uniting.merge(store, [folder / "b.db"], None)
        assert session(store, "ana", RAMP).review.attributions == alone
        assert found.conflicts == {}


def test_an_attribution_in_one_that_is_gone_is_nested_in_none(folder: Path) -> None:
    with closing(made(folder / "a.db", RAMP)) as one:
        session(one, "ana", RAMP).apply(attributing.accept, session(one, "ana", RAMP).review.claims[1])
    shutil.copyfile(folder / "a.db", folder / "start.db")
    with closing(made(folder / "b.db", RAMP)) as other:
        list(uniting.merge(other, [folder / "start.db"], None))
        ana = session(other, "ana", RAMP)
        outer = next(made for made in ana.review.attributions if made.parent is None)
        ana.apply(judging.verdict, ana.review.claims[1], "supported", outer.id)
        ana.apply(attributing.remove_attribution, ana.review.claims[1], outer.id)
    with closing(open_store(folder / "a.db")) as one:
        ana = session(one, "ana", RAMP)
        ana.apply(judging.note, ana.review.claims[1], "looked at")
    assert united(folder, (folder / "a.db", folder / "b.db")) == united(folder, (folder / "b.db", folder / "a.db"))


def test_of_a_circle_the_largest_id_is_cut_out() -> None:
    assert circles({"a": "b", "b": "a"}) == ["b"]
    assert circles({"a": "b", "b": "c", "c": "b", "d": "a"}) == ["c"]
    assert circles({"a": "b", "b": "c"}) == []


def test_sources_that_were_merged_into_each_other_stand_apart(folder: Path) -> None:
    with closing(made(folder / "a.db", BOAT)) as one:
        ana = session(one, "ana")
        ana.apply_to_sources(planned.make, "Ines Duarte", SourceKind.PERSON)
        ana.apply_to_sources(planned.make, "I. Duarte", SourceKind.PERSON)
        first, second = (entity.id for entity in sources.registry(one).unmerged())
    with closing(made(folder / "b.db", BOAT)) as other:
        list(uniting.merge(other, [folder / "a.db"], None))
        session(other, "ben").apply_to_sources(planned.merge, first, second)
    with closing(open_store(folder / "a.db")) as one:
        session(one, "ana").apply_to_sources(planned.merge, second, first)
    assert united(folder, (folder / "a.db", folder / "b.db")) == united(folder, (folder / "b.db", folder / "a.db"))


def test_sources_of_one_name_are_proposed_and_not_joined(folder: Path) -> None:
    for name, called in (("a.db", "Ines Duarte"), ("b.db", "INES DUARTE")):
        with closing(made(folder / name, BOAT)) as store:
            session(store, "ana").apply_to_sources(planned.make, called, SourceKind.PERSON)
    with closing(open_store(folder / "a.db")) as store:
        (found,) = uniting.merge(store, [folder / "b.db"], None)
        assert [set(pair) for pair in found.alike] == [{"Ines Duarte", "INES DUARTE"}]
        assert len(sources.registry(store).unmerged()) == 2


def test_a_project_with_another_scheme_is_refused(folder: Path) -> None:
    with closing(made(folder / "a.db", BOAT)) as store, closing(made(folder / "b.db", BOAT)) as other:
        scheme_change.change_scheme(other, shipped_scheme("fever-3"), None)
        before = export(store)
        with pytest.raises(SchemeError, match="fever-3@1, here it is annotator-default@1"):
            list(uniting.merge(store, [folder / "b.db"], None))
        assert export(store) == before


def test_rehearsing_changes_nothing(folder: Path) -> None:
    with closing(made(folder / "a.db", BOAT)) as store, closing(made(folder / "b.db", BOAT, FERRY)):
        before = export(store)
        (found,) = uniting.rehearse(store, [folder / "b.db"], None)
        assert found.texts == 1
        assert export(store) == before


def test_merging_is_the_lead_s(folder: Path) -> None:
    with closing(made(folder / "a.db", BOAT)) as store, closing(made(folder / "b.db", BOAT)):
        leading.set_lead(store, "lea", None)
        with pytest.raises(DecisionRefused, match="for lea"):
            list(uniting.merge(store, [folder / "b.db"], "ana"))


HOSTILE = {
    "a trigger": "create trigger x after insert on ledger begin delete from meta; end",
    "a view in the place of a table": "alter table place rename to lieu; create view place as select * from lieu",
    "another table in the place of ours": "alter table place add column more text",
    "an entry that was changed": "drop trigger ledger_is_never_changed; update ledger set payload = '{}'",
    "a text that was changed": "update article_text set text = 'other'",
}


@pytest.mark.parametrize("statement", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_database_is_refused_and_does_no_harm(folder: Path, statement: str) -> None:
    with closing(made(folder / "b.db", FERRY)):
        pass
    with closing(sqlite3.connect(folder / "b.db")) as raw:
        raw.executescript(statement)
    with closing(made(folder / "a.db", BOAT)) as store:
        before = export(store)
        with pytest.raises((OtherDatabaseError, DatabaseDamagedError)):
            list(uniting.merge(store, [folder / "b.db"], None))
        assert export(store) == before
        assert list(doctor.examine(store)) == []


def test_tables_that_are_nobody_s_are_passed_over(folder: Path) -> None:
    with closing(made(folder / "b.db", FERRY)):
        pass
    with closing(sqlite3.connect(folder / "b.db")) as raw:
        raw.executescript("create table extra (x); insert into extra values (randomblob(1000));")
    with closing(made(folder / "a.db", BOAT)) as store:
        (found,) = uniting.merge(store, [folder / "b.db"], None)
        assert found.texts == 1


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\x00" + bytes(200)])
def test_what_is_no_database_is_said(folder: Path, content: bytes) -> None:
    (folder / "b.db").write_bytes(content)
    with closing(made(folder / "a.db", BOAT)) as store, pytest.raises(AnnotatorError, match=r"b\.db"):
        list(uniting.merge(store, [folder / "b.db"], None))


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
    for made in at_work.review.attributions[number % 3 :][:1]:
        at_work.apply(attributing.keep_attribution, claim, replace(made, negated=not made.negated))


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


@settings(
    max_examples=int(os.environ.get("UNITED_HISTORIES", "5")),
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


@settings(
    max_examples=int(os.environ.get("UNITED_HISTORIES", "5")),
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
