"""Playing: a whole article settled claim by claim, on the model alone or with a hand that presses every step."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace

from annotator.editing.draft import Draft
from annotator.errors import DecisionRefused
from annotator.model.review import ArticleReview
from annotator.model.span import Span
from annotator.workflow import judging
from benchmarks.keystroke.claiming import Desk, Task, applied, shortest
from benchmarks.keystroke.drafting import Drafting, Step
from benchmarks.keystroke.gold import Marked, Wanted

Hand = Callable[[Sequence[Step], Desk], Awaitable[Desk]]
"""Presses the steps and gives back the desk as it is then; it is told what the model makes of them."""

MOVING = frozenset(["move"])
VERDICT = frozenset(["worth", "verdict", "reason", "worth of all"])


@dataclass(frozen=True, slots=True)
class Played:
    """One claim and its keys; `carries` where any span of a gold attribution lies in it."""

    index: int
    carries: bool
    steps: tuple[Step, ...]

    def keys(self, part: str = "") -> int:
        """How many keys, of one part or of all: moving, attribution, verdict."""
        return sum(not part or part_of(step) == part for step in self.steps)


def part_of(step: Step) -> str:
    """What a key is counted as: moving, verdict (check-worthiness included) or attribution (voice included)."""
    return "moving" if step.purpose in MOVING else "verdict" if step.purpose in VERDICT else "attribution"


@dataclass(slots=True)
class Play:
    """What became of one article: its claims with their keys, and what no keys reach."""

    claims: list[Played]
    unreached: list[str] = field(default_factory=list)
    desk: Desk | None = None


async def play(desk: Desk, gold: Sequence[Marked], wanted: Sequence[Wanted], hand: Hand, drafting: Drafting) -> Play:
    """Settle every claim of the article; `wanted` in the order of the claims."""
    claims = desk.review.claims
    homes = [home(desk, each, drafting) for each in gold]
    tasks = [
        Task(
            wanted[index],
            any(each.covers(claim.span) for each in gold),
            tuple(each for each, at in zip(gold, homes, strict=True) if at == index),
            frozenset(gold),
        )
        for index, claim in enumerate(claims)
    ]
    keys: list[list[Step]] = [[] for _ in claims]
    found = Play([])
    given_up: set[int] = set()
    later: set[int] = set()
    if worth_of_all(desk, tasks):
        steps = [Step("worth.all", "worth of all")]
        before, plan = desk, judging.worth_all(desk.review)
        desk = await hand(steps, desk.decided(plan))
        settled = (
            i for i, claim in enumerate(claims) if before.review.judgement(claim) != desk.review.judgement(claim)
        )
        keys[next(settled)] += steps
    while True:
        open_ = [i for i, task in enumerate(tasks) if i not in given_up and not task.met(desk.review, claims[i])]
        if not open_:
            break
        open_ = [i for i in open_ if i not in later] or open_
        moves, index = min(((moved(desk, i), i) for i in open_), key=lambda way: (len(way[0]), way[1]))
        there = desk.at(index)
        settled_as = shortest(there, tasks[index], drafting)
        if settled_as is None and index not in later and len(open_) > 1:
            # A 0 says that it is the author's voice until the attribution that another claim brings is there.
            later.add(index)
            continue
        if settled_as is None:
            given_up.add(index)
            found.unreached += unreached(there, tasks[index], drafting) or [f"claim {index + 1}: its judgement"]
            tasks[index] = replace(tasks[index], here=reachable(there, tasks[index], drafting))
            settled_as = shortest(there, tasks[index], drafting)
            if settled_as is None:
                continue
        if moves:
            keys[index] += moves
            desk = await hand(moves, there)
        after, steps_here = settled_as
        keys[index] += steps_here
        desk = await hand(list(steps_here), after)
    found.claims = [
        Played(index, any(each.touches(claim.span) for each in gold), tuple(keys[index]))
        for index, claim in enumerate(claims)
    ]
    found.desk = desk
    return found


def reachable(desk: Desk, task: Task, drafting: Drafting) -> tuple[Marked, ...]:
    """Those of the claim's gold attributions that an empty draft can become."""
    return tuple(each for each in task.here if drafting.way(Draft("new"), desk.claim.span, each) is not None)


def unreached(desk: Desk, task: Task, drafting: Drafting) -> list[str]:
    """The others, in words."""
    text, known = desk.review.article.text, reachable(desk, task, drafting)
    return [f"claim {desk.present + 1}: {in_words(text, each)}" for each in task.here if each not in known]


def in_words(text: str, gold: Marked) -> str:
    """An attribution's words, each piece with its offsets."""

    def shown(spans: Sequence[Span]) -> str:
        return " + ".join(f"[{span.start}:{span.end}] {span.slice(text)!r}" for span in spans) or "none"

    cue = (gold.cue,) if gold.cue is not None else ()
    return f"source {shown(gold.source)}; cue {shown(cue)}; content {shown(gold.content)}"


def worth_of_all(desk: Desk, tasks: Sequence[Task]) -> bool:
    """Whether taking every suggested 0 at once pays: each that is right saves a key, a wrong one costs two."""
    right = wrong = 0
    try:
        after = applied(desk.review, judging.worth_all(desk.review))
    except DecisionRefused:
        return False
    for claim, task in zip(desk.review.claims, tasks, strict=True):
        if after.judgement(claim) == desk.review.judgement(claim):
            continue
        if after.judgement(claim).worth == task.wanted.worth and (
            task.judged(after, claim) or (task.attributed and after.judgement(claim).voice is None)
        ):
            right += 1
        else:
            wrong += 1
    return right - 2 * wrong > 1


def home(desk: Desk, gold: Marked, drafting: Drafting) -> int:
    """The claim in which an attribution is settled: the first of its content, or a cheaper one with its cue."""
    claims = desk.review.claims
    first = next(index for index, claim in enumerate(claims) if gold.covers(claim.span))
    with_cue = [i for i, claim in enumerate(claims) if gold.cue is not None and gold.cue.overlaps(claim.span)]
    best, least = first, _cost(desk.at(first), gold, drafting)
    for index in with_cue:
        # Whoever goes on without the attribution leaves its claim by a key, and it is open until then.
        cost = _cost(desk.at(index), gold, drafting) + (1 if index > first else 0)
        if cost < least:
            best, least = index, cost
    return best


def _cost(desk: Desk, gold: Marked, drafting: Drafting) -> int:
    """About how many keys an attribution takes at the present claim."""
    costs = [99]
    for _, suggestion in desk.review.suggested_attributions(desk.claim):
        made = suggestion.attribution
        draft = Draft("draft", made.source, made.cue, made.content, made.relay)
        way = drafting.way(draft, desk.claim.span, gold)
        if way is not None:
            costs.append(2 + len(way[0]) if way[0] else 1)
    way = drafting.way(Draft("new"), desk.claim.span, gold)
    return min([*costs, *([3 + len(way[0])] if way is not None else [])])


def moved(desk: Desk, index: int) -> list[Step]:
    """The fewest keys from the present claim to another."""
    review, last = desk.review, len(desk.review.claims) - 1
    open_ = review.next_open(desk.present, "both")
    starts = [((), desk.present), (("claim.first",), 0), (("claim.last",), last)]
    if open_ is not None:
        starts.append((("claim.open",), open_))
    ways = [(*keys, *(["claim.next" if index > at else "claim.previous"] * abs(index - at))) for keys, at in starts]
    return [Step(action, "move") for action in min(ways, key=len)]


async def no_hand(_: Sequence[Step], desk: Desk) -> Desk:
    """Presses nothing: the model alone."""
    return desk


def first_desk(review: ArticleReview) -> Desk:
    """The desk as an article opens for the first time."""
    return Desk(review, review.next_open(-1, "both") or 0)
