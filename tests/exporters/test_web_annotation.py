"""The document as a JSON-LD processor reads it.

`anno.jsonld` is the W3C's context (http://www.w3.org/ns/anno.jsonld, W3C Software and Document License), so that no
test asks the network.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from pyld import jsonld

from annotator.exporters import FORMATS, ExportOptions, Losses
from annotator.exporters.web_annotation import article_iri
from annotator.model.record import ClaimRecord

CONTEXT = json.loads(Path(__file__).with_name("anno.jsonld").read_text(encoding="utf-8"))
OA, OURS = "http://www.w3.org/ns/oa#", "urn:annotator:"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def document(records: list[ClaimRecord], *, with_text: bool = True, base_url: str = "") -> dict[str, Any]:
    options = ExportOptions(with_text=with_text, base_url=base_url, tool_version="1.2.3")
    ((path, chunks),) = FORMATS["w3c"].write(records, options, Losses())
    assert path == ""
    found: dict[str, Any] = json.loads(b"".join(chunks).decode("utf-8"))
    return found


def load(url: str, _options: object) -> dict[str, Any]:
    assert url == "http://www.w3.org/ns/anno.jsonld", "only the W3C's context is asked for"
    return {"contextUrl": None, "documentUrl": url, "document": CONTEXT, "contentType": "application/ld+json"}


def triples(found: dict[str, Any]) -> set[tuple[str, str, str]]:
    """Subject, predicate and object of all that the document says."""
    dataset = jsonld.to_rdf(found, {"documentLoader": load})
    return {
        (triple["subject"]["value"], triple["predicate"]["value"], triple["object"]["value"])
        for triple in dataset["@default"]
    }


def of(said: set[tuple[str, str, str]], subject: str, predicate: str) -> list[str]:
    return sorted(value for one, name, value in said if (one, name) == (subject, predicate))


def test_a_processor_finds_every_annotation(records: list[ClaimRecord]) -> None:
    said = triples(document(records))
    motivations = Counter(value.removeprefix(OA) for _, name, value in said if name == f"{OA}motivatedBy")
    assert motivations == {"describing": 2, "assessing": 6, "identifying": 4}


def test_no_key_is_unknown_to_the_processor(records: list[ClaimRecord]) -> None:
    """A key without a term is dropped in silence: so everything must come back when it is compacted again."""
    found = document(records)
    expanded = jsonld.expand(found, {"documentLoader": load})
    compacted = jsonld.compact(expanded, found["@context"], {"documentLoader": load})
    assert sorted(leaves(compacted)) == sorted(leaves(found))


def leaves(value: object) -> list[str]:
    """Every scalar but those of the context."""
    if isinstance(value, dict):
        return [leaf for key, inner in value.items() if key != "@context" for leaf in leaves(inner)]
    if isinstance(value, list):
        return [leaf for inner in value for leaf in leaves(inner)]
    return [json.dumps(value, ensure_ascii=False)]


def test_selectors_find_the_same_words(records: list[ClaimRecord]) -> None:
    texts = {article_iri(record.article.id): record.article.text for record in records}
    selected = 0
    for annotation in document(records)["first"]["items"]:
        if annotation["motivation"] == "describing":
            assert annotation["body"]["value"] == texts[annotation["target"]["id"]]
            continue
        targets = annotation["target"] if isinstance(annotation["target"], list) else [annotation["target"]]
        for target in targets:
            quote, position = target["selector"]
            text = texts[target["source"]]
            start, end = position["start"], position["end"]
            assert text[start:end] == quote["exact"]
            assert text[:start].endswith(quote["prefix"])
            assert text[end:].startswith(quote["suffix"])
            selected += 1
    assert selected == 6 + 13


def test_positions_are_numbers_of_the_standard(records: list[ClaimRecord]) -> None:
    dataset = jsonld.to_rdf(document(records), {"documentLoader": load})
    types = {
        triple["object"]["datatype"]
        for triple in dataset["@default"]
        if triple["predicate"]["value"] in (f"{OA}start", f"{OA}end")
    }
    assert types == {"http://www.w3.org/2001/XMLSchema#nonNegativeInteger"}


def test_facets_are_said_of_bodies(records: list[ClaimRecord]) -> None:
    said = triples(document(records))
    (judged,) = {one for one, name, value in said if (name, value) == (f"{OURS}confidence", "high")}
    assert of(said, judged, TYPE) == [f"{OURS}Judgement"]
    assert of(said, judged, f"{OURS}worth") == ["2"]
    assert of(said, judged, f"{OURS}flag") == ["true"]
    (inner,) = {one for one, name, _ in said if name == f"{OURS}nested_in"}
    (outer,) = of(said, inner, f"{OURS}nested_in")
    assert of(said, outer, f"{OA}motivatedBy") == [f"{OA}identifying"]
    about = {value for _, name, value in said if name == f"{OURS}about"}
    assert about <= {one for one, name, _ in said if name == f"{OA}motivatedBy"}
    notes = {value for _, name, value in said if name == "http://www.w3.org/1999/02/22-rdf-syntax-ns#value"}
    assert {"=SUM(A1)\r\n\x00 \x1b[31m", "Two of nine cables were slack.", "بلا مصدر"} <= notes


def test_ids_are_addresses_below_the_base_or_uuids(records: list[ClaimRecord]) -> None:
    def ids(base_url: str) -> list[str]:
        return [item["id"] for item in document(records, base_url=base_url)["first"]["items"]]

    assert len(set(ids(""))) == 12
    assert all(id_.startswith("urn:uuid:") for id_ in ids(""))
    assert ids("https://example.org/set/") == [id_.replace("urn:uuid:", "https://example.org/set/") for id_ in ids("")]


def test_an_article_is_known_by_its_hash() -> None:
    # The example of RFC 6920, section 8.1: "Hello World!".
    digest = "7f83b1657ff1fc53b92dc18148a1d65dfc2d4b1fa3d677284addd200126d9069"
    assert article_iri(digest) == "ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk"


@pytest.mark.parametrize("with_text", [True, False])
def test_without_text_positions_stay_alone(records: list[ClaimRecord], *, with_text: bool) -> None:
    found = document(records, with_text=with_text)
    kinds = {
        selector["type"]
        for item in found["first"]["items"]
        if item["motivation"] == "assessing"
        for selector in item["target"]["selector"]
    }
    assert kinds == ({"TextQuoteSelector", "TextPositionSelector"} if with_text else {"TextPositionSelector"})
    assert ("body" in found["first"]["items"][0]) is with_text
    assert triples(found)
