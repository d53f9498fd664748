"""The lines of a card at a width, shortened or whole. Pure, so they are tested without a screen."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from annotator.editing.draft import Draft
from annotator.model.attribution import Attribution, Role
from annotator.model.judgement import CONTENT, Verdict
from annotator.model.review import State
from annotator.model.scheme import name_of
from annotator.model.span import Span
from annotator.model.text import neutral_line, neutral_text
from annotator.tui.card import Card
from annotator.tui.widgets.painted import Line, Piece, ends_of, fitted, wrapped

STATE_WORDS = {
    State.TO_DO: "to do",
    State.IN_PROGRESS: "in progress",
    State.AWAITING: "awaiting verdict",
    State.DONE: "done",
    State.SKIPPED: "passed over",
}
_ASKED = ("?", "\uff1f", "\u061f")
"""How a question ends; nothing more is needed between it and its answer."""

LABEL = 9
"""Cells of the label column."""


def card_lines(card: Card, width: int, *, wide: bool, said: int = 4, whole: bool = False, more: str = "") -> list[Line]:
    """The card's lines at a width in cells: shortened so that the content takes at most `said` lines, or whole.

    `more` is the key that shows what is left out.
    """
    judgement = card.review.judgement(card.claim)
    lines: list[Line] = [title_line(card, width, f"{more} more" if more else "")]
    if wide:
        text = neutral_line(card.claim.span.slice(card.review.article.text))
        shown = wrapped(text, width - 2)
        shown = shown if whole or len(shown) <= 8 else [*shown[:7], shown[7] + " …"]
        lines += [[(f" {line}", "text")] for line in shown]
        lines.append([])
    if card.draft is not None:
        lines += _draft_lines(card, card.draft, width, wide=wide, whole=whole)
        return lines
    lines += _attribution_lines(card, width, wide=wide, keep=None if whole else said)
    if wide:
        lines.append([])
    lines.append(_worth_line(card))
    lines += _verdict_lines(card, width, whole=whole)
    lines += _evidence_lines(card, width, whole=whole)
    for label, value in (("Restated", judgement.restatement), ("Note", judgement.note)):
        if value:
            lines += _field(label, value, width, "text", whole=whole)
    if judgement.confidence:
        lines += _field("Sure", judgement.confidence, width, "text")
    return lines


def title_line(card: Card, width: int, more: str = "") -> Line:
    """The claim's number, how far it is settled, and which key shows `more`, on a rule as wide as the card."""
    judgement = card.review.judgement(card.claim)
    left = f"─ Claim {card.index + 1} of {len(card.review.claims)} "
    right = f" {STATE_WORDS[card.state]} ─"
    flag = " ⚑ flagged" if judgement.flag else ""
    sign = f" {more} " if more else ""
    rule = "─" * max(1, width - cell_len(left) - cell_len(right) - cell_len(flag) - cell_len(sign))
    return [(left + rule, "frame"), (sign, "key"), (flag, "flag"), (right, "frame")]


def _field(label: str, value: str, width: int, style: str, sign: str = " ", *, whole: bool = False) -> list[Line]:
    """A label and what stands behind it: on one line, cut where it is too long, or on as many as it takes."""
    room = max(1, width - LABEL - 2)
    parts = wrapped(neutral_text(value), room) if whole else [fitted(neutral_line(value), room).rstrip()]
    heads = [f"{sign}{label:<{LABEL}}", *[" " * (LABEL + 1)] * (len(parts) - 1)]
    return [[(head, "label"), (part, style)] for head, part in zip(heads, parts, strict=True)]


def _quoted(card: Card, spans: Sequence[Span]) -> str:
    return " … ".join(neutral_line(span.slice(card.review.article.text)) for span in spans)


def _attribution_lines(card: Card, width: int, *, wide: bool, keep: int | None) -> list[Line]:
    """Who says it; the content takes at most `keep` lines, and where it is None nothing is cut."""
    candidates = card.candidates
    voice = card.review.judgement(card.claim).voice
    other = card.other
    if not candidates and other is None:
        if voice is not None:
            return _field("Voice", "author's voice", width, "good")
        suggested = card.review.author_by_default(card.claim)
        if not suggested and not card.review.article.searched:
            return [*_field("Voice", "not judged", width, "suggested"), *_field("", _no_rules(card), width, "faint")]
        return _field("Voice", "? author's voice: ⏎ accepts" if suggested else "not judged", width, "suggested")
    lines: list[Line] = []
    chosen = card.shown_index()
    if other is not None and other.attribution.id not in {made.id for made, _ in candidates}:
        # Nothing is suggested that it could stand in for.
        lines += _expanded(card, other.attribution, width, suggested=True, wide=wide, keep=keep)
        chosen = None
    for number, (attribution, suggested) in enumerate(candidates):
        if number == chosen:
            shown = attribution if other is None else other.attribution
            not_kept = suggested or other is not None
            lines += _expanded(card, shown, width, suggested=not_kept, wide=wide, keep=keep)
        elif wide or keep is None or number == ((chosen or 0) + 1) % len(candidates):
            mark = "?" if suggested else "✓"
            source = _indent(card, attribution) + (_quoted(card, attribution.source) or "(no source)")
            said = f"{source}: {_quoted(card, attribution.content)}"
            lines += _field(f"{mark} ⇥ {number + 1}/{len(candidates)}", said, width, "faint", whole=keep is None)
    if voice is not None:
        lines += _field("Voice", "author's voice as well", width, "good")
    return lines


def _no_rules(card: Card) -> str:
    """Why nothing is suggested."""
    language = card.review.article.language
    return f"nothing suggested in {language}" if language else "language not known"


def _expanded(
    card: Card, attribution: Attribution, width: int, *, suggested: bool, wide: bool, keep: int | None
) -> list[Line]:
    mark = "? " if suggested else ""
    extra = " suggested" if suggested else ""
    source = _quoted(card, attribution.source) or "(no source)"
    cue = _quoted(card, [attribution.cue]) if attribution.cue else "(no cue)"
    relay = f" → {_quoted(card, [attribution.relay])}" if attribution.relay else ""
    nested = _indent(card, attribution)
    facts = [attribution.form.value, attribution.anonymity.value, attribution.type.value]
    facts += ["negated"] if attribution.negated else []
    facts += ["nested"] if attribution.parent else []
    room = width - LABEL - 2
    signs = {role: "▸" if card.other is not None and card.other.role is role else " " for role in Role}
    if wide:
        whole = keep is None
        lines = _field("Says", f"{mark}{nested}{source}", width, f"source{extra}", signs[Role.SOURCE], whole=whole)
        lines += _field("Cue", cue + relay, width, f"cue{extra}", signs[Role.CUE], whole=whole)
    else:
        cells = cell_len(cue + relay) + 3
        who = fitted(f"{mark}{nested}{source}", max(8, room - cells)).rstrip()
        sign = max(signs[Role.SOURCE], signs[Role.CUE])
        pieces: list[Piece] = [(f"{sign}{'Says':<{LABEL}}", "label"), (who, f"source{extra}"), (" · ", "faint")]
        lines = [[*pieces, (cue, f"cue{extra}"), (relay, "relay")]]
    said = wrapped(_quoted(card, attribution.content), max(8, room))
    if keep is not None and len(said) > keep:
        said = [*said[: keep - 1], fitted(" ".join(said[keep - 1 :]), max(8, room)).rstrip()]
    for number, line in enumerate(said):
        label = f" {'':<{LABEL}}" if number else f"{signs[Role.CONTENT]}{'Said':<{LABEL}}"
        lines.append([(label, "label"), (line, f"content{extra}")])
    begins = card.begins_in(attribution)
    facts += [f"settled in claim {begins + 1}"] if begins < card.index and not suggested else []
    facts += ["ends here? { } ( )"] if card.uncertain(attribution) else []
    entity = card.entity
    # In a narrow place there is no line of its own for whose words they are.
    facts += [neutral_line(entity if suggested else f"= {entity}")] if entity and not wide else []
    lines += _field("Form", " · ".join(facts), width, f"text{extra}", whole=keep is None)
    if wide and entity:
        lines += _field("Source", entity, width, "suggested" if suggested else "good", whole=keep is None)
    # Where there is little room the relay stands beside the cue: only what is nested needs a line for it.
    if " → " in card.chain(attribution) and (wide or attribution.parent):
        for number, line in enumerate(_chain_lines(card.chain(attribution), max(8, room))):
            lines.append([(f" {'' if number else 'Chain':<{LABEL}}", "label"), (line, "faint")])
    return lines


def _chain_lines(chain: str, width: int) -> list[str]:
    """The chain in lines that end behind a step where the steps are short enough."""
    whole = [step.replace(" ", "\xa0") if cell_len(step) <= width - 2 else step for step in chain.split(" → ")]
    return [line.replace("\xa0", " ") for line in wrapped("\xa0→ ".join(whole), width)]


def _indent(card: Card, attribution: Attribution) -> str:
    return "└ " * min(3, card.depth(attribution))


def _worth_line(card: Card) -> Line:
    judgement = card.review.judgement(card.claim)
    scheme = card.review.scheme
    label: Piece = (f" {'Worth':<{LABEL}}", "label")
    if judgement.worth is not None:
        known = scheme.known_worth(judgement.worth)
        if known is None:
            return [label, (neutral_line(name_of(None, judgement.worth)), "missing")]
        return [label, (f"{known.id} {neutral_line(known.name)}", f"good {known.colour}")]
    suggested = card.review.suggested_worth(card.claim)
    if suggested is not None:
        value = scheme.worth_value(suggested[1].worth)
        return [label, (f"? {value.id} {neutral_line(value.name)}", "suggested")]
    keys = " ".join(value.key for value in scheme.worth)
    return [label, ("-  ", "missing"), (keys, "key")]


def _verdict_lines(card: Card, width: int, *, whole: bool) -> list[Line]:
    scheme = card.review.scheme
    ids = [attribution.id for attribution in card.review.attributions_of(card.claim)]
    targets = [CONTENT, *(id_ for id_ in ids if id_ == card.target or card.review.verdict(card.claim, id_))]
    lines: list[Line] = []
    for target in targets:
        chosen = "▸" if target == card.target and len(targets) > 1 else " "
        label = "Verdict" if target == CONTENT else "Did say"
        head: Piece = (f"{chosen}{label:<{LABEL}}", "label")
        verdict = card.review.verdict(card.claim, target)
        if verdict is None:
            keys = " ".join(value.key for value in scheme.verdict)
            lines.append([head, ("-  ", "missing"), (keys, "key")])
            continue
        value = scheme.known_verdict(verdict.value)
        words = name_of(value, verdict.value)
        if value is not None and value.reasons:
            names = {reason.id: reason.name for reason in value.reasons}
            words += f": {names.get(verdict.reason or '', 'reason missing')}"
        words += f" · {verdict.confidence} confidence" if verdict.confidence else ""
        style = f"verdict {value.colour}" if value is not None else "missing"
        lines.append([head, (neutral_line(words), style), _basis(card, verdict)])
        if verdict.justification:
            lines += _field("Because", verdict.justification, width, "text", whole=whole)
    return lines


def _basis(card: Card, verdict: Verdict) -> Piece:
    if card.review.needs_evidence(card.claim, verdict):
        return " · needs evidence", "missing"
    based = any(evidence.target == verdict.target for evidence in card.review.evidence_of(card.claim))
    return ("" if based else " · no evidence"), "faint"


def _evidence_lines(card: Card, width: int, *, whole: bool) -> list[Line]:
    found = card.review.evidence_of(card.claim)
    if not found:
        return [[(f" {'Evidence':<{LABEL}}", "label"), ("none", "faint"), ("  v", "key")]]
    lines: list[Line] = []
    for number, evidence in enumerate(found):
        stance = f"{evidence.stance}: " if evidence.stance else ""
        between = " " if evidence.question.endswith(_ASKED) else ": "
        said = between.join(filter(None, (evidence.question, evidence.answer))) or evidence.passage or evidence.url
        lines += _field("" if number else "Evidence", stance + said, width, "text", whole=whole)
        if whole:
            where = " · ".join(filter(None, (evidence.publisher, evidence.published_at, evidence.medium)))
            for rest in (evidence.passage, evidence.url, evidence.archived_url, where):
                lines += _field("", rest, width, "faint", whole=True) if rest and rest != said else []
    return lines


def _draft_lines(card: Card, draft: Draft, width: int, *, wide: bool, whole: bool) -> list[Line]:
    form, anonymity = card.proposed
    facts = [(draft.form or form).value, (draft.anonymity or anonymity).value, draft.type.value]
    facts += ["negated"] if draft.negated else []
    facts += ["nested"] if draft.parent else []
    kind = "changing an attribution" if draft.kept else "from a suggestion" if draft.suggestion else "a new attribution"
    kind += ", kept" if card.saved else ""
    rows: list[tuple[str, str, str, str]] = [
        ("Says", _quoted(card, draft.source), "source", "w"),
        ("Cue", _quoted(card, [draft.cue]) if draft.cue else "", "cue", "c"),
        ("Said", _quoted(card, draft.content), "content", "d"),
    ]
    if draft.relay:
        rows.append(("Relay", _quoted(card, [draft.relay]), "relay", "o"))
    lines: list[Line] = [[(f" {kind}", "faint")]] if wide else []
    for label, value, style, key in rows:
        chosen = "▸" if style == card.focus.value else " "
        if value:
            lines += _field(label, value, width, style, chosen, whole=whole)
        else:
            lines.append([(f"{chosen}{label:<{LABEL}}", "label"), ("-  ", "missing"), (key, "key")])
    lines += _field("Form", " · ".join(facts), width, "text", whole=whole)
    columns = 1 if wide else 2
    cells = width // columns
    mixed = len({role for role, _ in card.numbered}) > 1
    for first in range(0, len(card.numbered), columns):
        row: list[Piece] = []
        for number, (role, span) in enumerate(card.numbered[first : first + columns], first + 1):
            words = _quoted(card, [span])
            style = role.value if mixed else "faint"
            if whole and columns == 1:
                first_line, *rest = wrapped(words, cells - 4)
                lines += [
                    [(f" {number} ", "key"), (first_line, style)],
                    *([("   ", ""), (line, style)] for line in rest),
                ]
            else:
                row += [(f" {number} ", "key"), (fitted(ends_of(words, cells - 4), cells - 3), style)]
        lines += [row] if row else []
    return lines
