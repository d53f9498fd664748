"""The third migration on a database that is kept of the second schema: whatever a user sees is as it was."""

from __future__ import annotations

import ast
import importlib.util
import json
import lzma
import re
import signal
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from types import ModuleType

import pytest

from annotator.store import Store, doctor, ledger, open_store
from annotator.store.migration import migrations
from annotator.workflow.dataset import FORMATS, Choice, Tally, exported
from tests.opening_cut_short import opened_until

KEPT = Path(__file__).with_name("kept")
FOLDER = Path(migrations.__file__).parent

COPYING = 20
"""The copying beside begins before this statement."""

PRESENT_WORDS = {
    "flag: yes": "flagged",
    "passed over: yes": "passed over",
    "passed over cleared": "no longer passed over",
    "nowhere: ": "found nowhere: ",
}
RELIABILITY = re.compile(r"^## Reliability\n.*?(?=^## )", re.MULTILINE | re.DOTALL)
"""What the card of a dataset says since, and no kept one does."""


@pytest.fixture
def shown() -> ModuleType:
    """The script that wrote what is kept."""
    spec = importlib.util.spec_from_file_location("shown", KEPT / "shown.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "work.db"
    path.write_bytes(lzma.decompress((KEPT / "schema-2.db.xz").read_bytes()))
    return path


@pytest.fixture
def kept() -> dict[str, str]:
    """What the version before showed, by names."""
    return dict(json.loads(lzma.decompress((KEPT / "schema-2.shown.xz").read_bytes())))


def test_everything_that_is_shown_is_as_it_was(old: Path, shown: ModuleType, kept: dict[str, str]) -> None:
    # What is said of the migration is not compared.
    open_store(old).close()
    now = shown.everything(old)
    assert kept.keys() <= now.keys()
    # One by one: a difference is shown in its place.
    for name, text in kept.items():
        assert RELIABILITY.sub("", now[name]) == in_present_words(text), name


def in_present_words(text: str) -> str:
    """What a version showed that said "flag: yes" of what is "flagged", in the words of the present one."""
    for earlier, present in PRESENT_WORDS.items():
        text = text.replace(earlier, present)
    return text


def test_it_is_sound_smaller_and_beside_it_lies_the_old_one(old: Path) -> None:
    before = old.read_bytes()
    with closing(open_store(old)) as store:
        assert list(doctor.examine(store)) == []
        assert store.connection.execute("pragma foreign_keys").fetchone() == (1,)
        left = store.connection.execute("select name from sqlite_master where name glob 'old_*'").fetchall()
        assert left == []
    assert old.stat().st_size < len(before) / 2
    (backup,) = old.parent.glob("work.db.schema2-*.bak")
    assert lengths(backup) == lengths(old)


def lengths(path: Path) -> dict[str, int]:
    with closing(open_store(path)) as store:
        tables = ("article", "publication", "ledger", "judgement", "verdict", "attribution", "evidence", "draft")
        return {table: store.connection.execute(f"select count(*) from {table}").fetchone()[0] for table in tables}


def check(store: Store, kept: dict[str, str]) -> None:
    """The ledger, and what follows from it, is as it was."""
    # Nobody could be renamed then.
    found = [
        {name: value for name, value in asdict(entry).items() if name != "signed"} for entry in ledger.entries(store)
    ]
    entries = [json.dumps(entry, ensure_ascii=False, sort_keys=True) for entry in found]
    assert "\n".join(entries) == kept["ledger: all"]
    files = exported(store, FORMATS["jsonl"], Choice(untouched=True), Tally())
    assert b"".join(chunk for _, made in files for chunk in made).decode() == kept["export: jsonl, untouched "]
    assert list(doctor.examine(store)) == []


# Of some 4,000 statements: before the first, in the copying beside, among the first and last rows, when tables are
# dropped, and behind the commit.
@pytest.mark.parametrize("statement", [1, 8, 60, 700, 1500, 2500, 3500, -4, -1])
def test_killed_in_the_middle_nothing_is_lost(
    old: Path, kept: dict[str, str], statement: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.workflow.exporting.chosen.__version__", "0.0")
    if statement < 0:
        copy = tmp_path / "whole.db"
        copy.write_bytes(old.read_bytes())
        statement += int(opened_until(copy, 0).stdout) + 1
    ended = opened_until(old, statement)
    assert ended.returncode == -signal.SIGKILL, ended.stdout
    assert "is brought up to date" in ended.stderr or statement < COPYING
    with closing(open_store(old)) as store:
        check(store, kept)


def test_what_writes_the_present_tables_is_not_asked() -> None:
    pure = {"article_rows", "digests", "packing", "payloads", "proposal_rows", "text_index", "updating"}
    for name in ("to_0003", "to_0003_rows"):
        imported = {
            alias.name
            if node.module in ("annotator.store", "annotator.store.migration")
            else (node.module or "").rpartition(".")[2]
            for node in ast.walk(ast.parse((FOLDER / f"{name}.py").read_text(encoding="utf-8")))
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("annotator.store")
            for alias in node.names
        }
        assert imported <= pure | {"to_0003_rows"}, name
