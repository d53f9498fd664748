"""Recovering by what is in the file twice: names and ids are in tables and in unique indexes, and texts make ids."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import NotADatabaseError
from annotator.model.check import Check
from annotator.model.draft_key import DraftKey
from annotator.model.ledger import Change
from annotator.model.span import Span
from annotator.store import Store, articles, bookmarks, doctor, drafts, ledger, open_store, records, review
from annotator.store.fact_checks import checks
from annotator.store.held import visibility
from annotator.store.recovering import recover
from annotator.store.recovery.recovered_rows import Recovered
from annotator.workflow.fact_checks.check_matching import words_of

AddArticle = Callable[..., str]


@pytest.fixture
def whole(store: Store, path: Path, add: AddArticle) -> Path:
    """Three articles, one of them purged, and ana's decisions on the first two; closed."""
    ids = [add(store, f"Boat {number} sailed. It was late.", title=f"Boat {number}") for number in range(3)]
    for article_id in ids[:2]:
        work = review.load_review(store, review.load_article(store, article_id), "ana")
        for claim in work.claims:
            review.decide(store, work, "s", "test", claim, [Change("judgement", (claim.id, "worth"), "2")])
    articles.purge_article(store, ids[2], None)
    store.close()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("vacuum")
        raw.execute("pragma wal_checkpoint(truncate)")
    return path


def said(path: Path) -> tuple[list[str], list[str], list[tuple[str, str]]]:
    """The entries, what is done about the articles, and what was decided."""
    with closing(open_store(path)) as store:
        assert list(doctor.examine(store)) == []
        shown = [str(visibility(store, id_)) for (id_,) in store.connection.execute("select id from article")]
        decided = [(each.text, each.judgement.worth or "") for each in records.claim_records(store)]
        return list(map(repr, ledger.entries(store))), shown, decided


def recovered(path: Path) -> Recovered:
    target = path.with_name("new.db")
    with closing(open_store(target)) as store:
        return recover(path, store)


def pages_of(path: Path, *names: str) -> list[Span]:
    """Where in the file the first pages of these tables and indexes are."""
    with closing(sqlite3.connect(path)) as raw:
        (size,) = raw.execute("pragma page_size").fetchone()
        roots = dict(raw.execute("select name, rootpage from sqlite_master where rootpage > 0"))
    return [Span((roots[name] - 1) * size, roots[name] * size) for name in names]


def zeroed(path: Path, *names: str) -> None:
    data = bytearray(path.read_bytes())
    for page in pages_of(path, *names):
        data[page.start : page.end] = bytes(len(page))
    path.write_bytes(data)


def flipped(path: Path, name: str, words: bytes) -> None:
    """The last bit of these bytes is another wherever they stand in that page, and nowhere else."""
    data = bytearray(path.read_bytes())
    (page,) = pages_of(path, name)
    changed = bytes(data[page.start : page.end]).replace(words, words[:-1] + bytes([words[-1] ^ 1]))
    assert changed != data[page.start : page.end]
    data[page.start : page.end] = changed
    path.write_bytes(data)


def test_one_bit_of_a_name_takes_nobodys_work_away(whole: Path) -> None:
    expected = said(whole)
    with closing(open_store(whole)) as store:
        database_id = store.database_id
    for words in (b"reviewerana", f"database{database_id}".encode(), b"actionimport"):
        whole.with_name("new.db").unlink(missing_ok=True)
        held = whole.read_bytes()
        flipped(whole, "name", words)
        assert recovered(whole).lost == []
        assert said(whole.with_name("new.db")) == expected
        whole.write_bytes(held)


@pytest.mark.parametrize(
    "names",
    [
        ["name"], ["sqlite_autoindex_name_1"], ["article"], ["sqlite_autoindex_article_1"],
        ["sqlite_autoindex_ledger_1"],
    ],
)  # fmt: skip
def test_what_is_in_the_file_twice_may_be_gone_once(whole: Path, names: list[str]) -> None:
    expected = said(whole)
    zeroed(whole, *names)
    found = recovered(whole)
    assert said(whole.with_name("new.db")) == expected
    assert [line for line in found.lost if not line.startswith("article: its end cannot be read")] == []


def test_an_id_that_is_damaged_is_that_of_the_text(whole: Path) -> None:
    expected = said(whole)
    with closing(open_store(whole)) as store:
        first = articles.shown_ids(store)[0]
    for name in ("article", "sqlite_autoindex_article_1"):
        flipped(whole, name, first.encode())
    assert recovered(whole).lost == []
    assert said(whole.with_name("new.db")) == expected


@pytest.mark.parametrize("mask", [1, 128])
def test_a_text_with_one_bit_that_is_another_is_mended(whole: Path, mask: int) -> None:
    expected = said(whole)
    data = bytearray(whole.read_bytes())
    (page,) = pages_of(whole, "article_text")
    data[data.index(b"sailed", page.start)] ^= mask
    whole.write_bytes(data)
    assert recovered(whole).lost == []
    assert said(whole.with_name("new.db")) == expected


def test_an_article_that_only_a_flipped_bit_calls_purged_comes_back(whole: Path) -> None:
    expected = said(whole)
    assert expected[1] == ["shown", "shown", "purged"]
    with closing(sqlite3.connect(whole)) as raw:
        raw.execute("update article set purged_at = 1 where ordinal = 1")
        raw.execute("update article set purged_at = null where ordinal = 3")
        raw.commit()
    assert recovered(whole).lost == []
    assert said(whole.with_name("new.db")) == expected


@pytest.fixture
def large(whole: Path) -> Path:
    """The same, with so much of ana's work that her entries are on many pages; some go on in other pages."""
    with closing(open_store(whole)) as store:
        article_id = articles.shown_ids(store)[0]
        for number in range(60):
            work = review.load_review(store, review.load_article(store, article_id), "ana")
            claim = work.claims[0]
            note = f"note {number} " * (900 if number % 20 == 0 else 20)
            review.decide(store, work, "s", "note", claim, [Change("judgement", (claim.id, "note"), note)])
        store.connection.execute("pragma wal_checkpoint(truncate)")
    return whole


@pytest.mark.parametrize("names", [["ledger"], ["name", "article", "ledger"], ["ledger_order", "ledger"], []])
def test_rows_are_read_from_their_pages_where_nothing_leads_to_them(large: Path, names: list[str]) -> None:
    expected = said(large)
    assert len(expected[0]) > 60
    zeroed(large, *names)
    if not names:
        data = large.read_bytes()
        large.write_bytes(bytes(4096) + data[4096:])
    found = recovered(large)
    assert said(large.with_name("new.db")) == expected
    # Whether there was more nobody can know.
    assert [line for line in found.lost if "not all of it" not in line and "its end cannot be read" not in line] == []


@pytest.mark.parametrize("data", [b"", b"\r" * 5000, bytes(range(256)) * 64, b"\r\0\0\xff\xff" * 3000])
def test_of_what_is_no_database_nothing_comes_back(tmp_path: Path, store: Store, data: bytes) -> None:
    file = tmp_path / "noise.db"
    file.write_bytes(data)
    with pytest.raises(NotADatabaseError, match="nothing of it can be read"):
        recover(file, store)


def test_pages_that_changed_places_lose_nothing_and_what_is_lost_is_told(large: Path) -> None:
    expected = said(large)
    with closing(sqlite3.connect(large)) as raw:
        (size,) = raw.execute("pragma page_size").fetchone()
    data = large.read_bytes()
    pages = [data[at : at + size] for at in range(0, len(data), size)]
    leaves = [at for at, page in enumerate(pages) if page[0] == 13 and page.count(b'"note ') > 1]
    assert len(leaves) > 2
    pages[leaves[0]], pages[leaves[-1]] = pages[leaves[-1]], pages[leaves[0]]
    large.write_bytes(b"".join(pages))
    assert recovered(large).lost == []
    assert said(large.with_name("new.db")) == expected
    large.with_name("new.db").unlink()
    pages[leaves[0]] = pages[leaves[-1]]
    large.write_bytes(b"".join(pages))
    found = recovered(large)
    lost = len(expected[0]) - found.entries
    assert lost > 1
    assert len([line for line in found.lost if line.startswith("ledger ")]) == lost


def test_fact_checks_that_are_not_found_any_more_are_counted(large: Path) -> None:
    with closing(open_store(large)) as store:
        rows = [Check(f"{number}", f"Boat {number} sank.") for number in range(9)]
        checks.save(store, [(each, words_of(each)) for each in rows], "checks.jsonl", words_of)
        store.connection.execute("pragma wal_checkpoint(truncate)")
    with closing(sqlite3.connect(large)) as raw:
        raw.execute("delete from fact_check where ordinal in (3, 9)")
        raw.commit()
    found = recovered(large)
    assert (found.fact_checks, found.lost) == (7, [f"fact_check {at}: it is not where it was" for at in (3, 9)])
    large.with_name("new.db").unlink()
    with closing(sqlite3.connect(large)) as raw:
        raw.execute("delete from fact_check_words_docsize where id in (3, 9)")
        raw.commit()
    found = recovered(large)
    assert (found.fact_checks, found.lost) == (7, ["2 of 9 fact-checks are not here: import their files again"])


@pytest.mark.parametrize(
    "damage",
    [
        "set sql = replace(sql, 'when', 'whem') where name = 'attribution_inside_text'",
        "set sql = replace(sql, 'TABLE', 'TABLD') where name = 'ledger'",
        "set sql = replace(sql, 'payload', 'paylnad') where name = 'ledger'",
        "set sql = 'x' where type = 'table'",
    ],
)
def test_tables_whose_sql_is_damaged_are_read(whole: Path, damage: str) -> None:
    expected = said(whole)
    with closing(sqlite3.connect(whole)) as raw:
        raw.execute("pragma writable_schema = on")
        assert raw.execute(f"update sqlite_master {damage}").rowcount
        raw.commit()
    assert recovered(whole).lost == []
    assert said(whole.with_name("new.db")) == expected


def test_places_and_drafts_are_read_from_their_pages_where_nothing_leads_to_them(large: Path) -> None:
    def begun(path: Path) -> tuple[dict[DraftKey, dict[str, Any]], list[Any]]:
        with closing(open_store(path)) as store:
            return drafts.drafts(store, "ana"), [bookmarks.last_place(store, "ana", id_) for id_ in ids]

    with closing(open_store(large)) as store:
        ids = articles.shown_ids(store)
        for number in range(40):
            # Some go on in other pages, and with so many there are inner pages, in which rows are as well.
            text = f"Ask the mayor {number} " * (300 if number % 9 == 0 else 20)
            drafts.save_draft(store, "ana", DraftKey(ids[0], "note", f"c{number}"), {"text": text})
        for id_ in ids:
            work = review.load_review(store, review.load_article(store, id_), "ana")
            bookmarks.leave(store, "ana", id_, work.claims[1].id)
        drafts.save_draft(store, "ana", DraftKey(ids[0], "note", "c3"), {"text": "Ask somebody else"})
        store.connection.execute("pragma wal_checkpoint(truncate)")
    expected = begun(large)
    assert len(expected[0]) == 40
    data = large.read_bytes()
    large.write_bytes(bytes(4096) + data[4096:])
    found = recovered(large)
    assert begun(large.with_name("new.db")) == expected
    assert [line for line in found.lost if line.startswith(("what ana", "where ana"))] == []


@pytest.mark.parametrize("mask", [1, 8, 64])
@pytest.mark.parametrize("at", [0, 15, 16, 17, 18, 20, 21, 22, 23, 28, 31, 44, 47, 52, 56, 59, 60, 68, 95])
def test_a_bit_of_the_header_costs_nothing(whole: Path, at: int, mask: int) -> None:
    expected = said(whole)
    data = bytearray(whole.read_bytes())
    data[at] ^= mask
    whole.write_bytes(data)
    assert recovered(whole).lost == []
    assert said(whole.with_name("new.db")) == expected


def leaf_cells(data: bytes, words: bytes) -> list[tuple[int, int]]:
    """Of the leaf of a table with these words: where in the file the pointer to each of its cells is, and the cell."""
    (page,) = [at for at in range(0, len(data), 4096) if data[at] == 13 and data.count(words, at, at + 4096) > 1][-1:]
    count = int.from_bytes(data[page + 3 : page + 5])
    pointers = [page + 8 + 2 * cell for cell in range(count)]
    return [(at, page + int.from_bytes(data[at : at + 2])) for at in pointers]


@pytest.mark.parametrize("bit", range(8))
@pytest.mark.parametrize("what", ["pointer", "length", "number", "header", "kinds"])
def test_a_bit_of_what_leads_to_an_entry_costs_nothing(large: Path, what: str, bit: int) -> None:
    expected = said(large)
    data = bytearray(large.read_bytes())
    pointer, cell = leaf_cells(bytes(data), b'"note ')[2]
    # A length of two bytes, a number of one, and how long the header is, with the kinds of values behind it.
    at = {"pointer": pointer + 1, "length": cell, "number": cell + 2, "header": cell + 3, "kinds": cell + 4 + bit}[what]
    data[at] ^= 1 << bit
    large.write_bytes(data)
    assert recovered(large).lost == []
    assert said(large.with_name("new.db")) == expected


@pytest.mark.parametrize("bit", [0, 3, 6])
@pytest.mark.parametrize("at", [0, 1, 2, 3, 4])
def test_a_bit_in_front_of_a_text_costs_nothing(whole: Path, at: int, bit: int) -> None:
    expected = said(whole)
    data = bytearray(whole.read_bytes())
    (page,) = pages_of(whole, "article_text")
    cell = page.start + int.from_bytes(data[page.start + 8 : page.start + 10])
    data[cell + at] ^= 1 << bit
    whole.write_bytes(data)
    assert recovered(whole).lost == []
    assert said(whole.with_name("new.db")) == expected


def test_fact_checks_come_back_where_their_table_is_not_known_any_more(large: Path) -> None:
    with closing(open_store(large)) as store:
        rows = [Check(f"{number}", f"Boat {number} sank.") for number in range(9)]
        checks.save(store, [(each, words_of(each)) for each in rows], "checks.jsonl", words_of)
    with closing(sqlite3.connect(large)) as raw:
        raw.execute("pragma writable_schema = on")
        raw.execute("update sqlite_master set rootpage = 99999 where name = 'fact_check'")
        raw.commit()
    assert recovered(large).fact_checks == 9
    large.with_name("new.db").unlink()
    with closing(sqlite3.connect(large)) as raw:
        raw.execute("pragma writable_schema = on")
        raw.execute("delete from sqlite_master where name = 'fact_check'")
        raw.commit()
    assert recovered(large).fact_checks == 9
