from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from annotator import suggesters
from annotator.model.attribution import Attribution
from annotator.model.span import Span
from annotator.model.suggestion import AttributionSuggestion, Suggestions
from annotator.store import open_store
from annotator.store.articles import find_article
from annotator.workflow import attributing
from annotator.workflow.session import ReviewSession

Command = Callable[..., Result]
Process = Callable[..., "subprocess.CompletedProcess[bytes]"]


def broken(*_: Any, **__: Any) -> Suggestions:
    raise RuntimeError("out of cues")


WORDS = """
from annotator.model.suggestion import Suggestions, WorthSuggestion
def suggest(text, segmentation, *, publisher=""):
    spans = [sentence.span for sentence in segmentation.sentences]
    return Suggestions("words@3", tuple(WorthSuggestion(span, "1", "all", 0.5) for span in spans))
"""


def plug_in(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, code: str) -> None:
    """Make an installed package with the suggester's code; without any, the module is missing."""
    if code:
        (folder / f"plugged_{name}.py").write_text(code, encoding="utf-8")
    info = folder / f"{name}-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}-pack\nVersion: 1\n")
    module = f"plugged_{name}:suggest" if code else "plugged_nowhere"
    (info / "entry_points.txt").write_text(f"[annotator.suggesters]\n{name} = {module}\n")
    monkeypatch.syspath_prepend(folder)


def printed(command: Command, *arguments: str) -> list[dict[str, Any]]:
    result = command("suggest", "--print", *arguments)
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_print_says_what_split_says_and_what_is_proposed(command: Command, files: Path, database: Path) -> None:
    bridge, ferry = printed(command, str(files))
    split = [json.loads(line) for line in command("split", str(files)).stdout.splitlines()]
    for found, plain in zip((bridge, ferry), split, strict=True):
        assert {name: found[name] for name in plain} == plain
        assert set(found) - set(plain) == {"suggesters", "worths", "attributions"}
    quoted = bridge["attributions"][-1]
    assert set(quoted) == {
        *("source", "cue", "content", "form", "type", "anonymity", "relay", "negated", "parent", "rule", "confidence"),
    }
    words = {role: [bridge["text"][start:end] for start, end in quoted[role]] for role in ("source", "cue", "content")}
    assert words["cue"] == ["said"]
    assert words["source"] == ["she"]
    assert words["content"][0].startswith("“Two cables are slack")
    assert (quoted["relay"], quoted["parent"], quoted["negated"], quoted["form"]) == ([], None, False, "direct")
    assert not database.exists()


def nested(*_: Any, **__: Any) -> Suggestions:
    inner = Attribution("b", (Span(19, 30),), Span(31, 35), (Span(44, 64),), parent="a", relay=Span(36, 43))
    outer = Attribution("a", (Span(0, 8),), Span(9, 13), (Span(14, 64),))
    return Suggestions("rules", (), tuple(AttributionSuggestion(made, "by hand", 0.5) for made in (inner, outer)))


def test_a_nested_attribution_names_its_parent_by_index(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "The yard said that Ines Duarte told Reuters that two cables held.\n"
    (tmp_path / "nested.txt").write_text(text, encoding="utf-8")
    monkeypatch.setattr(suggesters, "suggest", nested)
    (found,) = printed(command, "nested.txt")
    inner, outer = found["attributions"]
    assert (inner["parent"], outer["parent"]) == (1, None)
    assert [text[start:end] for start, end in inner["relay"]] == ["Reuters"]


def test_suggested_check_worthiness_is_printed_with_its_sentence(command: Command, tmp_path: Path) -> None:
    (tmp_path / "asked.txt").write_text("Rain fell. Is it safe?\n", encoding="utf-8")
    (found,) = printed(command, "asked.txt")
    assert [(found["text"][each["start"] : each["end"]], each["worth"]) for each in found["worths"]] == [
        ("Is it safe?", "0")
    ]


def test_a_suggester_that_fails_is_named_and_the_article_is_printed(
    command: Command, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suggesters, "suggest", broken)
    result = command("suggest", "--print", str(files / "ferry.txt"), "nowhere.txt")
    assert result.exit_code == 1
    assert [json.loads(line)["attributions"] for line in result.stdout.splitlines()] == [[]]
    first, second = result.stderr.splitlines()
    assert first.endswith("ferry.txt: no suggestions from rules: RuntimeError: out of cues")
    assert second.startswith("annotator: nowhere.txt: no such file")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--print"], "needs at least one file"),
        (["--unwrap"], "--unwrap goes with --print only"),
        (["--field", "text=body", "Bridge"], "--field goes with --print only"),
        (["--suggester", "rules"], "--suggester goes with --print only"),
    ],
)
def test_what_does_not_go_together_is_refused(
    command: Command, imported: Path, arguments: list[str], said: str
) -> None:
    result = command("suggest", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr


def test_the_options_of_reading_apply_to_print(command: Command, tmp_path: Path) -> None:
    (tmp_path / "wrapped.txt").write_text("The bridge was\nshut at dawn.\n")
    (found,) = printed(command, "--unwrap", "wrapped.txt")
    assert found["text"] == "The bridge was shut at dawn."
    result = command("suggest", "--print", "--suggester", "nobody", "wrapped.txt")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "suggester 'nobody': not installed here" in result.stderr


def test_what_a_suggester_lets_other_programs_print_is_no_data(
    process: Process, files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loud = WORDS.replace("words@3", "loud").replace("    spans", "    os.system('echo while asked')\n    spans", 1)
    plug_in(tmp_path, monkeypatch, "loud", f"import os\nos.system('echo while loaded')\n{loud}")
    done = process("suggest", "--print", "--suggester", "loud", str(files), environment={"PYTHONPATH": str(tmp_path)})
    assert done.returncode == 0
    assert [json.loads(line)["suggesters"] for line in done.stdout.splitlines()] == [["loud"], ["loud"]]
    assert done.stderr.decode().split("\n")[:-1] == ["while loaded", "while asked", "while asked"]


def test_asking_anew_counts_articles_and_proposals(command: Command, imported: Path, files: Path) -> None:
    expected = sum(
        len(each["worths"]) + len(each["attributions"]) for each in printed(command, str(files))
    )  # fmt: skip
    result = command("suggest")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.splitlines() == [f"database: {imported}", f"2 articles, {expected} proposals"]
    assert command("suggest", str(files / "ferry.txt")).stderr.splitlines()[1].startswith("1 article, ")
    assert command("suggest", "nothing").exit_code == 1
    assert command("doctor").exit_code == 0


def test_asking_anew_says_what_fails_and_leaves_what_was_proposed(
    command: Command, imported: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = command("report", "suggestions", "--format", "json").stdout
    monkeypatch.setattr(suggesters, "suggest", broken)
    result = command("suggest")
    assert result.exit_code == 1
    assert result.stderr.count("no suggestions from rules: RuntimeError: out of cues") == 2
    assert result.stderr.splitlines()[-1] == "2 articles, 2 proposals, with trouble in 2"
    assert command("report", "suggestions", "--format", "json").stdout == before


def test_suggesters_are_listed_without_a_database_too(command: Command, database: Path) -> None:
    result = command("suggesters")
    assert (result.exit_code, result.stdout) == (0, "1  rules  built in\n2  worth  built in\n")
    assert "no database" in result.stderr
    assert not database.exists()


def test_suggesters_are_chosen_before_the_first_import_which_asks_them(
    command: Command, database: Path, files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plug_in(tmp_path, monkeypatch, "words", WORDS)
    assert command("suggesters", "use", "nobody").exit_code == 1
    assert not database.exists()
    chosen = command("suggesters", "use", "words")
    assert (chosen.exit_code, chosen.stderr.splitlines()[1]) == (0, "chosen: words")
    assert command("import", str(files)).exit_code == 0
    report = json.loads(command("report", "suggestions", "--format", "json").stdout)["suggesters"]
    assert {each["suggester"] for each in report} == {"words@3"}


def test_a_plugged_in_suggester_is_chosen_asked_and_reported(
    command: Command, imported: Path, files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plug_in(tmp_path, monkeypatch, "words", WORDS)
    plug_in(tmp_path, monkeypatch, "absent", "")
    assert command("suggesters").stdout.splitlines() == [
        "1  rules   built in",
        "2  worth   built in",
        "-  absent  absent-pack 1 · cannot be loaded: ModuleNotFoundError: No module named 'plugged_nowhere'",
        "-  words   words-pack 1",
    ]
    assert command("suggesters", "use", "absent").exit_code == 1
    chosen = command("suggesters", "use", "--reviewer", "Ana", "words", "rules")
    assert chosen.exit_code == 0
    assert "chosen: words, rules" in chosen.stderr
    assert [line[0] for line in command("suggesters").stdout.splitlines()] == ["2", "-", "-", "1"]
    assert command("suggest").stderr.splitlines()[-1].startswith("2 articles, ")
    report = json.loads(command("report", "suggestions", "--format", "json").stdout)["suggesters"]
    assert {each["suggester"].partition("@")[0] for each in report} == {"words", "rules"}
    assert next(each for each in report if each["suggester"] == "words@3")["open"] == 9
    assert printed(command, "--suggester", "words", str(files / "ferry.txt"))[0]["suggesters"] == ["words@3"]
    assert command("doctor").exit_code == 0


def test_the_report_counts_what_a_reviewer_took(command: Command, imported: Path, files: Path) -> None:
    with closing(open_store(imported)) as store:
        ana = ReviewSession(store, "ana")
        review, _ = ana.open(find_article(store, str(files / "bridge.txt")))
        claim = next(claim for claim in review.claims if review.suggested_attributions(claim))
        ana.apply(attributing.accept, claim)
        accepted = len(ana.review.attributions)
    found = json.loads(command("report", "suggestions", "--format", "json", "--reviewer", "ana").stdout)["suggesters"]
    (attributions,) = (each for each in found if each["kind"] == "attribution")
    assert (attributions["accepted"], attributions["precision"]) == (accepted, 1.0)
    assert f"{accepted} of {accepted} ▰" in command("report", "suggestions").stdout
    assert command("report", "suggestions", "--reviewer", "eva").exit_code == 1
