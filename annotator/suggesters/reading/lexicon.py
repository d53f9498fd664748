"""The cue lexicon: which words attribute, and what each takes."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from annotator.model.known import Known


@cache
def _lists() -> dict[str, dict[str, Any]]:
    path = Path(__file__).with_name("cues.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def cues(group: str, name: str) -> frozenset[str]:
    """The words of one list of cues.toml, in lower case."""
    return frozenset(_lists()[group][name].split())


def _kinds(word: str) -> frozenset[str]:
    return frozenset(name for name in _lists()["verbs"] if word in cues("verbs", name))


KINDS_OF_VERB = Known(_kinds)
"""The names of the lists of verbs that a lemma is in: to ask several of them is one look."""


@cache
def attributing() -> frozenset[str]:
    """The lemmas of all verbs that some rule knows: others attribute nothing but a quotation, or what a colon leads."""
    kinds = ("say", "think", "object", "intend", "bare", "always", "postposed", "studying", "favoring")
    return frozenset(_lists()["phrasal"]).union(*(cues("verbs", kind) for kind in kinds))


@cache
def particles(lemma: str) -> frozenset[str]:
    """The prepositions and particles that belong to the cue behind this verb."""
    listed = frozenset(_lists()["phrasal"].get(lemma, "").split())
    return listed | {"about"} if lemma in cues("verbs", "say") and lemma not in cues("verbs", "always") else listed


@cache
def led_to_by_nouns() -> frozenset[str]:
    """What may stand behind a noun that attributes: "that", and every noun's own prepositions."""
    return frozenset({"that"}).union(*(listed.split() for listed in _lists()["noun_particles"].values()))


@cache
def attributing_nouns() -> frozenset[str]:
    """The nouns that attribute by some rule, in the singular and with an s."""
    nouns = cues("nouns", "clause").union(_lists()["noun_particles"])
    return nouns.union(f"{noun}s" for noun in nouns)


@cache
def particles_of_noun(noun: str) -> frozenset[str]:
    """The prepositions that lead from this noun to what it is about."""
    return frozenset(_lists()["noun_particles"].get(noun, "").split())
