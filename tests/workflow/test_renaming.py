"""A reviewer is renamed or two are joined: nothing is rewritten, and taken back it leaves no trace."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from annotator.assignment import Overlap
from annotator.errors import DecisionRefused, NotFoundError
from annotator.model.draft_key import DraftKey
from annotator.model.renaming import present_names, related
from annotator.store import Store, bookmarks, doctor, drafts, ledger, open_store, project, questions, records
from annotator.workflow import assigning, judging, leading, renaming, twofold
from annotator.workflow.agreement.first_decisions import decided_articles
from annotator.workflow.agreement.report import AgreementChoice, agreement_report
from annotator.workflow.selection import known_reviewers
from annotator.workflow.session import ReviewSession
from annotator.workflow.spare_drafts import bring_home, spare_drafts
from tests.workflow.renamed import RAIN, RAMP, at_work, everything, new_store, rename, work


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = new_store(tmp_path / "desk.db")
    yield opened
    assert list(doctor.examine(opened)) == []
    opened.close()


def test_a_renamed_reviewer_has_all_her_work_under_the_new_name(store: Store) -> None:
    work(store)
    before = at_work(store, "ana").review
    entries = [entry.id for entry in ledger.entries_of(store, "ana", RAMP.id)]
    planned = rename(store, "ana", "dora")
    assert (planned.joining, planned.decisions, planned.articles, planned.standing) == (False, 6, 2, {})
    after = at_work(store, "dora").review
    assert after.judgements == before.judgements
    assert after.evidence == before.evidence
    assert {made.content for made in after.attributions} == {made.content for made in before.attributions}
    assert records.reviewers(store) == ["ben", "dora"]
    assert [question.reviewer for question in questions.all_questions(store)] == ["dora"]
    assert [entry.id for entry in ledger.entries_of(store, "dora", RAMP.id)][: len(entries)] == entries
    # The ledger itself says what it said.
    assert {entry.signed for entry in ledger.entries_of(store, "dora", RAMP.id)} == {"ana", None}
    assert "note" in at_work(store, "dora", RAIN).undo().said


@pytest.mark.parametrize("new", ["dora", "ben"])
def test_taken_back_everything_is_as_it_was(store: Store, new: str) -> None:
    work(store)
    assigning.assign(
        store, assigning.propose_pairs(store, [(RAIN.id, "ana"), (RAMP.id, "ana"), (RAMP.id, "ben")]), None
    )
    leading.set_lead(store, "ana", None)
    before = everything(store, "ana")
    rename(store, "ana", new, "ana")
    assert everything(store, new) != before
    assert list(doctor.examine(store)) == []
    assert renaming.take_back(store, None, new).payload["changes"] == [["setting", ["alias:ana"], new]]
    assert everything(store, "ana") == before


def test_of_two_that_are_joined_the_later_entry_stands(store: Store) -> None:
    work(store)
    planned = renaming.plan(store, "ana", "ben", None)
    assert (planned.joining, planned.standing) == (True, {"ana": 1, "ben": 1})
    renaming.rename(store, planned, None)
    review = at_work(store, "ben").review
    verdict = review.verdict(review.claims[1])
    assert verdict is not None
    assert (verdict.value, review.judgement(review.claims[2]).worth) == ("refuted", "0")
    assert [piece.answer for piece in review.evidence] == ["nine"]
    assert records.reviewers(store) == ["ben"]


def test_what_both_accepted_is_one_attribution_and_keeps_what_was_judged_of_it(store: Store) -> None:
    work(store)
    alone = at_work(store, "ben").review
    rename(store, "ana", "ben")
    joined = at_work(store, "ben").review
    assert joined.attributions == alone.attributions
    assert len([verdict for verdict in joined.verdicts.values() if verdict.target != "content"]) == 1


def test_what_they_decided_differently_is_shown_as_on_two_machines(store: Store) -> None:
    work(store)
    rename(store, "ana", "ben")
    ben = at_work(store, "ben")
    found = twofold.twofolds(ben)
    assert [(each.what, each.standing, each.other) for each in found] == [
        ("verdict", "refuted", "supported"),
        ("worth", "0 no factual claim", "2 check-worthy"),
    ]
    ben.apply(twofold.choose, found[0].conflict, other=True)
    assert [each.what for each in twofold.twofolds(ben)] == ["worth"]


def test_one_reviewer_has_no_agreement_with_herself(store: Store) -> None:
    work(store)
    ben = at_work(store, "ben")
    ben.apply(judging.worth, ben.review.claims[5], "0")
    ana = at_work(store, "ana")
    ana.apply(judging.worth, ana.review.claims[5], "2")
    ana.apply(judging.verdict, ana.review.claims[5], "supported")
    choice = AgreementChoice(resamples=0)
    before = agreement_report(store, choice)
    assert {name for row in before.rows for name in row.reviewers} == {"ana", "ben"}
    rename(store, "ana", "ben")
    after = agreement_report(store, choice)
    assert [row for row in after.rows if len(row.reviewers) > 1] == []
    (decided,) = (found for found in decided_articles(store, []) if found.article.id == RAMP.id)
    (first,) = decided.reviewers
    # Ben was done with it first: what ana said later is no first decision of theirs.
    assert {made.claim.id: made.judgement.worth for made in first.made}[ben.review.claims[5].id] == "0"


def test_who_starts_under_the_old_name_hears_the_new_one(store: Store) -> None:
    work(store)
    rename(store, "ana", "dora")
    with pytest.raises(DecisionRefused, match="ana is called dora in this project now"):
        ReviewSession(store, "ana")
    with pytest.raises(DecisionRefused, match="ana is called dora"):
        known_reviewers(store, ["ana"])
    with pytest.raises(DecisionRefused, match="ana is called dora"):
        assigning.propose_pairs(store, [(RAIN.id, "ana")])
    with pytest.raises(DecisionRefused, match="ana is called dora"):
        leading.set_lead(store, "ana", None)


def test_a_terminal_that_is_still_open_stores_nothing_under_the_old_name(store: Store, tmp_path: Path) -> None:
    work(store)
    with closing(open_store(tmp_path / "desk.db")) as second:
        ana = at_work(second, "ana")
        key = DraftKey(RAMP.id, "note", ana.review.claims[0].id)
        rename(store, "ana", "dora")
        count = len(list(ledger.entries(store)))
        ana.save_draft(key, {"text": "half a sen"})
        with pytest.raises(DecisionRefused, match="ana is called dora"), ana.finishing(key):
            ana.apply(judging.note, ana.review.claims[0], "half a sentence")
        shown = ana.review
        for refused in (
            lambda: ana.apply(judging.worth, shown.claims[1], "0"),
            ana.undo,
            lambda: ana.open(RAIN.id),
            ana.news,
            ana.news,
        ):
            with pytest.raises(DecisionRefused, match="ana is called dora"):
                refused()
        assert ana.review == shown
        assert len(list(ledger.entries(store))) == count
    dora = at_work(store, "dora")
    assert dora.drafts() == {key: {"text": "half a sen"}}
    with dora.finishing(key):
        dora.apply(judging.note, dora.review.claims[0], "half a sentence")
    assert dora.drafts() == {}


def test_drafts_and_places_come_along_and_of_two_drafts_none_is_lost(store: Store) -> None:
    work(store)
    claim = at_work(store, "ana").review.claims[0]
    key = DraftKey(RAMP.id, "note", claim.id)
    drafts.save_draft(store, "ben", key, {"text": "ben's"})
    drafts.save_draft(store, "ana", key, {"text": "ana's"})
    bookmarks.leave(store, "ana", RAMP.id, claim.id)
    rename(store, "ana", "ben")
    assert bookmarks.last_place(store, "ben") == (RAMP.id, claim.id)
    assert drafts.drafts(store, "ben") == {key: {"text": "ana's"}}
    drafts.save_draft(store, "ben", key, {"text": "ana's and more"})
    drafts.save_draft(store, "ben", key, None)
    assert drafts.drafts(store, "ben") == {key: {"text": "ben's"}}


def test_what_waits_beside_the_database_comes_home_under_the_new_name(store: Store, tmp_path: Path) -> None:
    work(store)
    key = DraftKey(RAMP.id, "note", at_work(store, "ana").review.claims[0].id)
    spare_drafts(tmp_path, store.path, "ana").write({key: {"text": "half"}})
    rename(store, "ana", "dora")
    dora = at_work(store, "dora")
    bring_home(tmp_path, store.path, "dora", dora)
    assert dora.drafts() == {key: {"text": "half"}}
    assert spare_drafts(tmp_path, store.path, "ana").read() == {}


def test_what_is_handed_out_to_both_is_one_s_and_can_be_handed_on(store: Store) -> None:
    pairs = [(RAIN.id, "ana"), (RAMP.id, "ana"), (RAMP.id, "ben"), (RAMP.id, "cara")]
    assigning.assign(store, assigning.propose_pairs(store, pairs), None)
    rename(store, "ana", "ben")
    assert sorted(assigning.shares(store)) == ["ben", "cara"]
    assert assigning.shares(store)["ben"].articles == 2
    assigning.assign(store, assigning.propose(store, ["cara"], Overlap.parsed("1")), None)
    assert sorted(assigning.shares(store)) == ["cara"]
    assigning.take_back(store, None)
    assert assigning.shares(store)["ben"].articles == 2
    renaming.take_back(store, "ana", None)
    assert {name: share.articles for name, share in assigning.shares(store).items()} == {"ana": 2, "ben": 1, "cara": 1}


def test_what_was_decided_meanwhile_stays_with_its_name(store: Store) -> None:
    work(store)
    rename(store, "ana", "ben")
    ben = at_work(store, "ben")
    (piece,) = ben.review.evidence
    ben.apply(judging.evidence, ben.review.claims[1], {"answer": "ten"}, piece.id)
    ben.apply(judging.worth, ben.review.claims[3], "2")
    rain = at_work(store, "ben", RAIN)
    rain.apply(judging.note, rain.review.claims[0], "seen")
    renaming.take_back(store, None, None)
    assert list(doctor.examine(store)) == []
    ana, ben = at_work(store, "ana"), at_work(store, "ben")
    assert [piece.answer for piece in ana.review.evidence] == ["nine"]
    assert ben.review.evidence == ()
    assert ben.review.judgement(ben.review.claims[3]).worth == "2"
    assert ana.review.judgement(ana.review.claims[3]).worth is None
    rename(store, "ana", "ben")
    assert [piece.answer for piece in at_work(store, "ben").review.evidence] == ["ten"]


def test_what_was_undone_meanwhile_stays_undone(store: Store) -> None:
    work(store)
    rename(store, "ana", "dora")
    dora = at_work(store, "dora", RAIN)
    assert "note" in dora.undo().said
    renaming.take_back(store, None, None)
    ana = at_work(store, "ana", RAIN)
    assert ana.review.judgement(ana.review.claims[0]).note is None
    assert at_work(store, "dora", RAIN).next_redo() is None


def test_the_lead_may_be_renamed_and_goes_on_leading(store: Store) -> None:
    work(store)
    leading.set_lead(store, "lea", None)
    with pytest.raises(DecisionRefused, match="renaming reviewers is for lea"):
        renaming.plan(store, "ana", "dora", "ana")
    rename(store, "lea", "lena", "lea")
    assert project.load_project(store).lead == "lena"
    with pytest.raises(DecisionRefused, match="lea is called lena"):
        renaming.plan(store, "ana", "dora", "lea")
    rename(store, "ana", "dora", "lena")
    assert renaming.take_back(store, "lea", "lena").action == "rename"
    assert project.load_project(store).lead == "lea"


REFUSED = [
    ("ana", "ana", "ana is called so already"),
    ("nobody", "dora", "no reviewer 'nobody'; here are: ben, dora"),
    ("ana", "cara", "ana is called dora now"),
    ("dora", "ana", "`annotator project rename --undo ana`"),
    ("ben", "ana", "ana is called dora now"),
    ("adjudicated", "ana", "the name of what the lead settles"),
    ("ben", "adjudicated", "the name of what the lead settles"),
]


@pytest.mark.parametrize(("old", "new", "why"), REFUSED)
def test_names_that_cannot_be_joined_are_refused(store: Store, old: str, new: str, why: str) -> None:
    work(store)
    rename(store, "ana", "dora")
    with pytest.raises((DecisionRefused, NotFoundError), match=why):
        renaming.plan(store, old, new, None)


def test_what_holds_no_more_cannot_be_taken_back(store: Store) -> None:
    work(store)
    with pytest.raises(DecisionRefused, match="nobody was renamed"):
        renaming.take_back(store, None, None)
    rename(store, "ana", "dora")
    with pytest.raises(DecisionRefused, match="ben was not renamed"):
        renaming.take_back(store, "ben", None)


def test_present_names_follow_over_steps_and_cut_circles() -> None:
    assert present_names({"a": "b", "b": "c"}) == {"a": "c", "b": "c"}
    assert present_names({"a": "b", "b": "a", "x": "a"}) == {"a": "b", "x": "b"}
    assert related([("a", "b"), ("c", "d"), ("b", "c")], "d") == {"a", "b", "c", "d"}
    assert related([("a", "b")], "c") == frozenset()
