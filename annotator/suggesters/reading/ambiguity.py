"""Ambiguity: which of its parts of speech a word has here, by the words before and behind it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from annotator.suggesters.reading.context import TokenContext
from annotator.suggesters.reading.grammar import lemma_of, tags_of_words, verb_forms, word_list


def resolved(tag: str, context: TokenContext) -> str:
    """The tag of a word after a look around; only words that can be several things are looked at."""
    by_word = _BY_WORD.get(context.lower)
    if by_word is not None:
        return by_word(context)
    by_tag = _BY_TAG.get(tag)
    return by_tag(context) if by_tag is not None else tag


def _past_or_participle(context: TokenContext) -> str:
    before = context.before
    if before == "^":
        return "v" if context.next_form[0].isupper() else "e"
    if context.directly == "v" and context.ahead in ("n", "N") and context.word_before in ("said", "says"):
        return "e"
    if before == "j" and context.ahead in ("d", "o", "u", "s"):
        return "v"
    if before in "#jd" and context.lower in word_list("verbs", "never_modifying"):
        return "v"
    if before == "#":
        return "e" if (context.next_tag or "n") in "njB" and context.next_form[0].isalpha() else "v"
    if before == "d":
        quantifier = context.forms[context.at_before].lower()
        counted = quantifier in word_list("closed", "quantifier") and (context.next_tag or "n") not in "nj"
        return "v" if counted else "e"
    paired = before == "c" and context.at_before > 0 and context.tags[context.at_before - 1] == "e"
    if before in "xhjpi" or (paired and context.ahead not in ("s", "u", "d", "“", '"')):
        return "e"
    return "v"


def _finite(context: TokenContext) -> str:
    """An -s form that is no listed noun is one all the same behind "the", "two" or "she said"."""
    if _reported(context) and context.lower.endswith("s") and not _relative_subject(context):
        return "n"
    if context.directly == "d" and context.word_before.lower() in _SINGULAR:
        return "v"
    if context.directly in "djp#" and context.lower.endswith("s") and context.lower not in ("says", "tells"):
        return "n"
    return "v"


def _base(context: TokenContext) -> str:
    # "Bridge to close", "Mayor says bridge is rotten": headlines leave the article out.
    opening = context.before == "^" and context.next_form in ("to", "is", "was", "has", "will", "may", "could")
    reported = context.directly == "v" and context.next_tag in ("x", "m", "h") and _tells(context.word_before)
    return "n" if opening or reported else _base_or_noun(context, noun=False)


def _base_too(context: TokenContext) -> str:
    return _base_or_noun(context, noun=True)


def _base_or_noun(context: TokenContext, *, noun: bool) -> str:
    """A base form: `noun` where the lists know it as a noun too."""
    before, directly = context.before, context.directly
    if context.lower == "close" and context.next_form == "to" and before not in "tm":
        return "j"
    if before == "^":
        return "n" if noun else "b"
    if before == "h" and context.lower in word_list("verbs", "base_like_past"):
        return "e"
    if not noun and before == "o" and context.at_before > 0 and context.tags[context.at_before - 1] == "i":
        # "Those around him acknowledge ...".
        return "v"
    if directly in "mty" or before in "mtyo":
        return "b"
    if directly == "d" and context.word_before.lower() in word_list("closed", "quantifier"):
        named = context.next_form[0].isupper() and context.word_before.lower() not in ("this", "that", "these")
        alone = context.index < 2 or context.tags[context.index - 2] != "d"
        spoken = not noun and alone and context.word_before.lower() not in _SINGULAR
        return "v" if named or spoken or context.ahead in tuple("dsuotg") else "n"
    if directly in "djp" or (noun and directly == "#" and not context.next_form[0].isupper()):
        return "n"
    if before in "uw#" or (before == "z" and context.ahead in ("d", "N")):
        return "v"
    if before == "i":
        return "n" if noun else "b"
    if before in "nN":
        return _behind_noun(context, noun=noun)
    if noun:
        read = context.lower == "read" and context.ahead == ":"
        return "v" if before in ",-z" and (read or context.ahead in ("d", "s", "u")) else "n"
    return "v" if before in ")Q,e-z" else "b"


def _tells(verb: str) -> bool:
    """Whether a clause without "that" may follow the verb: "says bridge is rotten"."""
    return lemma_of(verb.lower()) in word_list("verbs", "inverting") or verb.lower() in ("denies", "denied")


def _behind_noun(context: TokenContext, *, noun: bool) -> str:
    """Behind a noun: a verb where the noun is plural and something follows that a verb can take."""
    ahead, word = context.ahead, context.forms[context.at_before].lower()
    plural = (word.endswith("s") and not word.endswith("ss")) or word in word_list("closed", "plural")
    if context.before == "N" and ahead in ("n", "N", "j") and (noun or not plural):
        return "n"
    if noun:
        return "v" if plural and ahead in tuple("dsituownrN:jmg") else "n"
    return "v" if plural or ahead in tuple("duostm") else "n"


def _third_person_or_noun(context: TokenContext) -> str:
    before, directly, ahead = context.before, context.directly, context.ahead
    if _reported(context) and ahead in ("d", "#", "i", "r") and _relative_subject(context):
        # "The ramp, which she says includes a lift".
        return "v"
    if context.next_form in ("who", "whose"):
        return "n"
    if directly == "d" and context.word_before.lower() in ("another", "this", "neither", "either"):
        return "v"
    singular = not context.word_before.endswith("s")
    if before in "uw":
        return "v"
    if before == "^" or directly in "djp#ie" or before in "vbgi":
        return "n"
    if before == "c" and ahead in ("d", "o", "s") and "v" in context.tags:
        return "v"
    if before == "N" and context.next_form[0].isupper() and not context.word_before.islower():
        return "v"
    if before == "N" and ahead in ("m", "x", "h") and _relative_subject(context):
        return "v"
    if before in "nN)Q,":
        taken = directly == "r" and ahead in ("S", "B")
        taken = (
            taken
            or ahead in ("d", "s", "u", "o", "w", "t", "'s", ":", '"', "“")
            or (before == "N" and ahead in ("g", "#", "$"))
        )
        return "v" if taken or (singular and ahead in ("i", "r", "n", "j", ",")) else "n"
    return "v" if directly == "r" else "n"


def _reported(context: TokenContext) -> bool:
    return context.directly == "v" and context.word_before in ("says", "said", "say")


def _relative_subject(context: TokenContext) -> bool:
    """Whether a relative pronoun stands before the subject of the verb before."""
    at = context.index - 2
    while at > 0 and context.tags[at] in "dnNjup#":
        at -= 1
    return at >= 0 and (context.tags[at] == "w" or context.forms[at].lower() == "that")


def _to(context: TokenContext) -> str:
    """ "to" before a verb, or the preposition."""
    forms, index = context.forms, context.index
    following, tag = context.next_form.lower(), context.next_tag
    if context.word_before in ("according", "According"):
        return "i"
    if following == "qq" and _wanted_before(context):
        return "t"
    if following == "back" and index + 2 < len(forms):
        taken = forms[index + 2]
        return "t" if taken[0].isupper() or tags_of_words().get(taken.lower(), "i") in "do" else "i"
    if _wants_infinitive(context) and (following == "qq" or (tag in ("", "n") and following.isalpha())):
        # Behind "sought" even an unlisted word and a noun are verbs, unless they are plural.
        return (
            "i" if following.endswith(("s", "ing")) or (not context.next_form.islower() and following != "qq") else "t"
        )
    if (tag == "r" or (not tag and following.endswith("ly"))) and index + 2 < len(forms):
        following = forms[index + 2].lower()
        tag = tags_of_words().get(following, "")
    elif not tag and following.isalpha() and following.islower() and index + 2 < len(forms):
        # An unlisted word that takes an object is a verb: "to moor the".
        tag = "b" if tags_of_words().get(forms[index + 2].lower(), "") in ("d", "o", "u") else ""
    elif tag == "j" and following in verb_forms() and index + 2 < len(forms):
        # "To open the", "to clear them": an adjective that is a verb too.
        tag = "b" if tags_of_words().get(forms[index + 2].lower(), "") in ("d", "o", "u") else ""
    return "t" if tag in ("b", "B", "y", "h", "x") or following in word_list("verbs", "base_like_past") else "i"


def _wants_infinitive(context: TokenContext) -> bool:
    """Whether an infinitive is what the verb before takes, an adverb passed over."""
    at = context.at_before
    return (
        at >= 0 and context.tags[at] in "vebg" and lemma_of(context.forms[at].lower()) in word_list("verbs", "with_to")
    )


def _wanted_before(context: TokenContext) -> bool:
    """Whether the last verb takes a person and an infinitive: "urged the crew to "stay"."""
    verbs = [at for at in range(context.index) if context.tags[at] in "vbg"]
    return bool(verbs) and lemma_of(context.forms[verbs[-1]].lower()) in word_list("verbs", "with_person")


def _clitic_s(context: TokenContext) -> str:
    if context.before in "uwrs^":
        return "x"
    if context.next_form[0].isupper():
        return "p"
    return "x" if context.next_tag in ("d", "i", "x", "o") and context.next_form.lower() not in _POSSESSED else "p"


def _since(context: TokenContext) -> str:
    return "r" if context.before == "h" else "i"


def _her(context: TokenContext) -> str:
    return "d" if context.next_form[0].isalpha() and (context.next_tag or "n") not in "ditsrcwuxm" else "o"


def _there(context: TokenContext) -> str:
    verbal = context.next_tag in ("x", "m", "h", "v") or context.next_form.lower() in _THERE
    return "u" if verbal else "r"


def _earlier(context: TokenContext) -> str:
    return "j" if context.before == "d" and context.next_form[0].islower() else "r"


def _that(context: TokenContext) -> str:
    """Relative behind a noun and before a verb, pronoun before a verb, otherwise the subordinator."""
    ahead = context.next_tag or "n"
    if context.before in "nN)" and ahead in ("x", "m", "h", "y", "v", "a", "S"):
        return "w"
    if context.next_form == "," and context.before in "vegNz" and context.index + 2 < len(context.forms):
        return "s"
    if ahead in ("x", "m", "h", "y") or not context.next_form[0].isalnum():
        return "u"
    return "d" if context.before == "i" else "s"


_SINGULAR = frozenset(("this", "that", "each", "neither", "either", "another", "a", "an"))


def _back(context: TokenContext) -> str:
    return "b" if context.directly == "t" else "r"


def _like(context: TokenContext) -> str:
    """ "would like to", "they like the plan"; a preposition everywhere else."""
    if context.directly in "mt" or context.before in "my":
        return "b"
    liked = context.before == "u" and context.forms[context.at_before].lower() in ("they", "we", "you", "i")
    return "v" if liked and context.ahead in ("d", "o", "u", "t", "w") else "i"


def _worried(context: TokenContext) -> str:
    """ "He worried that ...", but "is worried" and "the worried crew"."""
    return "v" if context.before in "unN" and context.ahead in ("s", "d", "u") else "j"


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
    "a": _past_or_participle,
    "v": _finite,
    "b": _base,
    "B": _base_too,
    "S": _third_person_or_noun,
    "t": _to,
}


@cache
def certain_tags() -> dict[str, str]:
    """The words, as they stand in lower case, that no neighbour can change; clitics are not among them."""
    words = ((word, tag) for word, tag in tags_of_words().items() if word[0].isalpha())
    return {word: tag for word, tag in words if tag not in _BY_TAG and word not in _BY_WORD}
