"""Collections of fact-checks in every form, and what of them is no check."""

from __future__ import annotations

import csv
import io
import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import ImportFailure
from annotator.importers.checks import CheckOptions, read_checks
from annotator.importers.checks.fields import verdict_value
from annotator.model.check import Check

REVIEW: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://checks.example.com/pool",
    "claimReviewed": "The pool of Oldmere leaks.",
    "headline": "Does the pool leak?",
    "datePublished": "2026-03-01T08:00:00Z",
    "dateModified": "2026-03-04",
    "inLanguage": "en-GB",
    "author": {"@type": "Organization", "name": "Tamarack Checks"},
    "itemReviewed": {"@type": "Claim", "author": {"@type": "Person", "name": "Orla Fenwright"}},
    "reviewRating": {"@type": "Rating", "ratingValue": 1, "alternateName": "Mostly False"},
}
POOL = Check(
    "https://checks.example.com/pool",
    "The pool of Oldmere leaks.",
    "Does the pool leak?",
    "Orla Fenwright",
    "2026-03-01",
    "Mostly False",
    "refuted",
    "Tamarack Checks",
    "https://checks.example.com/pool",
    "en-GB",
    "2026-03-04",
)


def read(tmp_path: Path, text: str, name: str = "checks.json", **options: Any) -> list[Check | ImportFailure]:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8", newline="")
    return list(read_checks(str(path), CheckOptions(**options)))


def checks(found: list[Check | ImportFailure]) -> list[Check]:
    assert all(isinstance(each, Check) for each in found), found
    return [each for each in found if isinstance(each, Check)]


@pytest.mark.parametrize(
    "document",
    [
        REVIEW,
        [REVIEW],
        {"@context": "https://schema.org", "@graph": [REVIEW, {"@type": "WebSite", "name": "Tamarack Checks"}]},
        {"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": [REVIEW]}]},
        {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "position": 1, "item": REVIEW}]},
        {**REVIEW, "@type": ["ClaimReview", "Review"]},
        {**REVIEW, "@type": "http://schema.org/ClaimReview"},
    ],
)
@pytest.mark.parametrize("indent", [None, 2])
def test_claim_reviews_are_found_wherever_schema_org_puts_them(
    tmp_path: Path, document: Any, indent: int | None
) -> None:
    assert checks(read(tmp_path, json.dumps(document, indent=indent))) == [POOL]


def test_values_of_json_ld_with_their_language_are_texts(tmp_path: Path) -> None:
    claim = {"@value": "The pool of Oldmere leaks.", "@language": "en"}
    assert checks(read(tmp_path, json.dumps({**REVIEW, "claimReviewed": claim}))) == [POOL]


def test_a_claim_review_a_line_is_json_lines(tmp_path: Path) -> None:
    lines = "".join(json.dumps({**REVIEW, "url": f"https://checks.example.com/{n}"}) + "\n" for n in range(3))
    assert len(checks(read(tmp_path, lines, "checks.jsonl"))) == 3


@pytest.mark.parametrize(
    ("rating", "verdict", "value"),
    [
        ({"ratingValue": 1, "bestRating": 5, "worstRating": 1}, "1 on a scale from 1 to 5", "refuted"),
        ({"ratingValue": "5", "bestRating": "5", "worstRating": "1"}, "5 on a scale from 1 to 5", "supported"),
        ({"ratingValue": 2.5, "bestRating": 5, "worstRating": 0}, "2.5 on a scale from 0 to 5", ""),
        ({"ratingValue": 0, "bestRating": 5, "worstRating": 0}, "0 on a scale from 0 to 5", "refuted"),
        (
            {"ratingValue": 1, "bestRating": 1, "worstRating": 6},
            "1 on a scale from 1 to 6 (best is lowest)",
            "supported",
        ),
        ({"ratingValue": -1, "bestRating": 5, "worstRating": 1}, "-1 on a scale from 1 to 5", ""),
        ({"ratingValue": 1, "bestRating": 1, "worstRating": 1}, "1", ""),
        ({"ratingValue": 3}, "3", ""),
        ({"ratingValue": True, "bestRating": 1, "worstRating": 0}, "True", "supported"),
        ({"ratingValue": "NaN", "bestRating": 5, "worstRating": 1}, "NaN", ""),
        ({"ratingValue": 1, "bestRating": 5, "worstRating": 1, "alternateName": "Quatre nez"}, "Quatre nez", ""),
        ({"ratingValue": 1, "bestRating": 5, "worstRating": 1, "alternateName": "True"}, "True", "supported"),
    ],
)
def test_a_verdict_in_numbers_says_its_scale_and_only_the_ends_of_it_are_known(
    tmp_path: Path, rating: dict[str, Any], verdict: str, value: str
) -> None:
    (made,) = checks(read(tmp_path, json.dumps({**REVIEW, "reviewRating": {"@type": "Rating", **rating}})))
    assert (made.verdict, made.value) == (verdict, value)


def test_a_number_may_be_said_to_mean_something_else(tmp_path: Path) -> None:
    review = {**REVIEW, "reviewRating": {"ratingValue": 1, "bestRating": 5, "worstRating": 1}}
    given = {"1 on a scale from 1 to 5": "not_enough"}
    (made,) = checks(read(tmp_path, json.dumps(review), verdicts=given))
    assert made.value == "not_enough"


def test_a_withdrawn_review_is_known_by_its_status(tmp_path: Path) -> None:
    (made,) = checks(read(tmp_path, json.dumps({**REVIEW, "creativeWorkStatus": "Withdrawn"})))
    assert made.withdrawn


def test_rows_with_named_fields(tmp_path: Path) -> None:
    rows = '{"statement": "The pool leaks.", "claimant": "Orla", "label": "True", "published": "3 March 2026"}\n'
    (made,) = checks(read(tmp_path, rows * 1, "rows.jsonl", publisher="Ours", language="en"))
    assert (made.claim, made.speaker, made.verdict, made.value) == ("The pool leaks.", "Orla", "True", "supported")
    assert (made.date, made.publisher, made.language) == ("2026-03-03", "Ours", "en")


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_tables_with_mapped_fields(tmp_path: Path, mark: str) -> None:
    rows = [["Behauptung", "rating", "url"], ['Der "Pool" leckt', "Quatre nez", "https://checks.example.com/p"]]
    text = "\n".join(mark.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows) + "\n"
    (made,) = checks(read(tmp_path, text, "t.csv", fields={"claim": "Behauptung"}, verdicts={"quatre nez": "refuted"}))
    assert (made.claim, made.value, made.url) == ('Der "Pool" leckt', "refuted", "https://checks.example.com/p")


def test_averitec_and_its_day_first_dates(tmp_path: Path) -> None:
    row = {
        "claim": "The pool leaks.",
        "label": "Conflicting Evidence/Cherrypicking",
        "claim_date": "9-3-2026",
        "speaker": "Orla Fenwright",
        "fact_checking_article": "https://checks.example.com/pool",
        "questions": [{"question": "Does it?", "answers": []}],
    }
    (made,) = checks(read(tmp_path, json.dumps([row])))
    assert (made.date, made.value, made.speaker) == ("2026-03-09", "mixed", "Orla Fenwright")


def test_our_own_rows_are_a_check_for_each_verdict_on_the_content(tmp_path: Path) -> None:
    row = {
        "article_id": "a" * 64,
        "claim_id": "c" * 64,
        "reviewer": "ana",
        "text": "It leaks.",
        "restatement": "The pool leaks.",
        "title": "The pool",
        "last_decided_at": "2026-03-01T08:00:00.000000Z",
        "language": "en",
        "attributions": [{"source_name": "Orla Fenwright"}],
        "verdicts": [{"target": "content", "value": "refuted"}, {"target": "x", "value": "supported"}],
    }
    (made,) = checks(read(tmp_path, json.dumps(row) + "\n", "claims.jsonl"))
    assert (made.claim, made.value, made.speaker, made.date) == (
        *("The pool leaks.", "refuted", "Orla Fenwright", "2026-03-01"),
    )


def test_of_our_own_exports_only_verdicts_are_checks_and_nothing_else_is_bad(tmp_path: Path) -> None:
    row: dict[str, Any] = {"article_id": "a" * 64, "claim_id": "c" * 64, "reviewer": "ana", "text": "It leaks."}
    verdicts = [[], [{"target": "content", "value": "refuted"}], [{"target": "x", "value": "supported"}]]
    lines = "".join(json.dumps({**row, "verdicts": each}) + "\n" for each in verdicts)
    assert [(each.claim, each.publisher) for each in checks(read(tmp_path, lines, "c.jsonl"))] == [("It leaks.", "ana")]
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow([*row, "verdicts", "attributions"])
    writer.writerows([*row.values(), json.dumps(each), '[{"source_name": "Orla"}]'] for each in verdicts)
    (made,) = checks(read(tmp_path, table.getvalue(), "c.csv"))
    assert (made.claim, made.value, made.publisher, made.speaker) == ("It leaks.", "refuted", "ana", "Orla")
    writer.writerow([*row.values(), "[{", ""])
    *_, broken = read(tmp_path, table.getvalue(), "c.csv")
    assert str(broken).endswith("line 5: broken JSON in a cell")


def test_a_claim_review_of_ours_of_whether_somebody_said_it_is_no_check_of_the_claim(tmp_path: Path) -> None:
    claim = "https://example.org/checks/fff79bf5b333480e05d98b8ab901e118"
    said = "0196f6a0-3c11-7a52-9b1e-0d6f2a7c4e55"
    addresses = [f"{claim}.ana", f"{claim}.ana.{said}", f"{claim}.ana.maria", f"{claim}.ana.maria.{said}"]
    reviews = [{**REVIEW, "@id": each, "url": each} for each in addresses]
    found = checks(read(tmp_path, json.dumps({"@context": "https://schema.org", "@graph": reviews})))
    assert [each.url for each in found] == [addresses[0], addresses[2]]
    assert read(tmp_path, json.dumps({"@graph": reviews[1::2]})) == []


OURS: dict[str, Any] = {
    "article_id": "a" * 64,
    "claim_id": "c" * 64,
    "reviewer": "ana",
    "text": "It leaks.",
    "verdicts": [{"target": "content", "value": "refuted"}],
}
AVERITEC = {"claim": "The pool leaks.", "label": "Refuted", "questions": []}


@pytest.mark.parametrize("shape", [REVIEW, AVERITEC, OURS])
def test_what_the_options_say_where_to_find_is_found_there_in_known_shapes_too(
    tmp_path: Path, shape: dict[str, Any]
) -> None:
    row = json.dumps({**shape, "Desk": "Lantern Desk", "Ruling": "True"})
    (made,) = checks(read(tmp_path, row, fields={"publisher": "desk", "verdict": "Ruling", "language": ""}))
    assert (made.publisher, made.verdict, made.value, made.language) == ("Lantern Desk", "True", "supported", "")
    (failure,) = read(tmp_path, row, fields={"publisher": "dsek"})
    assert isinstance(failure, ImportFailure)
    assert failure.reason.startswith("no row has a field 'dsek', which --field names (there: '")


def test_a_grade_on_a_scale_gives_no_verdict_where_another_field_is_named_for_it(tmp_path: Path) -> None:
    graded = {**REVIEW, "reviewRating": {"ratingValue": 1, "bestRating": 5, "worstRating": 1}, "Ruling": "Quatre nez"}
    (made,) = checks(read(tmp_path, json.dumps(graded), fields={"verdict": "Ruling"}))
    assert (made.verdict, made.value) == ("Quatre nez", "")


def test_a_table_of_ours_has_fields_where_the_options_say_and_is_read_as_ours_all_the_same(tmp_path: Path) -> None:
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow([*OURS, "Desk"])
    for verdicts in ("[]", json.dumps(OURS["verdicts"])):
        writer.writerow([*{**OURS, "verdicts": verdicts}.values(), "Lantern Desk"])
    (made,) = checks(read(tmp_path, table.getvalue(), "c.csv", fields={"publisher": "Desk"}))
    assert (made.claim, made.value, made.publisher) == ("It leaks.", "refuted", "Lantern Desk")
    with pytest.raises(ImportFailure, match="no field 'dsek', which --field names"):
        read(tmp_path, table.getvalue(), "c.csv", fields={"publisher": "dsek"})


@pytest.mark.parametrize(
    ("verdict", "value"),
    [
        ("False", "refuted"),
        ("FALSE!", "refuted"),
        ("False: the picture is from 2019", "refuted"),
        ("False, though partly true in 2019", "refuted"),
        ("Partly false", "mixed"),
        ("Mostly true", "supported"),
        ("Not true", "refuted"),
        ("Four Pinocchios", "refuted"),
        ("This is misleading", "mixed"),
        ("No evidence", "not_enough"),
        ("Größtenteils falsch", "refuted"),
        ("Faux", "refuted"),
        ("Engañoso", "mixed"),
        ("Wow", ""),
        ("", ""),
    ],
)
def test_what_a_verdict_in_somebody_s_words_comes_to(verdict: str, value: str) -> None:
    assert verdict_value(verdict, CheckOptions()) == value


def test_hostile_rows_do_no_harm(tmp_path: Path) -> None:
    rows = [
        {"claim": "\x1b]52;c;eA==\x07 leaks\u202e", "url": "javascript:alert(1)", "id": "escape"},
        {"claim": "=cmd|' /C calc'!A0", "id": "formula"},
        {"claim": "word " * 50_000, "id": "huge"},
        {"claim": "ok", "title": ["a", {"name": "b"}], "id": "list"},
    ]
    found = checks(read(tmp_path, "".join(json.dumps(row) + "\n" for row in rows), "rows.jsonl"))
    escape, formula, huge, listed = found
    assert "\x1b" not in escape.claim
    assert "\u202e" not in escape.claim
    assert escape.url == ""
    assert formula.claim == "=cmd|' /C calc'!A0"
    assert len(huge.claim) <= 10_000
    assert listed.title == "a, b"


def test_one_line_for_each_bad_row_with_its_place(tmp_path: Path) -> None:
    nested = "[" * 3000 + "]" * 3000
    text = (
        '{"claim": "fine"}\nno json\n{"claim": 3}\n{"verdict": "true"}\n{"claim": {"x": 1}}\n17\n'
        f'{{"claim": {nested}}}\n{{"claim": "half \\ud800"}}\n'
    )
    found = read(tmp_path, text, "rows.jsonl")
    failures = [each for each in found if isinstance(each, ImportFailure)]
    assert [each.place for each in failures] == [f"line {n}" for n in (2, 4, 5, 6, 7, 8)]
    assert all("\n" not in str(each) for each in failures)


@pytest.mark.parametrize("text", ["", "[1", '{"@type": "DataFeed",\n "dataFeedElement": [', "a,b\n1,2\n"])
def test_a_file_that_is_no_collection_is_refused_in_one_line(tmp_path: Path, text: str) -> None:
    name = "t.csv" if text.startswith("a,b") else "t.json"
    failures: list[Check | ImportFailure] = []
    with suppress(ImportFailure):
        failures = read(tmp_path, text, name)
    assert all(isinstance(each, ImportFailure) for each in failures)


@pytest.mark.parametrize(
    "row",
    [
        {"text": "A whole article.", "tokens": [], "spans": [], "article": {"article_id": "ab"}, "claims": []},
        {"text": "A whole article.", "tokens": [{"text": "A", "start": 0, "end": 1, "id": 0}]},
        {"text": "A whole article.", "spans": [{"start": 0, "end": 1, "label": "SOURCE"}]},
        {"text": "A whole article.", "label": [[0, 1, "SOURCE"]], "claims": []},
        {"text": "A whole article.", "entities": [], "relations": []},
        {"article_id": "ab", "text": "A whole article.", "publications": [{"title": "A"}]},
        {"id": 1, "data": {"text": "A whole article."}, "annotations": []},
    ],
    ids=[
        "prodigy",
        "prodigy-tokens",
        "prodigy-spans",
        "doccano",
        "doccano-relations",
        "huggingface-articles",
        "label-studio",
    ],
)
def test_an_article_with_annotations_is_no_claim_unless_the_options_say_where_one_is(
    tmp_path: Path, row: dict[str, Any]
) -> None:
    text = json.dumps(row) + "\n"
    (failure,) = read(tmp_path, text, "articles.jsonl")
    assert isinstance(failure, ImportFailure)
    assert "articles" in failure.reason
    assert "`annotator export jsonl`" in failure.reason
    (failure,) = read(tmp_path, f"[{text},{text}]", "articles.json")
    assert isinstance(failure, ImportFailure)
    if "text" in row and "label" not in row:
        (check,) = checks(read(tmp_path, text, "articles.jsonl", fields={"claim": "text"}))
        assert check.claim == "A whole article."


def test_names_that_are_not_ours_are_refused() -> None:
    with pytest.raises(ImportFailure, match="no 'colour'"):
        CheckOptions(fields={"colour": "x"})
    with pytest.raises(ImportFailure, match="no 'wrong'"):
        CheckOptions(verdicts={"x": "wrong"})


@pytest.mark.parametrize(
    "first", ["not json", '{"claim": "cut', '{"claim": ' + "9" * 5000 + "}", '{"claim": "Müll\xff}']
)
def test_a_broken_first_row_costs_no_other(tmp_path: Path, first: str) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(f'{first}\n{{"claim": "The pool leaks."}}\n'.encode("latin-1"))
    failure, made = list(read_checks(str(path), CheckOptions()))
    assert isinstance(failure, ImportFailure)
    assert failure.place == "line 1"
    assert isinstance(made, Check)
    assert made.claim == "The pool leaks."


def test_a_table_is_told_by_its_content_too(tmp_path: Path) -> None:
    (made,) = checks(read(tmp_path, "sep=;\n\nclaim;rating\nThe pool leaks;True\n", "table.txt"))
    assert (made.claim, made.value) == ("The pool leaks", "supported")
    with pytest.raises(ImportFailure, match="no field with the claim"):
        read(tmp_path, "<!doctype html>\n<p>one</p>\n<p>two</p>\n", "page.html")


def test_a_broken_row_of_a_table_costs_no_other(tmp_path: Path) -> None:
    text = 'claim,verdict\n"never closed,True\nThe pool leaks,False\ncut\nA, comma,True\nThe pool is shut,True\n'
    found = read(tmp_path, text, "t.csv")
    assert [each.place for each in found if isinstance(each, ImportFailure)] == ["line 2", "line 4", "line 5"]
    assert [(each.claim, each.verdict) for each in found if isinstance(each, Check)] == [
        ("The pool leaks", "False"),
        ("The pool is shut", "True"),
    ]


@pytest.mark.parametrize(
    ("text", "fields", "said"),
    [
        ("claim,when\nx,1\n", {"date": "wen"}, "no field 'wen', which --field names"),
        ("claim,claim\nx,y\n", {}, "the field 'claim' is there twice"),
        ("\ufeff", {}, "there is no header"),
    ],
)
def test_a_header_that_says_something_else_is_refused(
    tmp_path: Path, text: str, fields: dict[str, str], said: str
) -> None:
    with pytest.raises(ImportFailure, match=said):
        read(tmp_path, text, "t.csv", fields=fields)


def test_a_long_field_of_a_table_is_shortened_like_any_other(tmp_path: Path) -> None:
    (made,) = checks(read(tmp_path, f"claim,verdict\n{'word ' * 60_000},True\n", "t.csv"))
    assert (len(made.claim), made.verdict) == (10_000, "True")
