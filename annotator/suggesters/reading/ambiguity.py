"""Ambiguity: which of its parts of speech a word has here, by the words before and behind it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from annotator.suggesters.reading import pos
from annotator.suggesters.reading.ambiguous_verbs import (
    base,
    base_or_noun,
    finite_or_noun,
    past_or_participle,
    third_person_or_noun,
)
from annotator.suggesters.reading.context import TokenContext
from annotator.suggesters.reading.grammar import tags_of_words
from annotator.suggesters.reading.infinitives import infinitive_or_preposition

_ANY_ASSERTING = pos.any_of(pos.ASSERTING)
_BEFORE_ASIDE = pos.FINITE + pos.PARTICIPLE + pos.GERUND + pos.NAME + pos.TIME
_BEFORE_IS = pos.SUBORDINATING + pos.PRONOUN + pos.ADVERB + "^"
_CLAUSE_OPENS = pos.any_of(pos.SUBORDINATOR, pos.DETERMINER, pos.PRONOUN)
_LIKED = pos.MODAL + pos.DO
_LIKED_AHEAD = pos.any_of(pos.PRONOUNS, pos.DETERMINER, pos.TO, pos.RELATIVE)
_NOMINAL = pos.NOUNS + pos.PRONOUN
_NO_NOUN = pos.CLAUSE_LINKS + pos.DETERMINER + pos.PREPOSITION + pos.TO + pos.ADVERB + pos.PRONOUN + pos.BE + pos.MODAL
_POSSESSED = frozenset(("own", "many", "most", "few", "two"))
_PREDICATE_AHEAD = pos.any_of(pos.DETERMINER, pos.PREPOSITION, pos.BE, pos.OBJECT_PRONOUN)
_THERE = frozenset(("'s", "’s", "remain", "remains", "appears", "seems"))
_VERB_OF_SUBJECT = pos.any_of(pos.FINITE_GROUP)
_VERB_AHEAD = pos.any_of(pos.FINITE_GROUP, pos.PAST_OR_PARTICIPLE, pos.S_FORM_OR_NOUN)


def _by_word(context: TokenContext) -> str:
    return _BY_WORD[context.lower](context)


def _clitic_s(context: TokenContext) -> str:
    if context.before in _BEFORE_IS:
        return pos.BE
    if context.next_form[0].isupper():
        return pos.POSSESSIVE
    return (
        pos.BE
        if context.next_tag in _PREDICATE_AHEAD and context.next_form.lower() not in _POSSESSED
        else pos.POSSESSIVE
    )


def _since(context: TokenContext) -> str:
    return pos.ADVERB if context.before == pos.HAVE else pos.PREPOSITION


def _her(context: TokenContext) -> str:
    return (
        pos.DETERMINER
        if context.next_form[0].isalpha() and (context.next_tag or pos.NOUN) not in _NO_NOUN
        else pos.OBJECT_PRONOUN
    )


def _there(context: TokenContext) -> str:
    verbal = context.next_tag in _ANY_ASSERTING or context.next_form.lower() in _THERE
    return pos.PRONOUN if verbal else pos.ADVERB


def _earlier(context: TokenContext) -> str:
    return pos.ADJECTIVE if context.before == pos.DETERMINER and context.next_form[0].islower() else pos.ADVERB


def _that(context: TokenContext) -> str:
    """Relative behind a noun and before a verb, pronoun before a verb, otherwise the subordinator."""
    ahead = context.next_tag or pos.NOUN
    if context.before in pos.HEADS and ahead in _VERB_AHEAD and not _is_subject_ahead(context):
        return pos.RELATIVE
    if context.next_form == "," and context.before in _BEFORE_ASIDE and context.index + 2 < len(context.forms):
        return pos.SUBORDINATOR
    if ahead in pos.ANY_AUXILIARY or not context.next_form[0].isalnum():
        return pos.PRONOUN
    return pos.DETERMINER if context.before == pos.PREPOSITION else pos.SUBORDINATOR


def _is_subject_ahead(context: TokenContext) -> bool:
    """ "In a statement that losses had ...": what could be a plural is one, because its verb follows."""
    behind = context.index + 2
    return (
        context.next_tag == pos.S_FORM_OR_NOUN
        and behind < len(context.forms)
        and tags_of_words().get(context.forms[behind].lower(), "") in _VERB_OF_SUBJECT
    )


def _back(context: TokenContext) -> str:
    return pos.BASE if context.directly == pos.TO else pos.ADVERB


def _like(context: TokenContext) -> str:
    """ "would like to", "they like the plan"; a preposition everywhere else."""
    if context.directly in pos.MODAL_OR_TO or context.before in _LIKED:
        return pos.BASE
    liked = context.before == pos.PRONOUN and context.forms[context.at_before].lower() in ("they", "we", "you", "i")
    return pos.FINITE if liked and context.ahead in _LIKED_AHEAD else pos.PREPOSITION


def _worried(context: TokenContext) -> str:
    """ "He worried that ...", but "is worried" and "the worried crew"."""
    return pos.FINITE if context.before in _NOMINAL and context.ahead in _CLAUSE_OPENS else pos.ADJECTIVE


_BY_WORD: dict[str, Callable[[TokenContext], str]] = {
    "'s": _clitic_s,
    "since": _since,
    "her": _her,
    "worried": _worried,
    "back": _back,
    "like": _like,
    "there": _there,
    "there's": _there,
    "earlier": _earlier,
    "that": _that,
}
BY_TAG: dict[str, Callable[[TokenContext], str]] = {
    pos.PAST_OR_PARTICIPLE: past_or_participle,
    pos.FINITE: finite_or_noun,
    pos.BASE: base,
    pos.BASE_OR_NOUN: base_or_noun,
    pos.S_FORM_OR_NOUN: third_person_or_noun,
    pos.TO: infinitive_or_preposition,
    pos.ANY: _by_word,
}
"""What says the tag of a word after a look around, by what is known of it before that."""


AMBIGUOUS_WORDS = frozenset(_BY_WORD)
"""The words in lower case that can be several things, whatever the lists say of them."""
AMBIGUOUS_TAGS = "".join(BY_TAG)
"""What is known of words that can be several things before their neighbours are asked."""


@cache
def certain_tags() -> dict[str, str]:
    """The words, as they stand in lower case, that no neighbour can change; clitics are not among them."""
    words = ((word, tag) for word, tag in tags_of_words().items() if word[0].isalpha())
    return {word: tag for word, tag in words if tag not in BY_TAG and word not in _BY_WORD}
