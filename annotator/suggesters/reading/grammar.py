"""The grammar's word lists: which parts of speech a word can have, and a verb's lemma."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from annotator.model.known import Known
from annotator.suggesters.reading import pos

CLOSED_TAGS = {
    "determiner": pos.DETERMINER,
    "pronoun": pos.PRONOUN,
    "object_pronoun": pos.OBJECT_PRONOUN,
    "relative": pos.RELATIVE,
    "preposition": pos.PREPOSITION,
    "subordinator": pos.SUBORDINATOR,
    "conjunction": pos.CONJUNCTION,
    "modal": pos.MODAL,
    "modal_clitic": pos.MODAL,
    "be": pos.BE,
    "have": pos.HAVE,
    "do": pos.DO,
    "to": pos.TO,
    "adverb": pos.ADVERB,
    "time": pos.TIME,
    "number": pos.NUMBER,
}


@cache
def _lists() -> dict[str, dict[str, str]]:
    path = Path(__file__).with_name("grammar.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def word_list(group: str, name: str) -> frozenset[str]:
    """The words of one list of grammar.toml, in lower case."""
    return frozenset(_lists()[group][name].split())


@cache
def nouns_ending_in(ending: str) -> frozenset[str]:
    """The listed nouns whose ending would suggest another part of speech."""
    return frozenset(_lists()["nouns"].get(ending, "").split())


@cache
def tags_of_words() -> dict[str, str]:
    """The tag of every listed word form; `a`, `B` and `S` are for the tagger to resolve."""
    tags: dict[str, str] = {}
    both = word_list("ambiguous", "both")
    for form, (lemma, kind) in verb_forms().items():
        tags[form] = kind
        if lemma in both and kind in (pos.BASE, pos.FINITE):
            tags[form] = pos.BASE_OR_NOUN if form == lemma else pos.S_FORM_OR_NOUN if form.endswith("s") else kind
    for nouns in _lists()["nouns"].values():
        tags.update(dict.fromkeys(nouns.split(), pos.NOUN))
    for word in word_list("open", "adjective"):
        tags[word] = pos.ADJECTIVE
    for name, tag in CLOSED_TAGS.items():
        for word in word_list("closed", name):
            tags[word] = tag
    return tags


@cache
def verb_forms() -> dict[str, tuple[str, str]]:
    """Every listed verb form with its lemma and its tag (b, v, g, e, or a for past or participle)."""
    forms: dict[str, tuple[str, str]] = {}
    double = word_list("verbs", "double")
    for lemma in word_list("verbs", "regular") | double | word_list("ambiguous", "both"):
        stem = lemma + lemma[-1] if lemma in double else lemma
        forms[_past(stem)] = (lemma, pos.PAST_OR_PARTICIPLE)
        forms[_gerund(stem)] = (lemma, pos.GERUND)
        forms[_third_person(lemma)] = (lemma, pos.FINITE)
        forms[lemma] = (lemma, pos.BASE)
    for entry in _lists()["verbs"]["irregular"].split(";"):
        lemma, past, participle = entry.split()
        stem = lemma + lemma[-1] if lemma in double else lemma
        forms.pop(_past(lemma), None)
        forms[participle] = (lemma, pos.PARTICIPLE)
        forms[past] = (lemma, pos.PAST_OR_PARTICIPLE if past == participle else pos.FINITE)
        forms[_gerund(stem)] = (lemma, pos.GERUND)
        forms[_third_person(lemma)] = (lemma, pos.FINITE)
        forms[lemma] = (lemma, pos.BASE)
    return forms


def _lemma(word: str) -> str:
    found = verb_forms().get(word)
    return found[0] if found else word


lemma_of = Known(_lemma).__getitem__
"""The lemma of a listed verb form (lower case); the word itself where it is none."""


def _past(stem: str) -> str:
    if stem.endswith("e"):
        return stem + "d"
    if stem.endswith("y") and stem[-2] not in "aeiou":
        return stem[:-1] + "ied"
    return stem + "ed"


def _gerund(stem: str) -> str:
    if stem.endswith("ie"):
        return stem[:-2] + "ying"
    if stem.endswith("e") and not stem.endswith(("ee", "oe", "ye")):
        return stem[:-1] + "ing"
    return stem + "ing"


def _third_person(lemma: str) -> str:
    if lemma.endswith(("s", "x", "z", "ch", "sh")) or lemma in ("go", "veto", "echo", "do"):
        return lemma + "es"
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return lemma[:-1] + "ies"
    return lemma + "s"
