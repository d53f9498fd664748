"""Ambiguity: which of its parts of speech a word has here, by the words before and behind it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from annotator.suggesters.reading import pos
from annotator.suggesters.reading.context import TokenContext
from annotator.suggesters.reading.grammar import lemma_of, tags_of_words, verb_forms, word_list

_ACTIVE_VERBS = pos.FINITE + pos.BASE + pos.GERUND
_ANYTHING_TAKEN = pos.any_of(
    pos.PHRASE, pos.PRONOUNS, pos.SUBORDINATING, pos.PREPOSITION, pos.TO, pos.ADVERB, pos.MODAL, pos.GERUND, ":"
)
_ANY_ASSERTING = pos.any_of(pos.ASSERTING)
_ARGUMENT_AHEAD = pos.any_of(pos.DETERMINER, pos.NUMBER, pos.PREPOSITION, pos.ADVERB)
_ASIDE = pos.TIME + ",-"
_BASE_DIRECTLY = pos.MODAL + pos.TO + pos.DO
_BASE_FOLLOWS = pos.MODAL + pos.TO + pos.DO + pos.OBJECT_PRONOUN
_BEFORE_ASIDE = pos.FINITE + pos.PARTICIPLE + pos.GERUND + pos.NAME + pos.TIME
_BEFORE_IS = pos.SUBORDINATING + pos.PRONOUN + pos.ADVERB + "^"
_BEHIND_HEAD = pos.HEADS + pos.QUOTATION + ","
_CLAUSE_AHEAD = pos.any_of(pos.SUBORDINATOR, pos.PRONOUN, pos.DETERMINER, '“"')
_CLAUSE_OPENS = pos.any_of(pos.SUBORDINATOR, pos.DETERMINER, pos.PRONOUN)
_COUNTED = pos.MODIFIERS + pos.NUMBER
_DESCRIBED = pos.NUMBER + pos.ADJECTIVE + pos.DETERMINER
_FIGURE_AHEAD = pos.any_of(pos.GERUND, pos.NUMBER, "$")
_INFINITIVES = pos.any_of(pos.BASE, pos.BASE_OR_NOUN, pos.DO, pos.HAVE, pos.BE)
_LIKED = pos.MODAL + pos.DO
_LIKED_AHEAD = pos.any_of(pos.PRONOUNS, pos.DETERMINER, pos.TO, pos.RELATIVE)
_MODIFIED = pos.NOUN + pos.ADJECTIVE + pos.BASE_OR_NOUN
_NOMINAL = pos.NOUNS + pos.PRONOUN
_NOMINAL_AHEAD = pos.any_of(pos.NOUNS, pos.ADJECTIVE)
_NOUN_FOLLOWS = pos.MODIFIERS + pos.NUMBER + pos.PREPOSITION + pos.PARTICIPLE
_NO_NOUN = pos.CLAUSE_LINKS + pos.DETERMINER + pos.PREPOSITION + pos.TO + pos.ADVERB + pos.PRONOUN + pos.BE + pos.MODAL
_OBJECT_AHEAD = pos.any_of(pos.DETERMINER, pos.OBJECT_PRONOUN, pos.SUBORDINATOR)
_OBJECT_FOLLOWS = pos.FINITE + pos.BASE + pos.GERUND + pos.PREPOSITION
_OBJECT_OR_CLAUSE_AHEAD = pos.any_of(pos.PRONOUNS, pos.DETERMINER, pos.SUBORDINATOR)
_PARTICIPLE_FOLLOWS = pos.BE + pos.HAVE + pos.ADJECTIVE + pos.POSSESSIVE + pos.PREPOSITION
_PASSED_AHEAD = pos.any_of(pos.PREPOSITION, pos.ADVERB, pos.NOUN, pos.ADJECTIVE, ",")
_PREDICATE_AHEAD = pos.any_of(pos.DETERMINER, pos.PREPOSITION, pos.BE, pos.OBJECT_PRONOUN)
_RELATIVE_OR_PRONOUN = pos.PRONOUN + pos.RELATIVE
_SUBJECTS = pos.PRONOUN + pos.RELATIVE + pos.NUMBER
_SUBJECT_WORDS = pos.POSSESSED_PHRASE + pos.PRONOUN
_TAKEN_BY_BASE = pos.any_of(pos.PRONOUNS, pos.DETERMINER, pos.SUBORDINATOR, pos.TO, pos.MODAL)
_TAKEN_BY_VERB = pos.any_of(pos.PRONOUNS, pos.DETERMINER, pos.SUBORDINATOR, pos.TO, pos.GERUND)
_UNRESOLVED = pos.any_of(pos.S_FORM_OR_NOUN, pos.BASE_OR_NOUN)
_VERB_AHEAD = pos.any_of(pos.FINITE_GROUP, pos.PAST_OR_PARTICIPLE, pos.S_FORM_OR_NOUN)
_VERB_FOLLOWS = pos.QUOTATION + pos.PARTICIPLE + pos.TIME + "),-"


def resolved(tag: str, context: TokenContext) -> str:
    """The tag of a word after a look around; only words that can be several things are looked at."""
    by_word = _BY_WORD.get(context.lower)
    if by_word is not None:
        return by_word(context)
    by_tag = _BY_TAG.get(tag)
    return by_tag(context) if by_tag is not None else tag


def _past_or_participle(context: TokenContext) -> str:
    before = context.before
    if before == pos.START:
        return pos.FINITE if context.next_form[0].isupper() else pos.PARTICIPLE
    if context.directly == pos.FINITE and context.ahead in pos.ANY_NOUN and context.word_before in ("said", "says"):
        return pos.PARTICIPLE
    if before == pos.ADJECTIVE and context.ahead in _OBJECT_OR_CLAUSE_AHEAD:
        return pos.FINITE
    if before in _DESCRIBED and context.lower in word_list("verbs", "never_modifying"):
        return pos.FINITE
    if before == pos.NUMBER:
        return (
            pos.PARTICIPLE
            if (context.next_tag or pos.NOUN) in _MODIFIED and context.next_form[0].isalpha()
            else pos.FINITE
        )
    if before == pos.DETERMINER:
        quantifier = context.forms[context.at_before].lower()
        counted = (
            quantifier in word_list("closed", "quantifier")
            and (context.next_tag or pos.NOUN) not in pos.NOUN_OR_ADJECTIVE
        )
        return pos.FINITE if counted else pos.PARTICIPLE
    paired = (
        before == pos.CONJUNCTION and context.at_before > 0 and context.tags[context.at_before - 1] == pos.PARTICIPLE
    )
    if before in _PARTICIPLE_FOLLOWS or (paired and context.ahead not in _CLAUSE_AHEAD):
        return pos.PARTICIPLE
    return pos.FINITE


def _finite(context: TokenContext) -> str:
    """An -s form that is no listed noun is one all the same behind "the", "two" or "she said"."""
    if _reported(context) and context.lower.endswith("s") and not _relative_subject(context):
        return pos.NOUN
    if context.directly == pos.DETERMINER and context.word_before.lower() in _SINGULAR:
        return pos.FINITE
    if context.directly in _COUNTED and context.lower.endswith("s") and context.lower not in ("says", "tells"):
        return pos.NOUN
    return pos.FINITE


def _base(context: TokenContext) -> str:
    # "Bridge to close", "Mayor says bridge is rotten": headlines leave the article out.
    opening = context.before == pos.START and context.next_form in ("to", "is", "was", "has", "will", "may", "could")
    reported = context.directly == pos.FINITE and context.next_tag in pos.AUXILIARIES and _tells(context.word_before)
    return pos.NOUN if opening or reported else _base_or_noun(context, noun=False)


def _base_too(context: TokenContext) -> str:
    return _base_or_noun(context, noun=True)


def _base_or_noun(context: TokenContext, *, noun: bool) -> str:
    """A base form: `noun` where the lists know it as a noun too."""
    before, directly = context.before, context.directly
    if context.lower == "close" and context.next_form == "to" and before not in pos.MODAL_OR_TO:
        return pos.ADJECTIVE
    if before == pos.START:
        return pos.NOUN if noun else pos.BASE
    if before == pos.HAVE and context.lower in word_list("verbs", "base_like_past"):
        return pos.PARTICIPLE
    if (
        not noun
        and before == pos.OBJECT_PRONOUN
        and context.at_before > 0
        and context.tags[context.at_before - 1] == pos.PREPOSITION
    ):
        # "Those around him acknowledge ...".
        return pos.FINITE
    if directly in _BASE_DIRECTLY or before in _BASE_FOLLOWS:
        return pos.BASE
    if directly == pos.DETERMINER and context.word_before.lower() in word_list("closed", "quantifier"):
        named = context.next_form[0].isupper() and context.word_before.lower() not in ("this", "that", "these")
        alone = context.index < 2 or context.tags[context.index - 2] != pos.DETERMINER
        spoken = not noun and alone and context.word_before.lower() not in _SINGULAR
        return pos.FINITE if named or spoken or context.ahead in _TAKEN_BY_VERB else pos.NOUN
    if directly in pos.MODIFIERS or (noun and directly == pos.NUMBER and not context.next_form[0].isupper()):
        return pos.NOUN
    if before in _SUBJECTS or (before == pos.TIME and context.ahead in pos.DETERMINER_OR_NAME):
        return pos.FINITE
    if before == pos.PREPOSITION:
        return pos.NOUN if noun else pos.BASE
    if before in pos.NOUNS:
        return _behind_noun(context, noun=noun)
    if noun:
        read = context.lower == "read" and context.ahead == ":"
        return pos.FINITE if before in _ASIDE and (read or context.ahead in _CLAUSE_OPENS) else pos.NOUN
    return pos.FINITE if before in _VERB_FOLLOWS else pos.BASE


def _tells(verb: str) -> bool:
    """Whether a clause without "that" may follow the verb: "says bridge is rotten"."""
    return lemma_of(verb.lower()) in word_list("verbs", "inverting") or verb.lower() in ("denies", "denied")


def _behind_noun(context: TokenContext, *, noun: bool) -> str:
    """Behind a noun: a verb where the noun is plural and something follows that a verb can take."""
    ahead, word = context.ahead, context.forms[context.at_before].lower()
    plural = (word.endswith("s") and not word.endswith("ss")) or word in word_list("closed", "plural")
    if context.before == pos.NAME and ahead in _NOMINAL_AHEAD and (noun or not plural):
        return pos.NOUN
    if noun:
        return pos.FINITE if plural and ahead in _ANYTHING_TAKEN else pos.NOUN
    return pos.FINITE if plural or ahead in _TAKEN_BY_BASE else pos.NOUN


def _third_person_or_noun(context: TokenContext) -> str:
    before, directly, ahead = context.before, context.directly, context.ahead
    if _reported(context) and ahead in _ARGUMENT_AHEAD and _relative_subject(context):
        # "The ramp, which she says includes a lift".
        return pos.FINITE
    if context.next_form in ("who", "whose"):
        return pos.NOUN
    if directly == pos.DETERMINER and context.word_before.lower() in ("another", "this", "neither", "either"):
        return pos.FINITE
    singular = not context.word_before.endswith("s")
    if before in _RELATIVE_OR_PRONOUN:
        return pos.FINITE
    if before == pos.START or directly in _NOUN_FOLLOWS or before in _OBJECT_FOLLOWS:
        return pos.NOUN
    if before == pos.CONJUNCTION and ahead in _OBJECT_AHEAD and "v" in context.tags:
        return pos.FINITE
    if before == pos.NAME and context.next_form[0].isupper() and not context.word_before.islower():
        return pos.FINITE
    if before == pos.NAME and ahead in pos.AUXILIARIES and _relative_subject(context):
        return pos.FINITE
    if before in _BEHIND_HEAD:
        taken = directly == pos.ADVERB and ahead in _UNRESOLVED
        taken = (
            taken
            or ahead in ("d", "s", "u", "o", "w", "t", "'s", ":", '"', "“")
            or (before == pos.NAME and ahead in _FIGURE_AHEAD)
        )
        return pos.FINITE if taken or (singular and ahead in _PASSED_AHEAD) else pos.NOUN
    return pos.FINITE if directly == pos.ADVERB else pos.NOUN


def _reported(context: TokenContext) -> bool:
    return context.directly == pos.FINITE and context.word_before in ("says", "said", "say")


def _relative_subject(context: TokenContext) -> bool:
    """Whether a relative pronoun stands before the subject of the verb before."""
    at = context.index - 2
    while at > 0 and context.tags[at] in _SUBJECT_WORDS:
        at -= 1
    return at >= 0 and (context.tags[at] == pos.RELATIVE or context.forms[at].lower() == "that")


def _to(context: TokenContext) -> str:
    """ "to" before a verb, or the preposition."""
    forms, index = context.forms, context.index
    following, tag = context.next_form.lower(), context.next_tag
    if context.word_before in ("according", "According"):
        return pos.PREPOSITION
    if following == "qq" and _wanted_before(context):
        return pos.TO
    if following == "back" and index + 2 < len(forms):
        taken = forms[index + 2]
        return pos.TO if taken[0].isupper() or tags_of_words().get(taken.lower(), "i") in "do" else pos.PREPOSITION
    if _wants_infinitive(context) and (following == "qq" or (tag in ("", "n") and following.isalpha())):
        # Behind "sought" even an unlisted word and a noun are verbs, unless they are plural.
        return (
            "i"
            if following.endswith(("s", "ing")) or (not context.next_form.islower() and following != "qq")
            else pos.TO
        )
    if (tag == pos.ADVERB or (not tag and following.endswith("ly"))) and index + 2 < len(forms):
        following = forms[index + 2].lower()
        tag = tags_of_words().get(following, "")
    elif not tag and following.isalpha() and following.islower() and index + 2 < len(forms):
        # An unlisted word that takes an object is a verb: "to moor the".
        tag = pos.BASE if tags_of_words().get(forms[index + 2].lower(), "") in ("d", "o", "u") else ""
    elif tag == pos.ADJECTIVE and following in verb_forms() and index + 2 < len(forms):
        # "To open the", "to clear them": an adjective that is a verb too.
        tag = pos.BASE if tags_of_words().get(forms[index + 2].lower(), "") in ("d", "o", "u") else ""
    return pos.TO if tag in _INFINITIVES or following in word_list("verbs", "base_like_past") else pos.PREPOSITION


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
    ahead = context.next_tag or "n"
    if context.before in pos.HEADS and ahead in _VERB_AHEAD:
        return pos.RELATIVE
    if context.next_form == "," and context.before in _BEFORE_ASIDE and context.index + 2 < len(context.forms):
        return pos.SUBORDINATOR
    if ahead in pos.ANY_AUXILIARY or not context.next_form[0].isalnum():
        return pos.PRONOUN
    return pos.DETERMINER if context.before == pos.PREPOSITION else pos.SUBORDINATOR


_SINGULAR = frozenset(("this", "that", "each", "neither", "either", "another", "a", "an"))


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


_POSSESSED = frozenset(("own", "many", "most", "few", "two"))
_THERE = frozenset(("'s", "’s", "remain", "remains", "appears", "seems"))
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
_BY_TAG: dict[str, Callable[[TokenContext], str]] = {
    pos.PAST_OR_PARTICIPLE: _past_or_participle,
    pos.FINITE: _finite,
    pos.BASE: _base,
    pos.BASE_OR_NOUN: _base_too,
    pos.S_FORM_OR_NOUN: _third_person_or_noun,
    pos.TO: _to,
}


@cache
def certain_tags() -> dict[str, str]:
    """The words, as they stand in lower case, that no neighbour can change; clitics are not among them."""
    words = ((word, tag) for word, tag in tags_of_words().items() if word[0].isalpha())
    return {word: tag for word, tag in words if tag not in _BY_TAG and word not in _BY_WORD}
