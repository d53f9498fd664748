"""The labelling configuration that a Label Studio project needs to show our tasks, made from a label scheme.

Its tags are those of https://labelstud.io/tags: one `Labels` for all regions, and for each facet a `Choices` or
`TextArea` that is shown with the regions it is about.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import quoteattr

from annotator.model.attribution import Anonymity, AttributionType, Form, Role
from annotator.model.judgement import CONFIDENCES
from annotator.model.scheme import Scheme, Value
from annotator.model.source import SourceKind

CLAIM = "Claim"
NESTED = "nested_in"

_COLOURS = {CLAIM: "#9e9e9e", "Source": "#1565c0", "Cue": "#c62828", "Content": "#2e7d32", "Relay": "#6a1b9a"}
_LINKS = (Role.SOURCE.value, Role.CONTENT.value, Role.RELAY.value, NESTED)
_ANCHORS = "Cue,Content"


def configuration(scheme: Scheme) -> str:
    """The configuration as XML: a value's id is what is chosen, its name and definition are its hint."""
    labels = [f"    <Label value={quoteattr(name)} background={quoteattr(_COLOURS[name])}/>" for name in _COLOURS]
    reasons = dict.fromkeys(reason.id for value in scheme.verdict for reason in value.reasons)
    lines = [
        "<View>",
        '  <Labels name="label" toName="text">',
        *labels,
        "  </Labels>",
        "  <Relations>",
        *(f"    <Relation value={quoteattr(name)}/>" for name in _LINKS),
        "  </Relations>",
        '  <Text name="text" value="$text"/>',
        '  <TextArea name="reviewer" toName="text" editable="true" maxSubmissions="1"/>',
        *_choices("worth", CLAIM, _hinted(scheme.worth)),
        *_choices("voice", CLAIM, _hinted(scheme.voice)),
        *_choices("verdict", CLAIM, _hinted(scheme.verdict)),
        *_choices("reason", CLAIM, dict.fromkeys(reasons, "")),
        *_choices("verdict_confidence", CLAIM, dict.fromkeys(CONFIDENCES, "")),
        *_choices("confidence", CLAIM, dict.fromkeys(CONFIDENCES, "")),
        *_choices("marks", CLAIM, {"flag": "", "skipped": ""}, several=True),
        *(_text(name, CLAIM) for name in ("restatement", "note", "justification", "evidence", "said", "scheme")),
        *_choices("type", _ANCHORS, dict.fromkeys(AttributionType, "")),
        *_choices("form", _ANCHORS, dict.fromkeys(Form, "")),
        *_choices("anonymity", _ANCHORS, dict.fromkeys(Anonymity, "")),
        *_choices("negated", _ANCHORS, {"negated": ""}, several=True),
        *_choices("source_kind", _ANCHORS, dict.fromkeys(SourceKind, "")),
        _text("source_name", _ANCHORS),
        "</View>",
    ]
    return "".join(f"{line}\n" for line in lines)


def _hinted(values: Iterable[Value]) -> dict[str, str]:
    return {value.id: f"{value.name}: {value.definition}" for value in values}


def _choices(name: str, labels: str, values: dict[str, str], *, several: bool = False) -> list[str]:
    if not values:
        return []
    choice = "multiple" if several else "single"
    return [
        f'  <Choices name="{name}" toName="text" perRegion="true" choice="{choice}" '
        f'whenTagName="label" whenLabelValue="{labels}">',
        *(
            f"    <Choice value={quoteattr(value)}" + (f" hint={quoteattr(hint)}/>" if hint else "/>")
            for value, hint in values.items()
        ),
        "  </Choices>",
    ]


def _text(name: str, labels: str) -> str:
    return (
        f'  <TextArea name="{name}" toName="text" perRegion="true" editable="true" '
        f'whenTagName="label" whenLabelValue="{labels}"/>'
    )
