"""Tagging: one letter for each word's part of speech, from the word lists, endings and neighbours."""

from __future__ import annotations

import re

from annotator.suggesters.grammar import tags_of_words, word_list

# The letters of words are explained in grammar.py. Punctuation: , ; : . ? ! stand for themselves,
# - any dash, ( and ) any bracket, Q a whole quotation, " a stray quotation mark.
_PUNCTUATION = {
    ",": ",", ";": ";", ":": ":", ".": ".", "?": "?", "!": "!", "…": ".",
    "-": "-", "–": "-", "—": "-", "(": "(", "[": "(", ")": ")", "]": ")",
}  # fmt: skip
_QUOTES = frozenset("\"“”„‟«»‘’'`")
_ENDINGS = (
    ("ly", "r"), ("ing", "g"), ("ed", "a"),
    ("tion", "n"), ("sion", "n"), ("ment", "n"), ("ness", "n"), ("ity", "n"), ("ism", "n"), ("ship", "n"),
    ("ous", "j"), ("ful", "j"), ("ive", "j"), ("able", "j"), ("ible", "j"), ("ish", "j"), ("less", "j"), ("ical", "j"),
    ("ic", "j"), ("ary", "j"), ("al", "j"),
)  # fmt: skip
_NOUNS_IN = {
    "al": frozenset("proposal rival deal official approval arrival denial appeal hospital animal capital trial professional signal intellectual".split()),
    "ic": frozenset("public critic republic topic music traffic clinic comic skeptic rhetoric logic fabric picnic academic".split()),
    "ary": frozenset("secretary salary library diary summary anniversary commentary primary".split()),
    "ly": frozenset("family ally bully rally reply supply assembly july italy fly".split()),
    "ing": frozenset("thing nothing something anything everything king morning evening spring ring string wing building meeting hearing briefing funding spending ceiling feeling wedding".split()),
    "ive": frozenset("executive representative conservative objective initiative perspective incentive narrative operative native detective relative".split()),
    "ed": frozenset("speed seed deed bed shed".split()),
}  # fmt: skip
_QUANTIFIERS = frozenset("several many some all both most few half each none neither either this that these those".split())
_SPEAKER = re.compile(r"Q[,?!.][dnNj#puc,()-]*[nNu)]r?$")


def tags_of(forms: list[str], *, title_case: bool = False) -> str:
    """The tags of one unit's words, a letter each; `title_case` where every word is capitalised (a headline)."""
    known = tags_of_words()
    months, not_names = word_list("closed", "month"), word_list("closed", "title")
    tags: list[str] = []
    size = len(forms)
    for index, form in enumerate(forms):
        lower = form.lower().replace("’", "'")
        first = form[0]
        if not first.isalnum() and first not in "@#$£€'’":
            tags.append(
                "Q"
                if form == "Q“"
                else _PUNCTUATION.get(first) or ('"' if first in _QUOTES else "c" if first == "&" else "#")
            )
            continue
        if form == "QQ":
            tags.append("Q")
            continue
        tag = known.get(lower)
        if first.isupper() and lower != "i":
            opens = index == 0 or tags[-1] in '.?!:-"('
            if lower in months:
                tag = "z"
            elif opens and tag is None and lower.endswith("ly") and len(lower) < 7 and _next_is_verb(forms, index, known):
                tag = "N"
            elif title_case or opens:
                if tag is None or (tag in "BSjba" and not title_case and _next_is_name(forms, index) and tag != "a"):
                    tag = "N" if not title_case or len(lower) < 7 or not _ending(lower) else _ending(lower)
                    if opens and not title_case and not _next_is_name(forms, index) and tag == "N":
                        tag = _ending(lower) or "N"
                        tag = "N" if tag == "a" else tag
            elif tag != "z" or form.isupper():
                tag = "N"
        elif tag is None:
            tag = _unlisted(form, lower)
        tags.append(_resolved(tag, lower, tags, forms, index, size, known))
    _second_look(tags, forms)
    return "".join(tags)


def _next_is_verb(forms: list[str], index: int, known: dict[str, str]) -> bool:
    return index + 1 < len(forms) and known.get(forms[index + 1].lower(), "") in ("a", "v", "h", "x", "m")


def _next_is_name(forms: list[str], index: int) -> bool:
    return index + 1 < len(forms) and forms[index + 1][0].isupper()


def _unlisted(form: str, lower: str) -> str:
    first = form[0]
    if first in "$£€#" or first.isdigit():
        return "#"
    if first in "@":
        return "N"
    if first in "'’":
        return "p" if lower in ("'s", "'") else "m" if lower in ("'ll", "'d") else '"'
    return _ending(lower) or "n"


def _ending(lower: str) -> str:
    for ending, tag in _ENDINGS:
        if lower.endswith(ending) and len(lower) > len(ending) + 2:
            return "n" if lower in _NOUNS_IN.get(ending, ()) else tag
    return ""


def _resolved(
    tag: str, lower: str, tags: list[str], forms: list[str], index: int, size: int, known: dict[str, str]
) -> str:
    """The tag after a look at the words before and the word behind."""
    at = index - 1
    while at >= 0 and tags[at] == "r":
        at -= 1
    before = tags[at] if at >= 0 else "^"
    if tag in "BSbavg" and before != "^":
        if tag == "a":
            following = forms[index + 1] if index + 1 < size else "."
            if before == "#":
                return "e" if known.get(following.lower(), "n") in "njB" and following[0].isalpha() else "v"
            if before == "d" and forms[at].lower() == "those":
                return "e"
            if before == "d" and forms[at].lower() in _QUANTIFIERS and known.get(following.lower(), "n") not in "nj":
                return "v"
            return _participle_or_past(before, tags, at)
        if tag == "v" and tags[index - 1] in "djp#" and lower.endswith("s") and lower not in ("says", "tells"):
            return "n"
        if tag == "g":
            return "g"
        following = forms[index + 1].lower() if index + 1 < size else "."
        ahead = known.get(following, "n" if following[0].isalpha() else following[0])
        if tag in "Bb":
            return _base(tag, before, tags[index - 1], forms[index - 1].lower(), ahead)
        if tag == "S":
            return _third_person(
                before, tags[index - 1], ahead, forms[index - 1], ahead_capital=index + 1 < size and forms[index + 1][0].isupper()
            )
    if tag == "x" and lower == "'s":
        following = forms[index + 1].lower() if index + 1 < size else "."
        ahead = known.get(following, "")
        if before in "uw" or (before in "rs" and tags):
            return "x"
        return "x" if ahead in ("d", "i", "x", "o") and following not in ("own", "many", "most", "few", "two") else "p"
    if tag == "t":
        following = forms[index + 1].lower() if index + 1 < size else "."
        ahead = known.get(following, "")
        if ahead == "r":
            following = forms[index + 2].lower() if index + 2 < size else "."
            ahead = known.get(following, "")
        return (
            "t"
            if ahead in ("b", "B", "y", "h", "x")
            or following in ("be", "have", "do", "read", "put", "let", "cut", "hit", "set", "run", "come", "become")
            else "i"
        )
    if lower == "since" and before == "h":
        return "r"
    if lower == "her":
        following = forms[index + 1].lower() if index + 1 < size else "."
        return "d" if following[0].isalpha() and known.get(following, "n") not in "ditsrcwuxm" else "o"
    if lower in ("there", "there's"):
        following = forms[index + 1].lower() if index + 1 < size else "."
        return "u" if known.get(following, "") in ("x", "m", "h", "v") or following in ("'s", "’s", "remain", "remains", "appears", "seems") else "r"
    if lower == "earlier" and index + 1 < size and before == "d" and forms[index + 1][0].islower():
        return "j"
    if lower == "that":
        return _that(before, forms, index, size, known)
    if tag == "a" and before == "^" and size > 1 and forms[1][0].isupper():
        return "v"
    return {"B": "n", "S": "n", "a": "e" if before == "^" else "v"}.get(tag, tag)


def _participle_or_past(before: str, tags: list[str], at: int) -> str:
    if before in "xh":
        return "e"
    if before in "djpi":
        return "e"
    if before == "c" and at > 0 and tags[at - 1] == "e":
        return "e"
    return "v"


def _base(tag: str, before: str, directly: str, word_before: str, ahead: str) -> str:
    if directly in "mty" or before in "mty":
        return "b"
    if before == "o":
        return "b"
    if before in "uw#":
        return "v"
    if directly in "djp" or (directly == "#" and tag == "B"):
        return "n"
    if before in "i":
        return "n" if tag == "B" else "b"
    if before in "nN":
        if before == "N" and ahead in ("n", "N", "j"):
            return "n"
        plural = word_before.endswith("s") or word_before in ("people", "men", "women", "children", "police", "media")
        if tag == "b":
            return "v" if plural or ahead in ("d", "u", "o", "s", "t", "m") else "n"
        return "v" if plural and ahead in ("d", "s", "i", "t", "u", "o", "w", "n", "r", "N", ":", "j", "m") else "n"
    if tag == "b":
        return "v" if before in ")Q,e" else "b"
    return "n"


def _third_person(before: str, directly: str, ahead: str, word_before: str, *, ahead_capital: bool) -> str:
    if before in "uw#":
        return "v"
    if directly in "djp#ie" or before in "vbgi":
        return "n"
    if before == "N" and ahead_capital and not word_before.islower():
        return "v"
    if before in "nN)Q,":
        if ahead in ("d", "s", "u", "o", "w", "t", "'s", ":", '"', "“") or (
            ahead in ("i", "r", "n", "j", ",") and not word_before.endswith("s")
        ):
            return "v"
        return "n"
    if directly == "r":
        return "v"
    return "n"


def _that(before: str, forms: list[str], index: int, size: int, known: dict[str, str]) -> str:
    following = forms[index + 1].lower() if index + 1 < size else "."
    ahead = known.get(following, "n")
    if before in "nN)" and ahead in ("x", "m", "h", "y", "v", "a", "S"):
        return "w"
    if ahead in ("x", "m", "h", "y") or not following[0].isalnum():
        return "u"
    if before in "i":
        return "d"
    return "s"


def _verb_next(tags: list[str], at: int) -> bool:
    while at < len(tags) and tags[at] == "r":
        at += 1
    return at < len(tags) and tags[at] in "vmxhy"


def _second_look(tags: list[str], forms: list[str]) -> None:
    """Corrections that need both sides: a "past" form before its own "by", or as a modifier."""
    for index in range(1, len(tags) - 1):
        if tags[index] == "g" and tags[index - 1] in "djp" and tags[index + 1] in "hxmv.,c:;i" and forms[index].islower():
            tags[index] = "n"
        elif tags[index] == "v" and forms[index].endswith("s") and tags[index - 1] in "nNj" and _verb_next(tags, index + 1):
            tags[index] = "n"
        elif tags[index] == "v" and forms[index + 1] == "by" and forms[index].endswith(("ed", "en", "wn")):
            tags[index] = "e"
    known = tags_of_words()
    for index in range(2, len(tags)):
        # "...," Doe writes. What could be a noun is a verb between a quotation's speaker and the end.
        ends = index + 1 >= len(tags) or tags[index + 1] in ".,:iz-?!Q"
        if ends and tags[index] == "n" and known.get(forms[index]) == "S" and _SPEAKER.search("".join(tags[:index])):
            tags[index] = "v"
