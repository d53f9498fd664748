"""Ambiguous verbs: finite, participle, base form or noun; of the cases in a table the first that holds decides."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from annotator.suggesters.reading import pos
from annotator.suggesters.reading.context import TokenContext
from annotator.suggesters.reading.grammar import lemma_of, word_list

_ANYTHING_TAKEN = pos.any_of(
    pos.PHRASE, pos.PRONOUNS, pos.SUBORDINATING, pos.PREPOSITION, pos.TO, pos.ADVERB, pos.MODAL, pos.GERUND, ":"
)
_ANYWHERE = pos.START + "".join(sorted(pos.EVERY))
_ARGUMENT_AHEAD = pos.any_of(pos.DETERMINER, pos.NUMBER, pos.PREPOSITION, pos.ADVERB)
_ASIDE = pos.TIME + ",-"
_BASE_FOLLOWS = pos.MODAL + pos.TO + pos.DO + pos.OBJECT_PRONOUN
_BEHIND_BARE_NOUN = frozenset(("to", "is", "was", "has", "will", "may", "could"))
_BEHIND_HEAD = pos.HEADS + pos.QUOTATION + ","
_CLAUSE_AHEAD = pos.any_of(pos.SUBORDINATOR, pos.PRONOUN, pos.DETERMINER, '“"')
_CLAUSE_OPENS = pos.any_of(pos.SUBORDINATOR, pos.DETERMINER, pos.PRONOUN)
_COUNTED = pos.MODIFIERS + pos.NUMBER
_DESCRIBED = pos.NUMBER + pos.ADJECTIVE + pos.DETERMINER
_FIGURE_AHEAD = pos.any_of(pos.GERUND, pos.NUMBER, "$")
_MODIFIED = pos.NOUN + pos.ADJECTIVE + pos.BASE_OR_NOUN
_NOMINAL_AHEAD = pos.any_of(pos.NOUNS, pos.ADJECTIVE)
_NOUN_FOLLOWS = pos.MODIFIERS + pos.NUMBER + pos.PREPOSITION + pos.PARTICIPLE
_OBJECT_AHEAD = pos.any_of(pos.DETERMINER, pos.OBJECT_PRONOUN, pos.SUBORDINATOR)
_OBJECT_FOLLOWS = pos.FINITE + pos.BASE + pos.GERUND + pos.PREPOSITION
_OBJECT_OR_CLAUSE_AHEAD = pos.any_of(pos.PRONOUNS, pos.DETERMINER, pos.SUBORDINATOR)
_PARTICIPLE_FOLLOWS = pos.BE + pos.HAVE + pos.ADJECTIVE + pos.POSSESSIVE + pos.PREPOSITION
_PASSED_AHEAD = pos.any_of(pos.PREPOSITION, pos.ADVERB, pos.NOUN, pos.ADJECTIVE, ",")
_RELATIVE_OR_PRONOUN = pos.PRONOUN + pos.RELATIVE
_SINGULAR = frozenset(("this", "that", "each", "neither", "either", "another", "a", "an"))
_STANDING_ALONE = frozenset(("another", "this", "neither", "either"))
_SUBJECTS = pos.PRONOUN + pos.RELATIVE + pos.NUMBER
_SUBJECT_WORDS = pos.POSSESSED_PHRASE + pos.PRONOUN
_TAKEN = pos.any_of(pos.PRONOUNS, pos.DETERMINER, pos.SUBORDINATING, pos.TO, ':"“')
_TAKEN_BY_BASE = pos.any_of(pos.PRONOUNS, pos.DETERMINER, pos.SUBORDINATOR, pos.TO, pos.MODAL)
_TAKEN_BY_VERB = pos.any_of(pos.PRONOUNS, pos.DETERMINER, pos.SUBORDINATOR, pos.TO, pos.GERUND)
_UNRESOLVED = pos.any_of(pos.S_FORM_OR_NOUN, pos.BASE_OR_NOUN)
_VERB_FOLLOWS = pos.QUOTATION + pos.PARTICIPLE + pos.TIME + "),-"
_NOT_LED = "".join(tag for tag in _ANYWHERE if tag not in pos.MODAL_OR_TO)


Test = Callable[[TokenContext], bool]
Table = Mapping[str, tuple[tuple[Test, str], ...]]
"""By the tag before a word (adverbs passed over): the tests of the word, and what it is where one holds."""


def past_or_participle(context: TokenContext) -> str:
    """An -ed form, or one like it, is a participle or a finite verb."""
    return _first(_PAST, context) or pos.FINITE


def finite_or_noun(context: TokenContext) -> str:
    """An -s form that is no listed noun is one all the same behind "the", "two" or "she said"."""
    return _first(_FINITE, context) or pos.FINITE


def base(context: TokenContext) -> str:
    """A base form that is no listed noun."""
    return _first(_BASE, context) or pos.BASE


def base_or_noun(context: TokenContext) -> str:
    """A base form that is a noun too."""
    return _first(_BASE_OR_NOUN, context) or pos.NOUN


def third_person_or_noun(context: TokenContext) -> str:
    """An -s form that is a plural noun too."""
    return _first(_THIRD_PERSON, context) or pos.NOUN


def _first(table: Table, context: TokenContext) -> str | None:
    for holds, tag in table.get(context.before, ()):
        if holds(context):
            return tag
    return None


def _table(*cases: tuple[str, Test, str]) -> Table:
    """The cases in order, each with the tags that may stand before, sorted by these."""
    return {before: tuple((holds, tag) for befores, holds, tag in cases if before in befores) for before in _ANYWHERE}


def _always(_word: TokenContext) -> bool:
    return True


def _reported(context: TokenContext) -> bool:
    return context.directly == pos.FINITE and context.word_before in ("says", "said", "say")


def _relative_subject(context: TokenContext) -> bool:
    """Whether a relative pronoun stands before the subject of the verb before."""
    at = context.index - 2
    while at > 0 and context.tags[at] in _SUBJECT_WORDS:
        at -= 1
    return at >= 0 and (context.tags[at] == pos.RELATIVE or context.forms[at].lower() == "that")


def _two_before(context: TokenContext) -> str:
    """The tag before the one before, adverbs passed over; nothing where there is none."""
    return context.tags[context.at_before - 1] if context.at_before > 0 else ""


def _counts(context: TokenContext) -> bool:
    """ "Many asked": a quantifier that stands for its noun."""
    if context.forms[context.at_before].lower() not in word_list("closed", "quantifier"):
        return False
    return (context.next_tag or pos.NOUN) not in pos.NOUN_OR_ADJECTIVE


def _tells(verb: str) -> bool:
    """Whether a clause without "that" may follow the verb: "says bridge is rotten"."""
    return lemma_of(verb.lower()) in word_list("verbs", "inverting") or verb.lower() in ("denies", "denied")


def _singular(word: str) -> bool:
    return word.lower() in _SINGULAR


def _behind_quantifier(context: TokenContext) -> bool:
    return context.directly == pos.DETERMINER and context.word_before.lower() in word_list("closed", "quantifier")


def _quantifier_named(context: TokenContext) -> bool:
    """ "Some back Doe": the name behind the verb is its object."""
    return context.next_form[0].isupper() and context.word_before.lower() not in ("this", "that", "these")


def _quantifier_alone(context: TokenContext) -> bool:
    """ "Most acknowledge that ...", but "all these claim ..."."""
    alone = context.index < 2 or context.tags[context.index - 2] != pos.DETERMINER
    return alone and not _singular(context.word_before)


def _plural_before(context: TokenContext) -> bool:
    word = context.forms[context.at_before].lower()
    return (word.endswith("s") and not word.endswith("ss")) or word in word_list("closed", "plural")


def _verb_takes(context: TokenContext) -> bool:
    """Whether what follows is what a verb takes."""
    if context.directly == pos.ADVERB and context.ahead in _UNRESOLVED:
        return True
    return context.ahead in _TAKEN or (context.ahead in _PASSED_AHEAD and not context.word_before.endswith("s"))


_PAST = _table(
    # "Asked Doe ...", but "Asked whether ...".
    (pos.START, lambda word: word.next_form[0].isupper(), pos.FINITE),
    (pos.START, _always, pos.PARTICIPLE),
    # "Said wounded sailors ...".
    (
        pos.FINITE,
        lambda word: (
            word.directly == pos.FINITE and word.ahead in pos.ANY_NOUN and word.word_before in ("said", "says")
        ),
        pos.PARTICIPLE,
    ),
    # "The poor wanted the ramp".
    (pos.ADJECTIVE, lambda word: word.ahead in _OBJECT_OR_CLAUSE_AHEAD, pos.FINITE),
    (_DESCRIBED, lambda word: word.lower in word_list("verbs", "never_modifying"), pos.FINITE),
    # "Two retired pilots", but "two retired".
    (
        pos.NUMBER,
        lambda word: (word.next_tag or pos.NOUN) in _MODIFIED and word.next_form[0].isalpha(),
        pos.PARTICIPLE,
    ),
    (pos.NUMBER, _always, pos.FINITE),
    # "Many asked", but "the asked price".
    (pos.DETERMINER, _counts, pos.FINITE),
    (pos.DETERMINER, _always, pos.PARTICIPLE),
    (_PARTICIPLE_FOLLOWS, _always, pos.PARTICIPLE),
    # "Repaired and painted by ...".
    (
        pos.CONJUNCTION,
        lambda word: _two_before(word) == pos.PARTICIPLE and word.ahead not in _CLAUSE_AHEAD,
        pos.PARTICIPLE,
    ),
)
_FINITE = _table(
    # "Said talks with the guild ...".
    (
        pos.FINITE,
        lambda word: _reported(word) and word.lower.endswith("s") and not _relative_subject(word),
        pos.NOUN,
    ),
    (pos.DETERMINER, lambda word: word.directly == pos.DETERMINER and _singular(word.word_before), pos.FINITE),
    (
        _COUNTED,
        lambda word: word.directly in _COUNTED and word.lower.endswith("s") and word.lower not in ("says", "tells"),
        pos.NOUN,
    ),
)

# What a base form is whether or not it is a noun too.
_CLOSE = (_NOT_LED, lambda word: word.lower == "close" and word.next_form == "to", pos.ADJECTIVE)
_LIKE_PAST = (pos.HAVE, lambda word: word.lower in word_list("verbs", "base_like_past"), pos.PARTICIPLE)
_LED = (_BASE_FOLLOWS, _always, pos.BASE)
_BEHIND_MODIFIER = (pos.MODIFIERS, lambda word: word.directly in pos.MODIFIERS, pos.NOUN)
_BEHIND_SUBJECT = (_SUBJECTS, _always, pos.FINITE)
_BEHIND_TIME = (pos.TIME, lambda word: word.ahead in pos.DETERMINER_OR_NAME, pos.FINITE)
_BASE = _table(
    # "Bridge to close", "Mayor says bridge is rotten": headlines leave the article out.
    (pos.START, lambda word: word.next_form in _BEHIND_BARE_NOUN, pos.NOUN),
    (
        pos.FINITE,
        lambda word: word.directly == pos.FINITE and word.next_tag in pos.AUXILIARIES and _tells(word.word_before),
        pos.NOUN,
    ),
    _CLOSE,
    (pos.START, _always, pos.BASE),
    _LIKE_PAST,
    # "Those around him acknowledge ...".
    (pos.OBJECT_PRONOUN, lambda word: _two_before(word) == pos.PREPOSITION, pos.FINITE),
    _LED,
    (
        pos.DETERMINER,
        lambda word: (
            _behind_quantifier(word)
            and (_quantifier_named(word) or _quantifier_alone(word) or word.ahead in _TAKEN_BY_VERB)
        ),
        pos.FINITE,
    ),
    _BEHIND_MODIFIER,
    _BEHIND_SUBJECT,
    _BEHIND_TIME,
    (pos.PREPOSITION, _always, pos.BASE),
    # Behind a noun: a verb where that is plural, or where something follows that a verb can take.
    (pos.NOUNS, _plural_before, pos.FINITE),
    (pos.NAME, lambda word: word.ahead in _NOMINAL_AHEAD, pos.NOUN),
    (pos.NOUNS, lambda word: word.ahead in _TAKEN_BY_BASE, pos.FINITE),
    (pos.NOUNS, _always, pos.NOUN),
    (_VERB_FOLLOWS, _always, pos.FINITE),
)
_BASE_OR_NOUN = _table(
    _CLOSE,
    (pos.START, _always, pos.NOUN),
    _LIKE_PAST,
    _LED,
    (
        pos.DETERMINER,
        lambda word: _behind_quantifier(word) and (_quantifier_named(word) or word.ahead in _TAKEN_BY_VERB),
        pos.FINITE,
    ),
    _BEHIND_MODIFIER,
    (pos.NUMBER, lambda word: word.directly == pos.NUMBER and not word.next_form[0].isupper(), pos.NOUN),
    _BEHIND_SUBJECT,
    _BEHIND_TIME,
    (pos.NAME, lambda word: word.ahead in _NOMINAL_AHEAD, pos.NOUN),
    (pos.NOUNS, lambda word: _plural_before(word) and word.ahead in _ANYTHING_TAKEN, pos.FINITE),
    (_ASIDE, lambda word: word.lower == "read" and word.ahead == ":", pos.FINITE),
    (_ASIDE, lambda word: word.ahead in _CLAUSE_OPENS, pos.FINITE),
)
_THIRD_PERSON = _table(
    # "The ramp, which she says includes a lift".
    (
        pos.FINITE,
        lambda word: _reported(word) and word.ahead in _ARGUMENT_AHEAD and _relative_subject(word),
        pos.FINITE,
    ),
    (_ANYWHERE, lambda word: word.next_form in ("who", "whose"), pos.NOUN),
    (
        pos.DETERMINER,
        lambda word: word.directly == pos.DETERMINER and word.word_before.lower() in _STANDING_ALONE,
        pos.FINITE,
    ),
    (_RELATIVE_OR_PRONOUN, _always, pos.FINITE),
    (_OBJECT_FOLLOWS + pos.START, _always, pos.NOUN),
    (_NOUN_FOLLOWS, lambda word: word.directly in _NOUN_FOLLOWS, pos.NOUN),
    # "Doe left and heads the port".
    (pos.CONJUNCTION, lambda word: word.ahead in _OBJECT_AHEAD and pos.FINITE in word.tags[: word.index], pos.FINITE),
    (pos.NAME, lambda word: word.next_form[0].isupper() and not word.word_before.islower(), pos.FINITE),
    (pos.NAME, lambda word: word.ahead in pos.AUXILIARIES and _relative_subject(word), pos.FINITE),
    (_BEHIND_HEAD, _verb_takes, pos.FINITE),
    (pos.NAME, lambda word: word.ahead in _FIGURE_AHEAD, pos.FINITE),
    (_BEHIND_HEAD, _always, pos.NOUN),
    (_ANYWHERE, lambda word: word.directly == pos.ADVERB, pos.FINITE),
)
