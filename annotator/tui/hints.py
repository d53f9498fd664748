"""What is said of keys: in the footer what is next for the claim first, then what else can be done."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from annotator.editing.span_labels import LETTERS
from annotator.model.review import SETTLED
from annotator.model.scheme import Pass
from annotator.tui.card import Card
from annotator.tui.keymap import ADJUDICATE, CONFIRM, LABELS, QUEUE, REASON, REVIEW, SPANS, SPLIT, Keymap, shown
from annotator.tui.views import Hint

if TYPE_CHECKING:
    from annotator.editing.draft import Draft

_OF = "of {}"
"""The word of the key that is about the claim that was left, without its number."""

_OTHER_WORDS = {(REVIEW, "evidence.last"): _OF, (QUEUE, "queue.toggle"): "back"}
"""By mode and action the word for it where that is another than in other modes."""

_REST = {
    REVIEW: "claim.next spans alternative.source voice WORTH VERDICT evidence evidence.last note flag skip claim.open "
    "undo find queue.toggle accept.one refuse source.same source sources sentence.more nesting.in help",
    SPANS: "mark.source mark.cue mark.content word.next clause.next sentence.next labels word.extend selection.swap "
    "mark.content.add mark.relay spans.leave type form anonymity negation parent draft.next draft.new help",
    LABELS: "label.a labels.leave help",
    SPLIT: "word.next clause.next split.here split.leave help",
    QUEUE: "row.next row.open queue.sort queue.filter queue.find queue.toggle dashboard undo help",
    CONFIRM: "confirm.yes confirm.no",
    ADJUDICATE: "take.1 case.own case.facet case.open case.next case.marks case.names note undo queue.toggle help",
}


def hints(
    keymap: Keymap,
    mode: str,
    card: Card | None,
    draft: Draft | None,
    pass_: Pass = "both",
    left: int | None = None,
    waiting: Sequence[str] = (),
) -> list[Hint]:
    """What the footer shows in a mode of a pass; the keys that are next are marked as such.

    `left` is the number of the claim that a verdict has just left, `waiting` are actions for which something waits.
    """
    if mode.startswith(REASON):
        return [Hint(shown(action.key_list[0]), action.hint, now=True) for action in keymap.of_mode(mode)]
    now: list[str] = []
    if mode == REVIEW and card is not None:
        now = [*_next_for_claim(card, pass_), *waiting]
    if mode == SPANS and draft is not None:
        now = _next_for_draft(draft)
    if mode == QUEUE:
        now = ["row.open", *waiting]
    found = card.candidates if mode == REVIEW and card is not None else []
    several = ["candidate.next"] if len(found) > 1 else []
    several += ["accept.one", "refuse"] if several and any(suggested for _, suggested in found) else []
    names = [*several, *_REST.get(mode, "").split()]
    rest = [name for name in dict.fromkeys(names) if name not in now]
    if left is None:
        rest = [name for name in rest if name != "evidence.last"]
    return [*_hints(keymap, tuple(now), mode, now=True), *_about(left, _hints(keymap, tuple(rest), mode, now=False))]


def asked_hints(question: str) -> list[Hint]:
    """What the footer shows while words are typed in the line above it: what is asked for, and the keys of the line."""
    return [Hint("", question), Hint(shown("enter"), "takes it", now=True), Hint(shown("escape"), "leaves")]


_WHERE_IT_WORKS = {
    QUEUE: ("works in an article, and {} opens one", "row.open"),
    ADJUDICATE: ("is for a decision of your own, and {} begins one", "case.own"),
    SPANS: ("works beside the claim, and {} goes back there", "spans.leave"),
    SPLIT: ("works beside the claim, and {} goes back there", "split.leave"),
}
"""Of a key of the review, in other modes: where it works, and the action that leads there."""


def of_no_use(keymap: Keymap, mode: str, key: str) -> str:
    """What is said of a key that the mode has no action for; nothing while a question waits for its answer."""
    if mode == CONFIRM or mode.startswith(REASON):
        return ""
    where, way = _WHERE_IT_WORKS.get(mode, ("", ""))
    leads = keymap.by_id(way).key_list if way and keymap.action(REVIEW, key) is not None else []
    why = where.format(shown(leads[0])) if leads else "means nothing here"
    return f"{shown(key)} {why}  ·  ? shows all keys"


def _about(left: int | None, hints: Sequence[Hint]) -> Sequence[Hint]:
    """Which claim the key for the one that was left is about: the others' hints are the same for every claim."""
    if left is None:
        return hints
    return [hint._replace(word=_OF.format(left)) if hint.word == _OF else hint for hint in hints]


def _next_for_claim(card: Card, pass_: Pass) -> list[str]:
    review, claim = card.review, card.claim
    if card.other is not None:
        return ["accept", "alternative.back"]
    if card.state in SETTLED:
        is_open = review.next_open(-1, pass_) is not None
        return ["claim.open"] if is_open else ["article.next", "queue.toggle"]
    voiced = review.judgement(claim).voice is not None
    suggested = [] if voiced else review.suggested_attributions(claim)
    worth = review.judgement(claim).worth is None and review.suggested_worth(claim) is not None
    if suggested or worth or review.author_by_default(claim):
        return ["accept"]
    if not review.facet_done(claim, "attribution"):
        return ["spans", "voice"]
    if any(review.needs_evidence(claim, verdict) for verdict in review.verdicts_of(claim)):
        return ["evidence"]
    return ["VERDICT", "WORTH"] if "verdict" in review.scheme.passes[pass_] else ["WORTH"]


def _next_for_draft(draft: Draft) -> list[str]:
    missing = [
        name
        for name, there in (("mark.source", draft.source), ("mark.cue", draft.cue), ("mark.content", draft.content))
        if not there
    ]
    return [*missing, "draft.keep"] if draft.cue and draft.content else missing


@lru_cache(maxsize=64)
def _hints(keymap: Keymap, names: Sequence[str], mode: str, *, now: bool) -> Sequence[Hint]:
    found: list[Hint] = []
    for name in names:
        if name in ("WORTH", "VERDICT"):
            prefix, word = ("worth.", "worth") if name == "WORTH" else ("verdict.", "verdict")
            values = [action for action in keymap.of_mode(mode) if action.id.startswith(prefix)]
            values = [action for action in values if action.id != "worth.all"]
            if now and name == "VERDICT":
                found += [Hint(shown(action.key_list[0]), action.hint, now=True) for action in values]
            else:
                found.append(Hint(" ".join(shown(action.key_list[0]) for action in values), word, now=now))
            continue
        action = keymap.by_id(name)
        if action.key_list:
            keys = shown(action.key_list[0])
            word = _OTHER_WORDS.get((mode, name)) or action.hint or action.help
            found.append(Hint(_pair(keymap, name, keys), word, now=now))
    return found


def _pair(keymap: Keymap, name: str, keys: str) -> str:
    """Moving keys are shown with their opposite: "h l word"."""
    head, dot, way = name.rpartition(".")
    if head == "alternative" and way != "back":
        roles = (keymap.by_id(f"alternative.{role}").key_list for role in ("source", "cue", "content"))
        return " ".join(shown(keys[0]) for keys in roles if keys)
    if head == "take":
        several = (keymap.by_id(f"take.{digit}").key_list for digit in "12")
        return " ".join([*(shown(keys[0]) for keys in several if keys), "…"])
    if head == "label":
        return f"{LETTERS[0]} … {LETTERS[-1]}"
    opposite = {"next": "previous", "extend": "shrink"}.get(way)
    if not dot or opposite is None or head in ("draft", "candidate", "article"):
        return keys
    other = keymap.by_id(f"{head}.{opposite}").key_list
    return f"{shown(other[0])} {keys}" if other else keys
