"""The view of a claim: what the claim panel says of it, in words, whatever room there is for them. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from annotator.model.attribution import Attribution, Role
from annotator.model.judgement import CONTENT, Evidence, Verdict
from annotator.model.late import NamedTuple, dataclass
from annotator.model.review import State
from annotator.model.scheme import Scheme, name_of
from annotator.model.span import Span
from annotator.model.text import neutral_line
from annotator.tui.card import Card

if TYPE_CHECKING:
    from annotator.editing.draft import Draft
    from annotator.model.check import Seen

STATE_WORDS = {
    State.TO_DO: "to do",
    State.IN_PROGRESS: "in progress",
    State.AWAITING: "awaiting verdict",
    State.DONE: "done",
    State.SKIPPED: "passed over",
}
_ENDED = ("?", "\uff1f", "\u061f", ".", "\u3002", "!")
"""How a question or sentence ends; nothing more is needed between it and its answer."""

Words = tuple[str, str]
"""Words, and the blank-separated names of their styles."""


class AttributionInFull(NamedTuple):
    """An attribution with all its parts; `other` is the role in which it is another than was suggested.

    `because` is why it is suggested as it is, where something was learned: in full, and in short.
    """

    source: str
    cue: str
    relay: str
    content: str
    facts: Sequence[str]
    entity: str
    chain: str
    nested: bool
    suggested: bool
    other: Role | None = None
    because: tuple[str, str] = ("", "")


class AttributionInShort(NamedTuple):
    """One of the others, in one line; `following` is the one that the key for the next attribution shows."""

    label: str
    words: str
    following: bool


class VerdictLine(NamedTuple):
    """One verdict: on the content or on an attribution, and why."""

    label: str
    words: Sequence[Words]
    chosen: bool = False
    because: str = ""


class EvidenceLine(NamedTuple):
    """One piece of evidence in a line, and the rest of it for where there is room."""

    words: str
    rest: Sequence[str]


class DraftView(NamedTuple):
    """What is being marked: where it comes from, the roles (label, words, role, key), its facts and the candidates."""

    kind: str
    rows: Sequence[tuple[str, str, Role, str]]
    focus: Role
    facts: str
    numbered: Sequence[Words]


@dataclass(frozen=True, slots=True)
class ClaimView:
    """Everything that is said of the claim; `voice` are lines about whose words it is besides attributions.

    `unkept` is what was typed and not kept.
    """

    number: int
    count: int
    state: str
    flagged: bool
    text: str
    scheme: Scheme
    draft: DraftView | None
    attributions: Sequence[AttributionInFull | AttributionInShort]
    voice: Sequence[Words]
    worth: Sequence[Words]
    worth_because: str
    verdicts: Sequence[VerdictLine]
    evidence: Sequence[EvidenceLine]
    seen: str
    written: Sequence[tuple[str, str]]
    confidence: str
    unkept: Sequence[str] = ()


def claim_view(card: Card) -> ClaimView:
    """The words for a card."""
    judgement = card.review.judgement(card.claim)
    written = [("Restated", judgement.restatement), ("Note", judgement.note)]
    for asked in card.review.questions_of(card.claim):
        written += [("Asked", asked.text), ("Answer", asked.answer)]
    written += _colleagues(card)
    return ClaimView(
        number=card.index + 1,
        count=len(card.review.claims),
        state=STATE_WORDS[card.state],
        flagged=judgement.flag,
        text=neutral_line(card.claim.span.slice(card.review.article.text)),
        scheme=card.review.scheme,
        draft=_draft(card, card.draft) if card.draft is not None else None,
        attributions=list(_attributions(card)),
        voice=_voice(card),
        worth=_worth(card),
        worth_because=card.worth_because,
        verdicts=list(_verdicts(card)),
        evidence=[_evidence(card, piece) for piece in card.review.evidence_of(card.claim)],
        seen=_seen(card.seen),
        written=[(label, value) for label, value in written if value],
        confidence=judgement.confidence or "",
        unkept=[f"{what}: {words}" for what, words in card.drafts],
    )


def _quoted(card: Card, spans: Sequence[Span]) -> str:
    return " … ".join(neutral_line(span.slice(card.review.article.text)) for span in spans)


def _indent(card: Card, attribution: Attribution) -> str:
    return "└ " * min(3, card.depth(attribution))


def _attributions(card: Card) -> Iterator[AttributionInFull | AttributionInShort]:
    candidates, chosen, other = card.candidates, card.shown_index(), card.other
    if other is not None and other.attribution.id not in {made.id for made, _ in candidates}:
        # Nothing is suggested that it could stand in for.
        yield _in_full(card, other.attribution, suggested=True)
        chosen = None
    for number, (attribution, suggested) in enumerate(candidates):
        if number == chosen:
            shown = attribution if other is None else other.attribution
            yield _in_full(card, shown, suggested=suggested or other is not None)
        else:
            mark = "?" if suggested else "✓"
            source = _indent(card, attribution) + (_quoted(card, attribution.source) or "(no source)")
            said = f"{source}: {_quoted(card, attribution.content)}"
            following = number == ((chosen or 0) + 1) % len(candidates)
            yield AttributionInShort(f"{mark} ⇥ {number + 1}/{len(candidates)}", said, following)


def _in_full(card: Card, attribution: Attribution, *, suggested: bool) -> AttributionInFull:
    mark = "? " if suggested else ""
    facts = [attribution.form.value, attribution.anonymity.value, attribution.type.value]
    facts += ["negated"] if attribution.negated else []
    facts += ["nested"] if attribution.parent else []
    begins = card.begins_in(attribution)
    facts += [f"settled in claim {begins + 1}"] if begins < card.index and not suggested else []
    facts += ["ends here? { } ( )"] if card.uncertain(attribution) else []
    return AttributionInFull(
        source=f"{mark}{_indent(card, attribution)}{_quoted(card, attribution.source) or '(no source)'}",
        cue=_quoted(card, [attribution.cue]) if attribution.cue else "(no cue)",
        relay=f" → {_quoted(card, [attribution.relay])}" if attribution.relay else "",
        content=_quoted(card, attribution.content),
        facts=facts,
        entity=card.entity,
        chain=card.chain(attribution),
        nested=attribution.parent is not None,
        suggested=suggested,
        other=card.other.role if card.other is not None else None,
        because=card.because(attribution) if suggested else ("", ""),
    )


def _colleagues(card: Card) -> Iterator[tuple[str, str]]:
    """What others decided of the claim, in an open project."""
    for review in card.colleagues:
        worth = review.judgement(card.claim).worth
        said = [f"worth {worth}"] if worth is not None else []
        said += [_judged(review.scheme, verdict)[0] for verdict in review.verdicts_of(card.claim)]
        pieces = len(review.evidence_of(card.claim))
        said += [f"{pieces} evidence"] if pieces else []
        if said:
            yield neutral_line(review.reviewer), " · ".join(said)


def _voice(card: Card) -> list[Words]:
    review = card.review
    voiced = review.judgement(card.claim).voice is not None
    if card.candidates or card.other is not None:
        return [("author's voice as well", "good")] if voiced else []
    if voiced:
        return [("author's voice", "good")]
    if review.author_by_default(card.claim):
        return [("? author's voice: ⏎ accepts", "suggested")]
    if review.article.searched:
        return [("not judged", "suggested")]
    language = review.article.language
    why = f"language {language}" if language else "language not known"
    return [("not judged", "suggested"), (f"{why}: no attributions are suggested", "faint")]


def _worth(card: Card) -> list[Words]:
    scheme, worth = card.review.scheme, card.review.judgement(card.claim).worth
    if worth is not None:
        known = scheme.known_worth(worth)
        if known is None:
            return [(neutral_line(name_of(None, worth)), "missing")]
        return [(f"{known.id} {neutral_line(known.name)}", f"good {known.colour}")]
    suggested = card.review.suggested_worth(card.claim)
    if suggested is not None:
        value = scheme.worth_value(suggested[1].worth)
        return [(f"? {value.id} {neutral_line(value.name)}", "suggested")]
    return [("-  ", "missing"), (" ".join(value.key for value in scheme.worth), "key")]


def _verdicts(card: Card) -> Iterator[VerdictLine]:
    review = card.review
    ids = [attribution.id for attribution in review.attributions_of(card.claim)]
    targets = [CONTENT, *(id_ for id_ in ids if id_ == card.target or review.verdict(card.claim, id_))]
    for target in targets:
        label = "Verdict" if target == CONTENT else "Did say"
        chosen = target == card.target and len(targets) > 1
        verdict = review.verdict(card.claim, target)
        if verdict is None:
            keys = " ".join(value.key for value in review.scheme.verdict)
            yield VerdictLine(label, [("-  ", "missing"), (keys, "key")], chosen)
        else:
            said = [_judged(review.scheme, verdict), _basis(card, verdict)]
            yield VerdictLine(label, said, chosen, verdict.justification or "")


def _judged(scheme: Scheme, verdict: Verdict) -> Words:
    value = scheme.known_verdict(verdict.value)
    words = name_of(value, verdict.value)
    if value is not None and value.reasons:
        names = {reason.id: reason.name for reason in value.reasons}
        words += f": {names.get(verdict.reason or '', 'reason missing')}"
    words += f" · {verdict.confidence} confidence" if verdict.confidence else ""
    return neutral_line(words), f"verdict {value.colour}" if value is not None else "missing"


def _basis(card: Card, verdict: Verdict) -> Words:
    if card.review.needs_evidence(card.claim, verdict):
        return " · needs evidence", "missing"
    based = any(evidence.target == verdict.target for evidence in card.review.evidence_of(card.claim))
    return ("" if based else " · no evidence"), "faint"


def _seen(found: Sequence[Seen]) -> str:
    """How often it was seen before, and what the best says: "before: 2 · refuted · Tamarack Checks · 2026-02-10"."""
    if not found:
        return ""
    best = found[0]
    said = [f"before: {len(found)}", best.check.verdict, best.by, best.check.date, *marks_of(best)]
    return neutral_line(" · ".join(filter(None, said)))


def marks_of(seen: Seen) -> list[str]:
    """What to be careful about: one denies the other, it is stale, or another one contradicts it."""
    marks = [("negated", "negated" in seen.why), ("stale", seen.stale), ("contradicted", seen.contradicted)]
    return [mark for mark, holds in marks if holds]


def _evidence(card: Card, evidence: Evidence) -> EvidenceLine:
    # Deferred: most claims have no evidence.
    from annotator.model.evidence_dates import date_hint

    since = card.outdated.get(evidence.url)
    became = since.of(evidence.answer) if since else ""
    stance = f"{evidence.stance}: " if evidence.stance else ""
    between = " " if evidence.question.endswith(_ENDED) else ": "
    said = between.join(filter(None, (evidence.question, evidence.answer))) or evidence.passage or evidence.url
    where = " · ".join(filter(None, (evidence.publisher, evidence.published_at, evidence.medium)))
    hint = date_hint(evidence, card.review.words_of(card.claim), card.review.article.published_at)
    rest = (
        since.in_words(evidence.answer) if since else "",
        hint,
        evidence.passage,
        evidence.url,
        evidence.archived_url,
        where,
    )
    stance = f"{became}! {stance}" if became else stance
    return EvidenceLine(stance + said, [words for words in rest if words and words != said])


def _draft(card: Card, draft: Draft) -> DraftView:
    form, anonymity = card.proposed
    facts = [(draft.form or form).value, (draft.anonymity or anonymity).value, draft.type.value]
    facts += ["negated"] if draft.negated else []
    facts += ["nested"] if draft.parent else []
    rows = [
        ("Says", _quoted(card, draft.source), Role.SOURCE, "w"),
        ("Cue", _quoted(card, [draft.cue]) if draft.cue else "", Role.CUE, "c"),
        ("Said", _quoted(card, draft.content), Role.CONTENT, "d"),
    ]
    if draft.relay or card.focus is Role.RELAY:
        rows.append(("Relay", _quoted(card, [draft.relay]) if draft.relay else "", Role.RELAY, "o"))
    mixed = len({role for role, _ in card.numbered}) > 1
    return DraftView(
        kind="changing an attribution"
        if draft.kept
        else "from a suggestion"
        if draft.suggestion
        else "a new attribution",
        rows=rows,
        focus=card.focus,
        facts=" · ".join(facts),
        numbered=[(_quoted(card, [span]), role.value if mixed else "faint") for role, span in card.numbered],
    )
