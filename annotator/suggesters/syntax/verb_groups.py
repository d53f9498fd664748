"""Verb groups: what in the tags of a unit is one predicate, and its form."""

from __future__ import annotations

import re
from collections.abc import Iterator

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
        return Predicate(self.start, self.head, self.lemma, self.form, self.passive, subject, shared, after)


def verb_groups(unit: Unit) -> Iterator[Predicate]:
    """The verb groups of a unit in order, each still without a subject."""
    for match in _GROUP.finditer(unit.tags):
        bare = _bare(unit, match)
        if bare is not None:
            yield bare


def _bare(unit: Unit, match: re.Match[str]) -> Predicate | None:
    tags, lowers = unit.tags, unit.lowers
    start, behind = match.span()
    head = behind - 1
    if tags[head] == pos.ADVERB:
        return None
    while tags[start] == pos.ADVERB and (start == 0 or lowers[start] in _NO_PART):
        start += 1
    passive = tags[head] == pos.PARTICIPLE and _is_passive(unit, start, head)
    return Predicate(start, head, lemma_of(lowers[head]), match.lastgroup or "", passive)


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
