from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import Result

from annotator.cli.near import did_you_mean


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["exprot"], "No such command 'exprot': did you mean 'export'?"),
        (["Report"], "No such command 'Report': did you mean 'report'?"),
        (["report", "progres"], "No such command 'progres': did you mean 'progress'?"),
        (["report", "todya"], "No such command 'todya': did you mean 'today'?"),
        (["scheme", "shwo"], "No such command 'shwo': did you mean 'show'?"),
        (["export", "jsnol"], "did you mean 'jsonl'?"),
        (["report", "progress", "--format", "makrdown"], "did you mean 'markdown'?"),
        (["import", "--format", "htlm", "a"], "did you mean 'html'?"),
        (["review", "--pass", "tirage"], "did you mean 'triage'?"),
        (["xyzzy"], "No such command 'xyzzy'; there are: review, import, "),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_misspelt_name_names_the_near_one(command: Callable[..., Result], arguments: list[str], said: str) -> None:
    result = command(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr


def test_what_is_near_nothing_means_nothing() -> None:
    assert did_you_mean("xyzzy", ["export", "import"]) == ""
    assert did_you_mean("", ["export"]) == ""
    assert did_you_mean("exp", ["export", "import"]) == ": did you mean 'export'?"
