from __future__ import annotations

import tomllib

import pytest

from annotator.model.toml import toml_values

LONG = "9" * 5000


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f'id = "{LONG}"\nversion = {LONG}\n', "A number that is too long (at line 2, column 11)"),
        (f'id = "x"\nversion = 0x{"f" * 5000}\n', "A number that is too long (at line 2, column 11)"),
        (f"\nkeys = {'[' * 2000}{']' * 2000}\n", "Nested too deeply (at line 2, column 2007)"),
        (f"keys = {'{a = ' * 60}1{'}' * 60}\n", "Nested deeper than 50 levels (at line 1, column 303)"),
        (f"id = 1\n{'a.' * 2000}b = 1\n", "Nested deeper than 50 levels (at line 2, column 1)"),
        (f"[{'a.' * 60}b]\nc = 1\n", "Nested deeper than 50 levels (at line 1, column 1)"),
    ],
    ids=["digits", "hexadecimal", "arrays", "tables", "dots", "a header's dots"],
)
def test_what_no_reader_could_show_is_refused_with_its_place(text: str, said: str) -> None:
    with pytest.raises(tomllib.TOMLDecodeError) as failed:
        toml_values(text)
    assert str(failed.value) == said


def test_everything_else_is_as_pythons_reader_has_it() -> None:
    text = 'a = 1e400\nb = 9223372036854775808\n[c.d]\ne = [[1], {f = "[[[["}]\nday = 2026-03-10\n'
    assert toml_values(text) == tomllib.loads(text)
