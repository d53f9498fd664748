"""Seen before in a project: what is kept, found, taken and marked; and that nobody sees another's work by it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.errors import DecisionRefused, ImportFailure, NotFoundError
from annotator.importers.checks import CheckOptions
from annotator.model.article import Article, Claim, Publication
from annotator.model.check import Check, Match, Seen, Sought
from annotator.store import Store, articles, doctor, ledger, open_store
from annotator.store import checks as stored
from annotator.store.check_state import collection_changes, last_decided
from annotator.store.checks import Outcome, outdated
from annotator.workflow import judging, seen_before
from annotator.workflow.check_matching import words_of
from annotator.workflow.checks import ImportedChecks, import_checks, list_checks, remove_checks
from annotator.workflow.evidence import evidence_to_use
from annotator.workflow.preparing import split_article
from annotator.workflow.seen import found_before, kept_before
from annotator.workflow.session import ReviewSession
from annotator.workflow.taken import OWN, taken_in_numbers
from annotator.workflow.taking import take

HELD = {
    "claim": "Ines Duarte told Reuters that two cables of the ramp held.",
    "title": "Did two cables hold?",
    "verdict": "False",
    "date": "2026-02-01",
    "publisher": "Tamarack Checks",
    "url": "https://checks.example.com/cables",
}
OTHER = {"claim": "The lighthouse of Oldmere is the oldest.", "verdict": "True", "publisher": "The Sober Sheet"}
FILLER = [{"claim": f"The pool of town {n} leaks at night in month {n}.", "verdict": "True"} for n in range(40)]


@pytest.fixture
def load(store: Store, tmp_path: Path) -> Callable[..., dict[str, int]]:
    """Import these rows; how many rows had which outcome."""

    def imported(*rows: dict[str, str], name: str = "checks.jsonl") -> dict[str, int]:
        path = tmp_path / name
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        last = ImportedChecks("")
        for item in import_checks(store, str(path), CheckOptions()):
            assert not isinstance(item, ImportFailure), item
            last = item
        return {outcome.value: count for outcome, count in last.outcomes.items()}

    return imported


def look(session: ReviewSession, words: str) -> Sequence[Seen]:
    review = session.review
    found = found_before(session, review.article.id, lambda: False)
    assert found is not None
    claim = next(claim for claim in review.claims if words in claim.span.slice(review.article.text))
    return found.get(claim.id, ())


def claim_with(session: ReviewSession, words: str) -> Claim:
    review = session.review
    return next(claim for claim in review.claims if words in claim.span.slice(review.article.text))


def test_the_same_rows_again_change_nothing(store: Store, load: Callable[..., dict[str, int]]) -> None:
    assert load(HELD, OTHER) == {Outcome.NEW: 2}
    before = collection_changes(store)
    assert load(HELD, OTHER) == {Outcome.SAME: 2}
    assert collection_changes(store) == before


def test_a_newer_row_takes_the_place_of_the_older_and_an_older_one_does_not(
    store: Store, load: Callable[..., dict[str, int]]
) -> None:
    load(HELD)
    assert load({**HELD, "verdict": "True", "modified": "2026-03-01"}) == {Outcome.REPLACED: 1}
    assert load({**HELD, "verdict": "Half true", "modified": "2026-02-15"}) == {Outcome.OLDER: 1}
    found = stored.index(store).candidates(["cabl", "held", "ramp"])
    assert [each.verdict for each in found] == ["True"]
    assert [(each.checks, each.replaced) for each in list_checks(store)] == [(1, 1)]


def test_collections_are_listed_and_removed_by_file_or_publisher(
    store: Store, load: Callable[..., dict[str, int]]
) -> None:
    load(HELD, OTHER)
    assert [(each.publisher, each.checks) for each in list_checks(store)] == [
        ("Tamarack Checks", 1),
        ("The Sober Sheet", 1),
    ]
    assert remove_checks(store, "Tamarack Checks") == 1
    assert stored.index(store).candidates(["cabl", "held"]) == []
    assert [each.publisher for each in stored.index(store).candidates(["lighthous"])] == ["The Sober Sheet"]
    with pytest.raises(NotFoundError, match="no fact-checks of 'nobody'"):
        remove_checks(store, "nobody")


def test_fact_checks_without_a_publisher_are_removed_by_what_stands_in_the_list(
    store: Store, load: Callable[..., dict[str, int]]
) -> None:
    load(OTHER, {**HELD, "publisher": ""})
    with pytest.raises(NotFoundError, match="no fact-checks of ''"):
        remove_checks(store, "")
    assert remove_checks(store, "(no publisher)") == 1
    assert [each.publisher for each in list_checks(store)] == [OTHER["publisher"]]


def test_what_is_removed_goes_in_short_transactions(
    store: Store, load: Callable[..., dict[str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever decides meanwhile does not wait for all of it, and the rest of the index stays as it is."""
    rows = [{**HELD, "url": f"https://checks.example.com/{at}"} for at in range(7)]
    load(*rows, OTHER)
    load(*({**row, "verdict": "True", "modified": "2026-03-01"} for row in rows[:5]), name="newer.jsonl")
    load({**rows[0], "verdict": "Half true", "modified": "2026-04-01"}, name="newest.jsonl")
    monkeypatch.setattr(stored, "_BATCH", 2)
    statements: list[str] = []
    store.connection.set_trace_callback(statements.append)
    assert remove_checks(store, "newer.jsonl") == 5
    store.connection.set_trace_callback(None)
    assert sum(text.lower() == "commit" for text in statements) >= 3
    assert not [text for text in statements if "delete-all" in text]
    assert list(doctor.examine(store, words_of=words_of)) == []
    there = [(each.name, each.publisher, each.checks, each.replaced) for each in list_checks(store)]
    assert there == [
        ("checks.jsonl", "Tamarack Checks", 6, 1),
        ("checks.jsonl", "The Sober Sheet", 1, 0),
        ("newest.jsonl", "Tamarack Checks", 1, 0),
    ]


def test_when_a_correction_is_removed_what_it_corrected_is_there_again(
    store: Store, load: Callable[..., dict[str, int]]
) -> None:
    newer = {**HELD, "verdict": "True", "modified": "2026-03-01"}
    load(HELD, name="first.jsonl")
    load(newer, name="second.jsonl")
    load({**HELD, "verdict": "Half true", "modified": "2026-04-01"}, name="third.jsonl")

    def present() -> list[str]:
        return [each.verdict for each in stored.index(store).candidates(["cabl", "held", "ramp"])]

    assert present() == ["Half true"]
    assert remove_checks(store, "second.jsonl") == 1
    assert present() == ["Half true"]
    assert remove_checks(store, "third.jsonl") == 1
    assert present() == ["False"]
    load(newer, name="first.jsonl")
    assert present() == ["True"]
    assert remove_checks(store, "first.jsonl") == 2
    assert present() == []


def test_a_claim_is_found_and_what_was_found_is_kept(ana: ReviewSession, load: Callable[..., dict[str, int]]) -> None:
    assert not kept_before(ana).to_look_up
    load(HELD, *FILLER)
    assert kept_before(ana).to_look_up
    (seen,) = look(ana, "two cables held")
    assert (seen.check.publisher, seen.own, seen.contradicted) == ("Tamarack Checks", False, False)
    assert seen.score > seen_before.SURE_ENOUGH
    kept = kept_before(ana)
    assert not kept.to_look_up
    assert [seen] in kept.seen.values()
    load({**OTHER, "claim": "A new one."}, name="more.jsonl")
    assert kept_before(ana).to_look_up


@pytest.mark.parametrize("words", ["They were old", "Buy our paper"], ids=["a claim", "too short, and no claim"])
def test_a_claim_is_looked_up_in_the_words_of_its_restatement(
    ana: ReviewSession, load: Callable[..., dict[str, int]], words: str
) -> None:
    load({**OTHER, "claim": "The Quillfeather ramp was built in 1904 of oak."}, *FILLER)
    claim = claim_with(ana, words)
    assert look(ana, words) == ()
    ana.apply(judging.restatement, claim, "The Quillfeather ramp was built in 1904 of oak.")
    assert kept_before(ana).to_look_up
    seen = look(ana, words)[0]
    assert seen.why[0] == "the same sentence"


def test_stale_and_contradicting_checks_are_marked(ana: ReviewSession, load: Callable[..., dict[str, int]]) -> None:
    text = "Ines Duarte told Reuters that two cables held, the yard said."
    load(
        {**HELD, "claim": text, "date": "2020-01-01"},
        {**HELD, "claim": text, "verdict": "True", "url": "https://sober.example.org/c"},
        *FILLER,
    )
    seen = look(ana, "two cables held")
    assert {each.check.value: (each.stale, each.contradicted) for each in seen} == {
        "refuted": (True, True),
        "supported": (False, True),
    }


def test_taken_as_evidence_it_says_where_it_comes_from(ana: ReviewSession, load: Callable[..., dict[str, int]]) -> None:
    load(HELD, *FILLER)
    (seen,) = look(ana, "two cables held")
    claim = claim_with(ana, "two cables held")
    decided = ana.apply(take, claim, seen)
    (piece,) = decided.review.evidence_of(claim)
    assert (piece.url, piece.publisher, piece.published_at) == (HELD["url"], "Tamarack Checks", "2026-02-01")
    assert (piece.answer, piece.stance, piece.passage) == ("False", "refutes", "Did two cables hold?")
    assert decided.review.verdict(claim) is None
    with pytest.raises(DecisionRefused, match="evidence here already"):
        ana.apply(take, claim, seen)
    ana.apply(judging.verdict, claim, "refuted")
    (line,) = taken_in_numbers(ana.store)
    assert (line.source, line.taken, line.kept, line.compared, line.right) == ("Tamarack Checks", 1, 1, 1, 1)
    ana.apply(judging.verdict, claim, "supported")
    (line,) = taken_in_numbers(ana.store)
    assert (line.compared, line.right) == (1, 0)


def test_one_that_denies_what_the_claim_says_speaks_the_other_way_round(
    ana: ReviewSession, load: Callable[..., dict[str, int]]
) -> None:
    load({**HELD, "claim": "Ines Duarte told Reuters that two cables of the ramp never held."}, *FILLER)
    (seen,) = look(ana, "two cables held")
    assert "negated" in seen.why
    assert seen_before.evidence_from(seen)["stance"] == "supports"


def test_corrected_and_withdrawn_checks_are_marked_where_they_are_evidence(
    ana: ReviewSession, load: Callable[..., dict[str, int]]
) -> None:
    load(HELD, *FILLER)
    (seen,) = look(ana, "two cables held")
    ana.apply(take, claim_with(ana, "two cables held"), seen)
    assert kept_before(ana).outdated == {}
    load({**HELD, "modified": "2026-02-02"})
    assert kept_before(ana).outdated == {}
    load({**HELD, "verdict": "True", "modified": "2026-03-01"})
    # A small change of what was corrected is no other correction, and no fewer.
    load({**HELD, "verdict": "True", "title": "Did two cables hold at dawn?", "modified": "2026-03-02"})
    since = kept_before(ana).outdated[HELD["url"]]
    assert (since.of("False"), since.in_words("False")) == ("corrected", "corrected: it says “True” now")
    assert [piece.became for piece in evidence_to_use(ana.store, "ana", "")] == ["corrected"]
    # What is taken of it from now on is as it is.
    assert (since.of("True"), since.in_words("True")) == ("", "")
    (seen,) = look(ana, "two cables held")
    with pytest.raises(DecisionRefused, match="already, as “False”: v, X removes that"):
        ana.apply(take, claim_with(ana, "two cables held"), seen)
    load({**HELD, "status": "withdrawn", "modified": "2026-04-01"})
    assert kept_before(ana).outdated[HELD["url"]].of("False") == "withdrawn"
    assert look(ana, "two cables held") == ()


def test_a_fact_check_that_is_changed_often_is_found_as_surely_as_before(
    ana: ReviewSession, store: Store, load: Callable[..., dict[str, int]]
) -> None:
    load(HELD, *FILLER)
    (before,) = look(ana, "two cables held")
    for day in range(2, 9):
        load({**HELD, "modified": f"2026-02-0{day}"})
    (seen,) = look(ana, "two cables held")
    assert (seen.score, seen.why) == (before.score, before.why)
    assert list(doctor.examine(store, words_of=words_of)) == []
    # What comes back where a correction goes is found like anything else.
    load({**HELD, "verdict": "True", "modified": "2026-03-01"}, name="corrections.jsonl")
    remove_checks(store, "corrections.jsonl")
    (seen,) = look(ana, "two cables held")
    assert (seen.score, seen.check.verdict) == (before.score, "False")
    assert list(doctor.examine(store, words_of=words_of)) == []


def test_what_has_become_of_a_fact_check_and_what_goes_with_one_is_found_by_an_index(
    ana: ReviewSession, load: Callable[..., dict[str, int]]
) -> None:
    """Else each that is evidence, and each that is removed, has all the others read."""
    load(HELD, *FILLER)
    load({**HELD, "verdict": "True", "modified": "2026-03-01"})
    asked = "explain query plan select ordinal from fact_check where replaced_by = 1"
    plans = [str(row[3]) for row in ana.store.connection.execute(asked)]
    assert all("USING COVERING INDEX fact_check_replaced" in plan for plan in plans)
    statements: list[str] = []
    ana.store.connection.set_trace_callback(statements.append)
    outdated(ana.store, [HELD["url"]])
    ana.store.connection.set_trace_callback(None)
    explained = [row for text in statements for row in ana.store.connection.execute(f"explain query plan {text}")]
    assert not [row[3] for row in explained if "SCAN" in row[3] and "fact_check" in row[3]]


@pytest.fixture
def copy(store: Store) -> str:
    """Another article with one sentence of the first, word for word; its id."""
    text = "Ramp news\n\nOn Friday it rained. “We checked twice,” a source said. The yard is shut."
    article = Article(text, "copy.txt", Publication("Ramp news"))
    articles.add_article(store, article, split_article(article), [], None)
    return article.id


def test_wire_copy_finds_ones_own_earlier_verdict_and_takes_it_by_one_key(ana: ReviewSession, copy: str) -> None:
    claim = claim_with(ana, "We checked twice")
    ana.apply(judging.verdict, claim, "supported")
    ana.open(copy)
    (seen,) = look(ana, "We checked twice")
    assert (seen.own, seen.why[0], seen.score, seen.check.value) == (True, "the same sentence", 1.0, "supported")
    again = claim_with(ana, "We checked twice")
    decided = ana.apply(take, again, seen)
    verdict = decided.review.verdict(again)
    assert verdict is not None
    assert verdict.value == "supported"
    (line,) = taken_in_numbers(ana.store)
    assert (line.source, line.taken, line.right) == (OWN, 1, 1)
    with pytest.raises(DecisionRefused, match="that already"):
        ana.apply(take, again, seen)


def test_of_the_same_sentence_nothing_is_said_that_only_the_title_names() -> None:
    check = Check("x", "The berth handled 212,000 containers.", "Port Halloran shuts its berth")
    match = Match(check, 0.6, ("same number (212000)", "the check also names Halloran"))
    same = seen_before._of(match, Sought(check.claim), own=True)
    assert (same.score, same.why) == (1.0, ("the same sentence", "same number (212000)"))
    other = seen_before._of(match, Sought("A berth at a port handled 212,000 of them."), own=True)
    assert (other.score, other.why) == (0.6, match.why)


def test_an_earlier_verdict_that_is_another_now_is_looked_up_anew(
    work: Callable[[str], ReviewSession], ramp: str, copy: str, store: Store
) -> None:
    ana, bo = work("ana"), work("bo")

    def shown() -> list[str]:
        ana.open(copy)
        assert kept_before(ana).to_look_up
        found = [seen.value for seen in look(ana, "We checked twice")]
        assert not kept_before(ana).to_look_up
        ana.open(ramp)
        return found

    claim = claim_with(ana, "We checked twice")
    ana.apply(judging.verdict, claim, "refuted")
    assert shown() == ["refuted"]
    ana.apply(judging.verdict, claim, "supported")
    assert shown() == ["supported"]
    ana.undo()
    assert shown() == ["refuted"]
    ana.redo()
    assert shown() == ["supported"]
    # What another decides is nothing to her, and nothing is found by who has given no verdict.
    before = last_decided(store, "ana")
    bo.apply(judging.flag, claim)
    assert last_decided(store, "bo") == 0
    bo.apply(judging.verdict, claim, "refuted")
    assert last_decided(store, "ana") == before
    ana.open(copy)
    assert not kept_before(ana).to_look_up


def test_what_is_united_or_renamed_is_looked_up_anew_by_who_has_work(ana: ReviewSession, store: Store) -> None:
    ana.apply(judging.verdict, claim_with(ana, "We checked twice"), "refuted")
    for action in ("merge", "rename"):
        before = last_decided(store, "ana")
        with store.transaction():
            ledger.append(store, "shared", action, {"changes": []})
        assert last_decided(store, "ana") > before
        assert last_decided(store, "bo") == 0


def test_nobody_sees_anothers_verdict_by_it(work: Callable[[str], ReviewSession], copy: str) -> None:
    ana, bo = work("ana"), work("bo")
    ana.apply(judging.verdict, claim_with(ana, "We checked twice"), "supported")
    ana.apply(judging.restatement, claim_with(ana, "We checked twice"), "The cables were checked twice.")
    bo.open(copy)
    assert not kept_before(bo).to_look_up
    assert look(bo, "We checked twice") == ()
    assert kept_before(bo).seen == {}
    # What ana found is kept for ana alone.
    ana.open(copy)
    assert look(ana, "We checked twice")
    assert kept_before(bo).seen == {}


def test_others_judgements_are_seen_only_where_the_caller_names_them(
    work: Callable[[str], ReviewSession], store: Store, copy: str
) -> None:
    ana = work("ana")
    ana.apply(judging.verdict, claim_with(ana, "We checked twice"), "supported")
    assert seen_before.look_up(store, copy, "bo") == {}
    opened = seen_before.look_up(store, copy, "bo", judged_by=("ana",))
    assert opened
    assert {seen.check.publisher for found in opened.values() for seen in found} == {"ana"}


def test_what_is_not_wanted_any_more_is_not_kept(ana: ReviewSession, load: Callable[..., dict[str, int]]) -> None:
    load(HELD, *FILLER)
    assert found_before(ana, ana.review.article.id, lambda: True) is None
    assert kept_before(ana).to_look_up


def test_an_earlier_verdict_that_the_scheme_has_no_more_or_that_is_negated_is_not_taken(
    ana: ReviewSession, load: Callable[..., dict[str, int]]
) -> None:
    load(HELD, *FILLER)
    (seen,) = look(ana, "two cables held")
    claim = claim_with(ana, "two cables held")
    own = replace(seen, own=True)
    with pytest.raises(DecisionRefused, match="no longer has"):
        ana.apply(take, claim, replace(own, check=replace(own.check, value="gone")))
    with pytest.raises(DecisionRefused, match="denies"):
        ana.apply(take, claim, replace(own, why=("negated",)))
    with pytest.raises(DecisionRefused, match="takes a reason"):
        ana.apply(take, claim, replace(own, check=replace(own.check, value="mixed")))


@pytest.mark.parametrize("which", ["the earlier one", "the open one"])
def test_what_is_purged_while_it_is_looked_up_does_not_come_back_into_the_file(
    ana: ReviewSession, copy: str, ramp: str, store: Store, path: Path, which: str
) -> None:
    # Only what is found, and no longer its article, would have the restatement.
    words = "The Quillfeather cables were inspected two times."
    claim = claim_with(ana, "We checked twice")
    ana.apply(judging.verdict, claim, "supported")
    ana.apply(judging.restatement, claim, words)
    assert seen_before.look_up(store, copy, "ana")
    purged = ramp if which == "the earlier one" else copy
    asked: list[str] = []

    def purging() -> bool:
        if not asked:
            with closing(open_store(path)) as other:
                articles.purge_article(other, purged, None)
        asked.append(purged)
        return False

    assert seen_before.look_up(store, copy, "ana", over=purging) is None
    assert asked
    assert store.connection.execute("select count(*) from seen_before").fetchone() == (0,)
    store.rest()
    everything = b"".join(each.read_bytes() for each in path.parent.glob(f"{path.name}*"))
    assert (words.encode() in everything) is (purged == copy)
    if purged == ramp:
        assert seen_before.look_up(store, copy, "ana") == {}
