"""Tagging: the part of speech of each word, from the word lists, endings and neighbours."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache

from annotator.model.known import Known
from annotator.suggesters.reading import pos
from annotator.suggesters.reading.ambiguity import AMBIGUOUS_TAGS, AMBIGUOUS_WORDS, BY_TAG, certain_tags
from annotator.suggesters.reading.context import FOLDED, TokenContext
from annotator.suggesters.reading.grammar import lemma_of, nouns_ending_in, tags_of_words, word_list

_ALSO_NAMES = pos.BASE_OR_NOUN + pos.S_FORM_OR_NOUN + pos.ADJECTIVE + pos.BASE
_BEFORE_FLOATING = pos.AUXILIARY + pos.NOUNS
_ENDS_CLAUSE = pos.PREPOSITION + pos.TIME + pos.QUOTATION + ".,:-?!"
_ENDS_NOUN = pos.ASSERTING + pos.CONJUNCTION + pos.PREPOSITION + ".,:;"
_PAST = pos.FINITE + pos.HAVE + pos.PARTICIPLE
_SUBJECT_ENDS = pos.NOUNS + pos.ADJECTIVE
_VERB_BEHIND_NAME = pos.any_of(pos.ASSERTING, pos.PAST_OR_PARTICIPLE)

_MARKS = {
    ",": ",", ";": ";", ":": ":", ".": ".", "?": "?", "!": "!", "…": ".", "&": "c",
    "-": "-", "–": "-", "—": "-", "(": "(", "[": "(", ")": ")", "]": ")",
} | dict.fromkeys("\"“”„‟«»‘`", '"')  # fmt: skip
_ENDINGS = {
    "ly": pos.ADVERB,
    "ing": pos.GERUND,
    "ed": pos.PAST_OR_PARTICIPLE,
    **dict.fromkeys(("tion", "sion", "ment", "ness", "ity", "ism", "ship"), pos.NOUN),
    **dict.fromkeys(("ous", "ful", "ive", "able", "ible", "ish", "less", "ic", "ary", "al"), pos.ADJECTIVE),
}
_FLOATING = ("all", "both", "each", "neither")
_ALWAYS_VERBS = ("says", "believes", "argues")
_OPENS_AFTER = '.?!:-"('
# An ending tells little of a name as short as this: Reilly is no adverb.
_SHORT = 7
# How far back the subject of a verb at the end is looked for.
_REACH = 60
_SHOWING = re.compile(r"[vxm].*,[dNnj#p]*[nN]$")
_SPEAKER = re.compile(r"Q[,?!.][dnNj#puic,()-]*[nNu)]r?$")


def lower_of(form: str) -> str:
    """A form in lower case, with a straight apostrophe."""
    return form.lower().replace("’", "'")


def tags_of(forms: list[str], lowers: list[str], codes: str, *, title_case: bool = False) -> str:
    """The tags of one unit's words, a letter each; `title_case` where every word is capitalised (a headline).

    `lowers` are the forms in lower case with straight apostrophes, `codes` what each tells by itself.
    """
    tags = list(codes.translate(_AS_NAMES))
    context = TokenContext(forms, tags)
    for found in (_DOUBTFUL_IN_TITLE if title_case else _DOUBTFUL).finditer(codes):
        index = found.start()
        context.move(index, lowers[index])
        code = found[0]
        if context.directly == pos.TO and _may_be_new_verb(context):
            code = pos.BASE
        elif code in _CAPITALS:
            code = _titled(context) if title_case else _opening(context)
        by_tag = BY_TAG.get(code)
        tags[index] = by_tag(context) if by_tag is not None else code
    return _look_again(tags, forms)


def _code(form: str) -> str:
    known = certain_tags().get(form) or _MARKS.get(form)
    if known or form == FOLDED:
        return known or pos.QUOTATION
    first, lower = form[0], lower_of(form)
    if not first.isalnum() and first not in "@#$£€'’":
        return _MARKS.get(first, pos.NUMBER)
    if lower in AMBIGUOUS_WORDS:
        return pos.ANY
    if first.isupper() and lower != "i":
        return _code_of_capitalised(form, lower)
    return tags_of_words().get(lower) or _unlisted(form, lower)


def _code_of_capitalised(form: str, lower: str) -> str:
    if form == "US" or (len(form) == 1 and form != "A"):
        return pos.NAME
    if lower in word_list("closed", "month"):
        return pos.TIME
    timed = tags_of_words().get(lower) == pos.TIME and not form.isupper()
    return pos.CAPITALISED_TIME if timed else pos.CAPITALISED


code_of = Known(_code).__getitem__
"""What a form tells by itself, a letter: its tag, or what it may be where its neighbours decide."""
_CAPITALS = pos.CAPITALISED + pos.CAPITALISED_TIME
_AS_NAMES = str.maketrans(_CAPITALS, pos.NAME + pos.TIME)
# What an unlisted word can be by its ending, where "to" does not make a verb of it.
_BY_ENDING = pos.NOUN + pos.ADJECTIVE + pos.ADVERB + pos.GERUND
_BEHIND_TO = rf"(?<={pos.TO})[{_BY_ENDING}]"
_DOUBTFUL = re.compile(rf"[{AMBIGUOUS_TAGS}]|{_BEHIND_TO}|(?:^|(?<=[{re.escape(_OPENS_AFTER)}]))[{_CAPITALS}]")
_DOUBTFUL_IN_TITLE = re.compile(rf"[{AMBIGUOUS_TAGS}{_CAPITALS}]|{_BEHIND_TO}")


def _may_be_new_verb(context: TokenContext) -> bool:
    """Whether a word behind "to" is a verb that is not listed."""
    form = context.forms[context.index]
    return context.lower not in tags_of_words() and form.islower() and form.isalpha()


def _titled(context: TokenContext) -> str:
    """A capitalised word among others: what the lists or its ending say, or a name."""
    lower = context.lower
    return tags_of_words().get(lower) or (_ending(lower) if len(lower) >= _SHORT else "") or pos.NAME


def _opening(context: TokenContext) -> str:
    """A capitalised word that opens a sentence: a name where nothing else is known, or where a name follows."""
    lower = context.lower
    tag = tags_of_words().get(lower)
    before_name = context.next_form[:1].isupper()
    if tag is not None:
        silent = tag == pos.PAST_OR_PARTICIPLE and lemma_of(lower) not in word_list("verbs", "inverting")
        named = tag in _ALSO_NAMES or (silent and context.next_form.lower() not in word_list("closed", "time"))
        return pos.NAME if named and before_name else tag
    if before_name:
        return pos.NAME
    if context.next_tag in _VERB_BEHIND_NAME:
        return pos.NAME
    ending = _ending(lower)
    # "Reilly then left": two adverbs do not open a sentence without a comma.
    return pos.NAME if ending in ("", "a") or (ending == pos.ADVERB and context.next_tag == pos.ADVERB) else ending


def _unlisted(form: str, lower: str) -> str:
    first = form[0]
    if first in "$£€#" or first.isdigit():
        return pos.NUMBER
    if first == "@":
        return pos.NAME
    if lower.endswith(("-thirds", "-third", "-quarters", "-quarter", "-fifths")):
        return pos.NUMBER
    if first in "'’":
        return {"'s": pos.POSSESSIVE, "'": pos.POSSESSIVE, "'ll": pos.MODAL, "'d": pos.MODAL}.get(lower, pos.STRAY_MARK)
    return _ending(lower) or pos.NOUN


@lru_cache(maxsize=4096)
def _ending(lower: str) -> str:
    """The tag that a word's ending suggests; nothing where none is known."""
    for ending, tag in _ENDINGS.items():
        if lower.endswith(ending) and len(lower) > len(ending) + 2:
            if lower in nouns_ending_in(ending):
                return pos.NOUN
            return pos.PARTICIPLE if tag == pos.PAST_OR_PARTICIPLE and "-" in lower else tag
    return ""


def _look_again(tags: list[str], forms: list[str]) -> str:
    """The tags, corrected by what only the words behind show; of a token's corrections the first that holds is made."""
    written, corrected = "".join(tags), False
    for found in _MAY_BE_CORRECTED.finditer(written, 1):
        index = found.start()
        for holds, tag in _CORRECTIONS[tags[index]]:
            if holds(tags, forms, index):
                tags[index], corrected = tag, True
                break
    verbs = _closing_verbs()
    if not verbs.isdisjoint(forms):
        for index in range(2, len(tags)):
            if tags[index] == pos.NOUN and forms[index] in verbs and _is_closing_verb(tags, forms, index):
                tags[index], corrected = pos.FINITE, True
    return "".join(tags) if corrected else written


def _is_closing_verb(tags: list[str], forms: list[str], index: int) -> bool:
    """Whether what could be a noun is the verb of what stands before, because the clause ends with it."""
    if index + 1 < len(tags) and tags[index + 1] not in _ENDS_CLAUSE:
        return False
    if forms[index] in word_list("verbs", "showing"):
        return _shows(tags, index)
    return _speaks(tags, index) or _hopes(tags, forms, index)


def _is_thing(tags: list[str], forms: list[str], index: int) -> bool:
    """ "The ruling has", "the hearing, ...": an -ing form that nothing follows is a noun."""
    return tags[index - 1] in pos.MODIFIERS and tags[index + 1] in _ENDS_NOUN and forms[index].islower()


def _is_modifier(tags: list[str], forms: list[str], index: int) -> bool:
    """ "Rights advocates said": the verb is still to come."""
    if not forms[index].endswith("s") or forms[index] in _ALWAYS_VERBS or tags[index - 1] not in _SUBJECT_ENDS:
        return False
    return _verb_at(tags, index + 1)


def _has_agent(_tags: list[str], forms: list[str], index: int) -> bool:
    """ "Bills passed by the house"."""
    return forms[index + 1] == "by" and forms[index].endswith(("ed", "en", "wn"))


def _floats(tags: list[str], forms: list[str], index: int) -> bool:
    """ "They both said": what counts the subject stands before the verb."""
    return tags[index - 1] in _BEFORE_FLOATING and tags[index + 1] in _PAST and forms[index] in _FLOATING


@cache
def _closing_verbs() -> frozenset[str]:
    """The forms that may be nouns and may be the verb that closes a clause."""
    plural = (form for form, tag in tags_of_words().items() if tag == pos.S_FORM_OR_NOUN)
    return word_list("verbs", "showing") | {"read", *plural}


def _shows(tags: list[str], index: int) -> bool:
    """ "The ramp is shut, figures show": a noun that shows, behind a clause and its subject."""
    return _SHOWING.search("".join(tags[max(index - _REACH, 0) : index])) is not None


def _speaks(tags: list[str], index: int) -> bool:
    """ "...," Doe writes: what could be a plural is a verb between a quotation's speaker and the end."""
    return _SPEAKER.search("".join(tags[max(index - _REACH, 0) : index])) is not None


def _hopes(tags: list[str], forms: list[str], index: int) -> bool:
    """He hopes the ramp opens: what could be a plural is the verb of a clause that needs one."""
    if tags[index - 1] not in pos.NOUNS or forms[index - 1].endswith("s"):
        return False
    at = index - 1
    while at > 0 and tags[at] in pos.POSSESSED_PHRASE:
        at -= 1
    return tags[at] == pos.FINITE and lemma_of(forms[at].lower()) in word_list("verbs", "needing_clause")


def _verb_at(tags: list[str], at: int) -> bool:
    while at < len(tags) and tags[at] == pos.ADVERB:
        at += 1
    return at < len(tags) and tags[at] in pos.FINITE_GROUP


Correction = tuple[Callable[[list[str], list[str], int], bool], str]
"""A test of a token (the tags, the forms, its index), and the tag that it gets where that holds."""

_CORRECTIONS: dict[str, tuple[Correction, ...]] = {
    pos.GERUND: ((_is_thing, pos.NOUN),),
    pos.FINITE: ((_is_modifier, pos.NOUN), (_has_agent, pos.PARTICIPLE)),
    pos.DETERMINER: ((_floats, pos.ADVERB),),
}
# Of what stands behind a token each of these tests asks this much.
_MAY_BE_CORRECTED = re.compile(
    rf"{pos.GERUND}(?=[{_ENDS_NOUN}])"
    rf"|{pos.FINITE}(?={pos.PREPOSITION}|{pos.ADVERB}*[{pos.FINITE_GROUP}])"
    rf"|{pos.DETERMINER}(?=[{_PAST}])"
)
