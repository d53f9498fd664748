"""Whatever two reviewers decide, undo and redo: what is stored is what the ledger says, and undo ends in nothing."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from annotator.errors import DecisionRefused, DomainError, SchemeError
from annotator.model.article import Claim
from annotator.model.attribution import Attribution, Form
from annotator.model.ledger import uuid7
from annotator.model.review import ArticleReview
from annotator.model.scheme import Scheme, default_scheme, shipped_names, shipped_scheme
from annotator.model.source import SourceEntity, SourceKind
from annotator.model.span import Span
from annotator.store import Store, doctor, open_store
from annotator.store import review as store_review
from annotator.store import sources as stored_sources
from annotator.workflow import attributing, judging, schemes, segmenting, sources
from annotator.workflow.plan import Plan
from annotator.workflow.session import ReviewSession

WHO = st.sampled_from(["ana", "bo"])
WHERE = st.integers(0, 40)
NAMES = st.sampled_from(["Ines Duarte", "the yard", "Vale", "a source"])
SCHEMES = [
    *(shipped_scheme(name) for name in shipped_names()),
    replace(default_scheme(), evidence_required=True),
    replace(default_scheme(), worth=default_scheme().worth[::2], verdict=default_scheme().verdict[:2]),
    replace(default_scheme(), passes={**default_scheme().passes, "triage": ("worth",)}),
]
TABLES = (
    *("boundary", "refusal", "judgement", "verdict", "attribution", "attribution_source"),
    *("evidence", "progress", "source_entity", "source_alias"),
)
FACETS = ("boundaries", "judgements", "verdicts", "attributions", "evidence", "refused", "sources")


def work_of(review: ArticleReview) -> dict[str, Any]:
    return {facet: getattr(review, facet) for facet in FACETS}


class Reviewing(RuleBasedStateMachine):
    """Two reviewers at one article, with what undo should lead back to kept beside."""

    fresh: ClassVar[Path]

    @initialize()
    def start(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.path = self.folder / "work.db"
        shutil.copy(self.fresh, self.path)
        self.store: Store = open_store(self.path)
        self.article_id = self.store.connection.execute("select id from article order by ordinal").fetchone()[0]
        self.sessions: dict[str, ReviewSession] = {}
        # What was before each decision that holds, and before each undo; None for one that changes none of her work.
        self.done: dict[str, dict[str, dict[str, Any] | None]] = {"ana": {}, "bo": {}}
        self.undone: dict[str, dict[str, dict[str, Any] | None]] = {"ana": {}, "bo": {}}
        self.open()

    def open(self) -> None:
        for who in ("ana", "bo"):
            self.sessions[who] = ReviewSession(self.store, who)
            self.sessions[who].open(self.article_id)

    def teardown(self) -> None:
        """At the end everything is undone, and nothing is left of it."""
        if not hasattr(self, "store"):
            return
        while any(session.next_undo() is not None for session in self.sessions.values()):
            # Whoever decided last can always undo it: nothing that came later depends on it.
            _, last = max(self.due(session) for session in self.sessions.values())
            self.sessions[last].undo()
        for table in TABLES:
            assert self.store.connection.execute(f"select count(*) from {table}").fetchone() == (0,), table
        assert list(doctor.examine(self.store)) == []
        self.store.close()
        shutil.rmtree(self.folder)

    @staticmethod
    def due(session: ReviewSession) -> tuple[int, str]:
        due = session.next_undo()
        return (due.lamport if due else 0, session.reviewer)

    def claim(self, who: str, where: int) -> Claim:
        claims = self.sessions[who].review.claims
        return claims[where % len(claims)]

    def attribution(self, who: str, where: int) -> Attribution | None:
        mine = self.sessions[who].review.attributions
        return mine[where % len(mine)] if mine else None

    def take(self, who: str, planner: Callable[..., Plan], *given: Any) -> None:
        before = work_of(self.sessions[who].review)
        try:
            self.sessions[who].apply(planner, *given)
        except (DecisionRefused, DomainError, SchemeError):
            return
        self.decided(who, before)

    def decided(self, who: str, before: dict[str, Any] | None) -> None:
        due = self.sessions[who].next_undo()
        assert due is not None
        assert due.id not in self.done[who]
        self.done[who][due.id] = before
        self.undone[who].clear()

    @rule(who=WHO, where=WHERE)
    def accept(self, who: str, where: int) -> None:
        self.take(who, attributing.accept, self.claim(who, where))

    @rule(who=WHO, where=WHERE)
    def refuse(self, who: str, where: int) -> None:
        claim = self.claim(who, where)
        for id_, _ in self.sessions[who].review.suggested_attributions(claim)[:1]:
            self.take(who, attributing.refuse, claim, id_)

    @rule(who=WHO, where=WHERE, value=st.sampled_from("012"))
    def worth(self, who: str, where: int, value: str) -> None:
        self.take(who, judging.worth, self.claim(who, where), value)

    @rule(who=WHO)
    def worth_all(self, who: str) -> None:
        self.take(who, judging.worth_all)

    @rule(who=WHO, where=WHERE, planner=st.sampled_from([judging.voice, judging.flag, judging.skip]))
    def toggle(self, who: str, where: int, planner: Callable[..., Plan]) -> None:
        self.take(who, planner, self.claim(who, where))

    @rule(
        who=WHO,
        where=WHERE,
        planner=st.sampled_from([judging.note, judging.restatement, judging.justification]),
        text=st.text(st.characters(codec="utf-8"), max_size=3),
    )
    def write(self, who: str, where: int, planner: Callable[..., Plan], text: str) -> None:
        self.take(who, planner, self.claim(who, where), text)

    @rule(who=WHO, where=WHERE, value=st.sampled_from(["supported", "mixed"]), on=st.none() | WHERE)
    def verdict(self, who: str, where: int, value: str, on: int | None) -> None:
        target = self.attribution(who, on) if on is not None else None
        self.take(who, judging.verdict, self.claim(who, where), value, target.id if target else "content")

    @rule(who=WHO, where=WHERE)
    def reason(self, who: str, where: int) -> None:
        self.take(who, judging.reason, self.claim(who, where), "outdated")

    @rule(who=WHO, where=WHERE)
    def confidence(self, who: str, where: int) -> None:
        self.take(who, judging.confidence, self.claim(who, where))

    @rule(who=WHO, where=WHERE, answer=st.text("ab", max_size=1), change=st.booleans(), on=st.none() | WHERE)
    def evidence(self, who: str, where: int, answer: str, change: bool, on: int | None) -> None:
        claim = self.claim(who, where)
        known = self.sessions[who].review.evidence_of(claim)
        target = self.attribution(who, on) if on is not None else None
        fields = {"answer": answer} | ({"target": target.id} if target else {})
        self.take(who, judging.evidence, claim, fields, known[0].id if known and change else None)

    @rule(who=WHO, where=WHERE)
    def remove_evidence(self, who: str, where: int) -> None:
        claim = self.claim(who, where)
        for known in self.sessions[who].review.evidence_of(claim):
            self.take(who, judging.remove_evidence, claim, known.id)

    @rule(who=WHO, where=WHERE, at=st.integers(0, 90))
    def split(self, who: str, where: int, at: int) -> None:
        claim = self.claim(who, where)
        self.take(who, segmenting.split, claim, claim.span.start + at % len(claim.span))

    @rule(who=WHO, where=WHERE)
    def join(self, who: str, where: int) -> None:
        self.take(who, segmenting.join, self.claim(who, where))

    @rule(who=WHO, where=WHERE)
    def same_source(self, who: str, where: int) -> None:
        self.take(who, attributing.same_source, self.claim(who, where))

    @rule(who=WHO, where=WHERE, cut=st.integers(0, 20), nested_in=st.none() | WHERE, change=st.none() | WHERE)
    def keep_attribution(self, who: str, where: int, cut: int, nested_in: int | None, change: int | None) -> None:
        claim = self.claim(who, where)
        parent = self.attribution(who, nested_in) if nested_in is not None else None
        changed = self.attribution(who, change) if change is not None else None
        outer = parent.content[0] if parent else claim.span
        content = Span(min(outer.start + cut, outer.end - 1), outer.end)
        try:
            made = Attribution(
                changed.id if changed else uuid7(),
                source=(Span(0, 4),) if cut % 2 else (),
                cue=Span(40, 44) if cut % 3 else None,
                content=(content,),
                form=Form.INDIRECT if cut % 3 else Form.BLOCK,
                parent=parent.id if parent else None,
            )
        except DomainError:
            return
        self.take(who, attributing.keep_attribution, claim, made)

    @rule(who=WHO, where=WHERE)
    def remove_attribution(self, who: str, where: int) -> None:
        gone = self.attribution(who, where)
        if gone is not None:
            self.take(who, attributing.remove_attribution, self.claim(who, where), gone.id)

    def source(self, who: str, where: int) -> SourceEntity | None:
        known = sorted(self.sessions[who].registry.entities.values(), key=lambda entity: entity.id)
        return known[where % len(known)] if known else None

    def settle(self, who: str, planner: Callable[..., Plan], *given: Any) -> None:
        """A decision on the project's sources leaves her own work as it is."""
        before = work_of(self.sessions[who].review)
        try:
            self.sessions[who].apply_to_sources(planner, *given)
        except DecisionRefused:
            return
        assert work_of(self.sessions[who].review) == before
        self.decided(who, None)

    @rule(who=WHO, name=NAMES, kind=st.sampled_from(SourceKind))
    def make_source(self, who: str, name: str, kind: SourceKind) -> None:
        self.settle(who, sources.make, name, kind)

    @rule(who=WHO, where=WHERE, name=NAMES)
    def rename_source(self, who: str, where: int, name: str) -> None:
        source = self.source(who, where)
        if source is not None:
            self.settle(who, sources.rename, source.id, name)

    @rule(who=WHO, where=WHERE, into=WHERE)
    def merge_sources(self, who: str, where: int, into: int) -> None:
        source, standing = self.source(who, where), self.source(who, into)
        if source is not None and standing is not None:
            self.settle(who, sources.merge, source.id, standing.id)

    @rule(who=WHO, where=WHERE, which=st.none() | WHERE, name=NAMES)
    def assign_source(self, who: str, where: int, which: int | None, name: str) -> None:
        attribution = self.attribution(who, where)
        entity = self.source(who, which) if which is not None else None
        if which == 0:
            entity = SourceEntity("", name, SourceKind.PERSON)
        if attribution is not None:
            self.take(who, sources.assign, self.claim(who, where), attribution.id, entity)

    @rule(who=WHO, times=st.integers(1, 4))
    def undo(self, who: str, times: int) -> None:
        session = self.sessions[who]
        for _ in range(times):
            due, before = session.next_undo(), work_of(session.review)
            if due is None:
                with pytest.raises(DecisionRefused, match="nothing to undo"):
                    session.undo()
                # Nothing but what she did to sources can be in the way of more.
                assert all(wanted is None for wanted in self.done[who].values())
                return
            try:
                after = work_of(session.undo().review)
            except DecisionRefused as refusal:
                # Something shared that the other reviewer has used since: nothing has changed, and undo goes on.
                if "undo again goes past it" not in str(refusal):
                    raise
                assert work_of(session.review) == before
                assert session.next_undo() != due
                continue
            wanted = self.done[who].pop(due.id)
            assert after == (before if wanted is None else wanted)
            undo = session.next_redo()
            assert undo is not None
            assert undo.undoes == due.id
            self.undone[who][undo.id] = None if wanted is None else before

    @rule(who=WHO, times=st.integers(1, 3))
    def redo(self, who: str, times: int) -> None:
        session = self.sessions[who]
        for _ in range(times):
            due, before = session.next_redo(), work_of(session.review)
            if due is None:
                with pytest.raises(DecisionRefused, match="nothing to redo"):
                    session.redo()
                assert all(wanted is None for wanted in self.undone[who].values())
                return
            try:
                after = work_of(session.redo().review)
            except DecisionRefused as refusal:
                if "merged into each other" not in str(refusal):
                    raise
                assert session.next_redo() != due
                continue
            wanted = self.undone[who].pop(due.id)
            assert after == (before if wanted is None else wanted)
            assert due.undoes is not None
            self.done[who][due.undoes] = None if wanted is None else before

    @rule(scheme=st.sampled_from(SCHEMES))
    def change_scheme(self, scheme: Scheme) -> None:
        """It changes nobody's decisions; what it lacks of them stops it."""
        before = {who: work_of(session.review) for who, session in self.sessions.items()}
        try:
            self.store = schemes.use_scheme(self.store, scheme, "ana").store
        except DecisionRefused:
            return
        self.open()
        assert {who: work_of(session.review) for who, session in self.sessions.items()} == before

    @rule()
    def reopen(self) -> None:
        before = {who: work_of(session.review) for who, session in self.sessions.items()}
        self.store.close()
        self.store = open_store(self.path)
        self.open()
        assert {who: work_of(session.review) for who, session in self.sessions.items()} == before

    @invariant()
    def what_is_stored_is_what_the_ledger_says(self) -> None:
        assert list(doctor.examine(self.store)) == []

    @invariant()
    def each_sees_her_own_work(self) -> None:
        article = store_review.load_article(self.store, self.article_id)
        for who, session in self.sessions.items():
            assert store_review.load_review(self.store, article, who) == session.review

    @invariant()
    def every_assigned_source_is_there(self) -> None:
        for session in self.sessions.values():
            registry = session.registry
            assert registry == stored_sources.registry(self.store)
            assert all(registry.resolve(source_id) is not None for source_id in session.review.sources.values())


def test_any_work_of_two_reviewers_is_what_the_ledger_says_and_can_be_undone_to_the_beginning(
    fresh_database: Path,
) -> None:
    Reviewing.fresh = fresh_database
    run_state_machine_as_test(
        Reviewing,
        settings=settings(
            max_examples=25, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
