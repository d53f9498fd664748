"""What holds for every format that writes whole articles for other tools."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import pytest

from annotator.errors import ExportFailure
from annotator.exporters import FORMATS, ExportOptions, Losses
from annotator.model.record import ClaimRecord
from annotator.model.scheme import Reason, Scheme, Value, default_scheme
from annotator.model.span import Span
from tests.exporters.writing import turned

GOLDEN = Path(__file__).parent / "golden"
CAS = [pytest.param(name, marks=pytest.mark.extra("cassis")) for name in ("cas-xmi", "cas-json")]
NAMES = ("prodigy", "doccano", "doccano-relations", "label-studio", "brat", *CAS, "w3c", "huggingface")


def scheme() -> Scheme:
    """A scheme that does not change when ours gets better definitions."""
    return replace(
        default_scheme(),
        id="test",
        version=3,
        worth=(
            Value("0", "0", "none", "Nothing | to check.", ("a", "b")),
            Value("2", "2", "some", "Check it.", ("a", "b")),
        ),
        verdict=(
            Value("supported", "s", "supported", 'It <holds> & "stands".', ("a", "b")),
            Value("mixed", "m", "mixed", "Both.", ("a", "b"), reasons=(Reason("conflict", "c", "conflict"),)),
        ),
    )


OPTIONS = ExportOptions(tool_version="1.2.3", scheme=scheme())
NO_TEXT = replace(OPTIONS, with_text=False)


def written(
    name: str, records: list[ClaimRecord], options: ExportOptions = OPTIONS, losses: Losses | None = None
) -> dict[str, bytes]:
    """The files by their paths; a single file is under the empty path."""
    files = FORMATS[name].write(records, options, losses or Losses())
    return {path: b"".join(chunks) for path, chunks in files}


def golden(name: str) -> dict[str, bytes]:
    row = FORMATS[name]
    if not row.is_folder:
        return {"": (GOLDEN / f"{name}{row.suffix}").read_bytes()}
    folder = GOLDEN / name
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", NAMES)
def test_the_bytes_are_the_golden_ones(records: list[ClaimRecord], name: str) -> None:
    assert written(name, records) == golden(name)


@pytest.mark.parametrize("name", NAMES)
def test_the_order_in_which_the_parts_of_a_record_come_does_not_matter(records: list[ClaimRecord], name: str) -> None:
    assert written(name, turned(records)) == written(name, records)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "huggingface"])
def test_the_ids_that_a_ledger_made_do_not_matter(records: list[ClaimRecord], name: str) -> None:
    """So an export that is imported elsewhere and exported again gives the same bytes."""

    def other(id_: str) -> str:
        return {"attribution-1": "z", "attribution-2": "y", "attribution-3": "x", "attribution-4": "w"}.get(id_, id_)

    renamed = [
        replace(
            record,
            attributions=tuple(
                replace(made, id=other(made.id), parent=made.parent and other(made.parent))
                for made in record.attributions
            ),
            chains=tuple(tuple(other(id_) for id_ in chain) for chain in record.chains),
            verdicts=tuple(replace(verdict, target=other(verdict.target)) for verdict in record.verdicts),
            evidence=tuple(replace(each, id=f"new-{each.id}", target=other(each.target)) for each in record.evidence),
            sources={other(id_): replace(source, id=f"new-{source.id}") for id_, source in record.sources.items()},
        )
        for record in records
    ]
    assert written(name, renamed) == written(name, records)


@pytest.mark.parametrize("name", NAMES)
def test_without_text_no_words_of_the_article_are_left(records: list[ClaimRecord], name: str) -> None:
    text = b"\n".join(written(name, records, NO_TEXT).values()).decode("utf-8")
    for words in ("tension", "Nobody", "Duarte", "Reuters", "play", "the office", "آمن"):
        assert words not in text
    assert records[0].article.id in text or "ni:///sha-256;" in text


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("options", [OPTIONS, NO_TEXT])
def test_nothing_to_export_is_still_a_whole_export(name: str, options: ExportOptions) -> None:
    files = written(name, [], options)
    assert list(files) == (["labelling.xml", "tasks.json"] if name == "label-studio" else list(files))
    assert all(b"attribution-1" not in data for data in files.values())
    assert not any(path.startswith(("data/", "ana/")) for path in files)


@pytest.mark.parametrize("name", NAMES)
def test_a_span_that_ends_behind_the_text_stops_the_export(records: list[ClaimRecord], name: str) -> None:
    record = records[2]
    (attribution,) = record.attributions
    length = len(record.article.text)
    far = replace(attribution, content=(*attribution.content, Span(length - 1, length + 1)))
    for options in (OPTIONS, NO_TEXT):
        with pytest.raises(ExportFailure, match="ends behind the text"):
            written(name, [replace(record, attributions=(far,))], options)


@pytest.mark.parametrize("name", NAMES)
def test_a_text_that_is_not_the_one_its_id_names_stops_the_export(records: list[ClaimRecord], name: str) -> None:
    changed = replace(records[0], article=replace(records[0].article, text=records[0].article.text.replace("🌉", "!!")))
    with pytest.raises(ExportFailure, match="the text is not the one its id names"):
        written(name, [changed])


@pytest.mark.parametrize("name", [name for name in NAMES if name != "huggingface"])
def test_no_more_than_one_article_is_held(records: list[ClaimRecord], name: str) -> None:
    articles = [list(group) for _, group in groupby(records, key=lambda record: record.article.id)]
    taken = 0

    def source() -> Iterator[ClaimRecord]:
        nonlocal taken
        for number in range(20):
            taken = number
            yield from articles[number % 2]

    seen = [taken for _, chunks in FORMATS[name].write(source(), OPTIONS, Losses()) for _ in chunks]
    assert seen[0] <= 1
    assert seen[len(seen) // 2] <= 12
    assert seen[-1] == 19


@pytest.mark.parametrize("name", [name for name in NAMES if name != "huggingface"])
def test_what_has_no_place_is_counted(records: list[ClaimRecord], name: str) -> None:
    losses = Losses()
    written(name, records, losses=losses)
    of_xml = "2 control characters replaced, " if name == "cas-xmi" else ""
    assert losses.line == f"1 alias of a source left out, {of_xml}4 times of decisions left out"


@pytest.mark.parametrize("name", [name for name in NAMES if name != "huggingface"])
def test_a_verdict_on_an_attribution_that_is_not_exported_is_counted(records: list[ClaimRecord], name: str) -> None:
    losses = Losses()
    alone = replace(records[1], attributions=(), chains=(), sources={})
    files = written(name, [alone], losses=losses)
    assert "1 verdict or piece of evidence on attributions that are not exported" in losses.line
    assert all(b"attribution-2" not in data for data in files.values())
