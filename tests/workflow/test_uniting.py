"""Databases worked in apart become one: in any order, any number of times, and nothing is lost."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from itertools import permutations
from pathlib import Path

import pytest

from annotator.errors import AnnotatorError, DatabaseDamagedError, DecisionRefused, OtherDatabaseError, SchemeError
from annotator.model.article import Article
from annotator.model.judgement import CONTENT
from annotator.model.scheme import shipped_scheme
from annotator.model.source import SourceKind
from annotator.model.uniting import circles
from annotator.store import articles, doctor, open_store, scheme_change, sources
from annotator.store.held import visibility
from annotator.workflow import attributing, judging, leading, twofold, uniting
from annotator.workflow import sources as planned
from annotator.workflow.session import ReviewSession
from tests.workflow.apart import BOAT, FERRY, RAMP, export, made, session, united


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


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
        assert (second.what, second.standing, second.other) == ("verdict", "refuted", "supported")
        ana.apply(twofold.choose, first.conflict, other=True)
        ana.apply(twofold.choose, second.conflict, other=False)
        assert twofold.twofolds(ana) == []
        assert ana.review.judgement(ana.review.claims[0]).worth == "2"
        verdict_now = ana.review.verdict(ana.review.claims[1])
        assert verdict_now is not None
        assert verdict_now.value == "refuted"
        assert list(doctor.examine(store)) == []


def test_a_verdict_on_who_said_it_is_told_apart_from_that_on_the_claim(folder: Path) -> None:
    for name, value, why in (("a.db", "supported", "the log"), ("b.db", "refuted", "the minutes")):
        with closing(made(folder / name, RAMP)) as store:
            ana = session(store, "ana", RAMP)
            (claim,) = (claim for claim in ana.review.claims if "Ines Duarte" in claim.span.slice(RAMP))
            ana.apply(attributing.accept, claim)
            for target in (CONTENT, ana.review.attributions[0].id):
                ana.apply(judging.verdict, claim, value, target)
                ana.apply(judging.justification, claim, why, target)
    with closing(open_store(folder / "a.db")) as store:
        list(uniting.merge(store, [folder / "b.db"], None))
        assert {each.what for each in twofold.twofolds(session(store, "ana", RAMP))} == {
            "verdict",
            "verdict, justification",
            "verdict on the attribution",
            "verdict on the attribution, justification",
        }


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
        assert found.doubled == 0
        assert [{entity.name for entity in group} for group in found.alike] == [{"Ines Duarte", "INES DUARTE"}]
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
