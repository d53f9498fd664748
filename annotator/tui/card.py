"""The card: what the claim panel shows of the present claim, and which of its attributions in full."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from annotator.model.article import Claim
from annotator.model.attribution import Anonymity, Attribution, Form, Role, same_place
from annotator.model.chain import chain, nested_order, path_to
from annotator.model.judgement import CONTENT
from annotator.model.late import dataclass
from annotator.model.review import ArticleReview, State
from annotator.model.span import Span
from annotator.model.text import neutral_line

if TYPE_CHECKING:
    from annotator.editing.draft import Draft
    from annotator.editing.next_best import Alternative
    from annotator.model.check import Seen, Since

SURE = 0.8
"""The confidence below which the extent of a block quote is shown as uncertain."""


@dataclass(frozen=True)
class Card:
    """What the panel shows: the claim, which of its attributions was chosen, and what is being marked.

    `drafts` is what was typed and not kept: of what, and its words. `colleagues` is others' work, in an open project.
    `seen` is what was seen before, `outdated` what has become since of fact-checks that are evidence (by address).
    """

    review: ArticleReview
    index: int
    state: State
    target: str = CONTENT
    candidate: int | None = None
    draft: Draft | None = None
    proposed: tuple[Form, Anonymity] = (Form.INDIRECT, Anonymity.NONE)
    focus: Role = Role.SOURCE
    numbered: Sequence[tuple[Role, Span]] = ()
    other: Alternative | None = None
    entity: str = ""
    drafts: Sequence[tuple[str, str]] = ()
    colleagues: Sequence[ArticleReview] = ()
    worth_because: str = ""
    seen: Sequence[Seen] = ()
    outdated: Mapping[str, Since] = field(default_factory=dict)

    @property
    def claim(self) -> Claim:
        """The present claim."""
        return self.review.claims[self.index]

    @cached_property
    def candidates(self) -> Sequence[tuple[Attribution, bool]]:
        """The claim's attributions, then (where nothing settles its voice) the suggested ones; True: suggested.

        What is nested stands behind what it is nested in.
        """
        kept = [(made, False) for made, _ in nested_order(self.review.attributions_of(self.claim))]
        if self.review.judgement(self.claim).voice is not None:
            return kept
        suggested = [made.attribution for _, made in self.review.suggested_attributions(self.claim)]
        return [*kept, *((made, True) for made, _ in nested_order(suggested))]

    def expanded(self) -> Attribution | None:
        """The attribution that is shown in full (an alternative as it stands), or None where there is none."""
        if self.other is not None:
            return self.other.attribution
        index = self.shown_index()
        return self.candidates[index][0] if index is not None else None

    def shown_index(self) -> int | None:
        """Which of the candidates is shown in full: the one that was chosen, else the first that is suggested."""
        found = self.candidates
        if not found:
            return None
        if self.candidate is not None:
            return self.candidate % len(found)
        return next((index for index, (_, suggested) in enumerate(found) if suggested), 0)

    def begins_in(self, attribution: Attribution) -> int:
        """The index of the first claim that its content covers."""
        covered = self.review.covered(attribution)
        return covered[0] if covered else self.index

    def with_entity(self, entity: str) -> Card:
        """The same with whose words are shown, and what is known of it already."""
        made = object.__new__(Card)
        vars(made).update(vars(self), entity=entity)
        return made

    def uncertain(self, attribution: Attribution) -> bool:
        """Whether how far a suggested block quote runs is uncertain: where no mark closes it."""
        return attribution.form is Form.BLOCK and any(
            made.attribution.id == attribution.id and made.confidence < SURE
            for _, made in self.review.suggested_attributions(self.claim)
        )

    def because(self, attribution: Attribution) -> tuple[str, str]:
        """Why a suggested attribution is as sure as it is, whole and in short; empty where nothing was learned."""
        suggested = self.review.suggested_attributions(self.claim)
        records = (made.record for _, made in suggested if made.attribution.id == attribution.id)
        right, decided = next(records, None) or (0, 0)
        return (f"you took {right} of {decided} by this rule", f"{right}/{decided} taken") if decided else ("", "")

    def place_inside(self, outer: Attribution) -> tuple[int, int] | None:
        """Where the first attribution that is nested in one is shown: a claim's index, and which of its candidates.

        This claim comes first, then the others in text order. Of one of hers that is also what was suggested in it.
        """
        ids = {outer.id, *(id_ for id_, made in self._suggested.items() if same_place(made, outer))}
        return self._place(outer, lambda made: made.parent in ids)

    def place_outside(self, inner: Attribution) -> tuple[int, int] | None:
        """Where what an attribution is nested in is shown; hers where she has kept what it was suggested in."""
        outer = self._suggested.get(inner.parent or "")
        return self._place(inner, lambda made: made.id == inner.parent or bool(outer and same_place(made, outer)))

    def _place(self, near: Attribution, wanted: Callable[[Attribution], bool]) -> tuple[int, int] | None:
        # What is nested lies inside the other's content, so both are shown with one of the claims that `near` touches.
        touched = [index for index, claim in enumerate(self.review.claims) if near.touches(claim.span)]
        for index in sorted(touched, key=lambda index: (index != self.index, index)):
            for at, (made, _) in enumerate(replace(self, index=index).candidates):
                if made.id != near.id and wanted(made):
                    return index, at
        return None

    @property
    def _suggested(self) -> dict[str, Attribution]:
        return {made.attribution.id: made.attribution for _, made in self.review.article.attributions}

    def _path(self, attribution: Attribution) -> list[Attribution]:
        others = [*self.review.attributions, *(made for made, _ in self.candidates)]
        return path_to(attribution, {made.id: made for made in others})

    def depth(self, attribution: Attribution) -> int:
        """How many attributions it is nested in."""
        return max(len(self._path(attribution)) - 1, int(attribution.parent is not None))

    def chain(self, attribution: Attribution) -> str:
        """Whom the words passed through: "Example Wire → Reuters → harbour master"."""
        article = self.review.article
        publisher = article.publications[0].publisher if article.publications else ""
        steps = chain(article.text, publisher, self._path(attribution))
        return " → ".join(neutral_line(step) if step else "?" for step in steps)
