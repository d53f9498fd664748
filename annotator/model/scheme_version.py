"""Versions of a scheme: what a new one is needed for, and which number it gets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from annotator.model.scheme import PASSES, Scheme


def meaning(scheme: Scheme) -> tuple[object, ...]:
    """What decisions under the scheme can be and what they do: two versions differ in it, and in nothing less.

    Names, keys, words, colours and the order of the values are not part of it.
    """
    return (
        frozenset((value.id, value.waives_verdict, value.author_voice) for value in scheme.worth),
        scheme.checkable.id,
        frozenset(value.id for value in scheme.voice),
        frozenset(
            (value.id, frozenset(reason.id for reason in value.reasons), value.without_evidence)
            for value in scheme.verdict
        ),
        tuple(frozenset(scheme.passes[name]) for name in PASSES),
        scheme.evidence_required,
    )


def versioned(wanted: Scheme, present: Scheme, earlier: Iterable[Scheme]) -> Scheme:
    """The scheme with the version that it gets in a project: its own, unless that would not tell it from another.

    What means the same as the project's present scheme keeps that one's version, or takes its own if that is higher.
    What means something else, and says a version that another meaning has had, gets the one after the highest.
    """
    mine = meaning(wanted)
    if wanted.id == present.id and mine == meaning(present):
        return replace(wanted, version=max(wanted.version, present.version))
    known = [scheme for scheme in (present, *earlier) if scheme.id == wanted.id]
    last = max((scheme.version for scheme in known), default=0)
    again = any(scheme.version == wanted.version and meaning(scheme) == mine for scheme in known)
    another = any(scheme.version == wanted.version and meaning(scheme) != mine for scheme in known)
    if wanted.version > last or (again and not another):
        return wanted
    return replace(wanted, version=last + 1)
