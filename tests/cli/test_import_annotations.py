from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

from annotator.cli.exits import DONE, USAGE
from annotator.importers.annotations import ANNOTATION_FORMATS

Command = Callable[..., Result]
PAGE = Path(__file__).parents[2] / "docs" / "importing-annotations.md"


def test_our_own_export_goes_into_another_database(command: Command, reviewed: Path, tmp_path: Path) -> None:
    command("export", "jsonl", "-o", "out.jsonl")
    result = command("--db", "other.db", "import", "--annotations", "jsonl", "out.jsonl")
    assert result.exit_code == 0
    assert result.stderr.splitlines()[-1] == (
        "2 articles added, 2 works taken over (3 claims, 0 attributions, 0 of evidence), 0 already there, 0 failed"
    )
    command("--db", "other.db", "export", "jsonl", "-o", "again.jsonl")
    assert (tmp_path / "again.jsonl").read_bytes() == (tmp_path / "out.jsonl").read_bytes()


def test_the_reviewer_of_the_option_stands_for_the_files(command: Command, reviewed: Path) -> None:
    command("export", "jsonl", "-o", "out.jsonl")
    command(
        "--db", "o.db", "--reviewer", "clerk", "import", "--annotations", "jsonl", "--reviewer", "Gold", "out.jsonl"
    )
    exported = command("--db", "o.db", "export", "jsonl").stdout
    assert set(re.findall('"reviewer":"(.*?)"', exported)) == {"gold"}


def test_who_is_at_work_does_not_become_the_reviewer(command: Command, reviewed: Path) -> None:
    command("export", "jsonl", "-o", "out.jsonl")
    command("--db", "o.db", "--reviewer", "clerk", "import", "--annotations", "jsonl", "out.jsonl")
    exported = command("--db", "o.db", "export", "jsonl").stdout
    assert set(re.findall('"reviewer":"(.*?)"', exported)) == {"ana", "bob"}


def test_what_fails_is_named_with_its_place_and_the_status_says_so(command: Command, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ana said it rained.")
    (tmp_path / "a.ann").write_text(
        "T1\tSpeaker 0 3\tAna\nT2\tCue 5 9\tsaid\nT3\tContent 9 18\tit rained\n"
        "E1\tAttribution:T2 Who:T1 Cue:T2 Said:T3\n"
    )
    result = command("import", "--annotations", "brat", "a.ann")
    assert result.exit_code == 1
    assert "a.ann: line 2, T2: 5..9 is 'aid ' and not 'said'; --realign looks for it nearby" in result.stderr
    moved = command("import", "--annotations", "brat", "--realign", "a.ann")
    assert moved.exit_code == 0
    assert "a.ann: line 2, T2: 'said' moved from 5 to 4" in moved.stderr


def test_a_label_map_is_read_and_a_broken_one_refused(command: Command, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ana said it rained.")
    (tmp_path / "a.ann").write_text(
        "T1\tWer 0 3\tAna\nT2\tWie 4 8\tsaid\nT3\tWas 9 18\tit rained\nE1\tRede:T2 Wer:T1 Wie:T2 Was:T3\n"
    )
    (tmp_path / "map.toml").write_text(
        '[roles]\nWer = "source"\nWie = "cue"\nWas = "content"\n[attributions]\nRede = {}\n'
    )
    result = command("import", "--annotations", "brat", "--label-map", "map.toml", "a.ann")
    assert "1 work taken over (0 claims, 1 attribution, 0 of evidence)" in result.stderr
    (tmp_path / "map.toml").write_text("[roles]\nWer = 1\n")
    result = command("import", "--annotations", "brat", "--label-map", "map.toml", "a.ann")
    assert result.exit_code != 0
    assert "Wer = 1 is no role" in result.stderr


def test_a_dry_run_makes_no_database(command: Command, reviewed: Path, tmp_path: Path) -> None:
    command("export", "jsonl", "-o", "out.jsonl")
    result = command("--db", "other.db", "import", "--dry-run", "--annotations", "jsonl", "out.jsonl")
    assert result.stderr.startswith("nothing written: ")
    assert not (tmp_path / "other.db").exists()


def test_the_options_of_annotations_need_annotations(command: Command, files: Path) -> None:
    result = command("import", "--realign", str(files))
    assert result.exit_code == 2
    assert "--annotations FORMAT" in result.stderr


def test_every_format_is_in_the_page_and_no_other() -> None:
    rows = re.findall(r"^\| `([a-z0-9-]+)` \| (.*?) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert [name for name, _ in rows] == list(ANNOTATION_FORMATS)
    for name, files in rows:
        assert set(ANNOTATION_FORMATS[name].suffixes) <= set(re.findall("`(.*?)`", files))


def test_the_last_lines_say_what_was_left_out_and_whose_name_was_made_up(command: Command, tmp_path: Path) -> None:
    start, end = 0, 8
    cue = {"id": "c", "type": "labels", "value": {"start": 9, "end": 13, "text": "held", "labels": ["Cue"]}}
    content = {
        "id": "d",
        "type": "labels",
        "value": {"start": start, "end": end, "text": "The ramp", "labels": ["Content"]},
    }
    link = {"type": "relation", "from_id": "c", "to_id": "d"}
    choice = {"type": "choices", "from_name": "mood", "value": {"choices": ["Good"]}}
    annotations = [{"completed_by": 3, "result": [cue, content, link, choice]}, {"completed_by": 4, "result": [choice]}]
    task = {"data": {"text": "The ramp held."}, "annotations": annotations, "predictions": [{}]}
    path = tmp_path / "tasks.json"
    path.write_text(json.dumps([task]), encoding="utf-8")
    result = command("import", "--annotations", "label-studio", str(path))
    assert result.exit_code == DONE
    assert result.stderr.splitlines()[-2:] == [
        "no name says whose work it is: taken as user-3; --reviewer NAME says it",
        "1 article added, 1 work taken over (0 claims, 1 attribution, 0 of evidence), 0 already there, "
        "1 with nothing to take over, 0 failed; left out: 2 choices, 1 prediction",
    ]


def test_a_unit_of_offsets_goes_with_the_formats_that_have_several(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "none.jsonl"
    path.write_text("", encoding="utf-8")
    refused = command("import", "--annotations", "prodigy", "--offsets", "graphemes", str(path))
    assert refused.exit_code == USAGE
    assert "--offsets goes with --annotations doccano, label-studio or w3c" in refused.stderr
    assert command("export", "csv", "--offsets", "graphemes").exit_code == USAGE
