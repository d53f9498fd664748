"""The dataset: which claim records leave the store, and in which format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from annotator import __version__
from annotator.exporters import ExportOptions, Files, Format, Losses
from annotator.model.record import ClaimRecord
from annotator.store import Store, records
from annotator.workflow.selection import known_reviewers, shown_articles


@dataclass(frozen=True, slots=True)
class Choice:
    """What to export: everybody's work on all articles, unless reviewers or articles are named.

    `untouched` adds the claims about which nothing has been decided; without `with_text` no text is written.
    """

    reviewers: Sequence[str] = ()
    articles: Sequence[str] = ()
    with_text: bool = True
    untouched: bool = False


@dataclass(slots=True)
class Tally:
    """How many rows have been written so far, and what could not be held."""

    rows: int = 0
    losses: Losses = field(default_factory=Losses)


def exported(store: Store, format_: Format, choice: Choice, tally: Tally) -> Files:
    """The dataset's files, each in pieces, one record held at a time; `tally` counts the rows.

    Raises NotFoundError, before anything is written, for reviewers and articles that are not there; ExportFailure.
    """
    reviewers = known_reviewers(store, choice.reviewers)
    article_ids = shown_articles(store, choice.articles)
    found = records.claim_records(store, reviewers, article_ids, untouched=choice.untouched)
    options = ExportOptions(with_text=choice.with_text, tool_version=__version__)
    return format_.write(_counted(found, tally), options, tally.losses)


def _counted(found: Iterable[ClaimRecord], tally: Tally) -> Iterator[ClaimRecord]:
    for record in found:
        yield record
        tally.rows += 1
