"""The lines of a claim's view at a width, shortened or whole. Pure, so they are tested without a screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from annotator.model.attribution import Role
from annotator.model.text import neutral_line, neutral_text
from annotator.tui.claim_view import AttributionInFull, ClaimView, DraftView, EvidenceLine, VerdictLine, Words
from annotator.tui.widgets.cells import cell_len
from annotator.tui.widgets.painted import Line, Piece, ends_of, fitted, wrapped

LABEL = 9
"""Cells of the label column."""

_NUMBER = 4
"""Cells of the number of what a claim is worth, with the sign of a suggestion."""


def claim_lines(
    view: ClaimView, width: int, *, wide: bool, said: int = 4, whole: bool = False, more: str = ""
) -> list[Line]:
    """The view's lines at a width in cells: shortened so that the content takes at most `said` lines, or whole.

    `more` is the key that shows what is left out.
    """
    return [*chain.from_iterable(claim_parts(view, width, wide=wide, said=said, whole=whole, more=more))]


def claim_parts(
    view: ClaimView, width: int, *, wide: bool, said: int = 4, whole: bool = False, more: str = "", spare: int = 0
) -> tuple[list[Line], list[Line], list[Line]]:
    """The same in three parts: who says what, what was judged, and what that rests on and what was written.

    `spare` are the lines that the last part may take beyond its shortest.
    """
    lines: list[Line] = [title_line(view, width, f"{more} more" if more else "")]
    if wide:
        shown = wrapped(view.text, width - 2)
        shown = shown if whole or len(shown) <= 8 else [*shown[:7], shown[7] + " …"]
        lines += [[(f" {line}", "text")] for line in shown]
        lines.append([])
    if view.draft is not None:
        return [*lines, *_draft_lines(view.draft, width, wide=wide, whole=whole)], [], []
    lines += _attribution_lines(view, width, wide=wide, keep=None if whole else said)
    if wide:
        lines.append([])
    judged = _worth_lines(view, width, wide=wide)
    for verdict in view.verdicts:
        judged += _verdict_lines(verdict, width, wide=wide, whole=whole)
    return lines, judged, _rest_lines(view, width, whole=whole, spare=spare)


def _worth_lines(view: ClaimView, width: int, *, wide: bool) -> list[Line]:
    """What the claim is worth; where it is only suggested, why: below, or behind it where lines are few."""
    *lines, line = _stated("Worth", " ", view.worth, width, wide=wide)
    if not view.worth_because:
        return [*lines, line]
    if wide:
        return [*lines, line, *_field("", view.worth_because, width, "faint", most=2)]
    room = width - sum(cell_len(words) for words, _ in line)
    return [[*line, (fitted(f"  {view.worth_because}", max(1, room)).rstrip(), "faint")]]


def judged_in_few(view: ClaimView, width: int, most: int) -> list[Line]:
    """What was judged on at most so many lines (one or more): the worth and the verdict that is chosen come first."""
    verdict = next((each for each in view.verdicts if each.chosen), view.verdicts[0])
    if most > 1:
        lines = _worth_lines(view, width, wide=False) + _verdict_lines(verdict, width, wide=False, whole=False)
        return lines[:most]
    label: Piece = (f"  {verdict.label} ", "label")
    room = width - sum(cell_len(words) for words, _ in (_label("Worth"), label))
    # The worth's number is enough where there is no room for its name.
    worth = _begun(view.worth, max(_NUMBER, room - sum(cell_len(words) for words, _ in verdict.words)))
    left = room - sum(cell_len(words) for words, _ in worth)
    return [[_label("Worth"), *worth, label, *_begun(verdict.words, left)]]


def _begun(words: Sequence[Words], room: int) -> list[Words]:
    """As much as there is room for: the first are cut for the last, as long as they still say something."""
    (first, style), *rest = words
    over = sum(cell_len(text) for text, _ in words) - room
    if over <= 0:
        return [*words]
    kept = cell_len(first) - over
    return [(fitted(first, kept), style), *rest] if kept >= LABEL else [(fitted(first, room).rstrip(), style)]


def _rest_lines(view: ClaimView, width: int, *, whole: bool, spare: int) -> list[Line]:
    fields = [*_evidence_fields(view.evidence), *((label, value, "text", True) for label, value in view.written)]
    fields += [("Sure", view.confidence, "text", True)] if view.confidence else []
    # First, where there is little room: nothing else says that it is there.
    lines = [line for words in view.unkept for line in _field("Not kept", words, width, "missing", whole=whole)]
    lines += _seen_lines(view.seen, width, most=2 if whole or spare > 1 else 1) if view.seen else []
    lines += [] if view.evidence else [[_label("Evidence"), ("none", "faint"), ("  v", "key")]]
    for label, value, style, always in fields:
        if whole:
            lines += _field(label, value, width, style, whole=True)
        elif always or spare > 0:
            shown = _field(label, value, width, style, most=spare + always)
            spare -= len(shown) - always
            lines += shown
    return lines


def _seen_lines(seen: str, width: int, *, most: int) -> list[Line]:
    """What was seen before, with the key that opens it."""
    key: Piece = ("  b", "key")
    *lines, last = _field("Seen", seen, width - cell_len(key[0]), "suggested", most=most)
    return [*lines, [*last, key]]


def title_line(view: ClaimView, width: int, more: str = "") -> Line:
    """The claim's number, how far it is settled, and which key shows `more`, on a rule as wide as the panel."""
    left = f"─ Claim {view.number} of {view.count} "
    right = f" {view.state} ─"
    flag = " ⚑ flagged" if view.flagged else ""
    sign = f" {more} " if more else ""
    if cell_len(left + right + flag + sign) >= width:
        # How far it is settled says more than how many there are, which the top line says.
        left = f"─ Claim {view.number} "
    if view.flagged and cell_len(left + right + flag + sign) >= width:
        flag = " ⚑"
    rule = "─" * max(1, width - cell_len(left) - cell_len(right) - cell_len(flag) - cell_len(sign))
    return [(left + rule, "frame"), (sign, "key"), (flag, "flag"), (right, "frame")]


def _label(label: str, sign: str = " ") -> Piece:
    return f"{sign}{label:<{LABEL}}", "label"


def _field(
    label: str, value: str, width: int, style: str, sign: str = " ", *, whole: bool = False, most: int = 1
) -> list[Line]:
    """A label and what stands behind it: cut where it takes more lines than `most`, or whole."""
    room = max(1, width - LABEL - 2)
    parts = wrapped(neutral_text(value), room) if whole or most > 1 else [neutral_line(value)]
    if not whole and len(parts) >= most:
        parts = [*parts[: most - 1], fitted(" ".join(parts[most - 1 :]), room).rstrip()]
    heads = [_label(label, sign), *[_label("")] * (len(parts) - 1)]
    return [[head, (part, style)] for head, part in zip(heads, parts, strict=True)]


def _attribution_lines(view: ClaimView, width: int, *, wide: bool, keep: int | None) -> list[Line]:
    """Who says it; the content takes at most `keep` lines, and where it is None nothing is cut."""
    lines: list[Line] = []
    for attribution in view.attributions:
        if isinstance(attribution, AttributionInFull):
            lines += _lines_in_full(attribution, width, wide=wide, keep=keep)
        elif wide or keep is None or attribution.following:
            lines += _field(attribution.label, attribution.words, width, "faint", whole=keep is None)
    for number, (words, style) in enumerate(view.voice):
        lines += _field("" if number else "Voice", words, width, style, whole=wide)
    return lines


def _lines_in_full(shown: AttributionInFull, width: int, *, wide: bool, keep: int | None) -> list[Line]:
    extra, whole = " suggested" if shown.suggested else "", keep is None
    lines = _who_lines(shown, width, extra, whole=whole) if wide else [_who_line(shown, width, extra)]
    lines += _said_lines(shown, width, extra, keep)
    facts, entity = [*shown.facts], shown.entity
    # In a narrow place there is no line of its own for whose words they are.
    facts += [neutral_line(entity if shown.suggested else f"= {entity}")] if entity and not wide else []
    because = shown.because[0]
    said = " · ".join(facts) if wide else _with_learned(facts, shown.because, None if whole else width - LABEL - 2)
    lines += _field("Form", said, width, f"text{extra}", whole=whole)
    lines += _field("", because, width, "faint", whole=whole) if because and wide else []
    if wide and entity:
        lines += _field("Source", entity, width, "suggested" if shown.suggested else "good", whole=whole)
    # Where there is little room the relay stands beside the cue: only what is nested needs a line for it.
    return lines + (_chain_lines(shown.chain, width) if wide or shown.nested else [])


def _with_learned(facts: Sequence[str], because: tuple[str, str], room: int | None) -> str:
    """The facts and what was learned: in short where there is no room for both in full, and never cut for the facts."""
    in_full, in_short = because
    said = " · ".join([*facts, in_full] if in_full else facts)
    if not in_short or room is None or cell_len(said) <= room:
        return said
    end = f" · {in_short}"
    if cell_len(end) >= room:
        return in_short
    return fitted(" · ".join(facts), room - cell_len(end)).rstrip() + end


def _sign(shown: AttributionInFull, *roles: Role) -> str:
    """What marks the role in which it is another than was suggested."""
    return "▸" if shown.other in roles else " "


def _who_lines(shown: AttributionInFull, width: int, extra: str, *, whole: bool) -> list[Line]:
    """Source and cue, each on its own."""
    who = shown.source if whole else ends_of(shown.source, max(1, width - LABEL - 2))
    lines = _field("Says", who, width, f"source{extra}", _sign(shown, Role.SOURCE), whole=whole)
    return lines + _field("Cue", shown.cue + shown.relay, width, f"cue{extra}", _sign(shown, Role.CUE), whole=whole)


def _who_line(shown: AttributionInFull, width: int, extra: str) -> Line:
    """Source and cue on one line."""
    room = width - LABEL - 2 - cell_len(shown.cue + shown.relay) - 3
    # Candidates differ at either end.
    who = ends_of(shown.source, max(8, room))
    label = _label("Says", _sign(shown, Role.SOURCE, Role.CUE))
    return [label, (who, f"source{extra}"), (" · ", "faint"), (shown.cue, f"cue{extra}"), (shown.relay, "relay")]


def _said_lines(shown: AttributionInFull, width: int, extra: str, keep: int | None) -> list[Line]:
    """The content, on at most `keep` lines."""
    room = max(8, width - LABEL - 2)
    said = wrapped(shown.content, room)
    if keep is not None and len(said) > keep:
        said = [*said[: keep - 1], fitted(" ".join(said[keep - 1 :]), room).rstrip()]
    labels = [_label("Said", _sign(shown, Role.CONTENT)), *[_label("")] * (len(said) - 1)]
    return [[label, (line, f"content{extra}")] for label, line in zip(labels, said, strict=True)]


def _chain_lines(chain: str, width: int) -> list[Line]:
    """The chain in lines that end behind a step where the steps are short enough; nothing for a single step."""
    steps, room = chain.split(" → "), max(8, width - LABEL - 2)
    if len(steps) < 2:
        return []
    whole = [step.replace(" ", "\xa0") if cell_len(step) <= room - 2 else step for step in steps]
    lines = [line.replace("\xa0", " ") for line in wrapped("\xa0→ ".join(whole), room)]
    return [[_label("" if number else "Chain"), (line, "faint")] for number, line in enumerate(lines)]


def _stated(label: str, sign: str, words: Sequence[Words], width: int, *, wide: bool) -> list[Line]:
    """A label and words in several styles, on one line where there is room.

    Where there is none each has lines of its own in a wide place, and in others the first are cut for the last: what is
    missing stands there.
    """
    room = max(1, width - LABEL - 1)
    if sum(cell_len(text) for text, _ in words) <= room:
        return [[_label(label, sign), *words]]
    if not wide:
        (first, style), *rest = words
        kept = fitted(first, max(1, room - sum(cell_len(text) for text, _ in rest))).rstrip()
        return [[_label(label, sign), (kept, style), *rest]]
    parts = [
        (part, style) for text, style in words for part in wrapped(text.removeprefix(" · "), max(1, room - 1)) if part
    ]
    heads = [_label(label, sign), *[_label("")] * (len(parts) - 1)]
    return [[head, part] for head, part in zip(heads, parts, strict=True)]


def _verdict_lines(verdict: VerdictLine, width: int, *, wide: bool, whole: bool) -> list[Line]:
    lines = _stated(verdict.label, "▸" if verdict.chosen else " ", verdict.words, width, wide=wide)
    if verdict.because:
        lines += _field("Because", verdict.because, width, "text", whole=whole)
    return lines


def _evidence_fields(evidence: Sequence[EvidenceLine]) -> Iterator[tuple[str, str, str, bool]]:
    """Each piece's question and answer, which are always shown, and the rest of it where there is room."""
    for number, piece in enumerate(evidence):
        yield "" if number else "Evidence", piece.words, "text", True
        yield from (("", rest, "faint", False) for rest in piece.rest)


def _draft_lines(draft: DraftView, width: int, *, wide: bool, whole: bool) -> list[Line]:
    lines: list[Line] = [[(f" {draft.kind}", "faint")]] if wide else []
    for label, value, role, key in draft.rows:
        sign = "▸" if role is draft.focus else " "
        if value:
            lines += _field(label, value, width, role.value, sign, whole=whole)
        else:
            lines.append([_label(label, sign), ("-  ", "missing"), (key, "key")])
    lines += _field("Form", draft.facts, width, "text", whole=whole)
    return lines + _candidate_lines(draft.numbered, width, columns=1 if wide else 2, whole=whole and wide)


def _candidate_lines(numbered: Sequence[Words], width: int, *, columns: int, whole: bool) -> list[Line]:
    cells, lines = width // columns, list[Line]()
    for first in range(0, len(numbered), columns):
        row: list[Piece] = []
        for number, (words, style) in enumerate(numbered[first : first + columns], first + 1):
            key: Piece = (f" {number} ", "key")
            if whole:
                first_line, *rest = wrapped(words, cells - 4)
                lines += [[key, (first_line, style)], *([("   ", ""), (line, style)] for line in rest)]
            else:
                row += [key, (fitted(ends_of(words, cells - 4), cells - 3), style)]
        lines += [row] if row else []
    return lines
