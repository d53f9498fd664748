"""Makes the database that is kept of a schema, with the work of several reviewers in it.

`python tests/store/kept/make.py FILE.xz`, and then `shown.py` beside it. The files of a schema are made once, with the
last version of the program that had it; the migrations that came later are tried on them.
"""

from __future__ import annotations

import lzma
import random
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from annotator.errors import DecisionRefused, DomainError, SchemeError
from annotator.importers.annotations import ANNOTATION_FORMATS, AnnotationOptions
from annotator.model.article import Article, Publication
from annotator.model.attribution import Attribution, Form
from annotator.model.draft_key import DraftKey
from annotator.model.ledger import uuid7
from annotator.model.scheme import default_scheme
from annotator.model.source import SourceKind
from annotator.model.span import Span
from annotator.store import Store, articles, open_store, schemes
from annotator.store import publications as stored_publications
from annotator.store.suggestions import write_suggestions
from annotator.workflow import attributing, ingest, judging, segmenting, sources, suggesting
from annotator.workflow.annotations import import_annotations
from annotator.workflow.dataset import FORMATS, Choice, Tally, exported
from annotator.workflow.plan import Plan
from annotator.workflow.schemes import use_scheme
from annotator.workflow.session import ReviewSession

_EVIDENCE = (
    {"question": "Did the ramp close?", "answer": "Yes", "answer_type": "boolean", "stance": "supports",
     "url": "https://example.org/ramp", "publisher": "Delta Post", "published_at": "2026-03-01"},
    {"passage": "The ramp stayed open all week, “whatever was said”.", "stance": "refutes", "medium": "web"},
)  # fmt: skip
_DRAFT = "kept"
_RAIN = "".join(
    f"The rain of day {day} filled the {what} up to its rim. "
    for day, what in enumerate(
        ("cellar", "quarry", "old dock", "lower road", "tunnel", "yard", "mill race", "fish pond", "moat", "ditch")
    )
)
_NOTES = ("see the annex", "« d’accord », sagt Jürgen 你好", "x" * 700, "two\nlines")


class Work:
    """Two reviewers at work with a fixed seed: whatever is refused is left."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.random = random.Random(11)
        self.sessions = {who: ReviewSession(store, who) for who in ("ana", "bo")}

    def take(self, session: ReviewSession, planner: Callable[..., Plan], *given: Any) -> None:
        with suppress(DecisionRefused, DomainError, SchemeError):
            session.apply(planner, *given)

    def settle(self, session: ReviewSession, planner: Callable[..., Plan], *given: Any) -> None:
        with suppress(DecisionRefused):
            session.apply_to_sources(planner, *given)

    def on_article(self, who: str, article_id: str, steps: int) -> None:
        """Some decisions of every kind on an article."""
        session = self.sessions[who]
        session.open(article_id)
        for _ in range(steps):
            self.step(session)
        session.leave(self.random.choice(session.review.claims))

    def step(self, session: ReviewSession) -> None:
        choose = self.random.choice
        claim = choose(session.review.claims)
        mine = session.review.attributions
        kinds: list[Callable[[], object]] = [
            lambda: self.take(session, attributing.accept, claim),
            lambda: self.take(session, attributing.accept, claim),
            lambda: self.take(session, judging.worth, claim, choose("012")),
            lambda: self.take(session, judging.verdict, claim, choose(["supported", "refuted", "not_enough_evidence"])),
            lambda: self.take(session, judging.verdict, claim, "supported", choose(mine).id) if mine else None,
            lambda: self.take(session, judging.verdict, claim, "mixed", "content", "outdated"),
            lambda: self.take(session, judging.voice, claim),
            lambda: self.take(session, judging.flag, claim),
            lambda: self.take(session, judging.skip, claim),
            lambda: self.take(session, judging.confidence, claim),
            lambda: self.take(session, judging.note, claim, choose(_NOTES)),
            lambda: self.take(session, judging.restatement, claim, "The ramp at Quillfeather closed on Monday."),
            lambda: self.take(session, judging.justification, claim, choose(_NOTES)),
            lambda: self.take(session, judging.evidence, claim, choose(_EVIDENCE)),
            lambda: self.take(session, judging.worth_all),
            lambda: self.take(session, segmenting.split, claim, claim.span.start + len(claim.span) // 2),
            lambda: self.take(session, segmenting.join, claim),
            lambda: self.take(session, attributing.same_source, claim),
            lambda: self.refuse(session),
            lambda: self.own(session),
            lambda: self.take(session, attributing.remove_attribution, claim, choose(mine).id) if mine else None,
            lambda: self.back(session),
        ]
        choose(kinds)()

    def refuse(self, session: ReviewSession) -> None:
        claim = self.random.choice(session.review.claims)
        for id_, _ in session.review.suggested_attributions(claim)[:1]:
            self.take(session, attributing.refuse, claim, id_)

    def own(self, session: ReviewSession) -> None:
        claim = self.random.choice(session.review.claims)
        span = claim.span
        if len(span) < 12:
            return
        made = Attribution(
            uuid7(),
            source=(Span(span.start, span.start + 3),),
            cue=Span(span.start + 4, span.start + 6),
            content=(Span(span.start + 7, span.end),),
            form=self.random.choice([Form.DIRECT, Form.INDIRECT]),
            negated=self.random.random() < 0.3,
        )
        self.take(session, attributing.keep_attribution, claim, made)

    def back(self, session: ReviewSession) -> None:
        for _ in range(self.random.randint(1, 4)):
            with suppress(DecisionRefused):
                session.undo()
        for _ in range(self.random.randint(0, 3)):
            with suppress(DecisionRefused):
                session.redo()

    def on_sources(self) -> None:
        """Sources made, renamed, given other names and merged, and one merge taken back."""
        ana, bo = self.sessions.values()
        for who, name in ((ana, "Ines Duarte"), (bo, "the harbour master"), (bo, "Harbour Board"), (ana, "the Board")):
            self.settle(who, sources.make, name, SourceKind.PERSON if who is ana else SourceKind.ORGANISATION)
        named = {entity.name: entity.id for entity in ana.registry.entities.values()}
        self.settle(ana, sources.add_alias, named["Ines Duarte"], "Duarte")
        self.settle(bo, sources.merge, named["the harbour master"], named["Ines Duarte"])
        self.settle(bo, sources.rename, named["Harbour Board"], "Harbour Board of Quillfeather")
        self.settle(ana, sources.merge, named["the Board"], named["Harbour Board"])
        self.settle(ana, sources.set_kind, named["Ines Duarte"], SourceKind.GROUP)
        with suppress(DecisionRefused):
            ana.undo_or_redo_sources("undo")
        for session in (ana, bo):
            for attribution in session.review.attributions[:3]:
                claim = session.review.claims[0]
                entity = self.random.choice(list(session.registry.entities.values()))
                self.take(session, sources.assign, claim, attribution.id, entity)


def make(path: Path) -> None:
    """A database with work of every kind in it."""
    with closing(open_store(path)) as store:
        ingest.import_seeds(store)
        again = Article(_RAIN + "Nobody said why.", "rain.txt", Publication("Rain", publisher="Wire"))
        near = Article(_RAIN + "Nobody said so.", "near.txt", Publication("Rain again"))
        purged = Article("Eva Lund said that it would rain. It did rain, she said.", "purged.txt", Publication("Lund"))
        hidden = Article("A hidden thing was said by Tom Ray. “It is hidden,” he said.", "h.txt", Publication())
        other = replace(again, publication=Publication("Rain", publisher="Post", url="https://example.org/rain"))
        list(ingest.ingest(store, [again, near, purged, hidden, other], "ana"))
        work = Work(store)
        ids = articles.shown_ids(store)
        for article_id in (*ids[:5], purged.id, hidden.id):
            for who in ("ana", "bo"):
                work.on_article(who, article_id, 45)
            work.on_sources()
        for article_id in (ids[0], ids[6]):
            work.on_article("ana", article_id, 30)
        _shared(store, ids)
        _imported(store, path.parent, ids)
        list(suggesting.suggest_again(store, ids[:4]))
        with store.transaction():
            # What no suggester proposes any more stays known, for the sake of what was decided on it.
            write_suggestions(store, ids[3], [], ())
        work.sessions["ana"].open(ids[0])
        work.sessions["ana"].save_draft(DraftKey(ids[0], "note", _DRAFT), {"text": "half a thou", "at": 11})
        work.sessions["bo"].open(ids[1])
        work.sessions["bo"].save_draft(DraftKey(ids[1], "note", _DRAFT), {"text": "“Ja”, sagt er\n"})
        articles.hide_article(store, hidden.id, "bo")
        articles.purge_article(store, purged.id, "ana")
        # Something is left to be redone.
        due = work.sessions["bo"].next_undo()
        assert due is not None
        assert due.article_id is not None
        work.sessions["bo"].open(due.article_id)
        work.sessions["bo"].undo()


def _shared(store: Store, ids: list[str]) -> None:
    """What is everybody's: languages, publications, suggesters, a scheme and a page of guidelines."""
    articles.set_language(store, ids[2], "pt-BR", "bo")
    was = stored_publications.publications_of(store, ids[1])[0]
    stored_publications.edit_publication(store, ids[1], was, replace(was, author="M. Lindqvist"), "ana")
    suggesting.choose(store, ["rules"], "ana")
    schemes.write_page(store, "edges.md", "# Edges\n\nCommas belong to nobody.\n", "ana")
    use_scheme(store, replace(default_scheme(), name="Harbour project"), "ana")


def _imported(store: Store, folder: Path, ids: list[str]) -> None:
    """Another reviewer's work comes in as a file: what ana did on an article, under eva's name."""
    files = exported(store, FORMATS["jsonl"], Choice(reviewers=("ana",), articles=(ids[1], ids[4])), Tally())
    text = b"".join(chunk for _, chunks in files for chunk in chunks).decode()
    file = folder / "given.jsonl"
    file.write_text(
        text.replace('"reviewer":"ana"', '"reviewer":"eva"').replace('"reviewer": "ana"', '"reviewer": "eva"')
    )
    taken = list(import_annotations(store, [str(file)], ANNOTATION_FORMATS["jsonl"], AnnotationOptions(), "bo"))
    assert any(each.result == "taken" and each.reviewer == "eva" for each in taken), taken


def main() -> None:
    """Write the database of the present schema."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "work.db"
        make(path)
        with closing(open_store(path)) as store:
            store.connection.execute("vacuum")
            store.connection.execute("pragma journal_mode = delete")
        Path(sys.argv[1]).write_bytes(lzma.compress(path.read_bytes(), preset=9))


if __name__ == "__main__":
    main()
