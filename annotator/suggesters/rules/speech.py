"""Speech rules: a quotation or a clause that stands before its speaker, around it, or behind a colon."""

from __future__ import annotations

from annotator.model.article import BlockKind
from annotator.model.span import Span
from annotator.suggesters.reading import pos
from annotator.suggesters.reading.lexicon import KINDS_OF_VERB, cues
from annotator.suggesters.reading.units import Unit
from annotator.suggesters.rules import registry
from annotator.suggesters.rules.findings import Finding, of_predicate
from annotator.suggesters.syntax.clauses import comma_before_verb, content_end, is_clause
from annotator.suggesters.syntax.phrases import phrase_before
from annotator.suggesters.syntax.recipients import behind_recipient
from annotator.suggesters.syntax.verb_groups import Predicate

_ANY_ASSERTING = pos.any_of(pos.ASSERTING)
_BEFORE_SPEAKER = pos.QUOTATION + ",?!.-"
_BEHIND_VERB = pos.POSSESSED_PHRASE + pos.PREPOSITION + pos.TIME + pos.ADVERB
_CONTENT_FOLLOWS = pos.any_of(pos.SUBORDINATOR, pos.QUOTATION, ":")
_MANNER_FOLLOWS = pos.PREPOSITION + pos.TIME + pos.GERUND + pos.ADVERB
_NOTHING_TAKEN = pos.PREPOSITION + pos.CONJUNCTION + pos.TIME + pos.FINITE + pos.BE + pos.MODAL + ".,;?"
_OBJECT_FOLLOWS = pos.any_of(pos.DETERMINED, pos.PRONOUNS, pos.TO, pos.SUBORDINATOR, pos.QUOTATION)
_OPENS_REST = (
    pos.FINITE_GROUP + pos.COUNTED_PHRASE + pos.CONJUNCTION + pos.PREPOSITION + pos.TO + pos.PRONOUN + pos.PARTICIPLE
)
_OPENS_SAID = pos.COUNTED_PHRASE + pos.PRONOUN + pos.QUOTATION
_OWN_VERB = pos.any_of(pos.FINITE, pos.BE, pos.MODAL)
_PREDICATES = pos.FINITE_GROUP + pos.TO
_SETTING = pos.PREPOSITION + pos.SUBORDINATOR + pos.ADVERB + pos.TO + pos.GERUND
_THING = pos.PHRASE + pos.QUOTATION

_LISTED_NAMES = frozenset(pos.NAME + pos.CONJUNCTION + ",")
_TAKES_CONTENT = pos.ASSERTING + pos.QUOTATION + pos.SUBORDINATOR + ":"


def behind_verb(predicate: Predicate) -> int:
    """The first token behind the verb and, where the subject follows it, behind that."""
    assert predicate.subject is not None
    return (predicate.subject[1] if predicate.after else predicate.head) + 1


def postposed(unit: Unit, predicate: Predicate) -> Finding | None:
    """ "...," she said; "...," said she; the bridge, she said, is safe."""
    tags = unit.tags
    assert predicate.subject is not None
    first = min(predicate.subject[0], predicate.start)
    if predicate.form != "finite" or predicate.shared or first < 1 or tags[first - 1] not in _BEFORE_SPEAKER:
        return None
    if tags[first] == pos.RELATIVE and first == predicate.subject[1]:
        # "..., which begins Monday": a relative clause is no speaker's.
        return None
    quoted = tags[first - 1] == pos.QUOTATION or tags[max(first - 2, 0) : first - 1] == pos.QUOTATION
    if quoted and _is_work(unit, predicate, first):
        return None
    behind, relay = behind_recipient(unit, predicate.lemma, behind_verb(predicate))
    if quoted and "_".join([predicate.lemma, *unit.lowers[behind : behind + 1]]) in cues("verbs", "particled"):
        behind += 1
    if not quoted and (tags[first - 1] != "," or unit.lowers[behind : behind + 1] == ["about"]):
        return None
    if not _speaks(predicate, tags[first - 1], tags[behind : behind + 1], quoted=quoted):
        return None
    if not quoted and not _closes(tags, behind, predicate):
        return None
    stop = first
    while stop > 0 and tags[stop - 1] in ",-;:?!.":
        stop -= 1
    if not stop:
        return None
    start = _left_start(tags, stop, quoted=quoted)
    said = _is_said(tags[start:stop], tags[behind:], predicate, quoted=quoted)
    if not said and not _is_headline(unit, tags[start:stop], behind):
        return None
    right = _right_part(unit, behind, quoted=quoted)
    if right is not None and not quoted and _is_setting(unit, start, stop, behind + 1):
        return of_predicate(unit, predicate, registry.SPEAKER_THEN_QUOTE, [right], relay=relay)
    content = [unit.span(start, stop - 1), *([right] if right is not None else [])]
    return of_predicate(
        unit, predicate, registry.QUOTE_THEN_SPEAKER if quoted else registry.CLAUSE_THEN_SPEAKER, content, relay=relay
    )


def _is_work(unit: Unit, predicate: Predicate, first: int) -> bool:
    """In "Harbour Lights," she plays a pilot: what is written as a title is said only where the verb speaks."""
    quotation = unit.quotations.get(first - 1) or unit.quotations.get(first - 2)
    kinds = KINDS_OF_VERB[predicate.lemma]
    speaks = "say" in kinds and "of_works" not in kinds
    return quotation is not None and quotation.title and not speaks and not is_inscribed(unit, predicate)


def is_inscribed(unit: Unit, predicate: Predicate) -> bool:
    """A sign read "Save Our Ramp": its subject bears the words."""
    if predicate.lemma != "read" or predicate.subject is None:
        return False
    first, last = predicate.subject
    return not cues("verbs", "inscribed").isdisjoint(unit.lowers[first : last + 1])


def _is_said(before: str, behind: str, predicate: Predicate, *, quoted: bool) -> bool:
    """Whether the words before a speaker can be what is said, by their tags and those behind the verb."""
    following = behind[:1]
    if not quoted:
        if before[0] == pos.PARTICIPLE and not _has_main(before):
            return False
        return following == "," or "Q" in before or is_clause(before)
    if not predicate.after and before[0] != pos.QUOTATION and is_clause(behind, start_only=True):
        # Although "it was shut," he claimed the ramp was safe: the verb has a clause of its own.
        return False
    # Recalling "the fate of the boats," she urged the crew: the quotation is the participle's.
    return before[0] != pos.GERUND or following not in _OBJECT_FOLLOWS


def _is_headline(unit: Unit, before: str, behind: int) -> bool:
    """Bridge rotten, engineers warn: a headline leaves the verb out."""
    if unit.kind is not BlockKind.HEADLINE or behind < len(unit.tags):
        return False
    return len(before) > 1 and not set(before) <= _LISTED_NAMES


def _has_main(tags: str) -> bool:
    """Whether a clause of its own follows the participle that opens these words: "Given its age, it will fall"."""
    return any(is_clause(tags[at + 1 :], start_only=True) for at, tag in enumerate(tags) if tag == ",")


def _speaks(predicate: Predicate, mark: str, following: str, *, quoted: bool) -> bool:
    """Whether the verb can speak here: any verb between a quotation and a full stop does."""
    if mark == pos.QUOTATION and following not in ("", ".", ",", ";"):
        return False
    kinds = KINDS_OF_VERB[predicate.lemma]
    if "say" in kinds or "postposed" in kinds:
        return True
    return quoted and mark != pos.QUOTATION and following in ",.;:" and "silent" not in kinds


def _closes(tags: str, behind: int, predicate: Predicate) -> bool:
    """Whether nothing that the verb could take follows it."""
    following = tags[behind : behind + 1]
    if following in _CONTENT_FOLLOWS:
        return False
    if following in ",.;?!-" or predicate.after:
        return True
    return following in _MANNER_FOLLOWS and set(tags[behind:].split(",")[0]).isdisjoint(_TAKES_CONTENT)


def _left_start(tags: str, stop: int, *, quoted: bool) -> int:
    """Where what stands before a speaker begins: behind a semicolon, and before a quotation behind a colon."""
    at = stop - 1
    while at > 0 and tags[at - 1] != ";" and not (quoted and tags[at - 1 : at + 1] == ":Q"):
        at -= 1
    return at


_LINKS = ("c", "s", "i#")


def _is_setting(unit: Unit, start: int, stop: int, right: int) -> bool:
    """In the letter, she wrote, "The ramp is shut": what stands before only tells where, when and why."""
    tags = unit.tags
    if tags[start:stop] in _LINKS and tags[right] in _OPENS_SAID:
        # "But, she said, the ramp is shut": what links two sentences is the author's.
        return True
    quotation = unit.quotations.get(right)
    if quotation is None or "Q" in tags[start:stop]:
        return False
    return quotation.capital and (tags[start] in _SETTING or not is_clause(tags[start:stop]))


def _right_part(unit: Unit, behind: int, *, quoted: bool) -> Span | None:
    """The second half of what a speaker splits: "A," she said, "B" or "the bridge, she said, is safe"."""
    tags = unit.tags
    at = behind
    while at < len(tags) and tags[at] not in ",:-;.":
        at += 1
    if at + 1 >= len(tags) or tags[at] not in ",:-" or (at != behind and tags[at + 1] != pos.QUOTATION):
        return None
    after = at + 1
    if tags[after] == pos.QUOTATION or (not quoted and tags[after] in _OPENS_REST):
        end = content_end(unit, after)
        return unit.span(after, end - 1) if end > after else None
    return None


def fronted(unit: Unit, predicate: Predicate) -> Finding | None:
    """Which she says is safe; what he called a mistake: the relative is part of the content."""
    tags, lowers = unit.tags, unit.lowers
    assert predicate.subject is not None
    relative, after = predicate.subject[0] - 1, predicate.head + 1
    judged = _judged(unit, predicate, relative)
    if judged is not None:
        return judged
    if relative < 0 or predicate.after or after >= len(tags) or not _is_relative(unit, relative):
        return _zero_relative(unit, predicate)
    if not any(predicate.lemma in cues("verbs", kind) for kind in ("say", "think", "object")):
        return None
    of_thing = tags[after] in _THING and lowers[relative] in ("what", "which")
    if tags[after] not in _PREDICATES and lowers[after] != "as" and not of_thing:
        return None
    end = content_end(unit, after)
    if relative <= 1 and tags.find(",", after) > 0:
        end = min(end, tags.find(",", after))
    if relative and tags[relative - 1] == ",":
        end = min(end, comma_before_verb(tags, after))
    if end <= after:
        return None
    content = [unit.span(relative, relative), unit.span(after, end - 1)]
    return of_predicate(unit, predicate, registry.FRONTED, content)


def _judged(unit: Unit, predicate: Predicate, relative: int) -> Finding | None:
    """The plan that most sailors opposed: the relative is all of the content, for nothing follows the verb."""
    tags, after = unit.tags, predicate.head + 1
    if relative < 0 or predicate.after or predicate.shared or "object" not in KINDS_OF_VERB[predicate.lemma]:
        return None
    if not _is_relative(unit, relative) or (tags[after : after + 1] or ".") not in _NOTHING_TAKEN:
        return None
    if predicate.lemma in cues("verbs", "bare") and tags[after : after + 1] in _OWN_VERB:
        return None
    return of_predicate(unit, predicate, registry.FRONTED, [unit.span(relative, relative)])


def _zero_relative(unit: Unit, predicate: Predicate) -> Finding | None:
    """A ramp they say is safe: nothing but the noun before the speaker shows that the clause is relative."""
    tags = unit.tags
    assert predicate.subject is not None
    first, after = predicate.subject[0], predicate.head + 1
    if tags[after : after + 1] not in _ANY_ASSERTING or "bare" not in KINDS_OF_VERB[predicate.lemma]:
        return None
    if (
        predicate.shared
        or predicate.after
        or not first
        or tags[first] not in pos.NAME_OR_PRONOUN
        or tags[first - 1] != pos.NOUN
    ):
        return None
    thing, end = phrase_before(unit, first - 1), content_end(unit, after)
    if thing is None or end <= after:
        return None
    return of_predicate(unit, predicate, registry.FRONTED, [unit.span(*thing), unit.span(after, end - 1)])


def _is_relative(unit: Unit, at: int) -> bool:
    if unit.lowers[at] == "that":
        return at > 0 and unit.tags[at - 1] in pos.COUNTED_HEADS
    return unit.lowers[at] in ("who", "which", "what", "whom")


def as_said(unit: Unit, predicate: Predicate) -> Finding | None:
    """As the mayor noted, the bridge is shut."""
    tags = unit.tags
    assert predicate.subject is not None
    first = predicate.subject[0]
    if first not in (1, 2) or unit.lowers[first - 1] != "as" or predicate.lemma not in cues("verbs", "say"):
        return None
    behind = predicate.head + 1
    while behind < len(tags) and tags[behind] in _BEHIND_VERB:
        behind += 1
    if tags[behind : behind + 1] != ",":
        return None
    end = content_end(unit, behind + 1)
    return (
        of_predicate(unit, predicate, registry.AS_SAID, [unit.span(behind + 1, end - 1)]) if end > behind + 1 else None
    )


def so_said(unit: Unit, predicate: Predicate) -> Finding | None:
    """The ramp is shut, so says the mayor; or so she says: what stands before, be it the sentence before."""
    tags, lowers = unit.tags, unit.lowers
    assert predicate.subject is not None
    so = min(predicate.subject[0], predicate.start) - 1
    if so < 0 or lowers[so] != "so" or predicate.lemma not in cues("verbs", "say") | cues("verbs", "think"):
        return None
    joined = so > 0 and lowers[so - 1] == "or"
    if not (predicate.after or joined) or is_clause(tags[behind_verb(predicate) :]):
        return None
    stop = so - joined
    while stop and tags[stop - 1] in ",-;":
        stop -= 1
    return of_predicate(unit, predicate, registry.SO_SAID, [unit.span(0, stop - 1)] if stop else [])
