"""Verb groups: what in the tags of a unit is one predicate, and its form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotator.model.known import Known
from annotator.model.late import NamedTuple
from annotator.suggesters.reading import pos
from annotator.suggesters.reading.grammar import lemma_of, word_list
from annotator.suggesters.reading.lexicon import cues
from annotator.suggesters.reading.units import Unit
from annotator.suggesters.syntax.phrases import Range

_GROUP = re.compile(
    r"(?P<finite>r*(?:[mhxy](?:r*[mhxy])*(?:r*[bveg])?|v))"
    r"|(?P<infinitive>r*tr*[bxhy](?:r*[xeg])*)"
    r"|(?P<gerund>r*[g](?:x|r*e(?=[i]))?)"
    r"|(?P<participle>r*e)"
    r"|(?P<base>b)"
)
# A group lies within one of these; a preposition behind it may be asked for. There are few different ones.
_RUN = re.compile(r"[rmhxyvtgeb]+i?")
# Adverbs that belong to what stands before the verb.
_NO_PART = frozenset(("here", "there", "up", "out", "down", "well", "home", "back", "away"))
_OF_MIND = ("say", "think", "object", "intend")
_DONE = pos.any_of(pos.COUNTED_PHRASE, pos.OBJECT_PRONOUN, pos.SUBORDINATOR)


class Predicate(NamedTuple):
    """A verb group (tokens `start` to `head`, both included), its form and its subject.

    `shared` says that the subject is another predicate's, and `after` that it stands behind the verb.
    """

    start: int
    head: int
    lemma: str
    form: str
    passive: bool
    subject: Range | None = None
    shared: bool = False
    after: bool = False

    def with_subject(self, subject: Range | None, *, shared: bool = False, after: bool = False) -> Predicate:
        """The same verb group with that subject."""
        return Predicate(*self[:5], subject, shared, after)


def verb_groups(unit: Unit) -> Iterator[Predicate]:
    """The verb groups of a unit in order, each still without a subject."""
    tags, lowers = unit.tags, unit.lowers
    for run in _RUN.finditer(tags):
        at = run.start()
        for start, head, form, participle in _GROUPS[run[0]]:
            first, head_at = at + start, at + head
            while tags[first] == pos.ADVERB and (first == 0 or lowers[first] in _NO_PART):
                first += 1
            passive = participle and _is_passive(unit, first, head_at)
            yield Predicate(first, head_at, lemma_of(lowers[head_at]), form, passive)


def _groups(run: str) -> tuple[tuple[int, int, str, bool], ...]:
    """The groups in a run of verbs' tags: the first token and the head, the form, and whether that is a participle."""
    found = ((match.start(), match.end() - 1, match.lastgroup or "") for match in _GROUP.finditer(run))
    return tuple(
        (start, head, form, run[head] == pos.PARTICIPLE) for start, head, form in found if run[head] != pos.ADVERB
    )


_GROUPS = Known(_groups)


def _is_passive(unit: Unit, start: int, head: int) -> bool:
    return unit.tags[start:head].rstrip(pos.ADVERB).endswith(pos.BE) and not _perfect(unit, start, head)


def _perfect(unit: Unit, start: int, head: int) -> bool:
    """ "He's said it": the clitic is "has" where nothing is done by anybody and an object follows."""
    if unit.lowers[start] != "'s" or unit.lowers[head + 1 : head + 2] == ["by"]:
        return False
    return unit.lowers[head] == "said" or unit.tags[head + 1 : head + 2] in _DONE


def chained(unit: Unit, found: list[Predicate], bare: Predicate) -> Predicate | None:
    """The predicate before, carried on by this one: "went on to say", "began by talking"."""
    if not found or bare.form not in ("infinitive", "gerund") or bare.passive:
        return None
    before = found[-1]
    between = unit.lowers[before.head + 1 : bare.start]
    if before.lemma not in word_list("verbs", "catenative") or len(between) > 1:
        return None
    if before.lemma in cues("verbs", "seeming") and not any(bare.lemma in cues("verbs", kind) for kind in _OF_MIND):
        # "seems to want more" tells what somebody wants, "seems to work" how something looks.
        return None
    if between and between[0] not in ("by", "on", "to", "yet"):
        return None
    return before._replace(head=bare.head, lemma=bare.lemma, passive=False)
