"""The state of the review: everything that the reviewer sees or has chosen. Plain: no screen and no database.

What changes is replaced, never mended in place: so that anybody can see by identity whether something has changed.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, fields, replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from annotator.model.article import Claim
from annotator.model.draft_key import DraftKey
from annotator.model.judgement import CONTENT
from annotator.model.late import NamedTuple, dataclass
from annotator.model.queue import QueueFilter, QueueRow, QueueSort
from annotator.model.review import ArticleReview, State
from annotator.model.scheme import Pass, Scheme
from annotator.model.source import Registry
from annotator.model.span import Span
from annotator.tui.card import Card
from annotator.tui.keymap import QUEUE
from annotator.workflow.check_worthiness import worth_because

if TYPE_CHECKING:
    from annotator.editing.draft import Draft
    from annotator.editing.next_best import Alternative, NextBest
    from annotator.editing.span_editor import SpanEditor
    from annotator.model.attribution import Attribution
    from annotator.model.candidates import SpanCandidates
    from annotator.model.check import Seen, Since
    from annotator.model.rule_record import RuleRecord
    from annotator.workflow.search import Hit

if TYPE_CHECKING:
    from annotator.model.adjudication import Case, Facet

NO_CLAIMS: frozenset[str] = frozenset()
"""The one that is meant by none: Python makes another empty set each time, and what is shown is told by identity."""


class Message(NamedTuple):
    """What just happened or went wrong; `style` is "said", "wrong" or "asked"."""

    text: str = ""
    style: str = "said"


class Question(NamedTuple):
    """Words that are asked for in the message line's place, what is done with them, and the draft that they are."""

    placeholder: str
    text: str
    then: Callable[[str], None]
    draft: DraftKey


class Confirmation(NamedTuple):
    """A question for yes or no: the mode that it was asked in, and what is done after yes."""

    mode: str
    then: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Search:
    """The words that were asked for, their hits, and which hit is present."""

    words: str = ""
    hits: Sequence[Hit] = ()
    at: int = -1

    @property
    def present(self) -> Hit | None:
        """The present hit."""
        return self.hits[self.at] if self.hits else None


@dataclass(frozen=True, slots=True)
class QueueState:
    """The articles by their ordinals in the queue's order, the chosen position, and the rows that have been read."""

    order: array[int] = field(default_factory=lambda: array("q"))
    chosen: int = 0
    rows: Mapping[int, QueueRow] = field(default_factory=dict)
    sort: QueueSort = QueueSort.ADDED
    filter: QueueFilter = QueueFilter.ALL
    words: str = ""
    loaded: bool = False

    @property
    def row(self) -> QueueRow | None:
        """The chosen row, once it is known."""
        return self.rows.get(self.order[self.chosen]) if len(self.order) else None

    @property
    def narrowed(self) -> bool:
        """Whether some articles are left out: by a filter, or by words to be found."""
        return self.filter is not QueueFilter.ALL or bool(self.words)


@dataclass(frozen=True, slots=True)
class Marking:
    """The span mode: the draft that is edited, the claim's others, and what can be gone back to.

    `at` is the draft's place among `drafts`, -1 for a new one. `stored` are the drafts as they were found, `opened`
    the one that opened first. `labels` are the words that letters name, with the first word that was chosen.
    """

    editor: SpanEditor
    drafts: tuple[Draft, ...]
    stored: tuple[Draft, ...]
    opened: Draft
    at: int
    history: tuple[SpanEditor, ...] = ()
    labels: tuple[Sequence[Span], Span | None] = ((), None)

    def on(self, editor: SpanEditor) -> Marking:
        """The same with another draft under the editor, and nothing to go back to."""
        return replace(self, editor=editor, history=(editor,))


@dataclass(frozen=True, slots=True)
class Adjudication:
    """What is settled: everybody's work on the article, the facet to take alone, whose marks are shown, and names."""

    others: tuple[ArticleReview, ...] = ()
    facet: Facet | None = None
    marked: int = 0
    names: bool = True


@dataclass(slots=True)
class ReviewState:
    """What the workbench is about.

    `drafts` is what was typed or marked and not kept. `withdrawn` are claims (ids) that are being taken back: they are
    not called done any more, before that is stored. `seen` is what was seen before of the open article's claims (by
    id), `outdated` what has become since of the fact-checks that are evidence (by address). `asked` is how many
    questions and answers wait for her, `twofolds` how many things she decided in two ways: read when the queue is
    entered. `record` is how often each rule was right for her, of which the articles that are opened learn, where
    what is suggested `learns`. `brief` says of what is suggested neither why nor whose words it gives: what knows that
    is not loaded yet.
    """

    scheme: Scheme
    reviewer: str
    pass_: Pass
    advance: bool
    database: str
    mode: str = QUEUE
    opened: ArticleReview | None = None
    present: int = 0
    candidate: int | None = None
    target: str = CONTENT
    ways: NextBest | None = None
    marking: Marking | None = None
    waiting: frozenset[str] = NO_CLAIMS
    drafts: Mapping[DraftKey, Mapping[str, Any]] = field(default_factory=dict)
    withdrawn: frozenset[str] = NO_CLAIMS
    check_first: bool = False
    split: SpanEditor | None = None
    adjudication: Adjudication | None = None
    lead: str = ""
    colleagues: Sequence[ArticleReview] = ()
    sample: float = 0.0
    judged: str | None = None
    queue: QueueState = field(default_factory=QueueState)
    search: Search = field(default_factory=Search)
    registry: Registry = field(default_factory=Registry)
    seen: Mapping[str, Sequence[Seen]] = field(default_factory=dict)
    outdated: Mapping[str, Since] = field(default_factory=dict)
    candidates: tuple[str, SpanCandidates] | None = None
    message: Message = field(default_factory=Message)
    waits_for: str = ""
    asked: int = 0
    twofolds: int = 0
    record: RuleRecord | None = None
    learns: bool = False
    question: Question | None = None
    confirmation: Confirmation | None = None
    unfolded: bool = False
    brief: bool = False
    _old: bool = False
    _cases: tuple[ArticleReview, Adjudication, Sequence[Case]] | None = None
    _proposed: tuple[object, str] = ((), "")

    @property
    def review(self) -> ArticleReview:
        """The open article's review; the modes that use it are only entered with one."""
        assert self.opened is not None
        return self.opened

    @property
    def open_id(self) -> str | None:
        """The id of the open article, or None."""
        return self.opened.article.id if self.opened is not None else None

    @property
    def claim(self) -> Claim:
        """The present claim."""
        return self.review.claims[self.present]

    def next_open(self) -> int | None:
        """The index of the open claim that follows the present one: as they stand, or by worth."""
        return self.next_to_check(self.present) if self.check_first else self.review.next_open(self.present, self.pass_)

    def next_to_check(self, after: int) -> int | None:
        """The index of the open claim that follows `after` by worth, -1 for the first of all."""
        # Deferred: only who checks first needs it.
        from annotator.model.worth_order import next_by_worth

        return next_by_worth(self.review, after, self.pass_)

    @property
    def editing(self) -> Marking:
        """The span mode's state; only asked for where that is entered."""
        assert self.marking is not None
        return self.marking

    @property
    def alternative(self) -> Alternative | None:
        """The alternative that is shown, or None where what is suggested or hers is."""
        return self.ways.shown if self.ways is not None else None

    @property
    def typing(self) -> bool:
        """Whether words are being typed: keys are no commands then."""
        return self.question is not None

    def shown(self) -> tuple[object, ...]:
        """Every value but what is said, to be compared by identity: where one is another, the screen shows another."""
        shown: tuple[object, ...] = _SHOWN(self)
        return shown

    def index_of(self, claim_id: str | None, offset: int | None) -> int | None:
        """The index of a claim by its id, or of the claim at an offset; None where no article is open."""
        if self.opened is None:
            return None
        if claim_id in self.review.places:
            return self.review.places[claim_id]
        return self.review.index_at(offset) if offset is not None else None

    def states(self) -> Sequence[State]:
        """The state of every claim of the open article."""
        states = self.review.states(self.pass_)
        if self.withdrawn:
            claims = zip(self.review.claims, states, strict=True)
            states = [State.IN_PROGRESS if claim.id in self.withdrawn else state for claim, state in claims]
        return states

    # What is settled

    def cases(self) -> Sequence[Case]:
        """Every claim of the open article with what reviewers decided of it."""
        settled = self.adjudication or Adjudication()
        if self._cases is None or self._cases[0] is not self.review or self._cases[1].others is not settled.others:
            # Deferred: only who adjudicates needs it.
            from annotator.model.adjudication import cases

            found = cases(self.review, settled.others, self.registry, self.sample)
            self._cases = (self.review, settled, found)
        return self._cases[2]

    def case(self) -> Case:
        """The present claim with what reviewers decided of it."""
        return self.cases()[self.present]

    def heard(self) -> list[ArticleReview]:
        """The work of those who are done with the present claim, by name."""
        settled = self.adjudication or Adjudication()
        return [review for review in settled.others if review.reviewer in self.case().stands]

    def next_case(self, after: int) -> int | None:
        """The index of the next claim behind `after` that is to be settled, around the end, or None."""
        found = self.cases()
        around = [(after + step) % len(found) for step in range(1, len(found) + 1)]
        return next((index for index in around if found[index].open), None)

    def neighbouring_case(self, step: int) -> int | None:
        """The index of the next (`step` 1) or previous (-1) claim that reviewers differ on, settled or not, or None."""
        wanted = range(self.present + step, len(self.cases()) if step > 0 else -1, step)
        return next((index for index in wanted if self.cases()[index].wanted), None)

    def card(self) -> Card:
        """What is known of the present claim, and which of its attributions is shown."""
        return Card(
            worth_because="" if self.brief else worth_because(self.review, self.claim),
            review=self.review,
            index=self.present,
            state=self.states()[self.present],
            target=self.target,
            candidate=self.candidate,
            other=self.alternative,
            colleagues=self.colleagues,
            seen=self.seen.get(self.claim.id, ()),
            outdated=self.outdated,
        )

    def proposed_source(self, shown: Attribution) -> str:
        """Whose words an attribution would give if it were kept as it is shown, with a ? where that is sure."""
        review = self.review
        # Few keys change any of it, and to go through all that the article calls somebody takes as long as a key.
        of = (review.article, review.attributions, review.sources, shown, self.registry)
        if self._proposed[0] != of:
            # Deferred: the first frame does without.
            from annotator.workflow.naming.proposing import propose_unkept

            found = next(iter(propose_unkept(review, shown, self.registry)), None)
            name = f"{found.entity.name} ({found.entity.kind.value})" if found is not None else ""
            self._proposed = (of, f"? {name}" if found is not None and found.sure else f"B: {name}?" if name else "")
        return self._proposed[1]

    def drafts_here(self) -> dict[DraftKey, Mapping[str, Any]]:
        """What was typed or marked at the present claim and is not kept, the oldest first."""
        if not self.drafts:
            return {}
        pieces = {piece.id for piece in self.review.evidence_of(self.claim)}
        here = {self.claim.id} | pieces
        return {key: draft for key, draft in self.drafts.items() if key.subject.partition(" ")[0] in here}

    def left_behind(self) -> int | None:
        """The number of the claim decided last, where it has a verdict and is not the present one."""
        index = self.index_of(self.judged, None) if self.judged else None
        if index is None or index == self.present:
            return None
        return index + 1 if self.review.verdicts_of(self.review.claims[index]) else None

    # Changing

    def enter(self, mode: str) -> None:
        """Enter a mode: in another the claim panel is as it was."""
        if mode != self.mode:
            self.unfolded = False
        self.mode = mode

    def start_anew(self) -> None:
        """Another claim: nothing of it has been chosen yet."""
        self.candidate, self.target, self.ways, self.unfolded = None, CONTENT, None, False

    def expand(self, index: int) -> None:
        """Show one of the claim's attributions in full, as it is."""
        self.candidate, self.ways = index, None

    def go_to(self, index: int) -> None:
        """Make a claim the present one."""
        last = len(self.review.claims) - 1
        if not 0 <= index <= last:
            self.say("this is the last claim: ] opens the next article" if index > last else "this is the first claim")
            index = max(0, min(index, last))
        if index != self.present:
            self.start_anew()
        self.present = index

    # What is said

    def say(self, text: str, style: str = "said") -> None:
        """Say this: "said", "wrong" or "asked"."""
        self.message, self._old = Message(text, style), False

    def age(self) -> None:
        """Another action begins: what is said now may hold no longer."""
        self._old = True

    def forget(self) -> None:
        """Say no more what an earlier action led to, once another is done and has said nothing of its own."""
        if self._old:
            self.say("")


_SAID = ("message", "waits_for")
_SHOWN = attrgetter(
    *(each.name for each in fields(ReviewState) if not each.name.startswith("_") and each.name not in _SAID)
)
