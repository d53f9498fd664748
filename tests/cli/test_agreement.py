from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Command = Callable[..., Result]

TABLE = "unit,reviewer,value,facet,article\n" + "".join(
    f"{unit},{reviewer},{value},verdict,{unit // 2}\n"
    for unit, values in enumerate(("sr", "ss", "rr", "s.", "mm", "rr"))
    for reviewer, value in zip(("ana", "ben"), values, strict=True)
    if value != "."
)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "ratings.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_json_has_every_coefficient_unrounded(command: Command, table: Path) -> None:
    done = command("agreement", str(table), "--format", "json", "--order", "s,r,m,n", "--resamples", "20")
    rows = {(row["coefficient"], tuple(row["reviewers"])): row for row in json.loads(done.stdout)["rows"]}
    kappa = rows["cohen_kappa", ("ana", "ben")]
    assert kappa["facet"] == "verdict"
    assert (kappa["units"], kappa["pairable"]) == (6, 10)
    # Five pairs, four alike; by chance (2 x 1 + 2 x 3 + 1 x 1) / 25.
    assert kappa["value"] == pytest.approx((0.8 - 9 / 25) / (1 - 9 / 25), abs=1e-12)
    assert rows["fleiss_kappa", ("ana", "ben")]["undefined"] == "not every reviewer has a value for every unit"


def test_a_table_is_read_from_standard_input_too(command: Command, table: Path) -> None:
    piped = command("agreement", "-", "--format", "csv", input="\ufeff" + TABLE)
    assert piped.exit_code == 0, piped.stderr
    assert piped.stdout == command("agreement", str(table), "--format", "csv").stdout
    assert json.loads(command("agreement", "-", "--format", "json", input=TABLE).stdout)["source"] == "standard input"
    wrong = command("agreement", "-", input="unit,value\n1,a\n")
    assert wrong.exit_code == 1
    assert wrong.stderr.startswith("annotator: standard input: no column 'reviewer'")
    for given, said in ((b"\xff\n", "not UTF-8"), (b'unit,reviewer,value\n1,a,"x', "not a CSV table")):
        assert command("agreement", "-", input=given).stderr.startswith(f"annotator: standard input: {said}")
    once = command("agreement", "-", "--level", "ordinal", "--order", "b", input=TABLE)
    assert once.stderr.startswith("annotator: standard input: ")


def test_people_read_a_table(command: Command, table: Path) -> None:
    lines = command("agreement", str(table)).stdout.splitlines()
    assert lines[:2] == ["verdict", "  nominal, 6 units, 10 pairable values, 1 missing"]
    assert any("cohen_kappa" in line and "0.688" in line for line in lines)
    assert "fleiss_kappa" in (page := command("agreement", str(table), "--format", "html").stdout)
    assert page.startswith("<!doctype html>")


def test_an_order_that_the_alphabet_gave_is_said(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "ratings.csv"
    rows = ["1,ana,low", "1,ben,medium", "2,ana,high", "2,ben,high", "3,ana,medium", "3,ben,medium"]
    path.write_text("\n".join(["unit,reviewer,value", *rows]), encoding="utf-8")
    said = "value: the alphabet gives the order (high, low, medium); --order value=... gives another"
    assert command("agreement", str(path), "--level", "ordinal").stderr.splitlines() == [said]
    assert not command("agreement", str(path), "--level", "ordinal", "--order", "low,medium,high").stderr
    assert not command("agreement", str(path)).stderr
    path.write_text(path.read_text().replace("low", "0").replace("medium", "1").replace("high", "2"), encoding="utf-8")
    assert not command("agreement", str(path), "--level", "ordinal").stderr


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_tables_of_spreadsheets_are_read_too(command: Command, tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "ratings.csv"
    lines = ["Unit,Reviewer,Value", "1,ana,x", "1,ben,x", "2,ana,y", "2,ben,x", '3,ana,"y"', "3,ben,y"]
    path.write_text("\ufeff" + "\r\n".join(line.replace(",", delimiter) for line in lines), encoding="utf-8")
    rows = json.loads(command("agreement", str(path), "--format", "json", "--resamples", "0").stdout)["rows"]
    assert rows[0]["value"] == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("unit,who,value\n1,ana,x\n", "no column 'reviewer' (there: unit, who, value)"),
        ("unit,reviewer,value\n", "there is no value below the header"),
        ("unit,reviewer,value\n1,ana,x\n1,ana,y\n", "unit 1: ana gave it 'x' and 'y'"),
        ("unit,reviewer,value\n,ana,x\n", "line 2: a row without its unit or reviewer"),
    ],
)
def test_what_is_no_table_of_ratings_is_one_line(command: Command, tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "ratings.csv"
    path.write_text(text, encoding="utf-8")
    done = command("agreement", str(path))
    assert done.exit_code == 1
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
