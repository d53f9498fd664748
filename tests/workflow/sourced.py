"""The sources of a reviewer's attributions: made, named and looked at."""

from __future__ import annotations

from annotator.model.source import SourceEntity, SourceKind
from annotator.store import Store, doctor
from annotator.workflow import attributing, sources
from annotator.workflow.reading import source_of
from annotator.workflow.session import ReviewSession
from tests.workflow.conftest import claim_with


def accept(session: ReviewSession, words: str) -> None:
    session.apply(attributing.accept, claim_with(session, words))


def names(session: ReviewSession) -> dict[str, str | None]:
    """What her attributions call their sources, and the names of the sources."""
    found = {}
    for attribution in session.review.attributions:
        source = source_of(session.review, session.registry, attribution.id)
        words = " ".join(span.slice(session.review.article.text) for span in attribution.source)
        found[words] = source.name if source else None
    return found


def named(session: ReviewSession, name: str) -> SourceEntity:
    (found,) = session.registry.named(name)
    return found


def make(session: ReviewSession, name: str, kind: SourceKind = SourceKind.PERSON) -> SourceEntity:
    session.apply_to_sources(sources.make, name, kind)
    return named(session, name)


def healthy(store: Store) -> bool:
    return list(doctor.examine(store)) == []
