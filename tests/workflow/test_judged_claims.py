"""Earlier judgements: read once, then what has changed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from annotator.model.check import Check
from annotator.model.reviewer import ADJUDICATED
from annotator.store import Store, articles, ledger
from annotator.store.fact_checks import judged
from annotator.workflow import judging, segmenting
from annotator.workflow.fact_checks import check_matching, seen_before
from annotator.workflow.fact_checks.judged_claims import JudgedClaims
from annotator.workflow.fact_checks.seen import found_before, kept_before
from annotator.workflow.session import ReviewSession
from tests.store.test_damage import damage
from tests.workflow.conftest import claim_with
from tests.workflow.earlier_verdicts import checked, seen

Work = Callable[[str], ReviewSession]


@pytest.fixture
def matched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The claims that were looked up, in their order."""
    asked: list[str] = []
    real = check_matching.matches

    def told(*given: object) -> object:
        asked.append(given[1].text)  # type: ignore[attr-defined]
        return real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(seen_before, "matches", told)
    return asked


def test_what_was_read_is_read_again_only_where_something_was_decided(
    work: Work, store: Store, ramp: str, copy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, bo, read = work("ana"), work("bo"), []
    real = JudgedClaims._read

    def told(self: JudgedClaims, store: Store, article_id: str) -> None:
        read.append(article_id)
        real(self, store, article_id)

    monkeypatch.setattr(JudgedClaims, "_read", told)
    checked(ana)
    followed, put = JudgedClaims(["ana"]), []
    genuine = followed.index.put

    def noted(check: Check) -> None:
        put.append(check.value)
        genuine(check)

    monkeypatch.setattr(followed.index, "put", noted)
    assert followed.follow(store)
    assert [check.value for _, check in followed.outside(copy)] == ["supported"]
    assert read == [ramp]
    checked(bo, "refuted")
    assert followed.follow(store)
    assert read == [ramp]
    before = followed.state_outside(copy)
    ana.apply(judging.flag, claim_with(ana, "They were old"))
    assert followed.follow(store)
    # It was read, and is what it was.
    assert (read, followed.state_outside(copy)) == ([ramp, ramp], before)
    assert put == ["supported"]
    checked(ana, "refuted")
    assert followed.follow(store)
    assert followed.state_outside(copy) != before
    assert put == ["supported", "refuted"]
    assert [check.value for check in followed.index.candidates(["twice", "check"])] == ["refuted"]
    ana.undo()
    assert followed.follow(store)
    assert followed.state_outside(copy) == before
    assert followed.state_outside(ramp) == JudgedClaims(["ana"]).state_outside(ramp)


def test_when_a_claim_was_last_touched_makes_no_other_judgement_of_it(
    work: Work, store: Store, copy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, followed = work("ana"), JudgedClaims(["ana"])
    checked(ana)
    assert followed.follow(store)
    before = followed.state_outside(copy)
    monkeypatch.setattr(ledger, "utc_now", lambda: "2099-01-01T00:00:00.000000+00:00")
    ana.apply(judging.flag, claim_with(ana, "We checked twice"))
    assert followed.follow(store)
    assert [check.date for _, check in followed.outside(copy)] == ["2099-01-01"]
    assert followed.state_outside(copy) == before


def test_others_have_room_between_two_articles(
    work: Work, store: Store, copy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = work("ana")
    checked(ana)
    ana.open(copy)
    checked(ana, words="The yard is shut")
    breaths: list[float] = []
    monkeypatch.setattr("annotator.workflow.fact_checks.judged_claims.sleep", breaths.append)
    assert JudgedClaims(["ana"]).follow(store)
    assert [breath > 0 for breath in breaths] == [True, True]


def test_an_article_whose_work_is_damaged_keeps_no_other_from_being_found(
    work: Work, store: Store, ramp: str, copy: str
) -> None:
    ana = work("ana")
    checked(ana)
    ana.open(copy)
    checked(ana, words="The yard is shut")
    of_ramp = f"article = (select ordinal from article where id = '{ramp}')"
    damage(store, f"update ledger set payload = '{{' where kind = 0 and {of_ramp}")
    followed = JudgedClaims(["ana"])
    assert followed.follow(store)
    assert [article_id for article_id, _ in followed.outside("")] == [copy]


@pytest.mark.parametrize("action", ["merge", "rename", "scheme"])
def test_after_a_uniting_a_renaming_or_another_scheme_everything_is_read_again(
    work: Work, store: Store, action: str
) -> None:
    checked(work("ana"))
    last = ledger.last_key(store)
    assert judged.touched_since(store, ["ana"], last) == []
    with store.transaction():
        ledger.append(store, "shared", action, {"changes": []})
    assert judged.touched_since(store, ["ana"], last) is None


def test_an_article_that_is_hidden_or_purged_is_found_no_more(work: Work, store: Store, ramp: str, copy: str) -> None:
    checked(work("ana"))
    followed = JudgedClaims(["ana"])
    assert [each.check.value for each in seen(store, copy, "ana", followed)] == ["supported"]
    # It is no news in its own article.
    assert seen(store, ramp, "ana", followed) == []
    articles.hide_article(store, ramp, None)
    assert seen(store, copy, "ana", followed) == []
    articles.hide_article(store, ramp, None, hidden=False)
    assert seen(store, copy, "ana", followed)
    articles.purge_article(store, ramp, None)
    assert seen(store, copy, "ana", followed) == []
    assert len(followed.index) == 0


def test_it_goes_on_where_it_was_interrupted(work: Work, store: Store, ramp: str, copy: str) -> None:
    ana = work("ana")
    checked(ana)
    ana.open(copy)
    checked(ana, words="The yard is shut")
    followed, answers = JudgedClaims(["ana"]), iter([False, True])
    assert not followed.follow(store, lambda: next(answers))
    assert len(followed.index) == 1
    assert followed.follow(store)
    assert len(followed.index) == 2


def test_a_decision_that_changes_no_verdict_has_nothing_matched_again(
    ana: ReviewSession, store: Store, copy: str, matched: list[str]
) -> None:
    followed = JudgedClaims(["ana", ADJUDICATED])
    checked(ana)
    found = seen(store, copy, "ana", followed)
    assert found
    first = len(matched)
    ana.apply(judging.flag, claim_with(ana, "They were old"))
    ana.open(copy)
    assert kept_before(ana).to_look_up
    assert seen(store, copy, "ana", followed) == found
    assert len(matched) == first
    assert not kept_before(ana).to_look_up
    # The same in another session, which has read nothing yet.
    assert seen(store, copy, "ana") == found
    assert len(matched) == first
    checked(ana, "supported", "On Friday")
    assert seen(store, copy, "ana", followed) == found
    assert len(matched) == first


def test_claims_that_are_others_now_are_looked_up_and_those_that_are_back_again(
    ana: ReviewSession, store: Store, copy: str
) -> None:
    checked(ana)
    ana.open(copy)
    (before,) = seen(store, copy, "ana")
    ana.apply(segmenting.join, claim_with(ana, "We checked twice"))
    assert before not in seen(store, copy, "ana")
    ana.undo()
    assert seen(store, copy, "ana") == [before]


def test_a_session_reads_earlier_judgements_once(
    ana: ReviewSession, store: Store, ramp: str, copy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, real = [], JudgedClaims._read

    def told(self: JudgedClaims, store: Store, article_id: str) -> None:
        read.append(article_id)
        real(self, store, article_id)

    monkeypatch.setattr(JudgedClaims, "_read", told)
    checked(ana)
    for article_id in (copy, ramp, copy):
        assert found_before(ana, article_id, lambda: False) is not None
    assert read == [ramp]


def test_what_was_kept_in_another_form_is_looked_up_anew(ana: ReviewSession, store: Store, copy: str) -> None:
    checked(ana)
    found = seen(store, copy, "ana")
    store.connection.execute("update seen_before set made_of = 'earlier', found = '{\"c1\": []}'")
    ana.open(copy)
    assert (kept_before(ana).seen, bool(kept_before(ana).to_look_up)) == ({}, True)
    assert seen(store, copy, "ana") == found


def test_a_restatement_has_that_claim_alone_matched_again(
    ana: ReviewSession, store: Store, copy: str, matched: list[str]
) -> None:
    checked(ana)
    seen(store, copy, "ana")
    ana.open(copy)
    ana.apply(judging.restatement, claim_with(ana, "The yard is shut"), "We checked twice, a source said.")
    matched.clear()
    assert len(seen(store, copy, "ana")) == 2
    assert matched == ["We checked twice, a source said."]
    ana.undo()
    assert len(seen(store, copy, "ana")) == 1


def test_what_is_purged_while_it_is_read_is_forgotten(
    work: Work, store: Store, ramp: str, copy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked(work("ana"))
    followed = JudgedClaims(["ana"])
    assert seen(store, copy, "ana", followed)
    articles.purge_article(store, ramp, None)
    with monkeypatch.context() as just_before:
        just_before.setattr(judged, "is_shown", lambda *_: True)
        assert seen(store, copy, "ana", followed) == []
    assert seen(store, copy, "ana", followed) == []
    assert len(followed.index) == 0
