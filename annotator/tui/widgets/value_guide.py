"""What the scheme's values mean, in short, for where the claim panel has room to spare. Pure."""

from __future__ import annotations

from annotator.model.scheme import Scheme
from annotator.model.text import neutral_line
from annotator.tui.widgets.painted import Line, wrapped

NARROWEST = 36
"""Cells; in less the definitions are not worth reading."""

_INDENT = 3


def guide_lines(scheme: Scheme, width: int) -> list[Line]:
    """Each value's key, name and definition, at a width in cells."""
    lines: list[Line] = []
    # The headings are no labels of the card: an empty row of it would be read there.
    for heading, values in (("The values of worth checking", scheme.worth), ("The verdicts", scheme.verdict)):
        lines += [[], [(f" {heading}", "label")]]
        for value in values:
            lines.append([(f" {value.key} ", "key"), (neutral_line(value.name), "text")])
            meaning = wrapped(neutral_line(" ".join(value.definition.split())), max(8, width - _INDENT - 1))
            lines += [[(" " * _INDENT, ""), (line, "faint")] for line in meaning]
    return lines[1:]
