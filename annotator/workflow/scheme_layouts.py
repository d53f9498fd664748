"""How a scheme is laid out: as the TOML file it can be read from, as Markdown to hand around, and for a terminal."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from annotator.model.guideline import Page
from annotator.model.scheme import PASSES, Scheme, Value, scheme_data
from annotator.model.text import neutral_line, neutral_text
from annotator.reports.markdown import escaped
from annotator.workflow.schemes import page_title

FACETS: Mapping[str, str] = {"worth": "Worth checking", "voice": "Whose words", "verdict": "Verdict"}
"""The facets whose values a scheme defines, and what they are called."""

Layout = Callable[[Scheme, Sequence[Page], int], str]


def facet_values(scheme: Scheme) -> Iterator[tuple[str, tuple[Value, ...]]]:
    """Each facet's heading with its values."""
    for facet, heading in FACETS.items():
        yield heading, getattr(scheme, facet)


def value_facts(scheme: Scheme, value: Value) -> list[str]:
    """What a value does beside being one, as short lines."""
    facts = []
    if value in scheme.worth and value.waives_verdict:
        facts.append("needs no verdict")
    if value.author_voice:
        facts.append("is the author's voice where nobody else is suggested")
    if value.reasons:
        facts.append("needs a reason: " + ", ".join(f"{reason.key} {reason.name}" for reason in value.reasons))
    if scheme.evidence_required and value in scheme.verdict:
        facts.append("needs no evidence" if value.without_evidence else "needs evidence")
    return facts


def completion(scheme: Scheme) -> list[str]:
    """What completes a claim in each pass, a line each."""
    names = {"worth": "check-worthiness", "attribution": "attribution or the author's voice", "verdict": "verdict"}
    return [f"{name}: {', '.join(names[facet] for facet in scheme.passes[name])}" for name in PASSES]


def as_terminal(scheme: Scheme, pages: Sequence[Page], width: int) -> str:
    """For a terminal, wrapped at `width` columns."""
    room = max(40, min(width, 100))
    lines = [f"{scheme.label}  {scheme.name}".rstrip(), *_wrapped(scheme.about, room, "")]
    for heading, values in facet_values(scheme):
        lines += ["", heading]
        for value in values:
            facts = "; ".join(value_facts(scheme, value))
            lines += ["", *_wrapped(f"{value.key}  {value.name} ({value.id})", room, "  ")]
            lines += _wrapped(value.definition, room, "     ")
            lines += [line for example in value.examples for line in _wrapped(f"· {example}", room, "     ", "  ")]
            lines += _wrapped(f"→ {facts}", room, "     ", "  ") if facts else []
    lines += ["", "What completes a claim", "", *(f"  {line}" for line in completion(scheme))]
    if pages:
        lines += ["", "Pages", "", *(f"  {page.name}  {page_title(page)}" for page in pages)]
    return "".join(f"{neutral_line(line)}\n" for line in lines)


def _wrapped(text: str, width: int, indent: str, hang: str = "") -> list[str]:
    return textwrap.wrap(" ".join(text.split()), width, initial_indent=indent, subsequent_indent=indent + hang)


def as_markdown(scheme: Scheme, pages: Sequence[Page], _width: int = 0) -> str:
    """As a document: every value with its definition and examples, then the pages as they are."""
    lines = [f"# {_escaped(scheme.name or scheme.id)}", "", f"Scheme {_escaped(scheme.label)}."]
    lines += ["", _escaped(scheme.about)] if scheme.about else []
    for heading, values in facet_values(scheme):
        lines += ["", f"## {heading}"]
        for value in values:
            lines += ["", f"### {_escaped(value.key)} · {_escaped(value.name)}", "", _escaped(value.definition), ""]
            lines += [f"- {_escaped(example)}" for example in value.examples]
            facts = value_facts(scheme, value)
            lines += ["", *(f"This value {_escaped(fact)}." for fact in facts)] if facts else []
    lines += ["", "## What completes a claim", "", *(f"- {_escaped(line)}" for line in completion(scheme))]
    for page in pages:
        lines += ["", "---", "", neutral_text(page.text).strip("\n")]
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    return escaped(neutral_line(" ".join(text.split())))


def as_toml(scheme: Scheme, _pages: Sequence[Page] = (), _width: int = 0) -> str:
    """As the file that it can be read from."""
    data = scheme_data(scheme)
    lines = [f"{name} = {_toml(value)}" for name, value in data.items() if not isinstance(value, list | dict)]
    lines += ["", "[passes]", *(f"{name} = {_toml(facets)}" for name, facets in data["passes"].items())]
    for facet in FACETS:
        for row in data[facet]:
            lines += ["", f"[[{facet}]]", *_toml_rows(row)]
            for reason in row.get("reason", ()):
                lines += ["", f"[[{facet}.reason]]", *_toml_rows(reason)]
    return "\n".join(lines) + "\n"


def _toml_rows(row: Mapping[str, Any]) -> list[str]:
    return [f"{name} = {_toml(value)}" for name, value in row.items() if name != "reason"]


def _toml(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(_toml(each) for each in value)}]"
    # JSON's strings, numbers and booleans are TOML's, but for one character that TOML wants escaped.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


SCHEME_LAYOUTS: Mapping[str, Layout] = {"terminal": as_terminal, "toml": as_toml, "markdown": as_markdown}
