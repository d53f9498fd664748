from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from rich.cells import cell_len

from annotator.reports.suggestion_layouts import SUGGESTION_LAYOUTS
from annotator.reports.suggestions import (
    OutcomeKind,
    ProposalOutcomes,
    SuggestionOutcome,
    SuggestionsReport,
    suggestions_report,
)

PAGE = Path(__file__).parents[2] / "docs" / "suggesters.md"
NASTY = "=1+1 | [bold]*x*[/] <b>\x1b[31m\n\u202e"

ACCEPTED, REFUSED = SuggestionOutcome(OutcomeKind.ACCEPTED), SuggestionOutcome(OutcomeKind.REFUSED)


def changed(*differs: str) -> SuggestionOutcome:
    return SuggestionOutcome(OutcomeKind.CHANGED, frozenset(differs))


def report() -> SuggestionsReport:
    return suggestions_report(
        [
            ProposalOutcomes("rules@1", "attribution", "said", (ACCEPTED, changed("source", "content"))),
            ProposalOutcomes("rules@1", "attribution", "said", (changed("other"),)),
            ProposalOutcomes("rules@1", "attribution", "told", (REFUSED,)),
            ProposalOutcomes("rules@1", "attribution", "told", times=5),
            ProposalOutcomes("rules@1", "worth", "question", (SuggestionOutcome(OutcomeKind.CHANGED), ACCEPTED)),
            ProposalOutcomes("other", "attribution", NASTY, (ACCEPTED,)),
        ]
    )


def test_the_numbers_of_each_rule_and_suggester() -> None:
    other, rules, worths = report().suggesters
    assert [(each.suggester, each.kind) for each in (other, rules, worths)] == [
        ("other", "attribution"),
        ("rules@1", "attribution"),
        ("rules@1", "worth"),
    ]
    told, said = rules.rules
    assert (told.rule, told.quality.proposed, told.quality.open, told.quality.precision) == ("told", 6, 5, 0.0)
    assert (said.quality.proposed, said.quality.settled) == (2, 3)
    assert said.quality.precision == pytest.approx(1 / 3)
    assert said.quality.differs == {"source": 1, "cue": 0, "content": 1, "other": 1}
    assert said.quality.share_changed == pytest.approx((2 / 3 + 0) / 2)
    assert (rules.quality.proposed, rules.quality.settled, rules.quality.precision) == (8, 4, 0.25)
    assert (worths.quality.precision, worths.quality.share_changed) == (0.5, None)


def test_the_terminal_layout_at_a_glance() -> None:
    one = suggestions_report([ProposalOutcomes("rules@1", "attribution", "said", (ACCEPTED, ACCEPTED, changed("cue")))])
    assert SUGGESTION_LAYOUTS["terminal"](one, 64) == (
        "rules@1 · attributions                   2 of 3 ▰▰▰▰▰▰▰▱▱▱  66 %\n"
        "  proposed 1 · accepted 2 · changed 1 · refused 0 · open 0\n"
        "  changed in source 0, cue 1, content 0, other 0\n"
        "  33 % of the spans\n"
        "  said                                   2 of 3 ▰▰▰▰▰▰▰▱▱▱  66 %\n"
        "    proposed 1 · accepted 2 · changed 1 · refused 0 · open 0\n"
        "    changed in source 0, cue 1, content 0, other 0\n"
        "    33 % of the spans\n"
        "\n"
        "Precision: accepted as they were, of all that were accepted,\n"
        "changed or refused. Open ones do not count.\n"
    )


@pytest.mark.parametrize("width", [10, 40, 64, 80, 200])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    lines = SUGGESTION_LAYOUTS["terminal"](report(), width).splitlines()
    assert max(map(cell_len, lines)) <= max(width, 40)


@pytest.mark.parametrize(("accepted", "of", "filled"), [(0, 3, 0), (1, 1000, 1), (999, 1000, 9), (7, 7, 10)])
def test_a_bar_is_full_only_when_all_was_right_and_empty_only_when_nothing_was(
    accepted: int, of: int, filled: int
) -> None:
    outcomes = (ACCEPTED,) * accepted + (REFUSED,) * (of - accepted)
    text = SUGGESTION_LAYOUTS["terminal"](suggestions_report([ProposalOutcomes("r", "worth", "x", outcomes)]), 80)
    assert text.splitlines()[0].count("▰") == filled
    assert ("100 %" in text) is (accepted == of)


@pytest.mark.parametrize("layout", list(SUGGESTION_LAYOUTS))
def test_names_of_rules_never_steer_a_screen(layout: str) -> None:
    text = SUGGESTION_LAYOUTS[layout](report(), 80)
    assert not re.search("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
    assert "␛" in text


@pytest.mark.parametrize("layout", list(SUGGESTION_LAYOUTS))
def test_nothing_proposed_is_no_error(layout: str) -> None:
    text = SUGGESTION_LAYOUTS[layout](suggestions_report([]), 80)
    nothing = "Nothing has been proposed yet."
    assert {"terminal": nothing, "markdown": nothing}.get(layout, "suggester") in text
    assert text.endswith("\n")


def test_markdown_is_one_table() -> None:
    lines = [line for line in SUGGESTION_LAYOUTS["markdown"](report(), 80).splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in lines} == {16}
    assert lines[4].startswith(
        "| rules@1 | attributions | **all rules** | 8 | 1 | 2 | 1 | 5 | 25 % | 4 | 1 | 0 | 1 | 1 |"
    )
    assert lines[3].startswith(r"| other | attributions | \=1+1 \| \[bold\]\*x\*\[/\] \<b\>␛\[31m �")


def test_json_and_csv_hold_the_same_numbers() -> None:
    data = json.loads(SUGGESTION_LAYOUTS["json"](report(), 80))
    text = SUGGESTION_LAYOUTS["csv"](report(), 80)
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))
    assert [(row["level"], row["rule"]) for row in rows[2:5]] == [("suggester", ""), ("rule", "told"), ("rule", "said")]
    assert rows[1]["rule"].startswith("'=1+1")
    rules = data["suggesters"][1]
    assert rules["precision"] == 0.25
    for name in ("proposed", "accepted", "changed", "refused", "open", "settled", "precision", "share_changed"):
        assert rows[2][name] == str(rules[name])
        assert rows[4][name] == str(rules["rules"][1][name])


def test_every_number_is_documented() -> None:
    (suggester, *_) = json.loads(SUGGESTION_LAYOUTS["json"](report(), 80))["suggesters"]
    section = PAGE.read_text(encoding="utf-8").split("\n## What reviewers made of them\n")[1].split("\n## ")[0]
    cells = re.findall(r"^\| [^|]+ \| (`[^|]+) \|", section, re.M)
    documented = [name for cell in cells for name in re.findall(r"`(\w+)`", cell)]
    assert sorted(documented) == sorted(set(suggester) - {"suggester", "kind", "rules"})
