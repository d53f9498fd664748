from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.errors import DatabaseDamagedError, DecisionRefused
from annotator.model.guideline import Page
from annotator.model.judgement import Evidence
from annotator.model.ledger import Change
from annotator.model.review import ArticleReview
from annotator.model.scheme import Scheme, default_scheme, shipped_scheme
from annotator.store import Store, articles, doctor, ledger, open_store, review, schemes, undoing
from annotator.store.scheme_change import SchemeChange, change_scheme

AddArticle = Callable[..., str]
TEXT = "Rain fell. It stopped. It froze."
FEVER = shipped_scheme("fever-3")
# The default one without the value that has reasons.
SHORTER = replace(default_scheme(), verdict=tuple(v for v in default_scheme().verdict if v.id != "mixed"))


def opened(store: Store, article_id: str, reviewer: str = "ana") -> ArticleReview:
    return review.load_review(store, review.load_article(store, article_id), reviewer)


def decide(store: Store, work: ArticleReview, claim: int, **facets: str | None) -> ArticleReview:
    made = work.claims[claim]
    changes = [
        Change("verdict", (made.id, "content", facet), value)
        if facet in ("value", "reason")
        else Change("judgement", (made.id, facet), value)
        for facet, value in facets.items()
    ]
    return review.decide(store, work, "s", "test", made, changes)[1]


def done(store: Store, reviewer: str = "ana") -> dict[str, int]:
    row = store.connection.execute(
        "select triage_done, verify_done, both_done from progress join name on key = reviewer where text = ?",
        (reviewer,),
    ).fetchone()
    return dict(zip(("triage", "verify", "both"), row, strict=True)) if row else {}


@pytest.fixture
def worked(store: Store, add: AddArticle) -> tuple[Store, str]:
    """Ana has settled two claims, one of them with evidence; Bo has settled one."""
    article_id = add(store, TEXT)
    ana = decide(store, opened(store, article_id), 0, worth="2", voice="author", value="supported")
    found = Evidence("found", ana.claims[0].id, answer="yes")
    _, ana = review.decide(
        store, ana, "s", "evidence", ana.claims[0], [Change("evidence", ("found",), found.as_payload())]
    )
    decide(store, ana, 1, worth="2", voice="author", value="refuted")
    decide(store, opened(store, article_id, "bo"), 2, worth="2", voice="author", value="not_enough")
    return store, article_id


def used(store: Store, scheme: Scheme) -> SchemeChange:
    return change_scheme(store, scheme, "ana")


def test_a_project_has_the_default_scheme_until_it_chooses_one(path: Path) -> None:
    with closing(open_store(path)) as store:
        assert store.scheme == default_scheme()
        assert used(store, FEVER).store.scheme == FEVER
    with closing(open_store(path)) as store:
        assert store.scheme == FEVER
        assert [scheme.id for scheme in schemes.earlier_schemes(store)] == ["annotator-default", "fever-3"]
        assert list(doctor.examine(store)) == []


def test_everybody_s_progress_is_counted_anew_in_the_same_transaction(worked: tuple[Store, str]) -> None:
    store, _ = worked
    assert (done(store)["both"], done(store, "bo")["both"]) == (2, 1)
    change = used(store, FEVER)
    # Without evidence a refutation settles nothing there; a verdict that says there is none does.
    assert (done(store)["both"], done(store, "bo")["both"]) == (1, 1)
    assert change.counted == 2
    assert list(doctor.examine(change.store)) == []


def test_a_change_of_names_alone_counts_nothing_anew(worked: tuple[Store, str]) -> None:
    store, _ = worked
    scheme = default_scheme()
    renamed = replace(scheme, verdict=(replace(scheme.verdict[0], name="yes", key="z"), *scheme.verdict[1:]))
    change = used(store, renamed)
    assert (change.changed, change.counted, change.store.scheme.label) == (True, 0, "annotator-default@1")
    assert not used(change.store, renamed).changed


def test_every_decision_names_the_version_that_it_was_made_under(worked: tuple[Store, str]) -> None:
    store, article_id = worked
    store = used(store, SHORTER).store
    decide(store, opened(store, article_id), 2, worth="1")
    labels = [entry.scheme_version for entry in ledger.entries(store)]
    assert labels == ["annotator-default@1"] * 5 + ["annotator-default@2"] * 2


def test_what_is_in_use_is_not_removed(worked: tuple[Store, str]) -> None:
    store, article_id = worked
    decide(store, opened(store, article_id, "bo"), 0, value="mixed", reason="conflict")
    decide(store, opened(store, article_id), 1, value="mixed", reason="conflict")
    entries = len(list(ledger.entries(store)))
    with pytest.raises(DecisionRefused, match=r"verdict 'mixed' \(2\), reason 'conflict' \(2\)"):
        used(store, SHORTER)
    with pytest.raises(DecisionRefused, match=r"lacks what is in use: check-worthiness '2' \(3\)"):
        used(store, replace(SHORTER, worth=tuple(replace(v, id=f"w{v.id}") for v in SHORTER.worth)))
    assert len(list(ledger.entries(store))) == entries
    decide(store, opened(store, article_id), 1, value="refuted")
    decide(store, opened(store, article_id, "bo"), 0, value="refuted")
    assert used(store, SHORTER).store.scheme.version == 2


def test_an_undo_can_bring_back_what_the_scheme_no_longer_has(worked: tuple[Store, str]) -> None:
    store, article_id = worked
    decide(store, opened(store, article_id), 2, worth="2", voice="author", value="mixed", reason="conflict")
    decide(store, opened(store, article_id), 2, value="refuted", reason=None)
    store = used(store, SHORTER).store
    due = undoing.next_undo(store, "ana")
    assert due is not None
    _, after = review.take_back(store, review.load_article(store, article_id), "ana", "s", due)
    verdict = after.verdict(after.claims[2])
    assert verdict is not None
    assert verdict.value == "mixed"
    assert done(store)["both"] == 2
    assert list(doctor.examine(store)) == []
    # It is not in the way of the next change.
    assert used(store, replace(SHORTER, evidence_required=True)).store.scheme.version == 3


def test_who_opened_the_project_under_another_scheme_decides_nothing(worked: tuple[Store, str], path: Path) -> None:
    store, article_id = worked
    before = opened(store, article_id)
    with closing(open_store(path)) as other:
        used(other, FEVER)
    with pytest.raises(DecisionRefused, match="the project's scheme is fever-3@1 now: quit and start again"):
        decide(store, before, 2, worth="1")
    due = undoing.next_undo(store, "ana")
    assert due is not None
    with pytest.raises(DecisionRefused, match="quit and start again"):
        review.take_back(store, before.article, "ana", "s", due)
    with pytest.raises(DecisionRefused, match="quit and start again"):
        used(store, SHORTER)


def test_purged_articles_are_not_counted(worked: tuple[Store, str], add: AddArticle) -> None:
    store, article_id = worked
    other = add(store, "Snow fell. It melted.")
    decide(store, opened(store, other), 0, worth="2", voice="author", value="supported")
    articles.purge_article(store, article_id, None)
    change = used(store, FEVER)
    assert change.counted == 1
    assert list(doctor.examine(change.store)) == []


def test_pages_are_kept_replaced_and_taken_away(store: Store) -> None:
    assert schemes.write_page(store, "b.md", "# Old", "ana")
    assert schemes.write_page(store, "b.md", "# New", "ana")
    assert not schemes.write_page(store, "b.md", "# New", "ana")
    assert schemes.write_page(store, "a.md", "words", None)
    assert schemes.pages(store) == [Page("a.md", "words"), Page("b.md", "# New")]
    assert list(doctor.examine(store)) == []
    assert schemes.write_page(store, "b.md", None, "ana")
    assert not schemes.write_page(store, "b.md", None, "ana")
    assert [page.name for page in schemes.pages(store)] == ["a.md"]
    assert list(doctor.examine(store)) == []


def test_the_doctor_notices_another_scheme_and_another_page(worked: tuple[Store, str]) -> None:
    store, _ = worked
    store = used(store, FEVER).store
    schemes.write_page(store, "a.md", "words", None)
    assert list(doctor.examine(store)) == []
    store.connection.execute("update meta set value = 'others' where key = 'scheme-page:a.md'")
    store.connection.execute("update meta set value = json_set(value, '$.evidence_required', json('false')) "
                             "where key = 'scheme'")  # fmt: skip
    found = [finding.detail for finding in doctor.examine(store)]
    assert sum("meta: stored, but the ledger does not say so" in detail for detail in found) == 2


@pytest.mark.parametrize("broken", ["{", "[]", json.dumps({"id": "x"})])
def test_a_scheme_that_cannot_be_read_stops_the_opening(path: Path, broken: str) -> None:
    with closing(open_store(path)) as store:
        store.connection.execute("insert into meta (key, value) values ('scheme', ?)", (broken,))
    with pytest.raises(DatabaseDamagedError, match="its label scheme cannot be read"):
        open_store(path)
