"""Files that are hostile or broken: one line about one row, and the rest is read."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import ImportFailure, UnforeseenFailure
from annotator.importers import FORMATS, ImportOptions, read_sources
from annotator.importers.rows import told
from annotator.model.article import Article

ReadAll = Callable[..., list[Article | ImportFailure]]
DEEP = "[" * 1000 + "]" * 1000
DIGITS = "9" * 5000
PAGE = "<html><head>{}</head><body><p>The bridge closed at dawn.</p><p>Nobody crosses it, she said.</p></body></html>"


def said(items: list[Article | ImportFailure]) -> list[str]:
    return [f"{item.place}: {item.reason}" if isinstance(item, ImportFailure) else item.text for item in items]


@pytest.mark.parametrize(
    "charset", ["bogus-9", "base64", "hex", "rot13", "zip", "quopri", "uu", "idna", "undefined", ""]
)
def test_a_page_in_an_unknown_character_set_is_read_by_its_bytes(read_all: ReadAll, charset: str) -> None:
    declared = PAGE.format(f'<meta charset="{charset}">').replace("she", "Inés")
    (article,) = read_all(declared.encode(), "html")
    assert isinstance(article, Article)
    assert "Inés said" in article.text


@pytest.mark.parametrize("value", [DEEP, DIGITS, "[" * 300 + "1" + "]" * 300], ids=["deep", "digits", "lists in lists"])
@pytest.mark.parametrize("format_name", ["jsonl", "json"])
def test_a_row_with_such_a_value_is_one_failure(read_all: ReadAll, format_name: str, value: str) -> None:
    rows = ['{"text": "One."}', f'{{"text": "Two.", "author": {value}}}', '{"text": "Three."}']
    document = "\n".join(rows) if format_name == "jsonl" else "[" + ",\n".join(rows) + "]"
    one, failed, three = said(read_all(document.encode(), format_name))
    assert (one, three) == ("One.", "Three.")
    assert failed.startswith("line 2: ")


def test_a_list_of_lists_of_names_is_read(read_all: ReadAll) -> None:
    row = {"text": "One.", "author": [["Ana", {"name": "Bo"}], 7]}
    (article,) = read_all(json.dumps(row).encode(), "jsonl")
    assert isinstance(article, Article)
    assert article.publication.author == "Ana, Bo, 7"


@contextmanager
def nested(folder: Path, name: str, levels: int) -> Iterator[None]:
    """A text in folders below each other; they go again, because nothing that deletes folders goes so deep."""
    here = Path.cwd()
    try:
        os.chdir(folder)
        for _ in range(levels):
            Path(name).mkdir()
            os.chdir(name)
        Path("deep.txt").write_text("Below.")
        os.chdir(here)
        yield
    finally:
        os.chdir(folder)
        for _ in range(levels):
            os.chdir(name)
        Path("deep.txt").unlink()
        for _ in range(levels):
            os.chdir("..")
            Path(name).rmdir()
        os.chdir(here)


def test_folders_may_be_nested_as_deeply_as_paths_can_be_long(tmp_path: Path) -> None:
    (tmp_path / "z.txt").write_text("Above.")
    with nested(tmp_path, "d", 1500):
        items = list(read_sources([str(tmp_path)], ImportOptions()))
    assert [item.text for item in items if isinstance(item, Article)] == ["Below.", "Above."]


def test_a_folder_deeper_than_paths_can_be_long_is_one_failure(tmp_path: Path) -> None:
    (tmp_path / "z.txt").write_text("Above.")
    with nested(tmp_path, "d" * 200, 25):
        failure, article = read_sources([str(tmp_path)], ImportOptions())
    assert isinstance(failure, ImportFailure)
    assert "the path is too long: go into the folder" in failure.reason
    assert isinstance(article, Article)


@pytest.mark.extra("striprtf")
def test_an_rtf_file_in_a_code_page_that_is_none_costs_no_other_file(tmp_path: Path) -> None:
    (tmp_path / "a.rtf").write_text(r"{\rtf1\ansi\ansicpg99999{\info{\title Pier}}The bridge closed.\par}")
    (tmp_path / "b.txt").write_text("The ferry ran.")
    *_, last = read_sources([str(tmp_path)], ImportOptions())
    assert isinstance(last, Article)


@pytest.mark.parametrize("rows", [2, 30_000], ids=["a small file", "behind the sample"])
@pytest.mark.parametrize("format_name", ["csv", "jsonl"])
def test_a_row_with_a_nul_is_one_failure(read_all: ReadAll, format_name: str, rows: int) -> None:
    lines = [f"It rained {n} days." for n in range(rows)]
    if format_name == "csv":
        data = "\n".join(["text", *lines, "It\0rained.", "The end."])
    else:
        data = "\n".join(
            [*(json.dumps({"text": line}) for line in lines), '{"text": "It\0rained."}', '{"text": "The end."}']
        )
    *before, failed, last = read_all(data.encode(), format_name)
    assert len(before) == rows
    assert isinstance(last, Article)
    assert isinstance(failed, ImportFailure)
    assert failed.place == f"line {rows + (2 if format_name == 'csv' else 1)}"


def test_a_text_with_a_nul_says_where_it_is(read_all: ReadAll) -> None:
    (failed,) = said(read_all(b"It rained.\nIt\0rained again, and it went on for a long time after that.\n", "text"))
    assert "a NUL character at code point 13: this is not a text" in failed


def stumbling(*_: Any) -> Any:
    yield from ()
    raise KeyError("words of the article")


def test_a_fault_in_a_reader_is_one_failure_that_names_it_and_quotes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = FORMATS["markdown"]
    monkeypatch.setitem(FORMATS, "markdown", type(broken)("markdown", broken.suffixes, (), stumbling))
    for name in ("a.md", "b.txt"):
        (tmp_path / name).write_text("The bridge closed.")
    failure, article = read_sources([str(tmp_path)], ImportOptions())
    assert isinstance(failure, UnforeseenFailure)
    assert isinstance(failure.__cause__, KeyError)
    assert failure.origin == str(tmp_path / "a.md")
    assert "did not foresee (KeyError at sources.py:" in failure.reason
    assert "test_rows.py:" in failure.reason
    assert "words" not in str(failure)
    assert isinstance(article, Article)


def test_an_interruption_is_no_fault_of_a_row() -> None:
    def interrupted() -> Any:
        yield "first"
        raise KeyboardInterrupt

    items = told(interrupted(), "a.txt")
    assert next(items) == "first"
    with pytest.raises(KeyboardInterrupt):
        next(items)
