"""Attributing a claim: accepting, keeping, removing and carrying on attributions, as plans."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from annotator.errors import DecisionRefused
from annotator.model.article import Claim
from annotator.model.attribution import Attribution, Form, check_nesting, same_place
from annotator.model.judgement import CONTENT, VERDICT_FACETS
from annotator.model.ledger import Change, derived_id, uuid7
from annotator.model.review import ArticleReview
from annotator.model.span import Span
from annotator.workflow.plan import Plan


def accept(review: ArticleReview, claim: Claim, shown: Attribution | None = None) -> Plan:
    """Take everything that is suggested for the claim, in one entry.

    That is its check-worthiness and its attributions (of several about the same words the first); where nobody is
    suggested as the source and the claim is not attributed yet, the author's voice. `shown` is taken in place of the
    suggested attribution of its id and of what is about the same words; where none has its id, it comes besides.
    """
    changes: list[Change] = []
    taken: list[str] = []
    offered: list[tuple[str | None, Attribution]] = [
        (id_, suggestion.attribution)
        for id_, suggestion in review.acceptable_attributions(claim)
        if shown is None or not (suggestion.attribution.id == shown.id or same_place(suggestion.attribution, shown))
    ]
    if shown is not None:
        _check_new(review, shown)
    changed = _suggestion_of(review, claim, shown) if shown is not None else None
    offered += [(changed, shown)] if shown is not None else []
    ids = {made.id: _id_for(review, id_) for id_, made in offered}
    now = {ids[made.id]: replace(made, id=ids[made.id]) for _, made in offered}
    for id_, made in offered:
        parent = _accepted_parent(review, made, ids, list(now.values()))
        if parent in now and not made.lies_in(now[parent]):
            parent = None
        kept = replace(made, id=ids[made.id], parent=parent)
        changes.append(Change("attribution", (kept.id,), kept.as_payload()))
        taken += [id_] if id_ is not None else []
    changes += _adopted(review, {made.id: now[ids[made.id]] for _, made in offered})
    changes += _moved_away(review, changed, shown)
    worth = review.suggested_worth(claim)
    if worth is not None and review.judgement(claim).worth is None:
        changes.append(Change("judgement", (claim.id, "worth"), worth[1].worth))
        taken.append(worth[0])
    if review.author_by_default(claim) and not any(made.covers(claim.span) for _, made in offered):
        changes.append(Change("judgement", (claim.id, "voice"), review.scheme.voice[0].id))
    if not changes:
        raise DecisionRefused(_nothing_to_accept(review, claim))
    said = "accepted as it is shown" if shown is not None else ""
    return Plan("accept", claim, changes, said, suggestions=taken, more={"changed": True} if changed else {})


def _id_for(review: ArticleReview, suggestion: str | None) -> str:
    """The id of an attribution: one that comes from a suggestion has the same id on all of the reviewer's machines."""
    derived = derived_id(suggestion, review.reviewer) if suggestion is not None else None
    if derived is None or any(mine.id == derived for mine in review.attributions):
        return uuid7()
    return derived


def _nothing_to_accept(review: ArticleReview, claim: Claim) -> str:
    if review.judgement(claim).voice is None and not review.attributed(claim):
        if review.quoted(claim.span):
            return "somebody's words: W shows whose they may be, e marks it, a says they are the author's"
        return "nothing is suggested here: e marks who says it, a says it is the author's own voice"
    return "all that is suggested is taken already: what is left is yours to say"


def _check_new(review: ArticleReview, attribution: Attribution) -> None:
    if any(mine.id != attribution.id and mine.said == attribution.said for mine in review.attributions):
        raise DecisionRefused("that attribution is here already, word for word")


def _suggestion_of(review: ArticleReview, claim: Claim, attribution: Attribution) -> str | None:
    """The suggestion that a suggested attribution, changed or not, goes back to."""
    suggested = review.suggested_attributions(claim)
    return next((id_ for id_, made in suggested if made.attribution.id == attribution.id), None)


def _accepted_parent(
    review: ArticleReview, made: Attribution, ids: Mapping[str, str], now: Sequence[Attribution]
) -> str | None:
    """The parent's new id: accepted now, or (before, or from another suggester) recognised by its cue."""
    if made.parent is None or made.parent in ids:
        return ids.get(made.parent or "")
    for _, suggestion in review.article.attributions:
        if suggestion.attribution.id == made.parent:
            for mine in [*review.attributions, *now]:
                if mine.id != ids.get(made.id) and mine.cue == suggestion.attribution.cue and made.lies_in(mine):
                    return mine.id
    return None


def _moved_away(review: ArticleReview, suggestion: str | None, kept: Attribution | None) -> list[Change]:
    """What is kept of a suggestion may be about other words: then the suggestion is not offered again beside it."""
    proposed = dict(review.article.attributions).get(suggestion or "")
    if suggestion is None or proposed is None or kept is None or same_place(proposed.attribution, kept):
        return []
    return [Change("refusal", (suggestion,), value=True)]


def _adopted(review: ArticleReview, taken: Mapping[str, Attribution]) -> list[Change]:
    """What she took before out of an attribution that is taken only now (by its id where suggested): it nests there."""
    outer = {
        made.cue: taken[made.parent]
        for made in (suggestion.attribution for _, suggestion in review.article.attributions)
        if made.cue is not None and made.parent is not None and made.parent in taken
    }
    return [
        Change("attribution", (mine.id,), replace(mine, parent=outer[mine.cue].id).as_payload())
        for mine in review.attributions
        if mine.parent is None and mine.cue in outer and mine.lies_in(outer[mine.cue])
    ]


def accept_one(review: ArticleReview, claim: Claim, shown: Attribution) -> Plan:
    """Take one suggested attribution as it is shown, and nothing else."""
    suggestion = _suggestion_of(review, claim, shown)
    kept = replace(shown, id=_id_for(review, suggestion), parent=_accepted_parent(review, shown, {}, []))
    plan = keep_attribution(review, claim, kept, suggestion)
    return replace(plan, changes=[*plan.changes, *_adopted(review, {shown.id: kept})])


def keep_attribution(
    review: ArticleReview, claim: Claim, attribution: Attribution, suggestion: str | None = None
) -> Plan:
    """Store an attribution, new (with an id of the caller's) or changed; `suggestion` is what it came from.

    Raises DomainError where nesting would break.
    """
    _check_new(review, attribution)
    others = [other for other in review.attributions if other.id != attribution.id]
    if any(span.end > len(review.article.text) for _, span in attribution.role_spans()):
        raise DecisionRefused("a span ends behind the text")
    check_nesting([*others, attribution])
    changes = [Change("attribution", (attribution.id,), attribution.as_payload())]
    changes += _moved_away(review, suggestion, attribution)
    proposed = dict(review.article.attributions).get(suggestion or "")
    changed = proposed is not None and replace(proposed.attribution, id="", parent=None) != replace(
        attribution, id="", parent=None
    )
    return Plan(
        "attribution",
        claim,
        changes,
        "attribution kept",
        suggestions=[suggestion] if suggestion else [],
        more={"changed": changed} if proposed is not None else {},
    )


def refuse(review: ArticleReview, claim: Claim, suggestion: str) -> Plan:
    """Refuse a suggested attribution: it is not shown to this reviewer again."""
    if suggestion not in dict(review.suggested_attributions(claim)):
        raise DecisionRefused("that suggestion is settled already")
    change = Change("refusal", (suggestion,), value=True)
    return Plan("refuse", claim, [change], "suggestion refused", suggestions=[suggestion])


def stretch(
    review: ArticleReview, claim: Claim, shown: Attribution, unit: Literal["sentence", "paragraph"], step: int
) -> Plan:
    """Let the content of hers or of a suggested one end a sentence or paragraph later (1) or sooner (-1), and keep it.

    A paragraph more or less in a block quote is a piece of content more or less.
    """
    article = review.article
    units = [each.span for each in (article.sentences if unit == "sentence" else article.blocks)]
    if shown.form is not Form.BLOCK:
        units = [_unstopped(review, span) for span in units]
    content = _grown(article.text, shown, units) if step > 0 else _shrunk(shown.content, units)
    if content == shown.content:
        raise DecisionRefused(f"there is no {unit} {'behind it' if step > 0 else 'that could be left out'}")
    longer = _with_content(review, shown, content)
    if any(mine.id == shown.id for mine in review.attributions):
        plan = keep_attribution(review, claim, longer)
    else:
        plan = accept_one(review, claim, longer)
    said = f"content one {unit} {'longer' if step > 0 else 'shorter'}"
    left = not longer.covers(claim.span) and shown.covers(claim.span)
    return replace(plan, action="stretch", said=f"{said}: it covers this claim no more" if left else said)


def _grown(text: str, shown: Attribution, units: Sequence[Span]) -> tuple[Span, ...]:
    """With what is left of the unit it ends in, else with the next unit; cue, source and relay stay outside."""
    last = shown.content[-1]
    outside = [*shown.source, *(span for span in (shown.cue, shown.relay) if span is not None)]
    for unit in units:
        start = max(unit.start, last.end)
        end = min([unit.end, *(span.start for span in outside if start <= span.start < unit.end)])
        if start < end and any(map(str.isalnum, text[start:end])):
            more = Span(start, end)
            return (*shown.content[:-1], Span(last.start, end)) if start == last.end else (*shown.content, more)
    return tuple(shown.content)


def _shrunk(content: Sequence[Span], units: Sequence[Span]) -> tuple[Span, ...]:
    """Without its last unit; what is left never becomes empty."""
    last = content[-1]
    sooner = [span.end for span in units if last.start < span.end < last.end]
    if sooner:
        return (*content[:-1], Span(last.start, sooner[-1]))
    return tuple(content[:-1]) if len(content) > 1 else tuple(content)


def remove_attribution(review: ArticleReview, claim: Claim, attribution_id: str) -> Plan:
    """Remove an attribution and the verdicts on it; what was nested in it moves out by one level."""
    gone = next((a for a in review.attributions if a.id == attribution_id), None)
    if gone is None:
        raise DecisionRefused("that attribution is gone already")
    return Plan("attribution-remove", claim, removal(review, [gone.id]))


def removal(review: ArticleReview, gone: Collection[str]) -> list[Change]:
    """The changes that remove attributions by their ids, whatever claim they and what is said of them stand on.

    Verdicts on them go too, evidence on them becomes evidence on the content, and what was nested in them moves out to
    the next that is left.
    """
    parents = {attribution.id: attribution.parent for attribution in review.attributions}

    def left(parent: str | None) -> str | None:
        while parent is not None and parent in gone:
            parent = parents[parent]
        return parent

    changes = [
        Change("attribution", (child.id,), replace(child, parent=left(child.parent)).as_payload())
        for child in review.attributions
        if child.parent in gone and child.id not in gone
    ]
    changes += [
        Change("verdict", (claim_id, target, facet), None)
        for claim_id, target in review.verdicts
        if target in gone
        for facet in VERDICT_FACETS
    ]
    changes += [
        Change("evidence", (evidence.id,), replace(evidence, target=CONTENT).as_payload())
        for evidence in review.evidence
        if evidence.target in gone
    ]
    return [*changes, *(Change("attribution", (id_,), None) for id_ in gone)]


def same_source(review: ArticleReview, claim: Claim, shown: Attribution | None = None) -> Plan:
    """Carry the source of the claim before on.

    What is suggested for the claim (or `shown` in its place) is kept with that source; where nothing is, the content
    of the attribution before runs over this claim too.
    """
    index = [known.id for known in review.claims].index(claim.id)
    before = review.attributions_of(review.claims[index - 1]) if index else []
    covering = [a for a in before if a.covers(review.claims[index - 1].span)]
    if not covering:
        raise DecisionRefused("the claim before has no attribution to carry on")
    carried = next((a for a in covering if a.parent is None), covering[0])
    if carried.covers(claim.span):
        raise DecisionRefused("it has the same source already")
    source = review.sources.get(carried.id)
    suggested = (made.attribution for _, made in review.acceptable_attributions(claim))
    own = shown or next((made for made in suggested if made.covers(claim.span)), None)
    if own is not None:
        # It has words of its own that attribute it: these are kept, and the source is the one before.
        plan = accept_one(review, claim, own)
        kept = plan.changes[0].key
        given = [Change("attribution_source", kept, source)] if source is not None else []
        return replace(plan, action="same-source", said="", changes=[*plan.changes, *given])
    more = claim.span if carried.form is Form.BLOCK else _unstopped(review, claim.span)
    extended = _with_content(review, carried, [*carried.content, more])
    change = Change("attribution", (extended.id,), extended.as_payload())
    return Plan("same-source", claim, [change])


def _with_content(review: ArticleReview, attribution: Attribution, content: Sequence[Span]) -> Attribution:
    """The attribution with other content, and the form that follows from it."""
    # Deferred: the rules take longer to load than the first article to be shown.
    from annotator.suggesters.form import proposed_form

    joined = _joined(review.article.text, content)
    form = attribution.form
    if form is not Form.BLOCK:
        form = proposed_form(review.article.text, joined, review.article.blocks)
    return replace(attribution, content=joined, form=form)


def _unstopped(review: ArticleReview, span: Span) -> Span:
    """A sentence or paragraph without its full stop: that belongs to nobody, but inside quotation marks."""
    stops = review.article.text[span.end - 1] == "." and len(span) > 1
    return Span(span.start, span.end - 1) if stops and not review.quoted(span) else span


_QUOTES = '”»"'


def _joined(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """The spans in order; those with nothing but a full stop and white space between them become one.

    A quotation and what is not quoted stay apart.
    """
    joined: list[Span] = []
    for span in sorted(spans):
        between = text[joined[-1].end : span.start] if joined else ""
        ends_quote = joined and text[joined[-1].end - 1] in _QUOTES and between
        if joined and not ends_quote and not between.replace(".", "").strip():
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)
