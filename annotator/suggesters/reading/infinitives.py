"""Infinitives: whether "to" leads to a verb, or is the preposition; the first case that knows decides."""

from __future__ import annotations

from annotator.suggesters.reading import pos
from annotator.suggesters.reading.context import FOLDED, TokenContext
from annotator.suggesters.reading.grammar import lemma_of, tags_of_words, verb_forms, word_list

_ACTIVE_VERBS = pos.FINITE + pos.BASE + pos.GERUND
_INFINITIVES = pos.any_of(pos.BASE, pos.BASE_OR_NOUN, pos.DO, pos.HAVE, pos.BE)
_OBJECTS = pos.DETERMINER + pos.OBJECT_PRONOUN
_TAKEN = pos.any_of(pos.DETERMINER, pos.PRONOUNS)


def infinitive_or_preposition(context: TokenContext) -> str:
    """ "to" before a verb, or the preposition."""
    for case in _CASES:
        tag = case(context)
        if tag is not None:
            return tag
    return pos.TO if _leads_to_verb(context) else pos.PREPOSITION


def _according(context: TokenContext) -> str | None:
    return pos.PREPOSITION if context.word_before in ("according", "According") else None


def _before_quotation(context: TokenContext) -> str | None:
    return pos.TO if context.next_form == FOLDED and _wanted_before(context) else None


def _before_back(context: TokenContext) -> str | None:
    """ "To back Doe", "to back the plan", but "to back rooms"."""
    taken = _second(context)
    if taken is None or context.next_form.lower() != "back":
        return None
    verbal = taken[0].isupper() or tags_of_words().get(taken.lower(), pos.PREPOSITION) in _OBJECTS
    return pos.TO if verbal else pos.PREPOSITION


def _behind_wanting(context: TokenContext) -> str | None:
    """Behind "sought" even an unlisted word and a noun are verbs, unless they are plural."""
    following = context.next_form.lower()
    if not _wants_infinitive(context):
        return None
    if context.next_form == FOLDED:
        return pos.TO
    if context.next_tag not in ("", pos.NOUN) or not following.isalpha():
        return None
    thing = following.endswith(("s", "ing")) or not context.next_form.islower()
    return pos.PREPOSITION if thing else pos.TO


_CASES = (_according, _before_quotation, _before_back, _behind_wanting)


def _leads_to_verb(context: TokenContext) -> bool:
    """Whether the next word, or the one behind its adverb, is a verb."""
    following, tag, second = context.next_form.lower(), context.next_tag, _second(context)
    if second is not None:
        if tag == pos.ADVERB or (not tag and following.endswith("ly")):
            following = second.lower()
            tag = tags_of_words().get(following, "")
        elif _may_be_verb(context, tag):
            # "To moor the", "to open the", "to clear them".
            tag = pos.BASE if tags_of_words().get(second.lower(), "") in _TAKEN else ""
    return tag in _INFINITIVES or following in word_list("verbs", "base_like_past")


def _may_be_verb(context: TokenContext, tag: str) -> bool:
    """An unlisted word that takes an object is a verb, and so is an adjective that is listed as one too."""
    following = context.next_form.lower()
    if not tag:
        return following.isalpha() and following.islower()
    return tag == pos.ADJECTIVE and following in verb_forms()


def _second(context: TokenContext) -> str | None:
    """The form behind the next one; None where there is none."""
    return context.forms[context.index + 2] if context.index + 2 < len(context.forms) else None


def _wants_infinitive(context: TokenContext) -> bool:
    """Whether an infinitive is what the verb before takes, an adverb passed over."""
    at = context.at_before
    return (
        at >= 0
        and context.tags[at] in pos.VERBS
        and lemma_of(context.forms[at].lower()) in word_list("verbs", "with_to")
    )


def _wanted_before(context: TokenContext) -> bool:
    """Whether the last verb takes a person and an infinitive: "urged the crew to "stay"."""
    verbs = [at for at in range(context.index) if context.tags[at] in _ACTIVE_VERBS]
    return bool(verbs) and lemma_of(context.forms[verbs[-1]].lower()) in word_list("verbs", "with_person")
