"""Verb rules: a source and what it says, thinks, wants or judges, found from the verb that attributes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from annotator.model.attribution import AttributionType
from annotator.model.span import Span
from annotator.suggesters.clauses import content_end, is_clause, limit, object_end
from annotator.suggesters.findings import Finding
from annotator.suggesters.grammar import word_list
from annotator.suggesters.lexicon import cues, particles
from annotator.suggesters.predicates import Predicate
from annotator.suggesters.recipients import behind_recipient, interviewer
from annotator.suggesters.units import Unit

_TYPES = {
    "say": AttributionType.STATEMENT,
    "think": AttributionType.BELIEF,
    "intend": AttributionType.INTENTION,
    "object": AttributionType.ATTITUDE,
}


_NEVER_SPEAKING = frozenset("is are was were be been being have do has had does did".split())


def verb_findings(unit: Unit, predicates: list[Predicate]) -> Iterator[Finding]:
    """The attributions that the verbs of a unit make, in the order of their cues."""
    introduction = _introduction(unit, predicates)
    if introduction is not None:
        yield introduction
    for predicate in predicates:
        if predicate.subject is None or predicate.passive or predicate.form in ("participle", "base"):
            continue
        if predicate.form == "infinitive" and predicate.lemma not in cues("verbs", "say") | cues("verbs", "object"):
            continue
        if predicate.form == "infinitive":
            predicate = _governed(unit, predicate, predicates)
        finding = _postposed(unit, predicate) or _fronted(unit, predicate) or _as_said(unit, predicate) or _preposed(unit, predicate)
        if finding is not None:
            yield finding


def _governed(unit: Unit, infinitive: Predicate, predicates: list[Predicate]) -> Predicate:
    """The infinitive with the verb that it hangs on: "did little to discourage" is one cue."""
    for governor in reversed(predicates):
        if governor.head >= infinitive.start or governor.form != "finite":
            continue
        between = unit.tags[governor.head + 1 : infinitive.start]
        if governor.subject == infinitive.subject and len(between) <= _NEAR and not set(between) & set(",;:Qsw-"):
            return replace(infinitive, start=governor.start)
        break
    return infinitive


_NEAR = 5


def _introduction(unit: Unit, predicates: list[Predicate]) -> Finding | None:
    """Doe released the following statement: - whatever its verb, a unit that ends in a colon may introduce."""
    if not unit.tags.endswith(":"):
        return None
    for predicate in reversed(predicates):
        if predicate.form == "finite" and predicate.subject is not None and not predicate.shared and not predicate.passive:
            if predicate.lemma in cues("verbs", "say") or predicate.lemma in _NEVER_SPEAKING:
                return None
            last = len(unit.tags) - 1 if len(unit.tags) - predicate.head <= _SHORT else predicate.head
            return _made(unit, predicate, "introduction", 0.6, [], last=last)
    return None


_SHORT = 7


def _made(
    unit: Unit, predicate: Predicate, rule: str, confidence: float, content: list[Span], *,
    last: int | None = None, frame: str = "say", relay: Span | None = None,
) -> Finding:  # fmt: skip
    assert predicate.subject is not None
    negated = any(unit.lowers[at] in word_list("closed", "negation") for at in range(predicate.start, predicate.head))
    return Finding(
        rule=rule,
        confidence=confidence,
        source=unit.span(*predicate.subject),
        cue=unit.span(predicate.start, max(_cue_end(unit, predicate), last or 0)),
        content=tuple(content),
        type=_TYPES[frame],
        negated=negated,
        relay=relay or (interviewer(unit) if frame == "say" and "interview" in unit.lowers else None),
    )


def _cue_end(unit: Unit, predicate: Predicate) -> int:
    """The last word of a cue: "in a statement" belongs to it."""
    tags, lowers = unit.tags, unit.lowers
    end = predicate.head
    if lowers[end + 1 : end + 3] in (["in", "a"], ["in", "an"], ["on", "twitter"], ["on", "facebook"]):
        if lowers[end + 1] == "on":
            end += 2
        else:
            at = end + 3
            while at < len(tags) and tags[at] in "jnNe" and lowers[at] not in _WRITTEN:
                at += 1
            if at < len(tags) and lowers[at] in _WRITTEN and predicate.lemma in cues("verbs", "say"):
                end = at
    return end


_WRITTEN = frozenset("statement email e-mail tweet release".split())


def _behind(predicate: Predicate) -> int:
    """The first token behind the verb and, where the subject follows it, behind that."""
    assert predicate.subject is not None
    return (predicate.subject[1] if predicate.after else predicate.head) + 1


def _postposed(unit: Unit, predicate: Predicate) -> Finding | None:
    """ "...," she said; "...," said she; the bridge, she said, is safe."""
    tags = unit.tags
    assert predicate.subject is not None
    if predicate.form != "finite" or predicate.shared:
        return None
    first = min(predicate.subject[0], predicate.start)
    if first < 1 or tags[first - 1] not in ",?!.-Q":
        return None
    bare_quote = tags[first - 1] == "Q"
    quoted = bare_quote or tags[max(first - 2, 0) : first - 1] == "Q"
    if tags[first - 1] not in "," and not quoted:
        return None
    behind, relay = behind_recipient(unit, predicate.lemma, _behind(predicate))
    following = tags[behind : behind + 1]
    if predicate.lemma not in cues("verbs", "say") | cues("verbs", "postposed"):
        if not quoted or bare_quote or following not in ".,;:" or predicate.lemma in _NEVER_SPEAKING:
            return None
    if bare_quote and following and following not in ".,;":
        return None
    if not quoted and (following in "sQ:" and following):
        return None
    if not quoted and following not in ",.;?!-" and not predicate.after and not _only_adjuncts(tags, behind):
        return None
    stop = first
    while stop > 0 and tags[stop - 1] in ",-;:?!.":
        stop -= 1
    start = _left_start(unit, stop, quoted=quoted)
    if tags[start] == "e" and tags[first - 1] == ",":
        return None
    if start >= stop or not (quoted or is_clause(tags[start:stop]) or "Q" in tags[start:stop] or following == ","):
        return None
    content = [unit.span(start, stop - 1)]
    right = _right_part(unit, behind, quoted=quoted)
    if right is not None:
        content.append(right)
    return _made(unit, predicate, "quote_then_speaker" if quoted else "clause_then_speaker", 0.95 if quoted else 0.85, content, relay=relay)


def _only_adjuncts(tags: str, start: int) -> bool:
    """Whether only prepositional phrases stand between the verb and the end or the next comma."""
    return tags[start : start + 1] in "izgr" and not any(tag in "vxhmQ:s" for tag in tags[start:].split(",")[0])


def _left_start(unit: Unit, stop: int, *, quoted: bool) -> int:
    """Where what stands before a speaker begins: behind a semicolon, and before a quotation behind a colon."""
    tags = unit.tags
    at = stop - 1
    while at > 0 and tags[at - 1] != ";" and not (quoted and tags[at - 1] == ":" and tags[at] == "Q"):
        at -= 1
    return at


def _right_part(unit: Unit, behind: int, *, quoted: bool) -> Span | None:
    """The second half of what a speaker splits: "A," she said, "B" or "the bridge, she said, is safe"."""
    tags = unit.tags
    at = behind
    while at < len(tags) and tags[at] not in ",:-;.":
        at += 1
    if at + 1 >= len(tags) or tags[at] not in ",:-" or (at != behind and tags[at + 1] != "Q"):
        return None
    after = at + 1
    if tags[after] == "Q" or (not quoted and tags[after] in "cvxmhyitdnNue#j"):
        end = content_end(unit, after)
        return unit.span(after, end - 1) if end > after else None
    return None


def _fronted(unit: Unit, predicate: Predicate) -> Finding | None:
    """Which she says is safe; what he called a mistake: the relative is part of the content."""
    tags = unit.tags
    assert predicate.subject is not None
    relative = predicate.subject[0] - 1
    if relative < 0 or predicate.after or unit.lowers[relative] not in ("who", "which", "what", "that", "whom"):
        return None
    if unit.lowers[relative] == "that" and (relative == 0 or tags[relative - 1] not in "nN#)"):
        return None
    after = predicate.head + 1
    if predicate.lemma not in cues("verbs", "say") | cues("verbs", "think") | cues("verbs", "object") or after >= len(tags):
        return None
    if not (tags[after] in "vxmhyt" or unit.lowers[after] == "as" or (tags[after] in "dQjnN" and unit.lowers[relative] in ("what", "which"))):
        return None
    end = content_end(unit, after)
    if relative <= 1:
        comma = tags.find(",", after)
        end = min(end, comma) if comma > 0 else end
    if end <= after:
        return None
    content = [unit.span(relative, relative), unit.span(after, end - 1)]
    return _made(unit, predicate, "fronted", 0.75, content)


def _as_said(unit: Unit, predicate: Predicate) -> Finding | None:
    """As the mayor noted, the bridge is shut."""
    tags, lowers = unit.tags, unit.lowers
    assert predicate.subject is not None
    first = predicate.subject[0]
    if first == 0 or lowers[first - 1] != "as" or predicate.lemma not in cues("verbs", "say"):
        return None
    behind = predicate.head + 1
    while behind < len(tags) and tags[behind] in "iznNdjr#p" and first <= 2:
        behind += 1
    if tags[behind : behind + 1] == "," and first <= 2:
        end = content_end(unit, behind + 1)
        return _made(unit, predicate, "as_said", 0.8, [unit.span(behind + 1, end - 1)]) if end > behind + 1 else None
    return None


def _within(unit: Unit, start: int, end: int) -> int:
    while end > start and unit.tags[end - 1] in ",;:-":
        end -= 1
    return end


def _preposed(unit: Unit, predicate: Predicate) -> Finding | None:
    """She said that ...; she wants to ...; she criticized ..."""
    tags = unit.tags
    assert predicate.subject is not None
    behind, relay = behind_recipient(unit, predicate.lemma, _behind(predicate))
    size = len(tags)
    if predicate.after and tags[behind : behind + 1] not in ("s", "Q", ":", ","):
        return None
    colon = False
    while behind < size and tags[behind] in ":," and (tags[behind] == ":" or tags[behind + 1 : behind + 2] == "Q"):
        colon = colon or tags[behind] == ":"
        behind += 1
    last = behind - 1 if colon and unit.tags[behind - 1] == ":" and behind - 1 == predicate.head + 1 else predicate.head
    if behind >= size:
        return _made(unit, predicate, "colon", 0.9, [], last=last) if colon else None
    if predicate.lemma in cues("verbs", "say") and tags[behind:] == "." and behind == predicate.head + 1 and not predicate.shared:
        return _made(unit, predicate, "colon", 0.6, [])
    if tags.endswith(":") and predicate.lemma in cues("verbs", "say") and "s" not in tags[behind:] and not is_clause(tags[behind:]):
        return _made(unit, predicate, "colon", 0.8, [])
    framed = _frame(unit, predicate.lemma, predicate.head, behind)
    if framed is None:
        return _before_colon(unit, predicate)
    frame, rule, start, end, cue_end = framed
    end = _within(unit, start, min(end, limit(unit, predicate.subject, start)))
    if end <= start:
        return None
    if predicate.form == "infinitive":
        rule = "to_" + rule
    return _made(unit, predicate, rule, 0.85, [unit.span(start, end - 1)], last=max(last, cue_end), frame=frame, relay=relay)


def _particle(unit: Unit, lemma: str, head: int) -> int | None:
    """The last word of a phrasal cue: "of" in "spoke movingly of", "against" in "spoke out against"."""
    tags, lowers = unit.tags, unit.lowers
    at = head + 1
    while at < len(tags) and tags[at] == "r" and lowers[at] not in particles(lemma):
        at += 1
    if at >= len(tags) or lowers[at] not in particles(lemma) or tags[at] in "ts":
        return None
    if tags[at] == "r" and lowers[at + 1 : at + 2] and lowers[at + 1] in ("of", "to", "for", "about", "against", "on", "at"):
        return at + 1 if tags[at + 1] != "t" else None
    return at


def _before_colon(unit: Unit, predicate: Predicate) -> Finding | None:
    """She went further: "..." - a clause whose verb does not speak, and a quotation behind its colon."""
    tags = unit.tags
    colon = tags.find(":", predicate.head)
    if colon < 0 or predicate.form != "finite" or predicate.shared or is_clause(tags[predicate.head + 1 : colon]):
        return None
    if colon + 1 >= len(tags):
        return None
    if tags[colon + 1] != "Q":
        return None
    return _made(unit, predicate, "before_colon", 0.6, [unit.span(colon + 1, colon + 1)])


def _frame(unit: Unit, lemma: str, head: int, behind: int) -> tuple[str, str, int, int, int] | None:
    """What the verb takes here: (type, rule, content start, content end, last token of the cue)."""
    tags, lowers = unit.tags, unit.lowers
    tag = tags[behind]
    particle = _particle(unit, lemma, head)
    if particle is not None and particle + 1 < len(tags):
        start = particle + 1
        clausal = tags[start] in "sw" or lowers[particle] == "out"
        end = content_end(unit, start) if clausal else object_end(unit, start)
        return ("say" if lemma in cues("verbs", "say") else "object", "phrasal", start, end, particle)
    say, think = cues("verbs", "say"), cues("verbs", "think")
    if lemma in say and tags[behind - 1] == ":":
        return "say", "said_clause", behind, content_end(unit, behind), head
    if lemma in say and tag == "Q":
        return "say", "speaker_then_quote", behind, content_end(unit, behind), head
    if lemma in say | think and tag in "sw" and lowers[behind] not in ("while", "because", "although", "though", "unless", "whereas", "when", "once"):
        return ("say" if lemma in say else "think"), "said_that", behind, content_end(unit, behind), head
    if lemma in cues("verbs", "bare") and is_clause(tags[behind:], start_only=True):
        return ("say" if lemma in say else "think"), "said_clause", behind, content_end(unit, behind), head
    if lemma in cues("verbs", "always") and tag in "dnNj#urieQ\"s" and (is_clause(tags[behind:]) or "Q" in tags[behind:]):
        return "say", "said_clause", behind, content_end(unit, behind), head
    if lemma in cues("verbs", "intend") and (tag == "t" or (tag == "r" and tags[behind + 1 : behind + 2] == "t")):
        start = head + 1 if behind > head + 1 and tags[head + 1] in "dnNouj#" else behind
        return "intend", "intends", start, content_end(unit, behind), head
    if lemma in cues("verbs", "say") and tag == "g":
        return "say", "said_doing", behind, content_end(unit, behind), head
    if lemma in cues("verbs", "object") and tag in "dnNjou#pQe":
        return "object", "object", behind, object_end(unit, behind), head
    return None
