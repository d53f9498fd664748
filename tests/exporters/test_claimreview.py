from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import ExportFailure
from annotator.exporters import ExportOptions, Losses
from annotator.importers.checks import CheckOptions, read_checks
from annotator.model.article import Publication
from annotator.model.check import Check
from annotator.model.judgement import CONTENT
from annotator.model.record import ClaimRecord
from annotator.model.scheme import default_scheme
from tests.exporters.writing import one_file

GOLDEN = Path(__file__).parent / "golden" / "claims.claimreview.jsonld"
BASE = "https://example.org/checks"
OPTIONS = ExportOptions(tool_version="1.2.3", base_url=BASE, scheme=default_scheme())

CREATIVE_WORK = {
    "name", "url", "author", "publisher", "datePublished", "headline", "text", "about", "abstract", "archivedAt",
    "citation", "inLanguage", "contributor",
}  # fmt: skip
PROPERTIES = {
    "ClaimReview": CREATIVE_WORK | {"claimReviewed", "itemReviewed", "reviewRating", "reviewBody"},
    "Claim": CREATIVE_WORK | {"appearance", "firstAppearance", "claimInterpreter"},
    "Rating": {"alternateName", "ratingExplanation", "ratingValue", "bestRating", "worstRating"},
    "NewsArticle": CREATIVE_WORK,
    "CreativeWork": CREATIVE_WORK,
    "Organization": {"name", "url"},
    "Person": {"name", "url"},
}
"""The properties that schema.org has for these types, as far as they matter here."""
REQUIRED = {"claimReviewed", "itemReviewed", "reviewRating", "url"}
"""What those who show fact checks ask of one."""


def written(records: list[ClaimRecord], options: ExportOptions = OPTIONS, losses: Losses | None = None) -> bytes:
    return one_file("claimreview", records, options, losses)


def reviews(records: list[ClaimRecord], options: ExportOptions = OPTIONS) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(written(records, options))["@graph"]
    return found


def nodes(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from nodes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from nodes(inner)


def test_the_bytes_are_the_golden_ones(records: list[ClaimRecord]) -> None:
    assert written(records) == GOLDEN.read_bytes()


def test_everything_in_it_is_schema_orgs() -> None:
    document = json.loads(GOLDEN.read_bytes())
    assert document["@context"] == "https://schema.org"
    assert len(document["@graph"]) == 3
    for review in document["@graph"]:
        assert review["@type"] == "ClaimReview"
        assert set(review) >= REQUIRED
        assert review["reviewRating"]["alternateName"]
        for node in nodes(review):
            assert set(node) - {"@id", "@type"} <= PROPERTIES[node["@type"]]
            assert all(node.values()), node


def test_one_review_a_verdict_each_with_its_own_address(records: list[ClaimRecord]) -> None:
    content, attribution, ferry = reviews(records)
    claim = records[1].claim_id
    assert content["url"] == content["@id"] == f"{BASE}/{claim}.ana"
    assert attribution["url"] == f"{BASE}/{claim}.ana.attribution-2"
    assert ferry["url"] == f"{BASE}/{records[4].claim_id}.ana"
    other = replace(records[1], reviewer="björn o")
    assert reviews([other])[0]["url"] == f"{BASE}/{claim}.bj%C3%B6rn%20o"
    for base in ("https://example.org/checks/", "https://example.org/checks#", "https://example.org/?check="):
        assert reviews([records[1]], replace(OPTIONS, base_url=base))[0]["url"] == f"{base}{claim}.ana"


def test_what_is_judged_and_who_said_it(records: list[ClaimRecord]) -> None:
    content, attribution, ferry = reviews(records)
    assert content["claimReviewed"] == "Two of nine cables were slack."
    assert content["itemReviewed"]["author"] == {"@type": "Person", "name": "Ine\u0301s Duarte"}
    assert content["reviewRating"] == {
        "@type": "Rating",
        "alternateName": "mixed or misleading",
        "ratingExplanation": "missing context",
    }
    assert [each["url"] for each in content["citation"]] == ["https://example.org/report"]
    # Whether she said it: what was judged is that she did, and Reuters says so.
    assert attribution["claimReviewed"] == (
        "Ine\u0301s Duarte, the harbour master, … said … two of the “nine”\tcables had lost tension"
    )
    assert attribution["itemReviewed"]["author"] == {"@type": "Organization", "name": "Reuters"}
    assert "citation" not in attribution
    assert ferry["claimReviewed"] == "قالت شركة العبّارات إن الخط «آمن تماما»."
    assert ferry["itemReviewed"] == {"@type": "Claim"}
    assert [each.get("publisher", {}).get("name") for each in content["itemReviewed"]["appearance"]] == [
        "Example Wire",
        "Second Paper",
    ]


def test_an_article_that_speaks_for_itself_has_its_author(records: list[ClaimRecord]) -> None:
    article = replace(records[1].article, publications=(Publication(author="Mo Reyes", publisher="Wire"),))
    record = replace(records[1], article=article, attributions=(), chains=(), sources={})
    (review, *_) = reviews([replace(record, verdicts=record.verdicts[1:])])
    assert review["itemReviewed"]["author"] == {"@type": "Person", "name": "Mo Reyes"}


def test_several_authors_are_several_persons_and_are_read_as_several(
    records: list[ClaimRecord], tmp_path: Path
) -> None:
    article = replace(records[1].article, publications=(Publication(author="Mo Reyes; Ada Costa", publisher="Wire"),))
    record = replace(records[1], article=article, attributions=(), chains=(), sources={})
    record = replace(record, verdicts=record.verdicts[1:])
    (review,) = reviews([record])
    people = [{"@type": "Person", "name": "Mo Reyes"}, {"@type": "Person", "name": "Ada Costa"}]
    assert review["itemReviewed"]["author"] == people
    assert review["itemReviewed"]["appearance"][0]["author"] == people
    path = tmp_path / "reviews.jsonld"
    path.write_bytes(written([record]))
    (check,) = read_checks(str(path), CheckOptions())
    assert isinstance(check, Check)
    assert check.speaker == "Mo Reyes; Ada Costa"


def test_a_verdict_that_the_scheme_has_no_more_goes_by_its_id(records: list[ClaimRecord]) -> None:
    assert reviews(records, replace(OPTIONS, scheme=None))[0]["reviewRating"]["alternateName"] == "mixed"


def test_no_text_ends_the_script_element_that_it_stands_in(records: list[ClaimRecord]) -> None:
    words = "</script><script>alert(1)</script> <!-- & \u2028 -->"
    hostile = replace(records[1], judgement=replace(records[1].judgement, restatement=words), reviewer=words)
    options = replace(OPTIONS, organisation=words)
    data = written([hostile], options).decode("utf-8")
    assert not set("<>&\u2028") & set(data)
    review, _ = reviews([hostile], options)
    assert (review["claimReviewed"], review["author"]["name"], review["contributor"]["name"]) == (words,) * 3


def test_the_organisation_answers_for_the_review_where_it_is_named(records: list[ClaimRecord]) -> None:
    named = replace(OPTIONS, organisation="Quay Check", organisation_url="https://quay.example/")
    for review in reviews(records, named):
        assert review["author"] == {"@type": "Organization", "name": "Quay Check", "url": "https://quay.example/"}
        assert review["contributor"] == {"@type": "Person", "name": "ana"}
    (review, *_) = reviews(records, replace(named, organisation_url=""))
    assert review["author"] == {"@type": "Organization", "name": "Quay Check"}
    (review, *_) = reviews(records)
    assert review["author"] == {"@type": "Person", "name": "ana"}
    assert "contributor" not in review


def test_without_a_base_url_it_is_refused(records: list[ClaimRecord]) -> None:
    with pytest.raises(ExportFailure, match="say where they will stand with --base-url"):
        written(records, replace(OPTIONS, base_url=""))


def test_what_it_cannot_hold_is_counted(records: list[ClaimRecord]) -> None:
    losses = Losses()
    written(records, losses=losses)
    assert losses.line == "4 claims without a verdict left out, 1 confidence of a verdict left out"


def test_without_text_only_restatements_are_left(records: list[ClaimRecord]) -> None:
    losses = Losses()
    data = written(records, replace(OPTIONS, with_text=False), losses)
    (review,) = json.loads(data)["@graph"]
    assert review["claimReviewed"] == "Two of nine cables were slack."
    assert "author" not in review["itemReviewed"]
    assert "2 verdicts whose claim has no words left out" in losses.line
    for words in ("tension", "Nobody", "Duarte", "Reuters", "آمن"):
        assert words not in data.decode()


def test_nothing_to_export_is_an_empty_graph() -> None:
    assert json.loads(written([])) == {"@context": "https://schema.org", "@graph": []}


def test_every_verdict_of_ours_is_the_same_when_it_is_read_as_a_fact_check(
    records: list[ClaimRecord], tmp_path: Path
) -> None:
    path = tmp_path / "reviews.jsonld"
    record = next(record for record in records if record.verdicts)
    for given in default_scheme().verdict:
        verdict = replace(record.verdicts[0], target=CONTENT, value=given.id, reason=None)
        path.write_bytes(written([replace(record, verdicts=(verdict,))]))
        (check,) = read_checks(str(path), CheckOptions())
        assert isinstance(check, Check)
        assert (check.verdict, check.value) == (given.name, given.id)
        assert check.id == check.url == f"{BASE}/{record.claim_id}.{record.reviewer}"
        assert check.date == record.last_decided_at[:10]


def test_a_single_claim_that_it_cannot_hold_is_counted_as_one(records: list[ClaimRecord]) -> None:
    losses = Losses()
    written([next(record for record in records if not record.verdicts)], losses=losses)
    assert losses.line == "1 claim without a verdict left out"
