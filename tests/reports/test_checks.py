from __future__ import annotations

from annotator.reports.checks import TAKEN_LAYOUTS, Taken, taken_report

TAKEN = [
    Taken("Tamarack Checks", True, "refuted", "refuted"),
    Taken("Tamarack Checks", True, "refuted", "supported"),
    Taken("Tamarack Checks", False, "refuted", "refuted"),
    Taken("The Sober Sheet", True, "", "refuted"),
]


def test_a_share_is_of_what_can_be_compared_and_no_line_is_broken_by_the_terminal() -> None:
    shown = TAKEN_LAYOUTS["terminal"](taken_report(TAKEN))
    assert shown == (
        "From             Taken  Kept  Compared  Right  Share\n"
        "Tamarack Checks      3     2         2      1   50 %\n"
        "The Sober Sheet      1     1         0      0      -\n"
        "\n"
        "Right: the verdict that stands says what was taken. Claims without a verdict,\n"
        "and fact-checks of which it is not known what they come to, do not count.\n"
    )
