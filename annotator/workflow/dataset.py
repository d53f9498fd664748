"""The dataset: which claim records leave the store, and in which format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from annotator import __version__
from annotator.errors import ExportFailure
from annotator.exporters import FORMATS as FILE_FORMATS
from annotator.exporters import ExportOptions, Files, Format, Losses
from annotator.exporters.split import PARTS, part_of
from annotator.model.adjudication import Differing, adjudicated
from annotator.model.judgement import CONTENT
from annotator.model.offsets import OffsetUnit
from annotator.model.period import ALWAYS, Period
from annotator.model.record import ArticleRecord, ClaimRecord
from annotator.model.review import State
from annotator.model.reviewer import ADJUDICATED
from annotator.model.scheme import Pass
from annotator.store import Store, articles, records
from annotator.workflow.anonymous import PRIVATE, Words, anonymous, pseudonyms, without, without_folders
from annotator.workflow.first_decisions import with_first
from annotator.workflow.seeing import Seeing, seeing_of
from annotator.workflow.selection import known_reviewers, shown_articles
from annotator.workflow.sqlite_format import SQLITE

FORMATS: Mapping[str, Format] = {**FILE_FORMATS, SQLITE.name: SQLITE}
"""Every format that `annotator export` can write."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What to export, and what of it: everybody's work on all articles, unless less is asked for.

    Of several reviewers, articles, states or values each will do; all kinds of them must hold. `verdicts` are those on
    the content. `period` is when the claim was last decided. `untouched` adds the claims about which nothing has been
    decided, as does asking for the state "to do". `leave_out` are words of the reviewers'; to be `anonymised` leaves
    out notes and justifications besides names. `split` are the shares of train, dev and test, and empty for one whole.
    `offsets` is the unit of offsets, None for the format's own. `pass_` says what completes a claim, where first
    decisions are written. `viewer` asks for it: in a blind project others' claims are hers once both are done with
    them.
    """

    reviewers: Sequence[str] = ()
    articles: Sequence[str] = ()
    states: Collection[State] = ()
    worths: Collection[str] = ()
    verdicts: Collection[str] = ()
    period: Period = ALWAYS
    adjudicated: bool = False
    viewer: str | None = None
    untouched: bool = False
    with_text: bool = True
    anonymised: bool = False
    leave_out: frozenset[Words] = frozenset()
    split: tuple[int, ...] = ()
    seed: int = 0
    base_url: str = ""
    organisation: str = ""
    organisation_url: str = ""
    offsets: OffsetUnit | None = None
    pass_: Pass = "both"

    def wants(self, record: ClaimRecord) -> bool:
        """Whether a record of the chosen reviewers and articles is asked for."""
        return (
            (not self.states or record.state in self.states)
            and (not self.worths or record.judgement.worth in self.worths)
            and (not self.verdicts or _verdict(record) in self.verdicts)
            and self.period.holds(record.last_decided_at)
        )


@dataclass(slots=True)
class Tally:
    """How much has been written so far, in the format's unit, by its part, and what could not be held.

    `differing` counts the claims that were left out of an adjudicated export because reviewers differ on them.
    `by_writer` says that the format's writer counts what it makes of the records. `reached` is told how many of how
    many articles have been begun.
    """

    parts: Counter[str] = field(default_factory=Counter)
    losses: Losses = field(default_factory=Losses)
    differing: Differing = field(default_factory=Differing)
    reached: Callable[[int, int], None] | None = None
    by_writer: bool = False

    @property
    def rows(self) -> int:
        """How many rows (documents, annotations) there are in all parts together."""
        return self.losses.written if self.by_writer else self.parts.total()


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The records of one part; they are read anew each time they are gone through."""

    store: Store
    choice: Choice
    reviewers: Sequence[str]
    article_ids: Sequence[str]
    tally: Tally
    places: Mapping[str, int]
    seeing: Seeing
    part: str = ""
    with_first: bool = False

    def __iter__(self) -> Iterator[ClaimRecord]:
        choice, tally = self.choice, self.tally
        names = self._pseudonyms()
        words = choice.leave_out | (PRIVATE if choice.anonymised else frozenset())
        tally.parts[self.part] = 0
        if not self.article_ids:
            return
        for record in self._read():
            if not choice.wants(record) or not self.seeing.shows(record):
                continue
            named = anonymous(record, names) if choice.anonymised else record
            yield without(named, words) if words else named
            tally.parts[self.part] += 1

    def _pseudonyms(self) -> Mapping[str, str]:
        """Everybody's pseudonym, where names are left out; the adjudicated layer is nobody."""
        everybody = records.reviewers(self.store) if self.choice.anonymised else []
        return pseudonyms([name for name in everybody if name != ADJUDICATED])

    def _read(self) -> Iterator[ClaimRecord]:
        """The records as they are asked for: everybody's own, or the adjudicated layer's."""
        choice = self.choice
        untouched = choice.untouched or State.TO_DO in choice.states
        found = records.claim_records(
            self.store, self.reviewers, self.article_ids, untouched=untouched, shown=self._shown
        )
        if choice.adjudicated:
            return adjudicated(found, self.tally.differing)
        return with_first(self.store, found, choice.pass_) if self.with_first else found

    def _shown(self, article: ArticleRecord) -> ArticleRecord:
        """The article that has been reached, as it leaves."""
        if self.tally.reached is not None:
            self.tally.reached(self.places[article.id], len(self.places))
        public = without_folders(article)
        return public if self.choice.with_text else _without_titles(public)


def _without_titles(article: ArticleRecord) -> ArticleRecord:
    """The article without titles that are words of its text: its headline may not be passed on either."""
    text = " ".join(article.text.split()).casefold()
    publications = tuple(
        replace(publication, title="") if " ".join(publication.title.split()).casefold() in text else publication
        for publication in article.publications
    )
    return replace(article, publications=publications)


def exported(store: Store, format_: Format, choice: Choice, tally: Tally) -> Files:
    """The dataset's files, each in pieces, one record held at a time; `tally` counts what is written.

    A format that knows nothing of parts is written once for each: a single file under the part's name, a folder's
    files below it. Raises NotFoundError, SchemeError and ExportFailure, before anything is written, for what is
    asked for and not there; ExportFailure.
    """
    if choice.adjudicated and choice.reviewers:
        raise ExportFailure("the adjudicated layer is nobody's own: leave --reviewer or --adjudicated out")
    for worth in choice.worths:
        store.scheme.worth_value(worth)
    for verdict in choice.verdicts:
        store.scheme.verdict_value(verdict)
    reviewers = [] if choice.adjudicated else known_reviewers(store, choice.reviewers)
    seeing = seeing_of(store, choice.viewer)
    named = set(shown_articles(store, choice.articles))
    article_ids = [article_id for article_id in articles.shown_ids(store) if not named or article_id in named]
    places = {article_id: place for place, article_id in enumerate(article_ids, 1)}
    chosen = _Chosen(store, choice, reviewers, article_ids, tally, places, seeing, with_first=format_.with_first)
    options = ExportOptions(
        with_text=choice.with_text,
        tool_version=__version__,
        base_url=choice.base_url,
        organisation=choice.organisation,
        organisation_url=choice.organisation_url,
        scheme=store.scheme,
        seed=choice.seed,
        split=choice.split if format_.splits else (),
        offsets=choice.offsets,
        adjudicated=choice.adjudicated,
    )
    tally.by_writer = format_.counts
    if choice.split and not format_.splits:
        return _by_part(format_, chosen, options)
    return format_.write(chosen, options, tally.losses)


def _by_part(format_: Format, chosen: _Chosen, options: ExportOptions) -> Files:
    split, seed = chosen.choice.split, chosen.choice.seed
    fallen = {article_id: part_of(article_id, split, seed) for article_id in chosen.article_ids}
    # The bar goes through the parts one after another.
    order = sorted(fallen, key=lambda article_id: PARTS.index(fallen[article_id]))
    places = {article_id: place for place, article_id in enumerate(order, 1)}
    for part, share in zip(PARTS, split, strict=True):
        if not share:
            continue
        article_ids = [article_id for article_id in chosen.article_ids if fallen[article_id] == part]
        of_part = replace(chosen, part=part, article_ids=article_ids, places=places)
        before = chosen.tally.losses.written
        for path, chunks in format_.write(of_part, options, chosen.tally.losses):
            yield f"{part}/{path}" if path else part, chunks
        if format_.counts:
            chosen.tally.parts[part] = chosen.tally.losses.written - before


def _verdict(record: ClaimRecord) -> str | None:
    return next((verdict.value for verdict in record.verdicts if verdict.target == CONTENT), None)
