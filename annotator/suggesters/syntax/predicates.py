"""Predicates: the verb groups of a unit, each with its subject."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from annotator.suggesters.reading import pos
from annotator.suggesters.reading.grammar import lemma_of, word_list
from annotator.suggesters.reading.lexicon import cues
from annotator.suggesters.reading.units import Unit
from annotator.suggesters.syntax.phrases import Range, phrase_after, phrase_before

_ANY_FINITE = pos.any_of(pos.FINITE_GROUP)
_BEFORE_INVERTED = pos.QUOTATION + ',?!.-"'
_BEHIND_SPEAKER = pos.PREPOSITION + pos.TIME + pos.GERUND + pos.SUBORDINATOR + ".,;:-?!"
_DONE = pos.any_of(pos.COUNTED_PHRASE, pos.OBJECT_PRONOUN, pos.SUBORDINATOR)
_OPENS_SPEAKER = pos.any_of(pos.COUNTED_PHRASE, pos.PRONOUN, pos.PARTICIPLE)
_SET_OFF = pos.QUOTATION + ","
_SUBJECT_HEADS = pos.HEADS + pos.PRONOUNS

_GROUP = re.compile(
    r"(?P<finite>r*(?:[mhxy](?:r*[mhxy])*(?:r*[bveg])?|v))"
    r"|(?P<infinitive>r*tr*[bxhy](?:r*[xeg])*)"
    r"|(?P<gerund>r*[g](?:x|r*e(?=[i]))?)"
    r"|(?P<participle>r*e)"
    r"|(?P<base>b)"
)
# How many words may stand before a participle that opens a sentence: "in addition to saying".
_OPENING = 3
# Behind these a participle's subject begins: "paid for by ads attacking ...".
_LEADING = frozenset(("with", "on", "in", "by", "through", "from"))
_OF_MIND = ("say", "think", "object", "intend")
_FINITE = re.compile("[vxmhy]")
_RELATIVE = frozenset(("who", "which", "that", "whom", "whoever", "what"))


@dataclass(frozen=True, slots=True)
class Predicate:
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


def predicates_of(unit: Unit) -> list[Predicate]:
    """The verb groups of a unit in order, chains such as "went on to say" as one."""
    found: list[Predicate] = []
    for match in _GROUP.finditer(unit.tags):
        bare = _bare(unit, match)
        if bare is None:
            continue
        chained = _chained(unit, found, bare)
        if chained is not None:
            found[-1] = chained
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
                return [replace(found[0], subject=predicate.subject, shared=True), *found[1:]]
    return found


def _bare(unit: Unit, match: re.Match[str]) -> Predicate | None:
    start, head = match.start(), match.end() - 1
    while (
        start < head
        and unit.tags[start] == pos.ADVERB
        and (start == 0 or unit.lowers[start] in ("here", "there", "up", "out", "down", "well", "home", "back", "away"))
    ):
        start += 1
    if unit.tags[head] == pos.ADVERB:
        return None
    tags = unit.tags[start:head]
    passive = unit.tags[head] == pos.PARTICIPLE and tags.rstrip("r").endswith("x") and not _perfect(unit, start, head)
    return Predicate(start, head, lemma_of(unit.lowers[head]), str(match.lastgroup), passive)


def _perfect(unit: Unit, start: int, head: int) -> bool:
    """ "He's said it": the clitic is "has" where nothing is done by anybody and an object follows."""
    if unit.lowers[start] != "'s" or unit.lowers[head + 1 : head + 2] == ["by"]:
        return False
    return unit.lowers[head] == "said" or unit.tags[head + 1 : head + 2] in _DONE


def _chained(unit: Unit, found: list[Predicate], bare: Predicate) -> Predicate | None:
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
    return replace(before, head=bare.head, lemma=bare.lemma, passive=False)


def _with_subject(unit: Unit, bare: Predicate, found: list[Predicate]) -> Predicate:
    tags = unit.tags
    left = bare.start - 1
    if bare.form == "finite":
        inverted = _inverted(unit, bare)
        if inverted is not None:
            return replace(bare, subject=inverted, after=True)
        if left < 0:
            return bare
        if (
            unit.lowers[left] == "so"
            and tags[bare.start] == pos.FINITE
            and bare.lemma in word_list("verbs", "inverting")
        ):
            # "So says Doe".
            return replace(bare, subject=phrase_after(unit, bare.head + 1), after=True)
        if tags[left] in pos.SUBORDINATING and unit.lowers[left] in _RELATIVE:
            return replace(bare, subject=(left, left))
        if tags[left] == pos.CONJUNCTION or (
            tags[left] == "," and left and tags[left - 1] != pos.QUOTATION and _coordinates(unit, left, found)
        ):
            return replace(bare, subject=_coordinate(unit, bare, found), shared=True)
        place = left - 1 if left and unit.lowers[left] in ("here", "there") and tags[left] == pos.ADVERB else left
        phrase = phrase_before(unit, place)
        if phrase is not None:
            return replace(bare, subject=phrase)
        return bare
    if bare.form in ("gerund", "infinitive"):
        return _nonfinite(unit, bare, found)
    if bare.form == "base" and left >= 0 and tags[left] == pos.CONJUNCTION:
        return replace(bare, subject=_coordinate(unit, bare, found), shared=True)
    return bare


def _inverted(unit: Unit, bare: Predicate) -> Range | None:
    """The subject behind the verb, as in "..., said X"."""
    tags = unit.tags
    if bare.start != bare.head or tags[bare.head] != pos.FINITE:
        return None
    speaking = bare.lemma in word_list("verbs", "inverting")
    if not speaking and not (bare.start > 1 and tags[bare.start - 2 : bare.start] in ("Q,", "Q?", "Q!")):
        return None
    if _titled(unit, bare):
        return None
    if bare.start > 0 and tags[bare.start - 1] not in _BEFORE_INVERTED:
        return None
    if tags[bare.head + 1 : bare.head + 2] not in _OPENS_SPEAKER:
        return None
    after = phrase_after(unit, bare.head + 1)
    if after is None or not (speaking or _is_person(unit, after)):
        return None
    if (
        bare.lemma == "tell"
        and bare.start
        and tags[bare.start - 1] == ","
        and tags[max(bare.start - 2, 0) : bare.start - 1] != pos.QUOTATION
    ):
        return None
    if tags[after[1] + 1 : after[1] + 2] in pos.AUXILIARIES and tags[bare.start - 1 : bare.start] == ",":
        # "Doe, citing "the law," said the plan would fail": the speaker stands before.
        return None
    quoted = bare.start > 0 and (
        tags[bare.start - 1] == pos.QUOTATION or tags[max(bare.start - 2, 0) : bare.start - 1] == pos.QUOTATION
    )
    if not quoted and (tags[after[1] + 1 : after[1] + 2] or ".") not in _BEHIND_SPEAKER:
        return None
    if not quoted and _interrupts(unit, bare.start, after[1] + 1):
        return after
    if (
        not quoted
        and bare.start
        and tags[bare.start - 1] == ","
        and phrase_before(unit, bare.start - 1) is not None
        and (_FINITE.search(tags, bare.head + 1) or "Q" in tags[bare.head :] or _closes_relative(unit, bare, after))
    ):
        return None
    return after


def _closes_relative(unit: Unit, bare: Predicate, after: Range) -> bool:
    """The port, which has agreed to pay, announced a fund: the relative clause ends before its noun's verb."""
    things = unit.tags[after[0]] == pos.DETERMINER and "N" not in unit.tags[after[0] : after[1] + 1]
    return things and ",w" in unit.tags[: bare.start]


def _interrupts(unit: Unit, first: int, behind: int) -> bool:
    """The ramp, said Doe, is safe: a verb behind the speaker, and before him a subject that no comma has closed."""
    tags = unit.tags
    if tags[first - 1 : first] != "," or tags[behind : behind + 1] != "," or "," in tags[: first - 1]:
        return False
    return tags[behind + 1 : behind + 2] in _ANY_FINITE and phrase_before(unit, first - 2) is not None


def _titled(unit: Unit, bare: Predicate) -> bool:
    """The film, "Harbour Lights," won a prize: what stands between a noun and its verb is the noun's name."""
    quotation = unit.quotations.get(bare.start - 2) or unit.quotations.get(bare.start - 1)
    if quotation is None:
        return False
    first = bare.start - 2 if bare.start - 2 in unit.quotations else bare.start - 1
    named = unit.tags[max(first - 2, 0) : first] in ("n,", "N,")
    return quotation.title and (named or (bare.lemma != "read" and bare.lemma in cues("verbs", "of_works")))


def _is_person(unit: Unit, phrase: Range) -> bool:
    """Whether a phrase can name somebody who speaks: by a name, or by what the person is."""
    first, last = phrase
    core = unit.tags[first : last + 1].split(",")[0]
    return "N" in core or unit.lowers[first + len(core) - 1] in word_list("sources", "role")


def _coordinates(unit: Unit, comma: int, found: list[Predicate]) -> bool:
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
    tags = unit.tags
    left = bare.start - 1
    if left > 0 and unit.lowers[left] == "from" and found and found[-1].lemma in cues("verbs", "preventing"):
        # "Keeping the crew from saying so": it has not been said.
        return bare
    if bare.form == "gerund" and left >= 0 and tags[left] in _SUBJECT_HEADS:
        adjacent = phrase_before(unit, left)
        if adjacent is not None:
            cutting = _LEADING if tags[adjacent[1]] == pos.NOUN else ("with",)
            led = [at for at in range(*adjacent) if unit.lowers[at] in cutting or tags[at - 1 : at + 1] == "vi"]
            return replace(bare, subject=(max(led, default=adjacent[0] - 1) + 1, adjacent[1]))
    finite = [predicate for predicate in found if predicate.form == "finite" and predicate.subject is not None]
    if not finite:
        return _inserted(unit, bare)
    if left >= 0 and tags[left] in ",-":
        return replace(bare, subject=_main(unit, finite).subject, shared=True)
    saying = cues("verbs", "say")
    if bare.form == "gerund" and left >= 0 and tags[left] == pos.CONJUNCTION and bare.lemma in saying:
        for predicate in reversed(found):
            if predicate.form == "gerund" and predicate.lemma in saying and predicate.subject is not None:
                # "Noting that ... and adding that ...": the second participle is the first one's speaker's.
                return replace(bare, subject=predicate.subject, shared=True)
    nearest = finite[-1]
    return replace(bare, subject=nearest.subject, shared=True)


def _inserted(unit: Unit, bare: Predicate) -> Predicate:
    """ "Doe, after saying that ..., left": a participle set off by a comma takes the noun before that."""
    comma = bare.start - 1
    if bare.form == "gerund" and comma > 0 and unit.lowers[comma] in ("after", "while", "by", "in", "without"):
        comma -= 1
    if bare.form != "gerund" or comma < 1 or unit.tags[comma] != ",":
        return bare
    return replace(bare, subject=phrase_before(unit, comma - 1), shared=True)


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
