"""Reading beside the open article: the queue, the guideline pages, the reviewer's sources, and what may be marked."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from annotator.errors import AnnotatorError
from annotator.model.article import Claim, Segmentation
from annotator.model.attribution import Anonymity, Form
from annotator.model.guideline import Page
from annotator.model.late import dataclass
from annotator.model.queue import QueueFilter, QueueRow, QueueSort
from annotator.model.review import ArticleReview
from annotator.model.source import Registry, SourceEntity
from annotator.model.span import Span
from annotator.model.stored_article import StoredArticle
from annotator.model.uniting import MERGE
from annotator.store import ledger, project, questions, queue, review, schemes
from annotator.store.aliases import RENAME
from annotator.workflow.session import ReviewSession
from annotator.workflow.wording import entry_in_words

if TYPE_CHECKING:
    from annotator.model.candidates import SpanCandidates


@dataclass(frozen=True, slots=True)
class ListedSource:
    """A source as the reviewer's list shows it: the claims of hers that cite it, and her verdicts on them by value."""

    entity: SourceEntity
    claims: int
    verdicts: Mapping[str, int]


def queue_order(
    session: ReviewSession,
    sort: QueueSort,
    filter_: QueueFilter,
    words: str,
    keep: str | None = None,
    sample: float = 0.0,
) -> tuple[array[int], int | None]:
    """The ordinals of the articles that the queue shows, in its order; and that of the article with the id `keep`.

    `sample` is the share of claims that nobody differs on and that are to be settled too.
    """
    order = queue.queue_order(session.store, session.reviewer, session.pass_, sort, filter_, words)
    if filter_ is QueueFilter.DIFFERING:
        # Deferred: only who adjudicates needs it.
        from annotator.workflow.adjudicating import to_adjudicate

        left = {queue.ordinal_of(session.store, article_id) for article_id in to_adjudicate(session.store, sample)}
        order = array("q", (ordinal for ordinal in order if ordinal in left))
    return order, queue.ordinal_of(session.store, keep) if keep else None


def queue_rows(session: ReviewSession, ordinals: Sequence[int]) -> list[QueueRow]:
    """The rows of some articles of the queue, in the order asked for."""
    return queue.queue_rows(session.store, session.reviewer, session.pass_, ordinals)


class Unwanted(AnnotatorError):
    """What was being counted is not wanted any more."""


def dashboard(session: ReviewSession, over: Callable[[], bool] = lambda: False) -> list[str]:
    """The overview of the project as lines: the lead's of everybody's work, others' of a blind project their own.

    Raises Unwanted where it is `over` before all is counted: that takes long in a large project.
    """
    # Deferred: a reviewer's start does not need it.
    from annotator.reports.overview_lines import overview_lines
    from annotator.workflow.overviewing import project_overview

    def between() -> None:
        if over():
            raise Unwanted("not wanted any more")

    viewer = session.by or session.reviewer
    return overview_lines(project_overview(session.store, viewer, resamples=0, brief=True, between=between))


def waiting(session: ReviewSession) -> tuple[int, bool]:
    """How many questions and answers wait for who is at the keyboard, and whether two may have worked as one."""
    asked = questions.waiting(session.store, session.by or session.reviewer)
    return asked, any(ledger.has_action(session.store, action) for action in (MERGE, RENAME))


def twofolds(session: ReviewSession) -> int:
    """How many things the reviewer decided in two ways on two machines."""
    # Deferred: only who merges databases needs it.
    from annotator.workflow.twofold import how_many

    return how_many(session)


def colleagues(session: ReviewSession) -> list[ArticleReview]:
    """What everybody else decided of the open article, where the project is open; nothing where it is blind."""
    is_open = project.others_visible(session.store, session.reviewer)
    return others(session) if is_open and session.by is None else []


def others(session: ReviewSession) -> list[ArticleReview]:
    """What everybody else decided of the open article: for who settles what reviewers differ on."""
    # Deferred: a reviewer's start does not need it.
    from annotator.workflow.adjudicating import others_of

    return others_of(session.store, session.review)


def guidelines(session: ReviewSession) -> list[Page]:
    """The project's pages of guidelines, by their names."""
    return schemes.pages(session.store)


def own_sources(session: ReviewSession) -> list[ListedSource]:
    """Every source of the project with the numbers of the reviewer's work alone, the most cited first."""
    # Deferred: the first article is shown without them.
    from annotator.reports.sources import source_report
    from annotator.store import citations

    registry = session.registry
    cited = citations.citations(session.store, registry, [session.reviewer], settled=True)
    report = source_report(registry.unmerged(), cited)
    return [ListedSource(line.entity, line.numbers.claims, line.numbers.verdicts) for line in report.sources]


def source_of(review: ArticleReview, registry: Registry, attribution_id: str) -> SourceEntity | None:
    """The source of one of the reviewer's attributions after all merging; None where none is assigned."""
    return registry.resolve(review.sources.get(attribution_id))


def candidates_in(article: StoredArticle) -> SpanCandidates:
    """What may be marked in an article, which is read once for it."""
    # Deferred: the rules take longer to load than the first article to be shown.
    from annotator.suggesters.candidates import Candidates

    return Candidates(article.text, Segmentation(article.blocks, article.sentences, ""))


def proposed_kind(article: StoredArticle, source: Sequence[Span], content: tuple[Span, ...]) -> tuple[Form, Anonymity]:
    """The form and the anonymity that follow from what is marked."""
    from annotator.suggesters import proposed_anonymity, proposed_form

    words = " ".join(span.slice(article.text) for span in source)
    form = proposed_form(article.text, content, article.blocks) if content else Form.INDIRECT
    return form, proposed_anonymity(words)


def load_rules() -> None:
    """Load what `candidates_in` and `proposed_kind` need, so that they do not wait for that."""
    import annotator.suggesters.candidates  # noqa: F401 - loading it is all that is wanted


def load_reasons() -> None:
    """Load what says why a claim is suggested as worth checking, and whose words an attribution gives."""
    # Deferred: the first frame does without.
    import annotator.workflow.naming.proposing  # noqa: F401 - loading it is all that is wanted
    from annotator.check_worthiness import reasons_of

    reasons_of("")


def judged_last(session: ReviewSession) -> tuple[Claim, str] | None:
    """The claim of the open article that was decided last and has a verdict, and what that verdict is on."""
    shown = session.review
    judged = {claim.id: claim for claim in shown.claims if shown.verdicts_of(claim)}
    decisions = ledger.decisions(session.store, session.reviewer, shown.article.id)
    entry = next((entry for entry in decisions if entry.claim_id in judged), None)
    if entry is None:
        return None
    claim = judged[entry.claim_id or ""]
    targets = [verdict.target for verdict in shown.verdicts_of(claim)]
    given = (change.key[1] for change in entry.changes if change.table == "verdict")
    return claim, next((target for target in given if target in targets), targets[0])


def history(session: ReviewSession, claim: Claim) -> list[tuple[str, str]]:
    """The claim's history, oldest first: time in UTC, and what was done in words."""
    found = review.history(session.store, session.reviewer, claim.article_id, claim.id)
    decisions = {entry.id: entry for entry in ledger.entries_of(session.store, session.reviewer, claim.article_id)}
    lines = []
    for entry in found:
        words = entry_in_words(entry, session.scheme)
        about = decisions.get(entry.undoes or "")
        if about is not None and about.kind == "undo":
            about = decisions.get(about.undoes or "")
        lines.append((entry.at, f"{words}: {entry_in_words(about, session.scheme)}" if about else words))
    return lines
