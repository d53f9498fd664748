"""The shapes that an object of a collection may have, and the fields of a check in each; no shape nests without end."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from math import isfinite
from typing import Any

from annotator.errors import DomainError
from annotator.importers.checks.fields import CheckOptions, field_names
from annotator.importers.sought import Sought

Fields = dict[str, object]
Found = Fields | None
"""The fields of a check, or nothing for what is ours and no check."""

_DEEPEST = 6
_HOLDING = ("@graph", "dataFeedElement", "itemListElement", "item", "mainEntity", "hasPart", "review")
"""Where schema.org's lists, feeds and pages keep what they are made of."""

_ARTICLE = tuple(
    map(
        frozenset,
        (
            ("text", "spans"),
            ("text", "tokens"),
            ("text", "entities"),
            ("text", "label", "claims"),
            ("article_id", "text", "publications"),
            ("data", "annotations"),
        ),
    )
)
"""What an article has for Prodigy, doccano and Label Studio, in an export of ours and anybody's."""

_HOLDERS = frozenset(("@type", "@graph", "dataFeedElement"))
_AVERITEC_DAY = re.compile(r"([0-9]{1,2})-([0-9]{1,2})-([0-9]{4})")
_PLAINTEXT = re.compile(r"(?:https?://schema\.org/|schema:)")
_ON_ATTRIBUTION = re.compile(r"(?:^|[/#=])[0-9a-f]{32}\.[^/#=]+\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")
"""The address that our exporter gives a review of whether somebody said it: claim, reviewer, attribution."""


def fields_in(value: Any, options: CheckOptions, sought: Sought, depth: int = 0) -> Iterator[Found]:
    """The fields, under our names, of every check that a JSON value holds; the names of its rows are seen.

    Where the options say what the file calls one of ours, it is found there and nowhere else, whatever the shape.
    """
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for each in value:
            yield from fields_in(each, options, sought, depth + 1)
    elif isinstance(value, dict):
        yield from _of_object(value, options, sought, depth)


def _of_object(value: Mapping[str, Any], options: CheckOptions, sought: Sought, depth: int) -> Iterator[Found]:
    shape = next((read for is_it, read in _SHAPES if is_it(value)), None)
    if shape is not None:
        sought.see(value)
        for found in shape(value):
            yield found and {**found, **_mapped(value, options)}
    elif not _HOLDERS.isdisjoint(value):
        for name in _HOLDING:
            yield from fields_in(value.get(name), options, sought, depth + 1)
    else:
        sought.see(value)
        if "claim" not in options.fields and any(names <= value.keys() for names in _ARTICLE):
            raise DomainError("articles, and no fact-checks: `annotator export jsonl` has the verdicts on their claims")
        yield {ours: value[theirs] for ours, theirs in field_names(value, options).items()}


def _mapped(value: Mapping[str, Any], options: CheckOptions) -> Fields:
    """What the options say where to find, nothing where it is not there; a verdict is then read as it stands."""
    names = field_names(value, options)
    given = {ours: value[names[ours]] if ours in names else None for ours in options.fields}
    return {**given, "value": None} if "verdict" in given else given


def _is_claim_review(value: Mapping[str, Any]) -> bool:
    kinds = value.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and _PLAINTEXT.sub("", kind) == "ClaimReview" for kind in kinds)


def _claim_review(value: Mapping[str, Any]) -> Iterator[Found]:
    """A ClaimReview of schema.org: https://schema.org/ClaimReview."""
    address = value.get("@id") or value.get("url")
    if isinstance(address, str) and _ON_ATTRIBUTION.search(address):
        yield None
        return
    reviewed = _object(value.get("itemReviewed"))
    rating = _object(value.get("reviewRating"))
    author = _object(value.get("author")) or _object(value.get("publisher"))
    yield {
        "id": address,
        "claim": value.get("claimReviewed") or reviewed.get("text") or reviewed.get("name"),
        "title": value.get("headline") or value.get("name"),
        "speaker": _names(reviewed.get("author")),
        "date": value.get("datePublished") or value.get("dateCreated"),
        **_verdict(rating),
        "publisher": _name(author),
        "url": value.get("url") or value.get("@id"),
        "language": value.get("inLanguage"),
        "modified": value.get("dateModified"),
        "status": value.get("creativeWorkStatus"),
    }


def _verdict(rating: Mapping[str, Any]) -> Fields:
    """The verdict in words, or else in numbers with their scale; what a number at its end means is our `value`.

    Between the ends nothing is said: publishers draw their lines differently (https://schema.org/Rating).
    """
    words = rating.get("alternateName") or rating.get("ratingExplanation")
    given, best, worst = (_number(rating.get(name)) for name in ("ratingValue", "bestRating", "worstRating"))
    if words or given is None or best is None or worst is None or best == worst:
        return {"verdict": words or rating.get("ratingValue")}
    low, high = sorted((worst, best))
    return {
        "verdict": f"{given:g} on a scale from {low:g} to {high:g}" + (" (best is lowest)" if best < worst else ""),
        "value": {best: "supported", worst: "refuted"}.get(given, ""),
    }


def _number(given: object) -> float | None:
    if isinstance(given, bool) or not isinstance(given, int | float | str):
        return None
    try:
        number = float(given)
    except (ValueError, OverflowError):
        return None
    return number if isfinite(number) else None


def _averitec(value: Mapping[str, Any]) -> Iterator[Found]:
    """A claim of AVeriTeC (Schlichtkrull, Guo and Vlachos 2023): its dates are 9-3-2026, day first."""
    said = value.get("claim_date")
    found = _AVERITEC_DAY.fullmatch(said) if isinstance(said, str) else None
    yield {
        "id": value.get("claim_id"),
        "claim": value.get("claim"),
        "speaker": value.get("speaker"),
        "date": "-".join((found[3], found[2].zfill(2), found[1].zfill(2))) if found else said,
        "verdict": value.get("label"),
        "publisher": value.get("fact_checker"),
        "url": value.get("fact_checking_article"),
    }


def is_own(names: Iterable[str]) -> bool:
    """Whether something with these names is a row of our own, which is a check only where there is a verdict."""
    return frozenset(names) >= {"article_id", "claim_id", "verdicts"}


def _own(value: Mapping[str, Any]) -> Iterator[Found]:
    """A row of our own JSON Lines: a check where there is a verdict on the content."""
    verdicts = value["verdicts"] if isinstance(value["verdicts"], list) else []
    on_content = [each for each in verdicts if isinstance(each, dict) and each.get("target") == "content"]
    if not on_content:
        yield None
    for verdict in on_content:
        yield {
            "id": f"{value['claim_id']}.{value.get('reviewer', '')}",
            "claim": value.get("restatement") or value.get("text"),
            "title": value.get("title"),
            "speaker": _speaker(value.get("attributions")),
            "date": str(value.get("last_decided_at") or "")[:10],
            "verdict": verdict.get("value"),
            "publisher": value.get("reviewer"),
            "language": value.get("language"),
        }


def _speaker(attributions: Any) -> object:
    first = attributions[0] if isinstance(attributions, list) and attributions else None
    return first.get("source_name") if isinstance(first, dict) else None


def _object(value: Any) -> Mapping[str, Any]:
    value = value[0] if isinstance(value, list) and value else value
    return value if isinstance(value, dict) else {"name": value} if isinstance(value, str) else {}


def _name(value: Any) -> object:
    return _object(value).get("name")


def _names(value: Any) -> object:
    """The name of one, or those of all in a list with semicolons between."""
    if not isinstance(value, list):
        return _name(value)
    names = [name for each in value if isinstance(name := _name(each), str) and name.strip()]
    return "; ".join(names)


_SHAPES: tuple[tuple[Callable[[Mapping[str, Any]], bool], Callable[[Mapping[str, Any]], Iterator[Found]]], ...] = (
    (_is_claim_review, _claim_review),
    (lambda value: {"claim", "label", "questions"} <= value.keys(), _averitec),
    (is_own, _own),
)
"""What tells a shape, and what reads it; anything else is a row with named fields."""
