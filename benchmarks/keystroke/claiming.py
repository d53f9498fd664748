"""Claiming: the fewest keys that settle one claim as it is wanted, found on the model alone."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

from annotator.editing.draft import Draft, drafts_at
from annotator.errors import DecisionRefused, DomainError
from annotator.model.article import Claim
from annotator.model.attribution import Attribution, Form
from annotator.model.judgement import Judgement, Verdict
from annotator.model.ledger import uuid7
from annotator.model.review import ArticleReview, State
from annotator.workflow import attributing, judging
from annotator.workflow.plan import Plan
from benchmarks.keystroke.drafting import Drafting, Step
from benchmarks.keystroke.gold import Marked, Wanted, marked

_NODES = 400
_HURRY = 8
_SETTLED = (State.DONE, State.SKIPPED)


@dataclass(frozen=True)
class Desk:
    """What the workbench has before it: the review, and the present claim's index."""

    review: ArticleReview
    present: int = 0

    @property
    def claim(self) -> Claim:
        """The present claim."""
        return self.review.claims[self.present]

    def at(self, index: int) -> Desk:
        """The same with another claim present."""
        return self if index == self.present else replace(self, present=index)

    def decided(self, plan: Plan) -> Desk:
        """After a decision: the next open claim is present where it settled this one."""
        before = self.review.state(self.claim, "both")
        after = applied(self.review, plan)
        if before in _SETTLED or after.state(self.claim, "both") not in _SETTLED:
            return replace(self, review=after)
        index = after.next_open(self.present, "both")
        return replace(self, review=after) if index is None else replace(self, review=after).at(index)

    @property
    def look(self) -> tuple[object, ...]:
        """All that tells two desks apart."""
        review, claim = self.review, self.claim
        made = tuple(sorted(marked(each) for each in review.attributions))
        return self.present, made, review.judgement(claim), review.verdict(claim), review.refused


def applied(review: ArticleReview, plan: Plan) -> ArticleReview:
    """The review after a plan: what the store would make of its changes."""
    judgements, verdicts = dict(review.judgements), dict(review.verdicts)
    attributions = {attribution.id: attribution for attribution in review.attributions}
    refused = set(review.refused)
    for change in plan.changes:
        if change.table == "judgement":
            claim_id, facet = change.key
            judgements[claim_id] = replace(judgements.get(claim_id, Judgement()), **{facet: change.value})
        elif change.table == "verdict":
            claim_id, target, facet = change.key
            now = verdicts.get((claim_id, target), Verdict(target, ""))
            verdicts[claim_id, target] = replace(now, **{facet: change.value})
        elif change.table == "attribution":
            attributions.pop(change.key[0], None)
            if change.value is not None:
                attributions[change.key[0]] = Attribution.from_payload(change.key[0], change.value)
        elif change.table == "refusal":
            refused.add(change.key[0])
    ordered = tuple(attributions[id_] for id_ in sorted(attributions))
    return replace(review, judgements=judgements, verdicts=verdicts, attributions=ordered, refused=frozenset(refused))


@dataclass(frozen=True, slots=True)
class Task:
    """What one claim is to become, and which gold attributions are settled while it is present."""

    wanted: Wanted
    attributed: bool
    here: tuple[Marked, ...]
    gold: frozenset[Marked]

    def met(self, review: ArticleReview, claim: Claim) -> bool:
        """Whether the claim is as wanted, all of its attributions are there, and no wrong one is."""
        made = {marked(attribution) for attribution in review.attributions}
        return made <= self.gold and made.issuperset(self.here) and self.judged(review, claim)

    def missing(self, review: ArticleReview) -> int:
        """How many of its attributions are not there yet, and how many wrong ones are."""
        made = {marked(attribution) for attribution in review.attributions}
        return len(set(self.here) - made) + len(made - self.gold)

    def judged(self, review: ArticleReview, claim: Claim) -> bool:
        """Whether check-worthiness, voice, verdict and reason are as wanted."""
        judgement, verdict = review.judgement(claim), review.verdict(claim)
        given = (verdict.value, verdict.reason) if verdict is not None else (None, None)
        voice = None if self.attributed else review.scheme.voice[0].id
        return (judgement.worth, judgement.voice, given) == (
            self.wanted.worth,
            voice,
            (self.wanted.verdict, self.wanted.reason),
        )


Move = tuple[Desk, Sequence[Step]]


def shortest(desk: Desk, task: Task, drafting: Drafting) -> Move | None:
    """The steps that settle the present claim, and the desk then; None where there are none.

    Where the fewest take too long to find, some that go on quickly to what is missing.
    """
    return _settled(desk, task, drafting, 0) or _settled(desk, task, drafting, _HURRY)


def _settled(desk: Desk, task: Task, drafting: Drafting, hurry: int) -> Move | None:
    """Best-first; `hurry` is what each attribution that is missing counts beside the keys."""
    numbers = count()
    waiting: list[tuple[int, int, int, Desk, tuple[Step, ...]]] = [(0, next(numbers), 0, desk, ())]
    seen: set[tuple[object, ...]] = set()
    claim = desk.claim
    while waiting and len(seen) < _NODES:
        _, _, cost, now, steps = heapq.heappop(waiting)
        if task.met(now.review, claim):
            return now, steps
        if now.look in seen or now.present != desk.present:
            continue
        seen.add(now.look)
        for after, more in _moves(now, task, drafting):
            far = cost + len(more) + hurry * task.missing(after.review)
            heapq.heappush(waiting, (far, next(numbers), cost + len(more), after, (*steps, *more)))
    return None


def _moves(desk: Desk, task: Task, drafting: Drafting) -> Iterator[Move]:
    yield from _accepted(desk)
    yield from _judged(desk, task)
    yield from _other_ways(desk, task, drafting)
    made = {marked(attribution) for attribution in desk.review.attributions}
    missing = [gold for gold in task.gold if gold not in made]
    if set(task.here) <= made <= task.gold:
        return
    yield from _edited(desk, task, missing, drafting)


def _accepted(desk: Desk) -> Iterator[Move]:
    try:
        plan = attributing.accept(desk.review, desk.claim)
    except DecisionRefused:
        return
    yield desk.decided(plan), [Step("accept", "accept")]


def _other_ways(desk: Desk, task: Task, drafting: Drafting) -> Iterator[Move]:
    """What is suggested first, or where nothing is what may be meant, taken in another of its ways."""
    review, claim = desk.review, desk.claim
    if review.judgement(claim).voice is not None:
        return
    drafts = drafts_at(review, claim)
    first = next((draft for draft in drafts if not draft.kept), drafts[0] if drafts else Draft(uuid7()))
    origin = dict(review.suggested_attributions(claim)).get(first.suggestion or "")
    for gold in task.here:
        way = drafting.next_best(first, claim.span, gold)
        if way is None or not way[0]:
            continue
        roles, made = way
        try:
            attribution = drafting.finished(made)
        except DomainError:
            continue
        if origin is not None:
            attribution = replace(attribution, id=origin.attribution.id, parent=origin.attribution.parent)
        steps = [Step(f"alternative.{role.value}", f"next-best {role.value}") for role in roles]
        planners = {"accept": attributing.accept, "accept.one": attributing.accept_one}
        for action, planner in ({"accept": attributing.keep_attribution} if first.kept else planners).items():
            try:
                yield desk.decided(planner(review, claim, attribution)), [*steps, Step(action, "accept")]
            except (DomainError, DecisionRefused):
                continue


def _judged(desk: Desk, task: Task) -> Iterator[Move]:
    """The keys that bring check-worthiness, voice and verdict nearer to what is wanted."""
    review, claim, wanted = desk.review, desk.claim, task.wanted
    judgement, verdict = review.judgement(claim), review.verdict(claim)
    if judgement.worth != wanted.worth:
        yield (
            desk.decided(judging.worth(review, claim, wanted.worth)),
            [Step(f"worth.{wanted.worth}", "worth")],
        )
    if wanted.verdict is not None and (
        verdict is None or (verdict.value, verdict.reason) != (wanted.verdict, wanted.reason)
    ):
        after = desk.decided(judging.verdict(review, claim, wanted.verdict))
        steps = [Step(f"verdict.{wanted.verdict}", "verdict")]
        if wanted.reason is not None:
            after = after.decided(judging.reason(after.review, claim, wanted.reason))
            steps.append(Step(f"reason.{wanted.reason}", "reason"))
        yield after, steps
    if not task.attributed and judgement.voice is None and not review.attributed(claim):
        yield desk.decided(judging.voice(review, claim)), [Step("voice", "author's voice")]


def _edited(desk: Desk, task: Task, missing: Collection[Marked], drafting: Drafting) -> Iterator[Move]:
    """Each attribution of the claim made into a gold one or removed, and new ones."""
    drafts = drafts_at(desk.review, desk.claim)
    # Without a suggestion a new draft opens, in front of what is kept.
    first = next((index for index, draft in enumerate(drafts) if not draft.kept), -1)
    for index, draft in enumerate(drafts):
        now = Marked(draft.content, draft.cue, draft.source)
        if draft.kept and now in task.gold:
            continue
        tabs = [Step("draft.next", "to the next draft")] * ((index - first) % len(drafts) if first >= 0 else index + 1)
        opened = [Step("spans", "open"), *tabs]
        for gold in missing:
            if (gold in task.here or draft.kept) and _akin(now, gold):
                yield from _made(desk, draft, gold, opened, drafting)
        if draft.kept:
            removed = replace(desk, review=applied(desk.review, attributing.remove_attribution(
                desk.review, desk.claim, draft.id)))  # fmt: skip
            yield removed, [*opened, Step("draft.remove", "remove")]
    new = [Step("spans", "open"), *([Step("draft.new", "new draft")] if first >= 0 else [])]
    for gold in missing:
        if gold in task.here:
            yield from _made(desk, Draft(uuid7()), gold, new, drafting)


def _akin(one: Marked, other: Marked) -> bool:
    """Whether two attributions share words in the same role."""
    cues = one.cue is not None and other.cue is not None and one.cue.overlaps(other.cue)
    return cues or any(part.overlaps(span) for part in one.content for span in other.content)


def _made(desk: Desk, draft: Draft, gold: Marked, opened: Sequence[Step], drafting: Drafting) -> Iterator[Move]:
    way = drafting.way(draft, desk.claim.span, gold)
    if way is None:
        return
    steps, made = way
    forms: list[Step] = []
    form = drafting.form(made)
    if gold.cue is None and form is not Form.BLOCK:
        kinds = list(Form)
        forms = [Step("form", "form")] * ((kinds.index(Form.BLOCK) - kinds.index(form)) % len(kinds))
        made = replace(made, form=Form.BLOCK)
    try:
        attribution = drafting.finished(made)
        plan = attributing.keep_attribution(desk.review, desk.claim, attribution, draft.suggestion)
    except (DomainError, DecisionRefused):
        return
    yield desk.decided(plan), [*opened, *steps, *forms, Step("draft.keep", "keep")]
