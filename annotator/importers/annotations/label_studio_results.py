"""The results of one Label Studio annotation: its regions, what is said of each, and the relations between them.

Regions of the types `labels` and `hypertextlabels` are spans, as far as their offsets are those of a plain text;
`relation` results lead from an attribution's cue (or its content) to each of its other spans, labelled by the role of
that span, and `nested_in` to the cue of the outer one. Results with a region's id are what is said of it, under the
names of our labelling configuration. Everything else is left out and counted by kind: choices and texts about the whole
task or under other names, regions of pages, pictures and dialogues, and second labels of a region that has one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from typing import Any

from annotator.errors import ImportFailure
from annotator.importers.annotations.json_values import NO_NUMBER, id_value, number_in, text_value
from annotator.importers.annotations.linked import NESTED, Link, Mark
from annotator.importers.annotations.making import Making, Values
from annotator.importers.rows import one_row
from annotator.model.annotated import GivenClaim
from annotator.model.attribution import Role
from annotator.model.late import dataclass
from annotator.model.offsets import NOWHERE, OffsetUnit, ruler

CLAIM = "claim"
_BREAK = "\\n"
PAGE = "HTML region"
"""What is counted where a region's offsets are those of a page's elements."""

_FACETS = frozenset(
    {
        *("worth", "voice", "verdict", "reason", "confidence", "verdict_confidence", "marks"),
        *("restatement", "note", "justification", "evidence", "said", "scheme"),
        *("type", "form", "anonymity", "negated", "source_kind", "source_name"),
    }
)
"""What our labelling configuration asks about a region."""

_KINDS = {"choices": "choice", "textarea": "text", "rating": "rating", "number": "number"}
_SPANS = ("labels", "hypertextlabels")


@dataclass(frozen=True, slots=True)
class Region:
    """One marked span with its labels and what it quotes as they are; offsets are the file's, or NO_NUMBER."""

    labels: tuple[str, ...]
    start: int
    end: int
    quoted: str | None

    @property
    def is_claim(self) -> bool:
        """Whether one of the labels is that of claims."""
        return any(label.lower() == CLAIM for label in self.labels)

    def quoted_in(self, text: str) -> str | None:
        """What it quotes, as the text has it.

        Label Studio writes a line break as a backslash and an n, and these two, where they are the text's, as well.
        """
        if self.quoted is None or _BREAK not in self.quoted:
            return self.quoted
        found = re.search(r"(?:\\n|\n)".join(map(re.escape, self.quoted.split(_BREAK))), text)
        return found[0] if found else self.quoted.replace(_BREAK, "\n")


@dataclass(slots=True)
class Results:
    """What an annotation says, by the id of the region it is said of; `left_out` counts what nothing is made of."""

    reviewer: str = ""
    regions: dict[str, Region] = field(default_factory=dict)
    said: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    relations: list[Values] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)

    def marks(self, making: Making, place: str) -> dict[str, Mark]:
        """The regions that mark a role, or something that is no claim; the further labels of one are counted."""
        found = {}
        for id_, region in self.regions.items():
            label = _role_label(region, making)
            if label is not None:
                quoted = region.quoted_in(making.placing.text)
                found[id_] = Mark(label, region.start, region.end, quoted, f"{place}, region {id_}")
            self.left_out["second label"] += len(region.labels) - region.is_claim - (label is not None)
        return found

    def links(self) -> list[Link]:
        """The relations; one without a label is of its region's role."""
        return [
            Link(id_value(each, "from_id"), id_value(each, "to_id"), next(iter(_texts(each, "labels")), ""))
            for each in self.relations
        ]

    def rows(self, making: Making) -> list[Values]:
        """What is said of attributions, by the names that our export gives their regions: "a1.cue.1" is of "a1"."""
        rows: dict[str, dict[str, Any]] = {}
        outer = self._outer()
        for id_, region in self.regions.items():
            name, dot, _ = id_.partition(".")
            label = _role_label(region, making)
            role = making.labels.role(label) if label is not None else None
            if role is None or not (dot or self.said.get(id_)):
                continue
            row = rows.setdefault(name, {"id": name, "spans": {each.value: [] for each in Role}})
            row["spans"][role.value].append([region.start, region.end])
            row |= outer.get(id_, {}) | self._facets(id_)
        return list(rows.values())

    def _outer(self) -> dict[str, dict[str, Any]]:
        """What is said of nested ones: from an outer one that is a single region no relation leads, only its name."""
        nested = (link for link in self.links() if link.label.lower() == NESTED)
        return {link.head: {"parent": link.child.partition(".")[0]} for link in nested}

    def _facets(self, id_: str) -> dict[str, Any]:
        said = self.said.get(id_, {}).items()
        return {facet: bool(texts) if facet == "negated" else "".join(texts) for facet, texts in said}

    def claims(self, making: Making, place: str, failures: list[ImportFailure]) -> Iterator[GivenClaim]:
        """The regions labelled as claims, with what is said of them; what cannot be read is among the failures."""
        for id_, region in self.regions.items():
            if not region.is_claim:
                continue
            here = f"{place}, region {id_}"
            try:
                with one_row(making.placing.origin, here):
                    quoted = region.quoted_in(making.placing.text)
                    span = making.placing.span(region.start, region.end, quoted, here)
                    said = self.said.get(id_, {})
                    scheme = "".join(said.get("scheme", ()))
                    claim = making.claim(span, _claim_values(said, making, here), here, ("", "", scheme))
                yield claim
            except ImportFailure as failure:
                failures.append(failure)


def results_of(rows: Sequence[Values]) -> Results:
    """The rows of an annotation, sorted by what they are."""
    found = Results()
    others: list[Values] = []
    for number, row in enumerate(rows, 1):
        type_, value = text_value(row, "type"), row.get("value")
        if type_ == "relation":
            found.relations.append(row)
        elif not isinstance(value, dict):
            found.left_out["empty result"] += 1
        elif type_ not in _SPANS and type_.endswith("labels"):
            found.left_out[f"{type_} region"] += 1
        elif type_ in _SPANS:
            region = _region(value, type_)
            id_ = id_value(row) or f"number {number}"
            if region is None:
                found.left_out[PAGE] += 1
            elif id_ in found.regions:
                before = found.regions[id_]
                found.regions[id_] = replace(before, labels=tuple(dict.fromkeys((*before.labels, *region.labels))))
            else:
                found.regions[id_] = region
        else:
            others.append(row)
    for row in others:
        _say(found, row)
    return found


def unit_of(text: str, results: Results) -> OffsetUnit:
    """The unit in which more of the regions are where their quoted text is; code points where both do."""
    fits: Counter[OffsetUnit] = Counter()
    for unit in (OffsetUnit.CODE_POINTS, OffsetUnit.UTF16):
        counted = ruler(text, unit)
        for region in results.regions.values():
            start, end = (counted.code_points(at) if at != NO_NUMBER else NOWHERE for at in (region.start, region.end))
            fits[unit] += NOWHERE < start < end and _quotes(region, text[start:end])
    return OffsetUnit.UTF16 if fits[OffsetUnit.UTF16] > fits[OffsetUnit.CODE_POINTS] else OffsetUnit.CODE_POINTS


def _quotes(region: Region, words: str) -> bool:
    return region.quoted is not None and words.replace("\n", _BREAK) == region.quoted.replace("\n", _BREAK)


def _say(found: Results, row: Values) -> None:
    type_, name, value = text_value(row, "type"), text_value(row, "from_name"), row["value"]
    # A text area's texts are under "text", whatever its type is called.
    texts = _texts(value, "text" if type_ == "textarea" else type_)
    id_ = id_value(row)
    if name == "reviewer" and id_ not in found.regions:
        found.reviewer = "".join(texts)
    elif name in _FACETS and id_ in found.regions:
        found.said.setdefault(id_, {})[name] = texts
    else:
        found.left_out[_KINDS.get(type_, f"{type_ or 'untyped'} result")] += max(1, len(texts))


def _region(value: Values, type_: str) -> Region | None:
    """The region; None for one whose offsets are those of a page's elements."""
    labels = tuple(_texts(value, type_) or _texts(value, "labels")) or ("",)
    start, end = value.get("start"), value.get("end")
    if any(isinstance(at, str) and at.startswith("/") for at in (start, end)):
        return None
    return Region(labels, number_in(value, "start"), number_in(value, "end"), text_value(value, "text") or None)


def _role_label(region: Region, making: Making) -> str | None:
    """The label that says what the region is besides a claim: the first that is a role's, else the first."""
    others = [label for label in region.labels if label.lower() != CLAIM]
    return next((label for label in others if making.labels.role(label) is not None), next(iter(others), None))


def _claim_values(said: Mapping[str, list[str]], making: Making, place: str) -> dict[str, Any]:
    one = {name: texts[0] if texts else None for name, texts in said.items()}
    marks = said.get("marks", [])
    verdicts = [making.object(each, place) for each in said.get("said", ())]
    if one.get("verdict"):
        content = {"value": one["verdict"], "reason": one.get("reason"), "justification": one.get("justification")}
        verdicts.insert(0, {**content, "confidence": one.get("verdict_confidence")})
    return {
        **{name: one.get(name) for name in ("worth", "voice", "confidence", "restatement", "note")},
        "flag": "flag" in marks,
        "skipped": "skipped" in marks,
        "verdicts": verdicts,
        "evidence": [making.object(each, place) for each in said.get("evidence", ())],
    }


def _texts(values: Values, name: str) -> list[str]:
    """The texts of the list under this name, or the one that stands for it."""
    found = values.get(name)
    return [each for each in (found if isinstance(found, list) else [found]) if isinstance(each, str)]
