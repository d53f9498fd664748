"""Attributions of marked spans and the links between them, as span tools have them.

A link leads from an attribution's anchor (its cue, or its content where it has none) to each of its other spans; a link
`nested_in` leads to the anchor of the attribution that it is nested in. What a tool has no place for, our exports keep
beside the marks, as rows of `exporters.work.attribution_values`: such a row gives the facets of the attribution whose
anchor it has. The marks say where the spans are. A row that no link speaks of is taken where all its spans are marked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field

from annotator.errors import ImportFailure
from annotator.importers.annotations.json_values import id_value
from annotator.importers.annotations.making import Making, Values
from annotator.importers.rows import one_row
from annotator.model.annotated import GivenAttribution
from annotator.model.attribution import Role
from annotator.model.late import dataclass
from annotator.model.span import Span

NESTED = "nested_in"

Place = tuple[Role, Span]


@dataclass(frozen=True, slots=True)
class Mark:
    """A labelled span as the file has it; `quoted` is None where the file does not say what is there."""

    label: str
    start: int
    end: int
    quoted: str | None
    place: str


@dataclass(frozen=True, slots=True)
class Link:
    """A labelled link between two marks, by their keys."""

    head: str
    child: str
    label: str


@dataclass(slots=True)
class _Group:
    """The spans that links join to one anchor."""

    anchor: Place
    place: str
    spans: list[Place] = field(default_factory=list)
    parent: str | None = None
    row: Values = field(default_factory=dict)
    name: str = ""


@dataclass(slots=True)
class Linked:
    """Reads the attributions of one article; what cannot be read is in `failures`."""

    making: Making
    marks: Mapping[str, Mark]
    links: Sequence[Link]
    rows: Sequence[Values] = ()
    failures: list[ImportFailure] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Give every row an id of its own, a text: what has none, or another's, is known by its number."""
        ids: set[str] = set()
        named = []
        for number, row in enumerate(self.rows, 1):
            id_ = id_value(row)
            id_ = id_ if id_ and id_ not in ids else f"row {number}"
            ids.add(id_)
            named.append({**row, "id": id_})
        self.rows = named

    def attributions(self, place: str) -> list[GivenAttribution]:
        """The attributions, in the order of the rows, then of the links; `place` is the article's in the file."""
        placed, broken = self._placed()
        groups = self._groups(placed, broken, place)
        known = {row["id"]: self._row_spans(row, place) for row in self.rows}
        self._match(groups, known)
        used = {key for link in self.links for key in (link.head, link.child)}
        named = {group.row["id"] for group in groups.values() if group.row}
        marked = set(placed.values())
        loose = [row for row in self.rows if row["id"] not in named and set(known[row["id"]]) <= marked]
        gone = len(self.rows) - len(named) - len(loose)
        if gone:
            said = f"{gone} of {len(self.rows)} attributions {'is' if gone == 1 else 'are'} no longer marked: left out"
            self.making.left_out("unmarked attribution", gone, place, said)
        lone = {placed[key] for key in placed if key not in used}
        lone -= {each for row in loose for each in known[row["id"]]}
        if lone:
            said = f"{len(lone)} marked {'span is' if len(lone) == 1 else 'spans are'} unlinked: left out"
            self.making.left_out("unlinked span", len(lone), place, said)
        for number, group in enumerate(groups.values(), 1):
            group.name = group.row["id"] if group.row else f"link {number}"
        found = [each for group in groups.values() for each in self._linked(group, groups)]
        for row in loose:
            found += self._tried(row["id"], known[row["id"]], row, place, id_value(row, "parent") or None)
        order = {row["id"]: number for number, row in enumerate(self.rows)}
        return sorted(found, key=lambda each: order.get(each.attribution.id, len(order)))

    def _placed(self) -> tuple[dict[str, Place], set[str]]:
        """The marks in the text, and the keys of those that are not where they say."""
        placed: dict[str, Place] = {}
        broken = set()
        left_out = 0
        for key, mark in self.marks.items():
            role = self.making.labels.role(mark.label)
            if role is None:
                left_out += not self.making.labels.knows_role(mark.label)
                continue
            try:
                placed[key] = role, self.making.placing.span(mark.start, mark.end, mark.quoted, mark.place)
            except ImportFailure as failure:
                self.failures.append(failure)
                broken.add(key)
        if left_out:
            first = next(m for m in self.marks.values() if not self.making.labels.knows_role(m.label))
            spans = "1 span with the label" if left_out == 1 else f"{left_out} spans with labels such as"
            said = f"{spans} {first.label or '(none)'}: no role of the label map"
            self.making.left_out("unmapped span", left_out, first.place, said)
        return placed, broken

    def _groups(self, placed: Mapping[str, Place], broken: set[str], place: str) -> dict[str, _Group]:
        """The groups by the keys of their anchors; without those that have a mark that is not where it says."""
        groups: dict[str, _Group] = {}
        spoiled = set()
        loose = 0
        for link in self.links:
            if {link.head, link.child} & broken:
                spoiled.add(link.head)
            if link.head not in placed or link.child not in placed:
                loose += not {link.head, link.child} & broken
                continue
            anchor = placed[link.head]
            group = groups.setdefault(link.head, _Group(anchor, self.marks[link.head].place, [anchor]))
            if link.label.lower() == NESTED:
                group.parent = link.child
                continue
            role, span = placed[link.child]
            said = self.making.labels.role(link.label)
            group.spans.append((said or role, span))
        self.making.left_out("relation", loose, place)
        return {key: group for key, group in groups.items() if key not in spoiled}

    def _row_spans(self, row: Values, place: str) -> list[Place]:
        """The spans of a row, none where one of them is none."""
        found: list[Place] = []
        spans = row.get("spans")
        for label, pairs in spans.items() if isinstance(spans, dict) else ():
            role = self.making.labels.role(label)
            for pair in pairs if role is not None and isinstance(pairs, list) else ():
                if not isinstance(pair, list) or [type(each) for each in pair] != [int, int] or role is None:
                    return []
                try:
                    found.append((role, self.making.placing.span(pair[0], pair[1], None, place)))
                except ImportFailure:
                    return []
        return found

    def _match(self, groups: Mapping[str, _Group], known: Mapping[str, list[Place]]) -> None:
        """Give each group the row with just its spans, else one with its anchor; each row once."""
        free = [row for row in self.rows if known[row["id"]]]
        for exact in (True, False):
            for group in groups.values():
                if group.row:
                    continue
                for row in free:
                    spans = known[row["id"]]
                    if set(spans) == set(group.spans) if exact else group.anchor in spans:
                        group.row = row
                        free.remove(row)
                        break

    def _linked(self, group: _Group, groups: Mapping[str, _Group]) -> list[GivenAttribution]:
        parent = groups.get(group.parent or "")
        name = parent.name if parent else None
        if group.parent is not None and parent is None:
            # The outer one may be a single span, which no link leads from: then only its row knows it.
            name = id_value(group.row, "parent") or None
        return self._tried(group.name, list(dict.fromkeys(group.spans)), group.row, group.place, name)

    def _tried(
        self, name: str, spans: Sequence[Place], row: Values, place: str, parent: str | None
    ) -> list[GivenAttribution]:
        by_role: dict[Role, list[Span]] = {}
        for role, span in spans:
            by_role.setdefault(role, []).append(span)
        try:
            with one_row(self.making.placing.origin, place):
                return [self.making.attribution(name, by_role, row, place, parent)]
        except ImportFailure as failure:
            self.failures.append(failure)
            return []
