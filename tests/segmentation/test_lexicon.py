"""The language files, and which of them a text is split by."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.segmentation import lexicon as lexicon_module
from annotator.segmentation import sentence_spans
from annotator.segmentation.lexicon import Lexicon, lexicon_for

FOLDER = Path(lexicon_module.__file__).with_name("languages")
FLAGS = {"ordinals", "roman_ordinals", "semicolons"}
MADE = {"titles", "abbreviations", "listed", "speaker", "carries_on", "never_first"}
WORD_LISTS = (set(Lexicon.__slots__) | {"after_quotations", "after_stops"}) - FLAGS - MADE
FILES = sorted(FOLDER.glob("*.toml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_language_file_has_only_keys_that_are_read(path: Path) -> None:
    row = tomllib.loads(path.read_text(encoding="utf-8"))
    assert set(row) <= WORD_LISTS | FLAGS | {"codes"}
    assert all(isinstance(row[key], str) and row[key].split() for key in WORD_LISTS & set(row))
    assert all(row[key] is True for key in FLAGS & set(row))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_abbreviations_are_listed_without_their_final_full_stop(path: Path) -> None:
    row = tomllib.loads(path.read_text(encoding="utf-8"))
    words = [word for key in WORD_LISTS & set(row) for word in row[key].split()]
    assert [word for word in words if word.endswith(".")] == []


def test_no_language_is_claimed_by_two_files() -> None:
    rows = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in FILES}
    codes = [code for name, row in rows.items() for code in row.get("codes", [name])]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("tag", ["de", "de-AT", "de_CH", "DE", " de-Latn-DE "])
def test_a_tag_is_read_up_to_its_language(tag: str) -> None:
    assert lexicon_for(tag) is lexicon_for("de")


def test_a_file_may_hold_several_languages() -> None:
    assert lexicon_for("nn") == lexicon_for("nb") == lexicon_for("no-NO")
    assert lexicon_for("pt_BR") == lexicon_for("pt-PT")


@pytest.mark.parametrize("tag", [None, "", "und", "tlh", "x-pirate"])
def test_a_language_that_is_not_known_takes_from_all(tag: str | None) -> None:
    rules = lexicon_for(tag)
    assert {"Mr", "z.B", "bzw", "г", "डॉ", "Prof"} <= rules.never_last
    assert not {"im", "ul", "sen", "art"} & rules.never_last
    assert not rules.ordinals


@pytest.fixture
def own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    def forget() -> None:
        for cached in (lexicon_module._known, lexicon_module._files, lexicon_module._read, lexicon_module._spread):
            cached.cache_clear()

    for path in FILES:
        (tmp_path / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(lexicon_module, "_LANGUAGES", tmp_path)
    forget()
    yield tmp_path
    monkeypatch.undo()
    forget()


def test_a_file_is_all_that_a_new_language_needs(own_folder: Path) -> None:
    text = "Qap. Worf jatlh. Jey 2. Juppu' ghaH."
    assert len(sentence_spans(text, "tlh")) == 4
    (own_folder / "tlh.toml").write_text('ordinals = true\nnever_last = "Qap"\n', encoding="utf-8")
    lexicon_module._known.cache_clear()
    lexicon_module._files.cache_clear()
    assert [text[start:end] for start, end in sentence_spans(text, "tlh")] == [
        "Qap. Worf jatlh.",
        "Jey 2. Juppu' ghaH.",
    ]
