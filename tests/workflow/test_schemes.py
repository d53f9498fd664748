from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import DecisionRefused, SchemeError
from annotator.model.guideline import Page
from annotator.model.scheme import default_scheme, read_scheme, shipped_names, shipped_scheme
from annotator.store import Store, open_store
from annotator.store.schemes import pages as stored_pages
from annotator.workflow import attributing, judging, reading, schemes
from annotator.workflow.dataset import FORMATS, Choice, Tally, exported
from annotator.workflow.scheme_layouts import as_markdown, as_terminal, as_toml, value_facts
from annotator.workflow.session import ReviewSession

Work = Callable[[str], ReviewSession]
MODULES = {"parquet": "pyarrow", "cas": "cassis"}
"""What the extras bring."""


@pytest.mark.parametrize("name", shipped_names())
def test_what_is_written_as_toml_is_read_as_the_same_scheme(name: str) -> None:
    scheme = shipped_scheme(name)
    assert read_scheme(as_toml(scheme), name) == scheme


@given(st.text("a\"'\\ ¬é😀#=", min_size=1).filter(str.strip), st.text(min_size=1).filter(str.strip))
def test_any_words_survive_the_toml(name: str, definition: str) -> None:
    scheme = default_scheme()
    value = replace(scheme.verdict[0], name=name, definition=definition, examples=(name, definition))
    scheme = replace(scheme, about=definition, verdict=(value, *scheme.verdict[1:]))
    assert read_scheme(as_toml(scheme), "-") == scheme


def test_a_scheme_is_found_by_its_name_and_in_a_file(tmp_path: Path) -> None:
    assert schemes.find_scheme("fever-3") is shipped_scheme("fever-3")
    file = tmp_path / "mine.toml"
    file.write_text("\ufeff" + as_toml(replace(default_scheme(), id="mine")), encoding="utf-8")
    assert schemes.find_scheme(str(file)).label == "mine@1"
    assert schemes.problems_in(file) == []


def test_what_is_no_scheme_s_file_is_said_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "latin.toml").write_bytes(b'id = "x"\nname = "caf\xe9"\n')
    (tmp_path / "large.toml").write_bytes(b"#" * 1_000_001)
    for named, wrong in [
        ("fever", "no scheme 'fever': name a file, or one of annotator-default"),
        ("fever.toml", "fever.toml: cannot be read: No such file"),
        (".", ".: cannot be read: Is a directory"),
        ("latin.toml", "latin.toml: line 2: not UTF-8"),
        ("large.toml", "large.toml: larger than 1 MB"),
    ]:
        with pytest.raises(SchemeError) as refused:
            schemes.find_scheme(named)
        assert str(refused.value).startswith(wrong)


def test_a_file_with_the_id_of_a_scheme_of_the_tool_gets_another_version(store: Store) -> None:
    fever = shipped_scheme("fever-3")
    mine = replace(fever, evidence_required=False)
    assert schemes.use_scheme(store, mine, None).store.scheme.label == "fever-3@2"


def test_a_session_decides_under_the_project_s_scheme(path: Path, ramp: str) -> None:
    store = open_store(path)
    schemes.use_scheme(store, shipped_scheme("politifact-6"), "ana")
    store.close()
    store = open_store(path)
    ana = ReviewSession(store, "ana")
    review, _ = ana.open(ramp)
    decided = ana.apply(judging.verdict, review.claims[1], "half-true")
    assert decided.said == "verdict: half true, worth checking: 2 (check-worthy)"
    entry = ana.next_undo()
    assert entry is not None
    assert entry.scheme_version == "politifact-6@1"
    store.close()


def test_the_history_shows_values_that_the_scheme_no_longer_has(path: Path, ramp: str) -> None:
    default = default_scheme()
    store = open_store(path)
    ana = ReviewSession(store, "ana")
    review, _ = ana.open(ramp)
    claim = review.claims[1]
    ana.apply(judging.worth, claim, "1")
    ana.apply(judging.worth, claim, "2")
    ana.apply(judging.verdict, claim, "mixed")
    ana.apply(judging.reason, claim, "conflict")
    ana.apply(judging.verdict, claim, "refuted")
    fewer = replace(default, worth=(default.worth[0], default.worth[2]), verdict=default.verdict[:2])
    after = schemes.use_scheme(store, fewer, None).store
    ana = ReviewSession(after, "ana")
    ana.open(ramp)
    assert [said for _, said in reading.history(ana, claim)] == [
        "worth checking: 1 (not in this scheme)",
        "worth checking: 2 (check-worthy)",
        "verdict: mixed (not in this scheme)",
        "reason: conflict",
        "verdict: refuted",
    ]
    ana.undo()
    with pytest.raises(DecisionRefused, match="takes no reason"):
        ana.apply(judging.reason, claim, "conflict")
    store.close()


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=[pytest.mark.extra(MODULES[row.extra])] if row.extra else [])
        for name, row in FORMATS.items()
    ],
)
def test_every_format_holds_values_that_the_scheme_no_longer_has(name: str, store: Store, ramp: str) -> None:
    ana = ReviewSession(store, "ana")
    review, _ = ana.open(ramp)
    ana.apply(attributing.accept, review.claims[1])
    for planner, value in (
        (judging.worth, "1"),
        (judging.verdict, "mixed"),
        (judging.reason, "conflict"),
        (judging.verdict, "refuted"),
        (judging.worth, "2"),
    ):
        ana.apply(planner, review.claims[1], value)
    default = default_scheme()
    fewer = replace(default, worth=default.worth[::2], verdict=default.verdict[:2])
    after = schemes.use_scheme(store, fewer, None).store
    ana = ReviewSession(after, "ana")
    ana.open(ramp)
    ana.undo()
    ana.undo()
    choice = Choice(base_url="https://desk.example")
    written = b"".join(
        bytes(chunk) for _, chunks in exported(after, FORMATS[name], choice, Tally()) for chunk in chunks
    )
    assert written
    if name in ("jsonl", "csv"):
        assert b"mixed" in written


def test_a_page_is_attached_from_a_file_and_taken_away_by_its_name(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "rules.md"
    file.write_bytes(b"# House rules\r\n\r\nBe kind.\r\n")
    assert schemes.attach_page(store, file, "ana")
    assert not schemes.attach_page(store, file, "ana")
    assert stored_pages(store) == [Page("rules.md", "# House rules\n\nBe kind.\n")]
    file.write_text(" \n", encoding="utf-8")
    with pytest.raises(SchemeError, match="there is nothing in it"):
        schemes.attach_page(store, file, "ana")
    schemes.remove_page(store, "rules.md", "ana")
    with pytest.raises(SchemeError, match=r"no page 'rules.md' is attached \(attached: none\)"):
        schemes.remove_page(store, "rules.md", "ana")


@pytest.mark.parametrize(
    ("text", "title"),
    [("words\n\n## House *rules* ##\n", "House *rules*"), ("words", "a.md"), ("#\n# \n", "a.md"), ("#tag", "tag")],
)
def test_a_page_s_title_is_its_first_heading(text: str, title: str) -> None:
    assert schemes.page_title(Page("a.md", text)) == title


def test_words_from_outside_steer_neither_terminal_nor_markdown() -> None:
    scheme = default_scheme()
    bad = replace(scheme.verdict[0], name="<b>", definition="[a](b)\x1b[31m", examples=("`x`", "*y*"))
    scheme = replace(scheme, verdict=(bad, *scheme.verdict[1:]))
    pages = [Page("p\x07.md", "# P\x1b[2J")]
    for layout in (as_terminal, as_markdown):
        assert not set("\x1b\x07") & set(layout(scheme, pages, 80))
    assert "\\[a\\](b)" in as_markdown(scheme, pages)
    assert all(len(line) <= 80 for line in as_terminal(scheme, [], 80).splitlines())


def test_what_a_value_needs_is_said_with_it() -> None:
    fever = shipped_scheme("fever-3")
    assert [value_facts(fever, value) for value in fever.verdict] == [
        ["needs evidence"],
        ["needs evidence"],
        ["needs no evidence"],
    ]
    default = default_scheme()
    assert value_facts(default, default.worth[2]) == []
    assert value_facts(default, default.verdict[2])[0].startswith("needs a reason: 1 conflicting evidence, 2 ")
