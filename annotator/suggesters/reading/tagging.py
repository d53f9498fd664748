"""Tagging: one letter for each word's part of speech, from the word lists, endings and neighbours."""

from __future__ import annotations

import re
from functools import lru_cache

from annotator.suggesters.reading.ambiguity import certain_tags, resolved
from annotator.suggesters.reading.context import TokenContext
from annotator.suggesters.reading.grammar import lemma_of, nouns_ending_in, tags_of_words, word_list

# The letters of words are explained in grammar.py. Punctuation: , ; : . ? ! stand for themselves,
# - any dash, ( and ) any bracket, Q a whole quotation, " a stray quotation mark.
_MARKS = {
    ",": ",", ";": ";", ":": ":", ".": ".", "?": "?", "!": "!", "…": ".", "&": "c",
    "-": "-", "–": "-", "—": "-", "(": "(", "[": "(", ")": ")", "]": ")",
} | dict.fromkeys("\"“”„‟«»‘`", '"')  # fmt: skip
_ENDINGS = (
    ("ly", "r"), ("ing", "g"), ("ed", "a"),
    ("tion", "n"), ("sion", "n"), ("ment", "n"), ("ness", "n"), ("ity", "n"), ("ism", "n"), ("ship", "n"),
    ("ous", "j"), ("ful", "j"), ("ive", "j"), ("able", "j"), ("ible", "j"), ("ish", "j"), ("less", "j"),
    ("ic", "j"), ("ary", "j"), ("al", "j"),
)  # fmt: skip
_FOLDED = "QQ"
# What counts the subject may stand before the verb: "they both said", "he neither said".
_FLOATING = ("all", "both", "each", "neither")
_OPENS_AFTER = '.?!:-"('
# An ending tells little of a name as short as this: Reilly is no adverb.
_SHORT = 7
# How far back the subject of a verb at the end is looked for.
_REACH = 60
_SHOWING = re.compile(r"[vxm].*,[dNnj#p]*[nN]$")
_SPEAKER = re.compile(r"Q[,?!.][dnNj#puic,()-]*[nNu)]r?$")


def tags_of(forms: list[str], lowers: list[str], *, title_case: bool = False) -> str:
    """The tags of one unit's words, a letter each; `title_case` where every word is capitalised (a headline).

    `lowers` are the forms in lower case with straight apostrophes.
    """
    tags: list[str] = []
    certain = certain_tags()
    for index, form in enumerate(forms):
        tag = certain.get(form)
        if tag is not None:
            tags.append(tag)
            continue
        first = form[0]
        if form == _FOLDED:
            tags.append("Q")
        elif not first.isalnum() and first not in "@#$£€'’":
            tags.append(_MARKS.get(first, "#"))
        else:
            context = TokenContext(forms, tags, index, lowers[index])
            tags.append(resolved(_listed(context, title_case=title_case), context))
    _look_again(tags, forms)
    return "".join(tags)


def _listed(context: TokenContext, *, title_case: bool) -> str:
    """What the lists and the capitals say of a word, before its neighbours are asked."""
    form, lower = context.forms[context.index], context.lower
    tag = tags_of_words().get(lower)
    if (tag is None or tag in "nj") and form.islower() and context.directly == "t" and form.isalpha():
        return "b"
    if not form[0].isupper() or lower == "i":
        return tag or _unlisted(form, lower)
    if form == "US" or (len(form) == 1 and form != "A"):
        return "N"
    if lower in word_list("closed", "month"):
        return "z"
    if title_case:
        return tag or (_ending(lower) if len(lower) >= _SHORT else "") or "N"
    if context.index == 0 or context.tags[-1] in _OPENS_AFTER:
        return _opening(context, tag)
    return "z" if tag == "z" and not form.isupper() else "N"


def _opening(context: TokenContext, tag: str | None) -> str:
    """A capitalised word that opens a sentence: a name where nothing else is known, or where a name follows."""
    lower = context.lower
    before_name = context.next_form[:1].isupper()
    if tag is not None:
        silent = tag == "a" and lemma_of(lower) not in word_list("verbs", "inverting")
        named = tag in "BSjb" or (silent and context.next_form.lower() not in word_list("closed", "time"))
        return "N" if named and before_name else tag
    if before_name:
        return "N"
    if context.next_tag in ("a", "v", "h", "x", "m"):
        return "N"
    ending = _ending(lower)
    # "Reilly then left": two adverbs do not open a sentence without a comma.
    return "N" if ending in ("", "a") or (ending == "r" and context.next_tag == "r") else ending


def _unlisted(form: str, lower: str) -> str:
    first = form[0]
    if first in "$£€#" or first.isdigit():
        return "#"
    if first == "@":
        return "N"
    if lower.endswith(("-thirds", "-third", "-quarters", "-quarter", "-fifths")):
        return "#"
    if first in "'’":
        return {"'s": "p", "'": "p", "'ll": "m", "'d": "m"}.get(lower, '"')
    return _ending(lower) or "n"


@lru_cache(maxsize=4096)
def _ending(lower: str) -> str:
    """The tag that a word's ending suggests; nothing where none is known."""
    for ending, tag in _ENDINGS:
        if lower.endswith(ending) and len(lower) > len(ending) + 2:
            if lower in nouns_ending_in(ending):
                return "n"
            return "e" if tag == "a" and "-" in lower else tag
    return ""


def _look_again(tags: list[str], forms: list[str]) -> None:
    """Correct what only the words behind show: "the ruling has", "rights advocates said", "bills passed by"."""
    for index in range(1, len(tags) - 1):
        before, tag, behind = tags[index - 1], tags[index], tags[index + 1]
        ruling = tag == "g" and before in "djp" and behind in "hxmv.,c:;i" and forms[index].islower()
        if ruling or (
            tag == "v"
            and forms[index].endswith("s")
            and forms[index] not in ("says", "believes", "argues")
            and before in "nNj"
            and _verb_at(tags, index + 1)
        ):
            tags[index] = "n"
        elif tag == "d" and before in "nNhxm" and behind in "vhe" and forms[index] in _FLOATING:
            tags[index] = "r"
        elif tag == "v" and forms[index + 1] == "by" and forms[index].endswith(("ed", "en", "wn")):
            tags[index] = "e"
    known = tags_of_words()
    for index in range(2, len(tags)):
        # "...," Doe writes. What could be a noun is a verb between a quotation's speaker and the end.
        ends = index + 1 >= len(tags) or tags[index + 1] in ".,:iz-?!Q"
        if ends and tags[index] == "n" and forms[index] in word_list("verbs", "showing"):
            if _SHOWING.search("".join(tags[max(index - _REACH, 0) : index])):
                tags[index] = "v"
        elif ends and tags[index] == "n" and (known.get(forms[index]) == "S" or forms[index] == "read"):
            speaks = _SPEAKER.search("".join(tags[max(index - _REACH, 0) : index])) is not None
            if speaks or _hopes(tags, forms, index):
                tags[index] = "v"


def _hopes(tags: list[str], forms: list[str], index: int) -> bool:
    """He hopes the ramp opens: what could be a plural is the verb of a clause that needs one."""
    if tags[index - 1] not in "nN" or forms[index - 1].endswith("s"):
        return False
    at = index - 1
    while at > 0 and tags[at] in "dnNjp#":
        at -= 1
    return tags[at] == "v" and lemma_of(forms[at].lower()) in word_list("verbs", "needing_clause")


def _verb_at(tags: list[str], at: int) -> bool:
    while at < len(tags) and tags[at] == "r":
        at += 1
    return at < len(tags) and tags[at] in "vmxhy"
