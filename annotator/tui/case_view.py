"""The view of a case: a claim that reviewers differ on, with what each of them decided side by side. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from annotator.model.adjudication import Facet, covering
from annotator.model.article import Claim
from annotator.model.attribution import Attribution, Role
from annotator.model.judgement import CONTENT
from annotator.model.late import dataclass
from annotator.model.review import ArticleReview
from annotator.model.scheme import name_of
from annotator.model.source import Registry
from annotator.model.span import Span
from annotator.model.text import neutral_line
from annotator.tui.claim_view import STATE_WORDS

NOTHING = "-"


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One thing that was decided, a cell a reviewer; `differs` where these are not all the same."""

    label: str
    cells: Sequence[str]
    differs: bool
    chosen: bool


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case: the reviewers' heads, each with the digit that takes her decision, and the rows below them."""

    number: int
    count: int
    state: str
    text: str
    heads: Sequence[str]
    marked: int
    rows: Sequence[CaseRow]


def unnamed(at: int) -> str:
    """What the reviewer in a place (from 0) is called where names are hidden."""
    return f"reviewer {chr(ord('A') + at)}"


@dataclass(frozen=True, slots=True)
class CaseCard:
    """What the view is made of: the claim in the layer, who is heard on it, and where they differ.

    `facet` is the one that is to be taken alone, None for all; `marked` is whose marks stand in the text, and `names`
    says whether reviewers are called by their names.
    """

    layer: ArticleReview
    index: int
    heard: Sequence[ArticleReview]
    differing: Sequence[Facet]
    registry: Registry
    facet: Facet | None = None
    marked: int = 0
    names: bool = True

    @property
    def claim(self) -> Claim:
        """The claim that it is about."""
        return self.layer.claims[self.index]

    def marks(self) -> list[tuple[Role, Span]]:
        """What stands marked in the text: one reviewer's attributions of the claim."""
        if self.marked >= len(self.heard):
            return []
        found = covering(self.heard[self.marked], self.claim)
        return [pair for made in found for pair in made.role_spans()]

    def head(self, at: int) -> str:
        """What a reviewer is called here: by her name, or by a letter."""
        return neutral_line(self.heard[at].reviewer) if self.names else unnamed(at)


def case_view(case: CaseCard) -> CaseView:
    """The words for a case."""
    claim = case.claim
    return CaseView(
        number=case.index + 1,
        count=len(case.layer.claims),
        state=STATE_WORDS[case.layer.state(claim, "both")],
        text=neutral_line(claim.span.slice(case.layer.article.text)),
        heads=[f"{at + 1} {case.head(at)}" for at in range(len(case.heard))],
        marked=case.marked,
        rows=[row for facet, label, words in _ROWS if (row := _row(case, facet, label, words)) is not None],
    )


def _row(case: CaseCard, facet: Facet, label: str, words: Callable[[CaseCard, ArticleReview], str]) -> CaseRow | None:
    cells = [neutral_line(words(case, review)) for review in case.heard]
    if not any(cells):
        return None
    # Two sources may have one name: what differs then is who is meant.
    differs = facet in case.differing and (len(set(cells)) > 1 or facet is Facet.SOURCE)
    return CaseRow(label, [cell or NOTHING for cell in cells], differs, chosen=differs and case.facet is facet)


def _of_attributions(
    words: Callable[[CaseCard, ArticleReview, Attribution], str],
) -> Callable[[CaseCard, ArticleReview], str]:
    def of_all(case: CaseCard, review: ArticleReview) -> str:
        return " | ".join(words(case, review, made) for made in covering(review, case.claim))

    return of_all


def _worth(case: CaseCard, review: ArticleReview) -> str:
    worth = review.judgement(case.claim).worth
    if worth is None:
        return ""
    known = review.scheme.known_worth(worth)
    return f"{worth} {name_of(known, worth)}" if known is not None else worth


def _voice(case: CaseCard, review: ArticleReview) -> str:
    return "author" if review.judgement(case.claim).voice is not None else ""


def _words(case: CaseCard, spans: Sequence[Span]) -> str:
    return " … ".join(" ".join(span.slice(case.layer.article.text).split()) for span in spans)


def _says(case: CaseCard, _review: ArticleReview, made: Attribution) -> str:
    return _words(case, made.source) or "(no source)"


def _cue(case: CaseCard, _review: ArticleReview, made: Attribution) -> str:
    relay = f" → {_words(case, [made.relay])}" if made.relay else ""
    return (_words(case, [made.cue]) if made.cue else "(no cue)") + relay


def _said(case: CaseCard, _review: ArticleReview, made: Attribution) -> str:
    return _words(case, made.content)


def _form(_case: CaseCard, _review: ArticleReview, made: Attribution) -> str:
    facts = [made.form.value, made.anonymity.value, made.type.value]
    return " · ".join([*facts, *(["negated"] if made.negated else []), *(["nested"] if made.parent else [])])


def _source(case: CaseCard, review: ArticleReview, made: Attribution) -> str:
    entity = case.registry.resolve(review.sources.get(made.id))
    return entity.name if entity is not None else NOTHING


def _verdict(case: CaseCard, review: ArticleReview) -> str:
    verdict = review.verdict(case.claim)
    if verdict is None:
        return ""
    known = review.scheme.known_verdict(verdict.value)
    reasons = {reason.id: reason.name for reason in known.reasons} if known is not None else {}
    reason = f": {reasons.get(verdict.reason, verdict.reason)}" if verdict.reason else ""
    return name_of(known, verdict.value) + reason


def _because(case: CaseCard, review: ArticleReview) -> str:
    verdict = review.verdict(case.claim)
    return (verdict.justification or "") if verdict is not None else ""


def _evidence(case: CaseCard, review: ArticleReview) -> str:
    found = [piece for piece in review.evidence_of(case.claim) if piece.target == CONTENT]
    first = next((piece.answer or piece.passage or piece.url for piece in found), "")
    return f"{len(found)}: {first}" if found else ""


def _note(case: CaseCard, review: ArticleReview) -> str:
    return review.judgement(case.claim).note or ""


_ROWS: tuple[tuple[Facet, str, Callable[[CaseCard, ArticleReview], str]], ...] = (
    (Facet.WORTH, "Worth", _worth),
    (Facet.ATTRIBUTION, "Voice", _voice),
    (Facet.ATTRIBUTION, "Says", _of_attributions(_says)),
    (Facet.ATTRIBUTION, "Cue", _of_attributions(_cue)),
    (Facet.ATTRIBUTION, "Said", _of_attributions(_said)),
    (Facet.ATTRIBUTION, "Form", _of_attributions(_form)),
    (Facet.SOURCE, "Source", _of_attributions(_source)),
    (Facet.VERDICT, "Verdict", _verdict),
    (Facet.VERDICT, "Because", _because),
    (Facet.VERDICT, "Evidence", _evidence),
    (Facet.WORTH, "Note", _note),
)
