"""The grammar's word lists: which parts of speech a word can have, and a verb's lemma."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

# One letter a part of speech, so that a sentence's tags are one string that patterns can match:
# d determiner, j adjective, n noun, N name, # number, z time, u subject pronoun, o object pronoun, p possessive 's,
# i preposition, t infinitive "to", c conjunction, s subordinator, w relative, r adverb,
# v finite verb, b base form, g -ing, e participle, m modal, h have, x be, y do.
# Not resolved yet: a past or participle, B base or noun, S -s form or noun.
CLOSED_TAGS = {
    "determiner": "d",
    "pronoun": "u",
    "object_pronoun": "o",
    "relative": "w",
    "preposition": "i",
    "subordinator": "s",
    "conjunction": "c",
    "modal": "m",
    "modal_clitic": "m",
    "be": "x",
    "have": "h",
    "do": "y",
    "to": "t",
    "adverb": "r",
    "time": "z",
    "number": "#",
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
        if lemma in both and kind in ("b", "v"):
            tags[form] = "B" if form == lemma else "S" if form.endswith("s") else kind
    for nouns in _lists()["nouns"].values():
        tags.update(dict.fromkeys(nouns.split(), "n"))
    for word in word_list("open", "adjective"):
        tags[word] = "j"
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
        forms[_past(stem)] = (lemma, "a")
        forms[_gerund(stem)] = (lemma, "g")
        forms[_third_person(lemma)] = (lemma, "v")
        forms[lemma] = (lemma, "b")
    for entry in _lists()["verbs"]["irregular"].split(";"):
        lemma, past, participle = entry.split()
        stem = lemma + lemma[-1] if lemma in double else lemma
        forms.pop(_past(lemma), None)
        forms[participle] = (lemma, "e")
        forms[past] = (lemma, "a" if past == participle else "v")
        forms[_gerund(stem)] = (lemma, "g")
        forms[_third_person(lemma)] = (lemma, "v")
        forms[lemma] = (lemma, "b")
    return forms


def lemma_of(word: str) -> str:
    """The lemma of a listed verb form (lower case); the word itself where it is none."""
    found = verb_forms().get(word)
    return found[0] if found else word


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
