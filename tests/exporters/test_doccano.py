from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from annotator.exporters import FORMATS, ExportOptions, Losses
from annotator.model.language.graphemes import grapheme_edges
from annotator.model.offsets import OffsetUnit
from annotator.model.record import ClaimRecord
from annotator.model.span import Span

TEXT_AND_LABELS = {"text", "label", "entities", "relations"}


def documents(name: str, records: list[ClaimRecord], *, with_text: bool = True) -> list[dict[str, Any]]:
    ((path, chunks),) = FORMATS[name].write(records, ExportOptions(with_text=with_text), Losses())
    assert path == ""
    return [json.loads(line) for line in b"".join(chunks).decode("utf-8").splitlines()]


def sliced_from(text: str, start: int, end: int) -> str:
    """What doccano's editor shows at these offsets: JavaScript's `text.slice(start, end)`."""
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


def test_labels_are_triples_that_slice_the_text(records: list[ClaimRecord]) -> None:
    bridge, other, ferry = documents("doccano", records)
    sliced = [(sliced_from(bridge["text"], start, end), label) for start, end, label in bridge["label"]]
    assert ("Ine\u0301s Duarte, the harbour master,", "SOURCE") in sliced
    assert [words for words, label in sliced if label == "CONTENT"][-2:] == ["“Nobody crosses,”", "“before Monday.”"]
    assert bridge["label"] == sorted(bridge["label"])
    assert other["label"] == []
    assert [sliced_from(ferry["text"], start, end) for start, end, _ in ferry["label"]] == [
        "قالت",
        "إن الخط «آمن تماما»",
    ]


def test_relations_name_entities_of_their_document(records: list[ClaimRecord]) -> None:
    found = documents("doccano-relations", records)
    ids = [entity["id"] for document in found for entity in document["entities"]]
    assert ids == list(range(1, 14))
    links = []
    for document in found:
        words = {
            each["id"]: sliced_from(document["text"], each["start_offset"], each["end_offset"])
            for each in document["entities"]
        }
        links += [(words[each["from_id"]], each["type"], words[each["to_id"]]) for each in document["relations"]]
    assert ("told", "relay", "Example Wire") in links
    assert ("said", "nested_in", "reported") in links
    assert [(type_, to) for from_, type_, to in links if from_ == "told" and type_ == "content"] == [
        ("content", "“Nobody crosses,”"),
        ("content", "“before Monday.”"),
    ]
    assert [each["id"] for document in found for each in document["relations"]] == list(range(1, len(links) + 1))


@pytest.mark.parametrize("name", ["doccano", "doccano-relations"])
def test_every_document_has_the_same_keys(records: list[ClaimRecord], name: str) -> None:
    """doccano reads the file as a table: a key that only some lines have would be empty, not absent."""
    assert len({tuple(document) for document in documents(name, records)}) == 1


@pytest.mark.parametrize("name", ["doccano", "doccano-relations"])
def test_metadata_has_what_labels_cannot_hold(records: list[ClaimRecord], name: str) -> None:
    bridge = documents(name, records)[0]
    assert [(made["id"], made["parent"], made["form"], made["negated"]) for made in bridge["attributions"]] == [
        ("a1", None, "indirect", False),
        ("a2", "a1", "mixed", False),
        ("a3", None, "direct", True),
    ]
    assert bridge["attributions"][2]["spans"]["content"] == [[137, 154], [186, 202]]
    assert bridge["attributions"][1]["source_name"] == "Ine\u0301s Duarte"
    assert [claim["worth"] for claim in bridge["claims"]] == [None, "2", "2"]
    assert (bridge["reviewer"], bridge["publications"][1]["publisher"]) == ("ana", "Second Paper")


@pytest.mark.parametrize("name", ["doccano", "doccano-relations"])
def test_all_offsets_of_a_document_are_in_the_unit_that_it_names(records: list[ClaimRecord], name: str) -> None:
    bridge = documents(name, records)[0]
    (start, end) = bridge["attributions"][2]["spans"]["cue"][0]
    claim = bridge["claims"][2]
    assert bridge["offset_unit"] == "utf-16"
    assert sliced_from(bridge["text"], start, end) == "told"
    assert records[2].text == sliced_from(bridge["text"], claim["start"], claim["end"])


def test_graphemes_are_counted_where_the_project_counts_them(records: list[ClaimRecord]) -> None:
    ((_, chunks),) = FORMATS["doccano"].write(records, ExportOptions(offsets=OffsetUnit.GRAPHEMES), Losses())
    bridge = json.loads(next(iter(chunks)))
    edges = grapheme_edges(bridge["text"])
    sliced = [bridge["text"][edges[start] : edges[end]] for start, end, _ in bridge["label"]]
    assert bridge["offset_unit"] == "graphemes"
    assert {"Ine\u0301s Duarte, the harbour master,", "told"} <= set(sliced)


def test_an_edge_inside_a_grapheme_moves_outwards_and_is_counted(records: list[ClaimRecord]) -> None:
    first = next(record for record in records if record.attributions)
    accent = first.article.text.index("\u0301")
    made = replace(first.attributions[0], source=(Span(accent, accent + 4),), parent=None)
    losses = Losses()
    options = ExportOptions(offsets=OffsetUnit.GRAPHEMES)
    record = replace(first, attributions=(made,), chains=((),))
    ((_, chunks),) = FORMATS["doccano"].write([record], options, losses)
    bridge = json.loads(b"".join(chunks))
    ((start, end),) = bridge["attributions"][0]["spans"]["source"]
    edges = grapheme_edges(bridge["text"])
    assert bridge["text"][edges[start] : edges[end]] == "e\u0301s D"
    assert "1 edge of a span inside a grapheme moved outwards" in losses.line


@pytest.mark.parametrize("name", ["doccano", "doccano-relations"])
def test_without_text_only_the_text_and_the_names_are_gone(records: list[ClaimRecord], name: str) -> None:
    for bare, document in zip(documents(name, records, with_text=False), documents(name, records), strict=True):
        assert set(document) - set(bare) == {"text"}
        for key in TEXT_AND_LABELS & set(bare):
            assert bare[key] == document[key]
