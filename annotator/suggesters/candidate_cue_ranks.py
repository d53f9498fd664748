"""Ranks of cues: how likely each cue that a unit may hold is the one that is meant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from annotator.model.span import Span
from annotator.suggesters.candidate_cues import Cue, cues_of, listed
from annotator.suggesters.candidate_shares import share, shares
from annotator.suggesters.marks import Marks, Near, Proposed, gap

# How much likelier a cue is in the claim's own unit than in the one before and the one behind.
_ELSEWHERE = (1.0, 0.01, 0.01)
# Of the likeliest one's likelihood, how much a cue has to have to be offered where none is marked.
_LEAST = 0.02
# Factors for another word than the one that is marked, and for one that lies in a marked content.
_OTHER_WORD, _INSIDE = 0.05, 0.3
# Code points between a cue and what is marked at which it is half as likely.
_FAR = 60


def ranked_cues(near: Sequence[Near], marks: Marks, proposed: Proposed) -> list[tuple[float, Span]]:
    """The cues that may be meant, each with its likelihood, best first."""
    likely: dict[Span, float] = defaultdict(float)
    others = [*marks.source, *marks.content]
    for unit, distance in near:
        place = cache(lambda at, unit=unit: proposed.place(unit.span(at, at)))
        for cue in cues_of(unit):
            span, head = unit.span(cue.first, cue.last), unit.span(cue.head, cue.head)
            revised = marks.cue is not None and head.overlaps(marks.cue)
            score = _ELSEWHERE[distance] * _extent(cue, "revised" if revised else "new")
            score *= 1.0 if revised else _word(cue) * share("place", f"{cue.kind}_{place(cue.head)}")
            if marks.cue is not None and not revised:
                score *= _OTHER_WORD
            if others:
                score /= 1 + gap(head, others) / _FAR
                if any(head.overlaps(content) for content in marks.content):
                    score *= _INSIDE
            likely[span] += score
    least = 0.0 if marks.cue is not None else max(likely.values(), default=0.0) * _LEAST
    found = [(score, span) for span, score in likely.items() if score >= least]
    return sorted(found, key=lambda row: (-row[0], row[1]))


def _word(cue: Cue) -> float:
    """How likely the word attributes: by itself, by its shape and by what follows it."""
    factor = shares(f"word.{cue.kind}").get(cue.word)
    if factor is None:
        factor = share("listed", f"{cue.kind}_{'known' if listed(cue.kind, cue.word) else 'unknown'}")
    form = share("form", f"{cue.kind}_{cue.form}")
    return share("prior", cue.kind) * factor * form * share("behind", f"{cue.kind}_{cue.behind}")


def _extent(cue: Cue, when: str) -> float:
    start = share(f"{when}.start", f"{cue.kind}_{cue.start}", 0.2) if cue.start else 1.0
    end = share(f"{when}.end", f"{cue.kind}_{cue.end}", 0.2) if cue.end else 1.0
    return start * end
