"""Earlier judgements: read once, then what has changed; and what the lead has settled, where that may be seen."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from annotator.model.article import Article, Publication
from annotator.model.check import Check, Seen
from annotator.model.exercise import Exercise
from annotator.model.reviewer import ADJUDICATED
from annotator.store import Store, articles, check_state, judged, ledger, project
from annotator.workflow import check_matching, judging, seen_before, segmenting
from annotator.workflow.judged_claims import JudgedClaims
from annotator.workflow.preparing import split_article
from annotator.workflow.seen import found_before, kept_before
from annotator.workflow.session import ReviewSession
from annotator.workflow.taken import LAYER, taken_in_numbers
from annotator.workflow.taking import take
from annotator.workflow.word_index import WordIndex
from tests.store.test_damage import damage
from tests.workflow.test_seen_before import claim_with

Work = Callable[[str], ReviewSession]
COPY = "Ramp news\n\nOn Friday it rained. “We checked twice,” a source said. The yard is shut."


@pytest.fixture
def copy(store: Store) -> str:
    """Another article with one sentence of the first, word for word; its id."""
    article = Article(COPY, "copy.txt", Publication("Ramp news"))
    articles.add_article(store, article, split_article(article), [], None)
    return article.id


def checked(session: ReviewSession, value: str = "supported", words: str = "We checked twice") -> None:
    session.apply(judging.verdict, claim_with(session, words), value)


def seen(store: Store, article_id: str, reviewer: str, judged: JudgedClaims | None = None) -> list[Seen]:
    found = seen_before.look_up(store, article_id, reviewer, judged=judged)
    assert found is not None
    return [each for of_claim in found.values() for each in of_claim]


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
    monkeypatch.setattr("annotator.workflow.judged_claims.sleep", breaths.append)
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
    assert (kept_before(ana).seen, kept_before(ana).to_look_up) == ({}, True)
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


def test_what_the_lead_has_settled_is_found_and_named(work: Work, store: Store, copy: str) -> None:
    checked(work(ADJUDICATED), "refuted")
    ana = work("ana")
    ana.open(copy)
    assert kept_before(ana).to_look_up
    (found,) = seen(store, copy, "ana")
    assert (found.by, found.own, found.value, found.score) == ("the lead", True, "refuted", 1.0)
    ana.apply(take, claim_with(ana, "We checked twice"), found)
    (line,) = taken_in_numbers(store, ["ana"])
    assert (line.source, line.taken) == (LAYER, 1)


def test_what_is_decided_in_sight_of_it_says_so_and_what_is_not_does_not(
    work: Work, store: Store, ramp: str, copy: str
) -> None:
    checked(work(ADJUDICATED), "refuted")
    ana = work("ana")
    ana.open(copy)
    checked(ana, words="We checked twice")
    seen(store, copy, "ana")
    checked(ana, "refuted", "We checked twice")
    checked(ana, words="The yard is shut")
    checked(ana, "not_enough", "We checked twice")
    ana.undo()
    entries = ledger.entries_of(store, "ana", copy)
    assert [each.others_visible for each in entries if each.kind != "event"] == [False, True, False, True, True]


def test_where_nothing_was_settled_a_decision_asks_that_alone(work: Work, store: Store, copy: str) -> None:
    checked(work("ana"))
    assert seen(store, copy, "ana")
    claim = claim_with(work("ana"), "We checked twice")
    asked: list[str] = []
    store.connection.set_trace_callback(asked.append)
    assert not check_state.shows_adjudicated(store, copy, "ana", claim.id)
    store.connection.set_trace_callback(None)
    (statement,) = asked
    assert "from name" in statement


@pytest.mark.parametrize("kind", list(Exercise))
@pytest.mark.parametrize("which", ["the settled one", "the open one"])
def test_an_exercise_gives_nothing_away(
    work: Work, store: Store, ramp: str, copy: str, kind: Exercise, which: str
) -> None:
    checked(work(ADJUDICATED), "refuted")
    assert seen(store, copy, "ana")
    project.set_exercise(store, ramp if which == "the settled one" else copy, kind, None)
    assert seen(store, copy, "ana") == []
    ana = work("ana")
    checked(ana)
    assert [each.by for each in seen(store, copy, "ana")] == ["you"]
    # Who settles sees it all.
    assert [each.by for each in seen(store, copy, ADJUDICATED)] == ["the lead"]


@pytest.mark.parametrize("since", ["exercise", "exercise of the open one", "hidden", "taken back"])
def test_what_may_be_shown_no_more_is_not_shown_before_all_is_looked_up_again(
    work: Work, store: Store, ramp: str, copy: str, since: str
) -> None:
    lead = work(ADJUDICATED)
    checked(lead, "refuted")
    assert seen(store, copy, "ana")
    ana = work("ana")
    ana.open(copy)
    assert kept_before(ana).seen
    if since == "hidden":
        articles.hide_article(store, ramp, None)
    elif since == "taken back":
        lead.undo()
    else:
        project.set_exercise(store, copy if since == "exercise of the open one" else ramp, Exercise.PRACTICE, None)
    assert kept_before(ana).seen == {}
    # It may have been in the place of something else.
    assert kept_before(ana).to_look_up is since.startswith("exercise")
    checked(ana, words="We checked twice")
    assert [each.others_visible for each in ledger.entries_of(store, "ana", copy) if each.kind != "event"] == [False]


@pytest.mark.parametrize("stands", [True, False])
def test_what_was_shown_of_a_copy_is_in_sight_where_the_claim_itself_is_decided(
    work: Work, store: Store, ramp: str, copy: str, *, stands: bool
) -> None:
    lead = work(ADJUDICATED)
    checked(lead, "refuted")
    assert seen(store, copy, "ana")
    if not stands:
        lead.undo()
    for reviewer in ("ana", "bo"):
        at_work = work(reviewer)
        at_work.open(ramp)
        checked(at_work)
        checked(at_work, words="They were old")
    made = {by: [each.others_visible for each in ledger.entries_of(store, by, ramp)][-2:] for by in ("ana", "bo")}
    assert made == {"ana": [stands, False], "bo": [False, False]}


def test_ones_own_judgements_are_no_sight_whatever_one_is_called(work: Work, store: Store, copy: str) -> None:
    odd = work(f"{ADJUDICATED}:x")
    checked(odd)
    odd.open(copy)
    assert [each.by for each in seen(store, copy, odd.reviewer)] == ["you"]
    checked(odd, words="We checked twice")
    made = [each for each in ledger.entries_of(store, odd.reviewer, copy) if each.kind != "event"]
    assert [each.others_visible for each in made] == [False]


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


def test_an_index_of_words_leaves_no_trace_of_what_was_taken_out() -> None:
    def check(id_: str, claim: str) -> Check:
        return Check(id_, claim, "A ramp", language="en")

    index = WordIndex()
    for at, claim in enumerate(("Two cables held.", "Three cables snapped.", "The pool is shut.")):
        index.put(check(str(at), claim))
    assert [each.id for each in index.candidates(["cabl", "held"])] == ["0", "1"]
    assert [each.id for each in index.candidates(["cabl"], wanted=lambda id_: id_ != "0")] == ["1"]
    assert index.counts(["cabl", "ramp", "nothing"]) == {"cabl": 2, "ramp": 3}
    index.put(check("0", "The lido leaks."))
    assert index.counts(["cabl", "held", "leak"]) == {"cabl": 1, "leak": 1}
    index.discard("0")
    index.discard("nobody")
    other = WordIndex()
    for at, claim in ((1, "Three cables snapped."), (2, "The pool is shut.")):
        other.put(check(str(at), claim))
    assert (index.size().checks, index.size().words) == (other.size().checks, other.size().words)
    assert index.counts(["lido", "leak", "cabl", "pool"]) == other.counts(["lido", "leak", "cabl", "pool"])
    assert index.candidates(["lido"]) == []


def test_of_two_claims_with_the_words_the_shorter_comes_first() -> None:
    index = WordIndex()
    index.put(
        Check("0", "Two cables held through the long winter while all other bridges of the valley were shut.", "")
    )
    index.put(Check("1", "Two cables held.", ""))
    assert [each.id for each in index.candidates(["cabl", "held"])] == ["1", "0"]
