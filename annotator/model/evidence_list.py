"""The evidence of a project as a list: each address or check once, with the claims that rest on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from annotator.model.check import Since
from annotator.model.judgement import Evidence
from annotator.model.language.folding import fold
from annotator.model.late import dataclass

OF_THE_SOURCE = (
    *("question", "answer", "answer_type", "url", "archived_url", "medium"),
    *("publisher", "published_at", "retrieved_at", "passage"),
)
"""The fields that are the same wherever a piece is used; the stance and what it is evidence on are the claim's."""


NOTHING_SINCE: Mapping[str, Since] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class UsedEvidence:
    """A piece of evidence where it stands: whose it is, and the article of its claim."""

    reviewer: str
    article_id: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class ListedEvidence:
    """A piece once, as it was written last, and everywhere it is used, the last use first.

    `since` is what has become of the fact-check that it is, where that was corrected or withdrawn.
    """

    evidence: Evidence
    uses: tuple[UsedEvidence, ...]
    since: Since | None = None

    @property
    def became(self) -> str:
        """What has become of it: "withdrawn", "corrected", or nothing."""
        return self.since.of(self.evidence.answer) if self.since else ""

    @property
    def fields(self) -> dict[str, str]:
        """What another claim takes over."""
        return {name: str(getattr(self.evidence, name)) for name in OF_THE_SOURCE}


def listed(pieces: Iterable[UsedEvidence], outdated: Mapping[str, Since] = NOTHING_SINCE) -> list[ListedEvidence]:
    """The pieces, those of one address (or without any of the same words) as one; what was used last first.

    `outdated` has by address what has become of fact-checks. Ids of evidence are UUIDs of version 7, so they sort by
    the time they were made.
    """
    found: dict[tuple[str, ...], list[UsedEvidence]] = {}
    for piece in sorted(pieces, key=lambda piece: piece.evidence.id, reverse=True):
        found.setdefault(_same(piece.evidence), []).append(piece)
    return [
        ListedEvidence(uses[0].evidence, tuple(uses), outdated.get(uses[0].evidence.url)) for uses in found.values()
    ]


def _same(evidence: Evidence) -> tuple[str, ...]:
    """What two pieces have in common that are one: the address, else all of their words."""
    # What stands behind # is a place on the page, and some browsers' mark of the passage that was copied.
    address = (evidence.url or evidence.archived_url).partition("#")[0].rstrip("/")
    return (address,) if address else ("", evidence.question, evidence.answer, evidence.passage, evidence.publisher)


def holding(pieces: Sequence[ListedEvidence], words: str) -> list[ListedEvidence]:
    """The pieces that have every one of the words somewhere, whatever their case and accents."""
    wanted = fold(words).split()
    return [piece for piece in pieces if all(word in fold(" ".join(piece.fields.values())) for word in wanted)]
