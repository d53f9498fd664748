"""Undo and redo of what is shared: sources that others use, rename and merge meanwhile."""

from __future__ import annotations

import pytest

from annotator.errors import DecisionRefused, NotFoundError
from annotator.model.source import SourceKind
from annotator.store import Store
from annotator.workflow import attributing, judging, sources
from annotator.workflow.session import ReviewSession
from tests.workflow.conftest import claim_with
from tests.workflow.sourced import accept, healthy, make, named, names


def test_what_one_reviewer_accepted_another_undoes_without_harm(
    ana: ReviewSession, bo: ReviewSession, store: Store
) -> None:
    accept(ana, "two cables held")
    accept(bo, "two cables held")
    assert len(bo.registry.entities) == 2
    ana.undo()
    assert ana.review.attributions == ()
    assert names(bo) == {"The yard": "yard", "Ines Duarte": "Ines Duarte"}
    assert healthy(store)
    bo.undo()
    assert bo.registry.entities == {}
    bo.redo()
    assert names(bo) == {"The yard": "yard", "Ines Duarte": "Ines Duarte"}
    assert healthy(store)


def test_undoing_something_shared_is_refused_once_another_depends_on_it(
    ana: ReviewSession, bo: ReviewSession, store: Store
) -> None:
    duarte = make(bo, "Ines Duarte")
    bo.apply_to_sources(sources.rename, duarte.id, "Inês Duarte")
    accept(ana, "two cables held")
    assert names(ana)["Ines Duarte"] == "Inês Duarte"
    with pytest.raises(DecisionRefused, match="the rename of “Inês Duarte” stays: others use it"):
        bo.undo()
    # The making is next, and the rename is needed with it.
    with pytest.raises(DecisionRefused, match="the making of “Ines Duarte” stays: others use it"):
        bo.undo_or_redo_sources("undo")
    assert bo.next_undo() is None
    ana.undo()
    bo.undo()
    assert named(bo, "Ines Duarte").name == "Ines Duarte"
    bo.undo()
    assert bo.registry.entities == {}
    assert healthy(store)


def test_renaming_what_another_has_renamed_is_undone_in_turn(ana: ReviewSession, bo: ReviewSession) -> None:
    duarte = make(ana, "Ines Duarte")
    bo.apply_to_sources(sources.set_kind, duarte.id, SourceKind.UNNAMED)
    with pytest.raises(DecisionRefused, match="others use it"):
        ana.undo()
    bo.undo()
    ana.undo()
    assert ana.registry.entities == {}


def test_what_cannot_be_undone_any_more_is_said_once_and_then_passed_over(
    ana: ReviewSession, bo: ReviewSession, store: Store, ramp: str
) -> None:
    ana.apply(judging.flag, claim_with(ana, "Is it safe?"))
    duarte = make(ana, "Ines Duarte")
    ana.apply_to_sources(sources.rename, duarte.id, "Inês Duarte")
    accept(bo, "two cables held")
    assert names(bo)["Ines Duarte"] == "Inês Duarte"
    with pytest.raises(DecisionRefused, match="the rename of “Inês Duarte” stays"):
        ana.undo()
    with pytest.raises(DecisionRefused, match="the making of “Ines Duarte” stays"):
        ana.undo()
    assert ana.undo().said == "undone: flagged  ·  not flagged any more"
    with pytest.raises(DecisionRefused, match="nothing to undo"):
        ana.undo()
    # After a restart it is said once more.
    again = ReviewSession(store, "ana")
    again.open(ramp)
    with pytest.raises(DecisionRefused, match="the rename of “Inês Duarte” stays"):
        again.undo()
    assert ana.redo().said == "redone: flagged"
    # What nobody uses any more is next again.
    bo.undo()
    assert ana.undo().said == "undone: source renamed: Inês Duarte"
    assert ana.undo().said == "undone: source made: Ines Duarte"
    assert ana.undo().said == "undone: flagged  ·  not flagged any more"
    assert healthy(store)


def test_a_redo_that_would_merge_in_a_circle_is_refused(ana: ReviewSession, bo: ReviewSession, store: Store) -> None:
    one, two = make(ana, "Ines Duarte"), make(ana, "I. Duarte")
    ana.apply_to_sources(sources.merge, one.id, two.id)
    ana.undo_or_redo_sources("undo")
    bo.apply_to_sources(sources.merge, two.id, one.id)
    with pytest.raises(DecisionRefused, match="merged into each other"):
        ana.undo_or_redo_sources("redo")
    assert ana.registry.resolve(two.id) == ana.registry.entities[one.id]
    assert ana.next_redo() is None
    assert healthy(store)


def test_a_redo_that_is_refused_is_passed_over_by_the_next(ana: ReviewSession, bo: ReviewSession, store: Store) -> None:
    one, two = make(ana, "Ines Duarte"), make(ana, "I. Duarte")
    ana.apply_to_sources(sources.merge, one.id, two.id)
    ana.apply(judging.flag, claim_with(ana, "Is it safe?"))
    ana.undo()
    ana.undo()
    bo.apply_to_sources(sources.merge, two.id, one.id)
    with pytest.raises(DecisionRefused, match="merged into each other"):
        ana.redo()
    assert ana.redo().said == "redone: flagged"
    bo.undo()
    assert ana.next_redo() is not None
    assert ana.redo().said == "redone: source merged: Ines Duarte"
    assert healthy(store)


def test_a_removed_attribution_loses_its_source_and_gets_it_back(ana: ReviewSession, store: Store) -> None:
    accept(ana, "two cables held")
    claim = claim_with(ana, "two cables held")
    told = next(made for made in ana.review.attributions if made.parent is not None)
    ana.apply(attributing.remove_attribution, claim, told.id)
    assert told.id not in ana.review.sources
    ana.undo()
    assert names(ana)["Ines Duarte"] == "Ines Duarte"
    assert healthy(store)


def test_the_next_undo_may_be_of_a_source_or_not(ana: ReviewSession, store: Store) -> None:
    nowhere = ReviewSession(store, "ana")
    with pytest.raises(DecisionRefused, match="no decision on sources is next to undo"):
        nowhere.undo_or_redo_sources("undo")
    make(nowhere, "Ines Duarte")
    with pytest.raises(NotFoundError, match="no article is open"):
        nowhere.undo()
    assert nowhere.undo_or_redo_sources("undo").said == "undone: source made: Ines Duarte"
    accept(ana, "two cables held")
    with pytest.raises(DecisionRefused, match="no decision on sources is next"):
        ana.undo_or_redo_sources("undo")
    make(ana, "Vale")
    assert ana.undo().said == "undone: source made: Vale"
    assert ana.redo().said == "redone: source made: Vale"
