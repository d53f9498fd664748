"""A CAS as its files have it, XMI and JSON: what cassis would write of the same structures, to the byte.

Cassis looks up each feature's type for each value, which takes most of such an export's time; here it is known what the
types hold. A test holds the two writers to cassis.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from json.encoder import encode_basestring
from typing import Any

from annotator.exporters.cas_types import ARTICLE, CLAIM, METADATA, PART, RELATION, SENTENCE
from annotator.model.late import NamedTuple


class Structure(NamedTuple):
    """One feature structure: its id, its type, where it begins and ends (UTF-16 code units), and its features.

    These are in the order of `cas_types`, without those that have no value. A value is a text, a flag, a list of texts,
    or the id of another structure.
    """

    id: int
    type: str
    begin: int
    end: int
    features: Mapping[str, str | bool | int | Sequence[str]]


SOFA = 1
"""The id of the text."""
_VIEW = "_InitialView"
_ELEMENTS = {
    METADATA: "type:DocumentMetaData",
    SENTENCE: "type0:Sentence",
    ARTICLE: "custom:Article",
    CLAIM: "custom:Claim",
    PART: "custom:AttributionPart",
    RELATION: "custom:AttributionRelation",
}
_FIRST = (
    "<?xml version='1.0' encoding='UTF-8'?>\n"
    '<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" '
    'xmlns:type="http:///de/tudarmstadt/ukp/dkpro/core/api/metadata/type.ecore" '
    'xmlns:type0="http:///de/tudarmstadt/ukp/dkpro/core/api/segmentation/type.ecore" '
    'xmlns:custom="http:///webanno/custom.ecore" xmi:version="2.0"><cas:NULL xmi:id="0"/>'
)


def xmi(structures: Sequence[Structure], text: str | None) -> str:
    """The structures in XMI; all texts hold only what XML can."""
    said = "" if text is None else f' sofaString="{_in_attribute(text)}"'
    members = " ".join([str(each.id) for each in structures])
    return (
        f"{_FIRST}{''.join(map(_element, structures))}"
        f'<cas:Sofa xmi:id="{SOFA}" sofaNum="1" sofaID="{_VIEW}" mimeType="text/plain"{said}/>'
        f'<cas:View sofa="{SOFA}" members="{members}"/></xmi:XMI>'
    )


def _element(structure: Structure) -> str:
    id_, type_, begin, end, features = structure
    name = _ELEMENTS[type_]
    attributes, inside = [f'<{name} xmi:id="{id_}" sofa="{SOFA}" begin="{begin}" end="{end}"'], ""
    for feature, value in features.items():
        if isinstance(value, str):
            attributes.append(f'{feature}="{_in_attribute(value)}"')
        elif isinstance(value, bool):
            attributes.append(f'{feature}="{_YES[value]}"')
        elif isinstance(value, int):
            attributes.append(f'{feature}="{value}"')
        else:
            inside += "".join([f"<{feature}>{_in_element(each)}</{feature}>" for each in value])
    return f"{' '.join(attributes)}>{inside}</{name}>" if inside else f"{' '.join(attributes)}/>"


_YES = {False: "false", True: "true"}
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}


def _escape(match: re.Match[str]) -> str:
    return _ESCAPES[match[0]]


_in_attribute: Callable[[str], str] = partial(re.compile('[&<>"\t\n\r]').sub, _escape)
_in_element: Callable[[str], str] = partial(re.compile("[&<>\r]").sub, _escape)


def cas_json(structures: Sequence[Structure], text: str | None, types: str) -> str:
    """The structures in JSON; `types` is what cassis writes of the type system, up to where structures follow."""
    said = "" if text is None else f', "sofaString": {encode_basestring(text)}'
    lists: list[str] = []
    following = structures[-1].id + 1
    written = [_object(each, lists, following) for each in structures]
    members = ", ".join([str(each.id) for each in structures])
    known = f'"%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "{_VIEW}", "mimeType": "text/plain"'
    sofa = f'{{"%ID": {SOFA}, {known}{said}}}'
    return (
        f'{types}, "%FEATURE_STRUCTURES": [{", ".join([sofa, *written, *lists])}], '
        f'"%VIEWS": {{"{_VIEW}": {{"%SOFA": {SOFA}, "%MEMBERS": [{members}]}}}}}}'
    )


def _object(structure: Structure, lists: list[str], following: int) -> str:
    """A structure; its lists are structures by themselves behind all others, of which `following` is the first's id."""
    id_, type_, begin, end, features = structure
    members = [f'{{"%ID": {id_}, "%TYPE": "{type_}", "@sofa": {SOFA}, "begin": {begin}, "end": {end}']
    for feature, value in features.items():
        if isinstance(value, str):
            members.append(f'"{feature}": {encode_basestring(value)}')
        elif isinstance(value, bool):
            members.append(f'"{feature}": {_YES[value]}')
        elif isinstance(value, int):
            members.append(f'"@{feature}": {value}')
        else:
            members.append(f'"@{feature}": {following + len(lists)}')
            lists.append(_list(following + len(lists), value))
    return ", ".join(members) + "}"


def _list(id_: int, texts: Iterable[str]) -> str:
    return (
        f'{{"%ID": {id_}, "%TYPE": "uima.cas.StringArray", "%ELEMENTS": [{", ".join(map(encode_basestring, texts))}]}}'
    )


def types_json(types: Any) -> str:
    """What stands before the structures in JSON, of a cassis.TypeSystem."""
    from cassis import Cas

    opening, _, _ = Cas(types).to_json().partition(', "%FEATURE_STRUCTURES"')
    return str(opening)
