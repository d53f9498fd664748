"""Parts of speech (`pos`): the tags, one character each, and the groups of them that rules ask for by name.

A unit's tags are one string, so that patterns can match them: a pattern is written in these characters. Whether a token
is one of a group is asked by name, as in `tags[at] in pos.NOUNS`; a group is a string too, where `in` is quickest.
Where nothing may stand at the end of a unit (`tags[at : at + 1]`, which may be empty) the group is made by `any_of`.
"""

from __future__ import annotations

from typing import Final

DETERMINER: Final = "d"
ADJECTIVE: Final = "j"
NOUN: Final = "n"
NAME: Final = "N"
NUMBER: Final = "#"
TIME: Final = "z"
"""A day, a month, "yesterday"."""
PRONOUN: Final = "u"
"""A pronoun that is a subject."""
OBJECT_PRONOUN: Final = "o"
POSSESSIVE: Final = "p"
"""The clitic of a possessor, "'s"; "her" and "their" are determiners."""
PREPOSITION: Final = "i"
TO: Final = "t"
"""The infinitive's "to"."""
CONJUNCTION: Final = "c"
SUBORDINATOR: Final = "s"
RELATIVE: Final = "w"
ADVERB: Final = "r"
FINITE: Final = "v"
"""A finite verb that is no auxiliary."""
BASE: Final = "b"
GERUND: Final = "g"
"""Every -ing form."""
PARTICIPLE: Final = "e"
MODAL: Final = "m"
HAVE: Final = "h"
BE: Final = "x"
DO: Final = "y"
QUOTATION: Final = "Q"
"""A whole quotation, folded into one token."""
STRAY_MARK: Final = '"'
"""A quotation mark that neither opens nor closes a quotation."""

# The lists alone do not tell these; `ambiguity` does.
PAST_OR_PARTICIPLE: Final = "a"
BASE_OR_NOUN: Final = "B"
S_FORM_OR_NOUN: Final = "S"
ANY: Final = "W"
"""A word with a rule of its own, whatever the lists say of it."""
CAPITALISED: Final = "C"
"""A name, but where a capital says nothing."""
CAPITALISED_TIME: Final = "Z"
"""The same of what is a time otherwise."""

# Before the first word.
START: Final = "^"
# Marks stand for themselves: , ; : . ? ! - for any dash, ( and ) for any bracket.
MARKS: Final = ",;:.?!-()"

NOUNS: Final = NOUN + NAME
HEADS: Final = NOUNS + ")"
"""What the last word of a phrase is, or a bracket behind it."""
COUNTED_HEADS: Final = HEADS + NUMBER
DETERMINED: Final = DETERMINER + NOUNS
PHRASE: Final = DETERMINED + ADJECTIVE
COUNTED_PHRASE: Final = PHRASE + NUMBER
POSSESSED_PHRASE: Final = COUNTED_PHRASE + POSSESSIVE
PRONOUNS: Final = PRONOUN + OBJECT_PRONOUN
NAME_OR_PRONOUN: Final = NAME + PRONOUN
DETERMINERS: Final = DETERMINER + POSSESSIVE
MODIFIERS: Final = DETERMINERS + ADJECTIVE
ADJECTIVAL: Final = ADJECTIVE + PARTICIPLE
NOUN_OR_ADJECTIVE: Final = NOUN + ADJECTIVE
TIME_AND_NUMBER: Final = TIME + NUMBER
VERBS: Final = FINITE + BASE + GERUND + PARTICIPLE
AUXILIARY: Final = BE + HAVE + MODAL
ASSERTING: Final = FINITE + AUXILIARY
"""What a clause that asserts something has; "do" only asks or denies."""
FINITE_GROUP: Final = ASSERTING + DO
"""What a finite verb group begins with."""
MODAL_OR_TO: Final = MODAL + TO
SUBORDINATING: Final = SUBORDINATOR + RELATIVE
CLAUSE_LINKS: Final = SUBORDINATING + CONJUNCTION
CONTENT_LINKS: Final = SUBORDINATOR + TO
"""What opens the content of a noun or an adjective: "that", "to"."""


def any_of(*groups: str) -> frozenset[str]:
    """The tags of the groups, none of which is the empty string behind the end of a unit."""
    return frozenset("".join(groups))


ANY_NOUN: Final = any_of(NOUNS)
DETERMINER_OR_NAME: Final = any_of(DETERMINER, NAME)
AUXILIARIES: Final = any_of(AUXILIARY)
ANY_AUXILIARY: Final = any_of(AUXILIARY, DO)

WORDS: Final = any_of(
    COUNTED_PHRASE, PRONOUNS, POSSESSIVE, TIME, PREPOSITION, TO, CLAUSE_LINKS, ADVERB, VERBS, FINITE_GROUP
)
"""What a word can be once it is read."""
EVERY: Final = WORDS | any_of(MARKS, QUOTATION, STRAY_MARK)
"""What a token of a unit can be."""
