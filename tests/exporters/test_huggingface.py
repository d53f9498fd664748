from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import NoRoomError
from annotator.exporters import FORMATS, ExportOptions, Losses
from annotator.exporters.dataset_card import Counts, card
from annotator.exporters.huggingface import with_basic_dates
from annotator.exporters.huggingface_features import ARTICLE, CLAIM, columns
from annotator.exporters.row import rows
from annotator.exporters.split import part_of
from annotator.model.record import ClaimRecord

MANUAL = Path(__file__).parents[2] / "docs" / "export.md"
PLAIN = ExportOptions()
SPLIT = ExportOptions(split=(2, 1, 1), seed=3, tool_version="1.2.3")


def exported(records: list[ClaimRecord], options: ExportOptions = PLAIN) -> dict[str, str]:
    files = FORMATS["huggingface"].write(records, options, Losses())
    return {path: b"".join(chunks).decode("utf-8") for path, chunks in files}


def objects(lines: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines.splitlines()]


def saved(records: list[ClaimRecord], folder: Path, options: ExportOptions) -> Path:
    for path, text in exported(records, options).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8", newline="")
    return folder


def test_claims_are_the_rows_of_json_lines(records: list[ClaimRecord]) -> None:
    claims = objects(exported(records)["data/claims-train.jsonl"])
    assert claims == [with_basic_dates(row) for row in rows(records, PLAIN)]
    assert [list(claim) for claim in claims] == [columns(CLAIM, PLAIN)] * len(records)


def test_articles_that_find_no_room_to_wait_are_told_of_the_folder_they_wait_in(
    records: list[ClaimRecord], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full() -> Any:
        return Path("/dev/full").open("r+b")

    monkeypatch.setattr("tempfile.TemporaryFile", full)
    with pytest.raises(NoRoomError, match="no room for temporary files"):
        exported(records)


def test_articles_stand_once_and_their_offsets_hold(records: list[ClaimRecord]) -> None:
    files = exported(records)
    articles = objects(files["data/articles-train.jsonl"])
    texts = {article["article_id"]: article["text"] for article in articles}
    assert len(articles) == len(texts) == 2
    for claim in objects(files["data/claims-train.jsonl"]):
        assert texts[claim["article_id"]][claim["start"] : claim["end"]] == claim["text"]


def test_no_article_is_divided_among_splits(records: list[ClaimRecord]) -> None:
    wholes = records[:4]
    parts = {part_of(wholes[0].article.id, (1, 1, 1), seed) for seed in range(20)}
    assert parts == {"train", "dev", "test"}
    for seed in range(20):
        files = exported(records, ExportOptions(split=(1, 1, 1), seed=seed))
        found: dict[str, set[str]] = {}
        for path, text in files.items():
            if path.startswith("data/"):
                found.setdefault(path.rpartition("-")[2], set()).update(each["article_id"] for each in objects(text))
        assert sum(map(len, found.values())) == len(set().union(*found.values())) == 2
        name = {"train": "train.jsonl", "dev": "validation.jsonl", "test": "test.jsonl"}
        for record in (records[0], records[-1]):
            assert record.article.id in found[name[part_of(record.article.id, (1, 1, 1), seed)]]


def test_the_card_declares_the_files_that_are_there(records: list[ClaimRecord]) -> None:
    files = exported(records, SPLIT)
    header = files["README.md"].split("---\n")[1]
    declared = [line.partition("path: ")[2] for line in header.splitlines() if "path: " in line]
    assert sorted(declared) == sorted(path for path in files if path != "README.md")
    assert list(files)[-1] == "README.md"
    for path, text in files.items():
        if path != "README.md":
            kind, split = path.removeprefix("data/").removesuffix(".jsonl").split("-")
            assert f"| `{kind}` | {split} | {len(objects(text))} |" in files["README.md"]
    assert "the shares 2:1:1 (train, dev, test)\nand the seed 3" in files["README.md"]


def test_the_card_says_whose_languages_and_how_many(records: list[ClaimRecord]) -> None:
    readme = exported(records)["README.md"]
    assert 'language:\n- "ar"\n- "en"\nlicense: unknown\n' in readme
    assert "size_categories:\n- n<1K\n" in readme
    assert "Work of reviewers:\n2." in readme


@pytest.mark.parametrize(
    ("reviewers", "adjudicated", "said"),
    [
        ({"ana"}, False, "All rows are one reviewer's"),
        ({"ana", "ben"}, False, "`annotator report agreement --summary --format markdown` prints."),
        ({"ana"}, True, "agreement\ncannot be measured on them."),
    ],
)
def test_the_card_says_how_far_the_labels_can_be_trusted(reviewers: set[str], said: str, *, adjudicated: bool) -> None:
    found = card(Counts(reviewers=reviewers), ExportOptions(adjudicated=adjudicated))
    assert said in found.partition("## Reliability")[2].partition("## Before")[0]


def test_declared_types_are_those_of_the_values(records: list[ClaimRecord]) -> None:
    """Beside the real loader, which is not installed everywhere."""
    kinds = {"string": str, "int64": int, "bool": bool}

    def check(row: dict[str, Any], declared: Any) -> None:
        assert list(row) == [column.name for column in declared]
        for column in declared:
            values = row[column.name] if column.many else [row[column.name]]
            assert isinstance(values, list)
            for value in values:
                if column.fields:
                    check(value, column.fields)
                else:
                    assert value is None or type(value) is kinds[column.type], column.name

    files = exported(records)
    for kind, declared in (("claims", CLAIM), ("articles", ARTICLE)):
        for row in objects(files[f"data/{kind}-train.jsonl"]):
            check(row, declared)


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("2026-03-12", "20260312"),
        ("2026-03-12T10:00:00+01:00", "20260312T100000+0100"),
        ("2026-03-12 10:00Z", "20260312T1000Z"),
        ("2026-03", "2026-03"),
        ("", ""),
        ("spring 2026", "spring 2026"),
    ],
)
def test_dates_are_written_so_that_no_loader_changes_them(given: str, written: str) -> None:
    assert with_basic_dates({"evidence": [{"retrieved_at": given, "answer": given}]}) == {
        "evidence": [{"retrieved_at": written, "answer": given}]
    }


@pytest.mark.extra("datasets")
def test_datasets_loads_it(records: list[ClaimRecord], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    import datasets

    options = ExportOptions()
    folder = saved(records, tmp_path / "set", options)
    for kind in ("claims", "articles"):
        loaded = datasets.load_dataset(str(folder), kind, cache_dir=str(tmp_path / "cache"))
        written = objects((folder / "data" / f"{kind}-train.jsonl").read_text(encoding="utf-8"))
        assert list(loaded) == ["train"]
        assert list(loaded["train"]) == written


def versions(records: list[ClaimRecord], options: ExportOptions = PLAIN) -> list[str]:
    return re.findall(r"^  version: (\d+\.\d+\.\d+)$", exported(records, options)["README.md"], re.M)


def test_the_version_of_a_configuration_is_another_when_its_rows_are(records: list[ClaimRecord]) -> None:
    claims, articles = versions(records)
    assert versions(records) == [claims, articles]
    noted = replace(records[-1], judgement=replace(records[-1].judgement, note="Seen."))
    changed, same = versions([*records[:-1], noted])
    assert changed != claims
    assert same == articles
    moved = {tuple(versions(records, ExportOptions(split=(1, 1, 0), seed=seed))) for seed in range(10)}
    assert len({claims for claims, _ in moved}) == len({articles for _, articles in moved}) > 1


@pytest.mark.extra("datasets")
def test_datasets_reads_a_new_export_into_the_same_folder_anew(
    records: list[ClaimRecord], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    import datasets

    for kept in (records, records[:-1], records):
        folder = saved(kept, tmp_path / "set", PLAIN)
        loaded = datasets.load_dataset(str(folder), cache_dir=str(tmp_path / "cache"))["train"]
        assert loaded["claim_id"][:] == [record.claim_id for record in kept]


@pytest.mark.extra("datasets")
def test_datasets_loads_splits_and_what_has_no_text(
    records: list[ClaimRecord], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    import datasets

    options = ExportOptions(split=(1, 1, 1), seed=1, with_text=False)
    folder = saved(records, tmp_path / "set", options)
    loaded = datasets.load_dataset(str(folder), cache_dir=str(tmp_path / "cache"))
    assert {name: set(split["article_id"]) for name, split in loaded.items()} == {
        path.stem.partition("-")[2]: {row["article_id"] for row in objects(path.read_text(encoding="utf-8"))}
        for path in (folder / "data").glob("claims-*.jsonl")
    }
    assert all("text" not in split.column_names for split in loaded.values())


@pytest.mark.extra("datasets")
def test_a_label_of_every_split_has_the_number_that_the_manuals_line_gives_it(
    records: list[ClaimRecord], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    import datasets

    numbered = re.search(r'load_dataset\("FOLDER"\)(\.cast_column\("worth", .+\))\n', MANUAL.read_text("utf-8"))
    assert numbered is not None
    folder = saved(records, tmp_path / "set", ExportOptions(split=(1, 1, 1), seed=2))
    claims = datasets.load_dataset(str(folder), cache_dir=str(tmp_path / "cache"))
    cast = eval(f"claims{numbered[1]}", {"claims": claims, "ClassLabel": datasets.ClassLabel})
    assert len(cast) > 1
    for name, split in cast.items():
        assert split["worth"][:] == [None if worth is None else int(worth) for worth in claims[name]["worth"]]
