"""Predicates: the verb groups of a unit, each with its subject."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.suggesters.reading import pos
from annotator.suggesters.reading.grammar import word_list
from annotator.suggesters.reading.lexicon import cues
from annotator.suggesters.reading.units import Unit
from annotator.suggesters.syntax.inversion import inverted
from annotator.suggesters.syntax.phrases import Range, phrase_after, phrase_before
from annotator.suggesters.syntax.verb_groups import Predicate, chained, verb_groups

_SET_OFF = pos.QUOTATION + ","
_SUBJECT_HEADS = pos.HEADS + pos.PRONOUNS


# How many words may stand before a participle that opens a sentence: "in addition to saying".
_OPENING = 3
# Behind these a participle's subject begins: "paid for by ads attacking ...".
_LEADING = frozenset(("with", "on", "in", "by", "through", "from"))
_RELATIVE = frozenset(("who", "which", "that", "whom", "whoever", "what"))


def predicates_of(unit: Unit, groups: Iterable[Predicate] | None = None) -> list[Predicate]:
    """The verb groups of a unit in order, chains such as "went on to say" as one; `groups` where they are known."""
    found: list[Predicate] = []
    for bare in verb_groups(unit) if groups is None else groups:
        carried_on = chained(unit, found, bare)
        if carried_on is not None:
            found[-1] = carried_on
            continue
        found.append(_with_subject(unit, bare, found))
    return _opening(unit, found)


def _opening(unit: Unit, found: list[Predicate]) -> list[Predicate]:
    """Noting that the bridge is shut, the mayor said ...: a first participle takes the subject behind its clause."""
    if not found or found[0].form != "gerund" or found[0].subject is not None or found[0].start > _OPENING:
        return found
    for predicate in found[1:]:
        if predicate.form == "finite" and predicate.subject is not None and not predicate.shared:
            first = predicate.subject[0] if not predicate.after else predicate.start
            if first and unit.tags[first - 1] in ",-":
                return [found[0].with_subject(predicate.subject, shared=True), *found[1:]]
    return found


def _with_subject(unit: Unit, bare: Predicate, found: list[Predicate]) -> Predicate:
    if bare.form == "finite":
        speaker = inverted(unit, bare)
        return bare.with_subject(speaker, after=True) if speaker is not None else _finite(unit, bare, found)
    if bare.form in ("gerund", "infinitive"):
        return _nonfinite(unit, bare, found)
    if bare.form == "base" and bare.start and unit.tags[bare.start - 1] == pos.CONJUNCTION:
        return bare.with_subject(_coordinate(unit, bare, found), shared=True)
    return bare


def _finite(unit: Unit, bare: Predicate, found: list[Predicate]) -> Predicate:
    """A finite verb takes the phrase before it, or the subject of what it is joined to."""
    tags, left = unit.tags, bare.start - 1
    if left < 0:
        return bare
    word = unit.lowers[left]
    if word == "so" and tags[bare.start] == pos.FINITE and bare.lemma in word_list("verbs", "inverting"):
        # "So says Doe".
        return bare.with_subject(phrase_after(unit, bare.head + 1), after=True)
    if tags[left] in pos.SUBORDINATING and word in _RELATIVE:
        return bare.with_subject((left, left))
    if tags[left] == pos.CONJUNCTION or _coordinates(unit, left, found):
        return bare.with_subject(_coordinate(unit, bare, found), shared=True)
    place = left - 1 if left and word in ("here", "there") and tags[left] == pos.ADVERB else left
    return bare.with_subject(phrase_before(unit, place))


def _coordinates(unit: Unit, comma: int, found: list[Predicate]) -> bool:
    """Whether a comma joins a verb to the one before: "the port closed, reopened and closed again"."""
    if not comma or unit.tags[comma] != "," or unit.tags[comma - 1] == pos.QUOTATION:
        return False
    return bool(found) and phrase_before(unit, comma) is None


def _coordinate(unit: Unit, bare: Predicate, found: list[Predicate]) -> Range | None:
    """The subject of the predicate that "and" joins this one to: a speaking one where this one speaks."""
    speaking = word_list("verbs", "inverting")
    candidates = [predicate for predicate in found if predicate.form == "finite" and predicate.subject is not None]
    if bare.lemma in speaking:
        for predicate in candidates:
            if predicate.lemma in speaking and not predicate.passive:
                return predicate.subject
    alike = [predicate for predicate in candidates if _tense(unit, predicate) == _tense(unit, bare)]
    return (alike or candidates)[-1].subject if candidates else None


def _tense(unit: Unit, predicate: Predicate) -> str:
    """What two predicates under one subject have in common: the auxiliary's kind, or past or present."""
    first = next(
        (at for at in range(predicate.start, predicate.head + 1) if unit.tags[at] != pos.ADVERB), predicate.head
    )
    if unit.tags[first] == pos.FINITE:
        return "past" if not unit.lowers[first].endswith("s") and unit.lowers[first] != predicate.lemma else "present"
    return unit.tags[first]


def _nonfinite(unit: Unit, bare: Predicate, found: list[Predicate]) -> Predicate:
    """A participle or an infinitive takes the subject of the clause that it hangs on."""
    left = bare.start - 1
    if left > 0 and unit.lowers[left] == "from" and found and found[-1].lemma in cues("verbs", "preventing"):
        # "Keeping the crew from saying so": it has not been said.
        return bare
    own = _adjacent(unit, bare)
    if own is not None:
        return bare.with_subject(own)
    finite = [predicate for predicate in found if predicate.form == "finite" and predicate.subject is not None]
    if not finite:
        return _inserted(unit, bare)
    if left >= 0 and unit.tags[left] in ",-":
        return bare.with_subject(_main(unit, finite).subject, shared=True)
    nearest = _joined_to(unit, bare, found) or finite[-1]
    return bare.with_subject(nearest.subject, shared=True)


def _adjacent(unit: Unit, bare: Predicate) -> Range | None:
    """The noun right before a participle: "members supporting the plan", "with the mayor saying no"."""
    tags, left = unit.tags, bare.start - 1
    if bare.form != "gerund" or left < 0 or tags[left] not in _SUBJECT_HEADS:
        return None
    phrase = phrase_before(unit, left)
    if phrase is None:
        return None
    cutting = _LEADING if tags[phrase[1]] == pos.NOUN else ("with",)
    led = [at for at in range(*phrase) if unit.lowers[at] in cutting or tags[at - 1 : at + 1] == "vi"]
    return max(led, default=phrase[0] - 1) + 1, phrase[1]


def _joined_to(unit: Unit, bare: Predicate, found: list[Predicate]) -> Predicate | None:
    """ "Noting that ... and adding that ...": the second participle is the first one's speaker's."""
    saying = cues("verbs", "say")
    if bare.form != "gerund" or bare.lemma not in saying or not bare.start:
        return None
    if unit.tags[bare.start - 1] != pos.CONJUNCTION:
        return None
    speaking = (one for one in reversed(found) if one.form == "gerund" and one.lemma in saying)
    return next((one for one in speaking if one.subject is not None), None)


def _inserted(unit: Unit, bare: Predicate) -> Predicate:
    """ "Doe, after saying that ..., left": a participle set off by a comma takes the noun before that."""
    comma = bare.start - 1
    if bare.form == "gerund" and comma > 0 and unit.lowers[comma] in ("after", "while", "by", "in", "without"):
        comma -= 1
    if bare.form != "gerund" or comma < 1 or unit.tags[comma] != ",":
        return bare
    return bare.with_subject(phrase_before(unit, comma - 1), shared=True)


def _main(unit: Unit, finite: list[Predicate]) -> Predicate:
    """The predicate of the main clause: a speaker set off by commas, or the first outside subordinate clauses."""
    last = finite[-1]
    if last.lemma in word_list("verbs", "inverting") and last.subject is not None:
        first = min(last.subject[0], last.start)
        if first and unit.tags[first - 1] in _SET_OFF:
            return last
    for predicate in finite:
        assert predicate.subject is not None
        begin = predicate.subject[0]
        if unit.lowers[begin] in _RELATIVE:
            continue
        if begin and unit.tags[begin - 1] in pos.SUBORDINATING:
            continue
        return predicate
    return finite[0]
