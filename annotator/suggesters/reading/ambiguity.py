"""Ambiguity: which of its parts of speech a word has here, by the words before and behind it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from annotator.suggesters.reading.context import Place
from annotator.suggesters.reading.grammar import lemma_of, tags_of_words, verb_forms, word_list


def resolved(tag: str, place: Place) -> str:
    """The tag of a word after a look around; only words that can be several things are looked at."""
    by_word = _BY_WORD.get(place.lower)
    if by_word is not None:
        return by_word(place)
    by_tag = _BY_TAG.get(tag)
    return by_tag(place) if by_tag is not None else tag


def _past_or_participle(place: Place) -> str:
    before = place.before
    if before == "^":
        return "v" if place.next_form[0].isupper() else "e"
    if place.directly == "v" and place.ahead in ("n", "N") and place.word_before in ("said", "says"):
        return "e"
    if before == "j" and place.ahead in ("d", "o", "u", "s"):
        return "v"
    if before in "#jd" and place.lower in word_list("verbs", "never_modifying"):
        return "v"
    if before == "#":
        return "e" if (place.next_tag or "n") in "njB" and place.next_form[0].isalpha() else "v"
    if before == "d":
        quantifier = place.forms[place.at_before].lower()
        counted = quantifier in word_list("closed", "quantifier") and (place.next_tag or "n") not in "nj"
        return "v" if counted else "e"
    paired = before == "c" and place.at_before > 0 and place.tags[place.at_before - 1] == "e"
    if before in "xhjpi" or (paired and place.ahead not in ("s", "u", "d", "“", '"')):
        return "e"
    return "v"


def _finite(place: Place) -> str:
    """An -s form that is no listed noun is one all the same behind "the", "two" or "she said"."""
    if _reported(place) and place.lower.endswith("s") and not _relative_subject(place):
        return "n"
    if place.directly == "d" and place.word_before.lower() in _SINGULAR:
        return "v"
    if place.directly in "djp#" and place.lower.endswith("s") and place.lower not in ("says", "tells"):
        return "n"
    return "v"


def _base(place: Place) -> str:
    # "Bridge to close", "Mayor says bridge is rotten": headlines leave the article out.
    opening = place.before == "^" and place.next_form in ("to", "is", "was", "has", "will", "may", "could")
    reported = place.directly == "v" and place.next_tag in ("x", "m", "h") and _tells(place.word_before)
    return "n" if opening or reported else _base_or_noun(place, noun=False)


def _base_too(place: Place) -> str:
    return _base_or_noun(place, noun=True)


def _base_or_noun(place: Place, *, noun: bool) -> str:
    """A base form: `noun` where the lists know it as a noun too."""
    before, directly = place.before, place.directly
    if place.lower == "close" and place.next_form == "to" and before not in "tm":
        return "j"
    if before == "^":
        return "n" if noun else "b"
    if before == "h" and place.lower in word_list("verbs", "base_like_past"):
        return "e"
    if not noun and before == "o" and place.at_before > 0 and place.tags[place.at_before - 1] == "i":
        # "Those around him acknowledge ...".
        return "v"
    if directly in "mty" or before in "mtyo":
        return "b"
    if directly == "d" and place.word_before.lower() in word_list("closed", "quantifier"):
        named = place.next_form[0].isupper() and place.word_before.lower() not in ("this", "that", "these")
        alone = place.index < 2 or place.tags[place.index - 2] != "d"
        spoken = not noun and alone and place.word_before.lower() not in _SINGULAR
        return "v" if named or spoken or place.ahead in tuple("dsuotg") else "n"
    if directly in "djp" or (noun and directly == "#" and not place.next_form[0].isupper()):
        return "n"
    if before in "uw#" or (before == "z" and place.ahead in ("d", "N")):
        return "v"
    if before == "i":
        return "n" if noun else "b"
    if before in "nN":
        return _behind_noun(place, noun=noun)
    if noun:
        read = place.lower == "read" and place.ahead == ":"
        return "v" if before in ",-z" and (read or place.ahead in ("d", "s", "u")) else "n"
    return "v" if before in ")Q,e-z" else "b"


def _tells(verb: str) -> bool:
    """Whether a clause without "that" may follow the verb: "says bridge is rotten"."""
    return lemma_of(verb.lower()) in word_list("verbs", "inverting") or verb.lower() in ("denies", "denied")


def _behind_noun(place: Place, *, noun: bool) -> str:
    """Behind a noun: a verb where the noun is plural and something follows that a verb can take."""
    ahead, word = place.ahead, place.forms[place.at_before].lower()
    plural = (word.endswith("s") and not word.endswith("ss")) or word in word_list("closed", "plural")
    if place.before == "N" and ahead in ("n", "N", "j") and (noun or not plural):
        return "n"
    if noun:
        return "v" if plural and ahead in tuple("dsituownrN:jmg") else "n"
    return "v" if plural or ahead in tuple("duostm") else "n"


def _third_person_or_noun(place: Place) -> str:
    before, directly, ahead = place.before, place.directly, place.ahead
    if _reported(place) and ahead in ("d", "#", "i", "r") and _relative_subject(place):
        # "The ramp, which she says includes a lift".
        return "v"
    if place.next_form in ("who", "whose"):
        return "n"
    if directly == "d" and place.word_before.lower() in ("another", "this", "neither", "either"):
        return "v"
    singular = not place.word_before.endswith("s")
    if before in "uw":
        return "v"
    if before == "^" or directly in "djp#ie" or before in "vbgi":
        return "n"
    if before == "c" and ahead in ("d", "o", "s") and "v" in place.tags:
        return "v"
    if before == "N" and place.next_form[0].isupper() and not place.word_before.islower():
        return "v"
    if before == "N" and ahead in ("m", "x", "h") and _relative_subject(place):
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


def _reported(place: Place) -> bool:
    return place.directly == "v" and place.word_before in ("says", "said", "say")


def _relative_subject(place: Place) -> bool:
    """Whether a relative pronoun stands before the subject of the verb before."""
    at = place.index - 2
    while at > 0 and place.tags[at] in "dnNjup#":
        at -= 1
    return at >= 0 and (place.tags[at] == "w" or place.forms[at].lower() == "that")


def _to(place: Place) -> str:
    """ "to" before a verb, or the preposition."""
    forms, index = place.forms, place.index
    following, tag = place.next_form.lower(), place.next_tag
    if place.word_before in ("according", "According"):
        return "i"
    if following == "qq" and _wanted_before(place):
        return "t"
    if following == "back" and index + 2 < len(forms):
        taken = forms[index + 2]
        return "t" if taken[0].isupper() or tags_of_words().get(taken.lower(), "i") in "do" else "i"
    if _wants_infinitive(place) and (following == "qq" or (tag in ("", "n") and following.isalpha())):
        # Behind "sought" even an unlisted word and a noun are verbs, unless they are plural.
        return "i" if following.endswith(("s", "ing")) or (not place.next_form.islower() and following != "qq") else "t"
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


def _wants_infinitive(place: Place) -> bool:
    """Whether an infinitive is what the verb before takes, an adverb passed over."""
    at = place.at_before
    return at >= 0 and place.tags[at] in "vebg" and lemma_of(place.forms[at].lower()) in word_list("verbs", "with_to")


def _wanted_before(place: Place) -> bool:
    """Whether the last verb takes a person and an infinitive: "urged the crew to "stay"."""
    verbs = [at for at in range(place.index) if place.tags[at] in "vbg"]
    return bool(verbs) and lemma_of(place.forms[verbs[-1]].lower()) in word_list("verbs", "with_person")


def _clitic_s(place: Place) -> str:
    if place.before in "uwrs^":
        return "x"
    if place.next_form[0].isupper():
        return "p"
    return "x" if place.next_tag in ("d", "i", "x", "o") and place.next_form.lower() not in _POSSESSED else "p"


def _since(place: Place) -> str:
    return "r" if place.before == "h" else "i"


def _her(place: Place) -> str:
    return "d" if place.next_form[0].isalpha() and (place.next_tag or "n") not in "ditsrcwuxm" else "o"


def _there(place: Place) -> str:
    verbal = place.next_tag in ("x", "m", "h", "v") or place.next_form.lower() in _THERE
    return "u" if verbal else "r"


def _earlier(place: Place) -> str:
    return "j" if place.before == "d" and place.next_form[0].islower() else "r"


def _that(place: Place) -> str:
    """Relative behind a noun and before a verb, pronoun before a verb, otherwise the subordinator."""
    ahead = place.next_tag or "n"
    if place.before in "nN)" and ahead in ("x", "m", "h", "y", "v", "a", "S"):
        return "w"
    if place.next_form == "," and place.before in "vegNz" and place.index + 2 < len(place.forms):
        return "s"
    if ahead in ("x", "m", "h", "y") or not place.next_form[0].isalnum():
        return "u"
    return "d" if place.before == "i" else "s"


_SINGULAR = frozenset(("this", "that", "each", "neither", "either", "another", "a", "an"))


def _back(place: Place) -> str:
    return "b" if place.directly == "t" else "r"


def _like(place: Place) -> str:
    """ "would like to", "they like the plan"; a preposition everywhere else."""
    if place.directly in "mt" or place.before in "my":
        return "b"
    liked = place.before == "u" and place.forms[place.at_before].lower() in ("they", "we", "you", "i")
    return "v" if liked and place.ahead in ("d", "o", "u", "t", "w") else "i"


def _worried(place: Place) -> str:
    """ "He worried that ...", but "is worried" and "the worried crew"."""
    return "v" if place.before in "unN" and place.ahead in ("s", "d", "u") else "j"


_POSSESSED = frozenset(("own", "many", "most", "few", "two"))
_THERE = frozenset(("'s", "’s", "remain", "remains", "appears", "seems"))
_BY_WORD: dict[str, Callable[[Place], str]] = {
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
_BY_TAG: dict[str, Callable[[Place], str]] = {
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
