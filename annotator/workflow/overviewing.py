"""The overview of a project: everything that is counted for it, read from the store."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from annotator.model.scheme import name_of
from annotator.reports.agreement import AgreementReport
from annotator.reports.overview import Overview, overview
from annotator.reports.progress import IDLE_LIMIT
from annotator.store import Store, counts
from annotator.workflow import reporting
from annotator.workflow.agreement.brief import brief_agreement
from annotator.workflow.agreement.report import AgreementChoice, agreement_report
from annotator.workflow.selection import known_reviewers, visible_reviewers
from annotator.workflow.sources import listing

RESAMPLES = 200
"""Fewer than the report on agreement draws: the page is looked at, not cited."""


def project_overview(
    store: Store,
    viewer: str | None,
    *,
    idle_limit: float = IDLE_LIMIT,
    resamples: int = RESAMPLES,
    brief: bool = False,
    between: Callable[[], None] = lambda: None,
) -> Overview:
    """The project as the viewer may see it: the lead everybody's work, others of a blind project their own.

    `idle_limit` is in seconds; `resamples` are those of agreement, which is that of the `brief` report where somebody
    waits for it: then `between` is called again and again, and what it raises ends all of it. Raises DecisionRefused
    where it has to be known who asks.
    """
    visible = visible_reviewers(store, [], viewer)
    reviewers = known_reviewers(store, visible)
    progress = reporting.progress(store, visible, idle_limit=idle_limit)
    publishers = counts.verdicts_by_publisher(store, reviewers)
    cited = listing(store, visible, settled=True).sources
    sources = {line.entity.name: line.numbers.verdicts for line in cited if line.numbers.verdicts}
    measured = None if visible else _agreement(store, resamples, between, brief=brief)
    return overview(
        counts.decisions_by_day(store, reviewers), progress, _named(store, publishers), _named(store, sources), measured
    )


def _agreement(store: Store, resamples: int, between: Callable[[], None], *, brief: bool) -> AgreementReport | None:
    """What can be measured of how far reviewers agree, or None."""
    if brief:
        measured = brief_agreement(store, resamples=resamples, between=between)
    else:
        measured = agreement_report(store, AgreementChoice(resamples=resamples))
    return None if measured.empty else measured


def _named(store: Store, verdicts: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    """The counts with the values' names."""
    return {
        who: {name_of(store.scheme.known_verdict(value), value): count for value, count in values.items()}
        for who, values in verdicts.items()
    }
