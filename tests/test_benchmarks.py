from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest

from benchmarks.candidates import found_in
from benchmarks.check_worthiness.data import own_sentences
from benchmarks.keystroke.gold import gold_of
from benchmarks.scaling import exponent

ROOT = Path(__file__).parent.parent
RATIO = re.compile(r"[\d.,]+ x \|")


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    # A benchmark that nobody waits for any more must fail here and not hang.
    return subprocess.run(
        [sys.executable, "-m", "benchmarks", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=120
    )


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("start", ["python -c pass", "annotator --help", "annotator split", "one Static", "first claim on the screen"]),
        ("keys", ["one Static", "j: the next claim", "s: verdict", "e: into the span mode", "q: to the queue"]),
        ("importing", ["annotator import", "reading", "splitting", "suggesting", "storing"]),
        ("exporting", ["json.dumps", "jsonl", "csv"]),
        ("writers", ["present build, 1 writing", "present build, 8 writing"]),
        ("segmentation", ["our rules: sentences", "our rules: blocks and sentences"]),
    ],
)
def test_a_benchmark_prints_the_machine_and_a_table_with_ratios(name: str, rows: list[str]) -> None:
    if name in ("start", "keys"):
        if os.name != "posix":
            pytest.skip("needs a pty")
        pytest.importorskip("pyte")
    done = run(name, "--quick")
    assert not done.returncode, done.stderr
    assert re.search(r"\d+ cores, \w+ 3\.\d+", done.stdout)
    lines = [line for line in done.stdout.splitlines() if line.startswith("|")]
    for row in rows:
        assert any(row in line and RATIO.search(line) for line in lines), f"{row}:\n{done.stdout}"


def test_the_growth_of_every_step_is_said_of_every_kind_of_text() -> None:
    done = run("scaling", "--quick")
    assert not done.returncode, done.stderr
    rows = [line for line in done.stdout.splitlines() if line.startswith(("| '", '| "'))]
    assert len(rows) > 10
    assert re.search(r"\d+ growths, the highest [\d.]+, \d+ above 1\.15", done.stdout)


def test_an_exponent_is_that_of_the_growth_between_the_sizes() -> None:
    assert exponent((1, 4, 16), (0.1, 0.4, 1.6), 0.01) == pytest.approx(1)
    assert exponent((1, 4, 16), (0.1, 1.6, 25.6), 0.01) == pytest.approx(2)
    # What is too short to be measured was at most so long.
    assert exponent((1, 4, 16), (0.001, 0.002, 0.08), 0.02) == pytest.approx(1)
    assert exponent((1, 4, 16), (0.001, 0.002, 0.003), 0.02) == 0


def test_candidates_are_looked_for_only_where_a_suggestion_is_not_right() -> None:
    text = "Ada Reyes said that the ramp was shut. Two pilots are critics of the ferry."
    said = {"source": [[0, 9]], "cue": [[10, 14]], "content": [[15, 37]]}
    critics = {"source": [[39, 49]], "cue": [[54, 64]], "content": [[65, 74]]}
    gold = gold_of({"id": "1", "text": text, "attributions": [said, critics]})
    assert {what for what, _ in found_in(gold)} == {
        "nothing suggested: cue",
        "nothing suggested: content",
        "nothing suggested: source",
        "nothing suggested: content and source by the cue alone",
    }
    assert not list(found_in(replace(gold, attributions=gold.attributions[:1])))


def test_candidates_are_counted_for_every_role() -> None:
    done = run("candidates", "--quick")
    assert not done.returncode, done.stderr
    for role in ("cue", "content", "source"):
        assert re.search(rf"nothing suggested: {role} +\| +\d+ \| +[\d.]+% \|", done.stdout), done.stdout


@pytest.mark.skipif(find_spec("sklearn") is None, reason="needs the extra bench")
def test_check_worthiness_is_measured_beside_tf_idf_on_the_same_sentences(tmp_path: Path) -> None:
    rows = [{"text": each.text, "check_worthy": int(each.worth)} for each in own_sentences()[0]] * 6
    data = tmp_path / "data.jsonl"
    data.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.worth", str(data), "--quick"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert not done.returncode, done.stderr
    for row in ("our weights", "TF-IDF of words"):
        assert len(re.findall(rf"{row} +\| +0\.\d+", done.stdout)) >= 2, done.stdout
    assert re.search(r"a row in, a row out \| +[\d,]+ \|", done.stdout)


@pytest.mark.skipif(find_spec("sklearn") is None, reason="needs the extra bench")
def test_weights_that_are_fitted_anew_leave_the_others_as_they_are() -> None:
    from benchmarks.matching import WEIGHTS, sections, with_table

    text = WEIGHTS.read_text(encoding="utf-8")
    _, words, _, embeddings = sections(text)
    assert with_table(text, "words", words) == with_table(text, "embeddings", embeddings) == text
    other = with_table(text, "words", "[words]\nbias = 0.0\n")
    assert "[words]\nbias = 0.0\n\n# Fitted in the same way" in other
    assert other.endswith(f"{embeddings}\n")


@pytest.mark.skipif(find_spec("sklearn") is None, reason="needs the extra bench")
def test_bm25_is_asked_for_each_word_once_and_by_its_stem() -> None:
    from annotator.model.check import Check
    from benchmarks.matching import Task, by_bm25

    checks = [Check("said", "said there"), Check("cable", "a cable breaks"), *(Check(str(n), "rain") for n in range(9))]
    queries = [(text, text, frozenset[str]()) for text in ("said cables breaking, Said SAID said", "cables?", "?!")]
    # Asked for as often as it stands there, "said" would outweigh the others.
    assert by_bm25(Task("", checks, queries)) == [["cable", "said"], ["cable"], []]


@pytest.mark.skipif(find_spec("sklearn") is None, reason="needs the extra bench")
def test_matching_is_measured_beside_bm25_in_the_same_run() -> None:
    done = run("matching", "--quick")
    assert not done.returncode, done.stderr
    for row in ("FTS5's BM25 over claim and title", "as it comes", "cross-validated"):
        assert re.search(rf"invented: {row} +\| +[01]\.\d+ \|", done.stdout), done.stdout
    assert re.search(r"invented: 2,000 checks +\| +\d+\.\d \|", done.stdout), done.stdout


@pytest.mark.skipif(find_spec("sklearn") is None, reason="needs the extra bench")
def test_learning_is_measured_on_what_comes_after_the_decisions() -> None:
    done = run("learning", "--quick")
    assert not done.returncode, done.stderr
    assert len(re.findall(r"half, [a-z ]+\| +\d+ +(\| +0\.\d{4} +){4}\|", done.stdout)) == 4, done.stdout
    assert re.search(r"\| \d+ +(\| +0\.\d{4} +){4}\|", done.stdout), done.stdout


@pytest.mark.skipif(os.name != "posix", reason="needs a pty")
def test_the_ways_that_are_not_there_are_left_out_in_words(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pytest.importorskip("pyte")
    monkeypatch.setenv("PATH", str(tmp_path))
    done = run("remote", "--quick")
    assert not done.returncode, done.stderr
    assert "ssh is left out: no ssh here" in done.stdout
    assert "the browser is left out: no chromium here" in done.stdout
    for key in ("j: the next claim", "s: verdict, stored", "open the article"):
        assert re.search(rf"\| ({key}|enter: {key}), local pty +\| +[\d.]+ \|.*\b1\.00 x \|", done.stdout), done.stdout
    assert "there and back" not in done.stdout


def test_an_unknown_benchmark_is_refused_before_any_runs() -> None:
    done = run("--quick", "importing", "no-such")
    assert done.returncode == 2
    assert "no benchmark 'no-such'" in done.stderr
    assert not done.stdout


def test_help_names_every_benchmark() -> None:
    printed = run("--help").stdout
    assert all(name in printed for name in ("exporting", "importing", "keys", "segmentation", "start"))
