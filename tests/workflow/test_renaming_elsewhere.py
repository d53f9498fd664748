"""Names that were changed, in bundles, recovered databases, and on machines that do not know of it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from annotator.store import doctor, open_store, records
from annotator.store.recovering import recover
from annotator.workflow import attributing, judging, renaming, uniting
from annotator.workflow.bundling import bundle
from tests.workflow.renamed import RAIN, at_work, everything, new_store, rename, work


def test_a_bundle_of_a_renamed_reviewer_has_the_work_of_her_names(tmp_path: Path) -> None:
    with closing(new_store(tmp_path / "desk.db")) as store:
        work(store)
        rename(store, "ana", "dora")
        made = at_work(store, "dora", RAIN)
        made.undo()
        bundle(store, "dora", tmp_path / "dora.db", "dora")
        with closing(open_store(tmp_path / "dora.db")) as small:
            assert records.reviewers(small) == ["dora"]
            assert list(doctor.examine(small)) == []
            assert at_work(small, "dora").review.judgements == at_work(store, "dora").review.judgements
        renaming.take_back(store, None, None)
        bundle(store, "dora", tmp_path / "again.db", "dora")
        with closing(open_store(tmp_path / "again.db")) as small:
            assert list(doctor.examine(small)) == []
        assert list(doctor.examine(store)) == []


def test_a_recovered_database_knows_the_names(tmp_path: Path) -> None:
    with closing(new_store(tmp_path / "desk.db")) as store:
        work(store)
        rename(store, "ana", "ben")
        shown = everything(store)
        store.connection.execute("pragma wal_checkpoint(truncate)")
        with closing(open_store(tmp_path / "new.db")) as target:
            assert recover(tmp_path / "desk.db", target).lost == []
            assert everything(target)[:3] == shown[:3]
            assert list(doctor.examine(target)) == []
        assert list(doctor.examine(store)) == []


def test_a_name_that_nobody_has_here_comes_with_the_work_of_who_was_given_it(tmp_path: Path) -> None:
    with closing(new_store(tmp_path / "away.db")) as away:
        ana = at_work(away, "ana")
        ana.apply(judging.worth, ana.review.claims[1], "2")
        decided = ana.review.judgements
        rename(away, "ana", "dora")
    with closing(new_store(tmp_path / "desk.db")) as desk:
        list(uniting.merge(desk, [tmp_path / "away.db"], None))
        assert decided
        assert at_work(desk, "dora").review.judgements == decided
        assert list(doctor.examine(desk)) == []


def test_names_that_two_machines_made_lead_to_each_other_are_cut_and_told(tmp_path: Path) -> None:
    with closing(new_store(tmp_path / "a.db")) as one:
        work(one)
    with closing(new_store(tmp_path / "b.db")) as other:
        list(uniting.merge(other, [tmp_path / "a.db"], None))
        rename(other, "ben", "ana")
    with closing(open_store(tmp_path / "a.db")) as one:
        rename(one, "ana", "ben")
        (found,) = uniting.merge(one, [tmp_path / "b.db"], None)
        assert found.circles == [("ben", "ana")]
        assert records.reviewers(one) == ["ben"]
        assert list(doctor.examine(one)) == []
        renaming.take_back(one, "ben", None)
        assert renaming.circles_cut(one) == []
        assert records.reviewers(one) == ["ben"]


def test_who_goes_on_under_the_old_name_elsewhere_is_united_with_the_new_one(tmp_path: Path) -> None:
    with closing(new_store(tmp_path / "a.db")) as one, closing(new_store(tmp_path / "b.db")) as other:
        work(one)
        rename(one, "ana", "dora")
        dora = at_work(one, "dora")
        dora.apply(attributing.accept, dora.review.claims[3])
        ana = at_work(other, "ana")
        ana.apply(attributing.accept, ana.review.claims[3])
        ana.apply(judging.worth, ana.review.claims[5], "0")
    with closing(open_store(tmp_path / "a.db")) as one:
        before = at_work(one, "dora").review.attributions
        list(uniting.merge(one, [tmp_path / "b.db"], None))
        review = at_work(one, "dora").review
        assert review.attributions == before
        assert review.judgement(review.claims[5]).worth == "0"
        assert list(doctor.examine(one)) == []
