"""What of the project's work is exported: which records leave the store, and what is taken out of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import field, replace

from annotator import __version__
from annotator.errors import ExportFailure
from annotator.exporters import ExportOptions, Format, Losses
from annotator.model.adjudication import Differing, adjudicated
from annotator.model.judgement import CONTENT
from annotator.model.late import dataclass
from annotator.model.offsets import OffsetUnit
from annotator.model.period import ALWAYS, Period
from annotator.model.record import ArticleRecord, ClaimRecord
from annotator.model.review import State
from annotator.model.reviewer import ADJUDICATED
from annotator.model.scheme import Pass
from annotator.model.source import Registry
from annotator.store import Store, articles, records
from annotator.store.records import Work
from annotator.workflow.agreement.first_decisions import with_first
from annotator.workflow.exporting.anonymous import PRIVATE, Words, anonymous, pseudonyms, without, without_folders
from annotator.workflow.exporting.seeing import Seeing, seeing_of
from annotator.workflow.selection import known_reviewers, shown_articles


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

    @property
    def wants_all(self) -> bool:
        """Whether every record of the chosen reviewers and articles is asked for."""
        return not (self.states or self.worths or self.verdicts or self.period.bounded)

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

    def add(self, other: Tally) -> None:
        """Count what has been written of another batch."""
        self.parts.update(other.parts)
        self.losses.counts.update(other.losses.counts)
        self.losses.written += other.losses.written
        self.differing.claims += other.differing.claims

    @property
    def rows(self) -> int:
        """How many rows (documents, annotations) there are in all parts together."""
        return self.losses.written if self.by_writer else self.parts.total()


@dataclass(frozen=True, slots=True)
class Chosen:
    """The records of one part; they are read anew each time they are gone through.

    `places` are those of all articles, for who is told how far it is. Of `work`, where that is given, only the records
    of these articles and reviewers, with the sources of the `registry`.
    """

    store: Store
    choice: Choice
    reviewers: Sequence[str]
    article_ids: Sequence[str]
    tally: Tally
    places: Mapping[str, int]
    seeing: Seeing
    part: str = ""
    with_first: bool = False
    work: Sequence[Work] | None = None
    registry: Registry | None = None

    def __iter__(self) -> Iterator[ClaimRecord]:
        choice, tally = self.choice, self.tally
        names = self._pseudonyms()
        words = choice.leave_out | (PRIVATE if choice.anonymised else frozenset())
        tally.parts[self.part] = 0
        if not self.article_ids:
            return
        count = 0
        try:
            for record in self._read() if self._takes_all else filter(self._takes, self._read()):
                named = anonymous(record, names) if choice.anonymised else record
                yield without(named, words) if words else named
                count += 1
        finally:
            tally.parts[self.part] += count

    @property
    def _takes_all(self) -> bool:
        return self.choice.wants_all and self.seeing.viewer is None

    def _takes(self, record: ClaimRecord) -> bool:
        """Whether the record is asked for, and may be seen by who asks."""
        return self.choice.wants(record) and self.seeing.shows(record)

    def _pseudonyms(self) -> Mapping[str, str]:
        """Everybody's pseudonym, where names are left out; the adjudicated layer is nobody."""
        everybody = records.reviewers(self.store) if self.choice.anonymised else []
        return pseudonyms([name for name in everybody if name != ADJUDICATED])

    def _read(self) -> Iterator[ClaimRecord]:
        """The records as they are asked for: everybody's own, or the adjudicated layer's."""
        choice = self.choice
        untouched = choice.untouched or State.TO_DO in choice.states
        if self.work is not None:
            found = records.records_of(self.store, self.work, self.registry, untouched=untouched, shown=self._shown)
        else:
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


def chosen_of(store: Store, format_: Format, choice: Choice, tally: Tally) -> Chosen:
    """The records that a format is given.

    Raises NotFoundError, SchemeError and ExportFailure for what is asked for and not there.
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
    return Chosen(store, choice, reviewers, article_ids, tally, places, seeing, with_first=format_.with_first)


def options_of(store: Store, format_: Format, choice: Choice) -> ExportOptions:
    """What the format is told."""
    return ExportOptions(
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


def _verdict(record: ClaimRecord) -> str | None:
    return next((verdict.value for verdict in record.verdicts if verdict.target == CONTENT), None)
