"""Anonymity: how far a source's own words name it."""

from __future__ import annotations

from functools import lru_cache

from annotator.model.attribution import Anonymity
from annotator.model.language.mention import bare_name, only_described
from annotator.suggesters.reading.grammar import word_list
from annotator.suggesters.reading.words import words_of


@lru_cache(maxsize=4096)
def proposed_anonymity(source_text: str) -> Anonymity:
    """How far the words of a source name it; none for the empty string.

    Named: a proper name of a person or a body, or a pronoun. Described: a role or an affiliation without a name.
    Unnamed: no more than that there is somebody.
    """
    forms = [form for form in words_of(source_text).forms if form[0].isalnum() or form in (",", "(", "-", "—", "–")]
    while forms and not forms[-1][0].isalnum():
        forms.pop()
    if not forms:
        return Anonymity.NONE
    lowers = [form.lower() for form in forms]
    nobody = word_list("sources", "nobody")
    if len(forms) == 1 and lowers[0] in word_list("sources", "pronoun"):
        return Anonymity.NAMED
    if len(forms) == 1 and lowers[0] in word_list("sources", "common"):
        return Anonymity.DESCRIBED
    if all(lower in nobody or not lower[0].isalnum() for lower in lowers):
        return Anonymity.UNNAMED
    if not word_list("sources", "hidden").isdisjoint(lowers):
        return Anonymity.UNNAMED
    if only_described(source_text):
        return Anonymity.DESCRIBED
    if "of" in lowers and forms[0][0].isupper() and forms[-1][0].isupper() and _names_officer(source_text):
        return Anonymity.NAMED
    return Anonymity.NAMED if _names(forms, lowers) else Anonymity.DESCRIBED


def _names_officer(source_text: str) -> bool:
    """ "Chief of Staff Ana Lima": an office and behind it a name of two words or more."""
    name = bare_name(source_text)
    whole = " " in name and all(word[0].isupper() for word in name.split())
    return whole and source_text.rstrip(" ,").endswith(f" {name}") and _is_name(name.split())


def _names(forms: list[str], lowers: list[str]) -> bool:
    """Whether the head of a phrase, or of what a comma sets beside it, is a proper name.

    In "an SDF official" the name only modifies a role; in "the Doe administration" it names the body.
    """
    part: list[int] = []
    for index in [*range(len(forms)), -1]:
        if index >= 0 and forms[index][0].isalnum() and lowers[index] not in word_list("sources", "divider"):
            part.append(index)
            continue
        if part and _is_name([forms[at] for at in part]):
            return True
        if index >= 0 and forms[index][0].isalnum():
            # Behind "of" or "who" names only describe.
            rest = forms[index:]
            return "," in rest and _names(rest[rest.index(",") + 1 :], lowers[index + rest.index(",") + 1 :])
        part = []
    return False


def _is_name(words: list[str]) -> bool:
    """Whether a run of words without comma or preposition is a proper name, perhaps behind a role."""
    last = words[-1]
    known, roles = word_list("sources", "nobody"), word_list("sources", "role")
    proper = [word for word in words if word[0].isupper() and word.lower() not in known]
    if not proper:
        return False
    if last in word_list("sources", "common"):
        # "Government forces": the capital only opens the sentence.
        return False
    return last.lower() not in roles
