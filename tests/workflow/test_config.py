from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import ConfigError, DomainError
from annotator.model.reviewer import reviewer_handle
from annotator.workflow.config import Config, config_path, load_config, remember_reviewer

ACTIONS = {"claim.next", "accept", "verdict.supported"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def test_without_a_file_everything_is_the_default(path: Path) -> None:
    assert load_config(path) == Config(path, None, None, advance=True, idle_limit=300.0, keys={})


def test_everything_can_be_set(path: Path) -> None:
    path.write_text(
        'reviewer = " Ana "\ntheme = "nord"\nadvance = false\nidle_limit = 90\n'
        '[keys]\n"claim.next" = "n,down"\naccept = "enter , ctrl+y"\nverdict.supported = "S"\n'
    )
    assert load_config(path, ACTIONS) == Config(
        path,
        "ana",
        "nord",
        advance=False,
        idle_limit=90.0,
        keys={"claim.next": "n down", "accept": "enter ctrl+y", "verdict.supported": "S"},
    )


def test_the_comma_is_a_key_under_its_name(path: Path) -> None:
    path.write_text('[keys]\naccept = "comma,enter"\n')
    assert load_config(path).keys == {"accept": ", enter"}


def test_a_layout_stands_among_the_keys_and_is_no_actions(path: Path) -> None:
    path.write_text('[keys]\nlayout = "йц фы яч"\naccept = "enter"\n')
    config = load_config(path, ACTIONS)
    assert (config.layout, config.keys) == ("йц фы яч", {"accept": "enter"})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[keys]\nlayout = 3\n", "line 2: layout: text is wanted, not 3"),
        ("advance = yes\n", "line 1: not TOML: invalid value"),
        ('\n\ntheme = "nord\n', "line 3: not TOML"),
        ("[keys\n", "line 1: not TOML"),
        ('theme = "nord"\nreviewer = "ana"\ntheme = "dark"\n', "line 3: not TOML: cannot overwrite a value"),
        ("# first\nspeed = 3\n", "line 2: unknown setting 'speed' (known: reviewer, theme, advance"),
        ('advance = true\n\n[colours]\nred = "x"\n', "line 3: unknown setting 'colours'"),
        ('advance = true\nreviewer = ""\n', 'line 2: reviewer: text is wanted, not ""'),
        ("reviewer = 7\n", "line 1: reviewer: text is wanted, not 7"),
        (f'reviewer = "{"x" * 41}"\n', "line 1: reviewer: a reviewer's name has at most 40 characters"),
        ('\nadvance = "yes"\n', 'line 2: advance: true or false is wanted, not "yes"'),
        ("theme = 1979-05-27\n", 'line 1: theme: text is wanted, not "1979-05-27"'),
        ("theme = [\n  1,\n]\nidle_limit = 0\n", "line 1: theme: text is wanted, not [1]"),
        ("idle_limit = 0\n", "line 1: idle_limit: seconds are wanted"),
        ("idle_limit = inf\n", "line 1: idle_limit: seconds are wanted"),
        ("idle_limit = nan\n", "line 1: idle_limit: seconds are wanted"),
        (
            'theme = "a"\norganisation_url = "quay.example"\n',
            "line 2: organisation_url: no web address: quay.example: write https://quay.example",
        ),
        ("organisation = 7\n", "line 1: organisation: text is wanted, not 7"),
        ("idle_limit = true\n", "line 1: idle_limit: seconds are wanted"),
        (f"idle_limit = {'9' * 400}\n", "line 1: idle_limit: seconds are wanted"),
        ('advance = true\nkeys = "vim"\n', "line 2: keys: a table is wanted"),
        ('[keys]\naccept = "enter"\nleap = "l"\n', "line 3: no action is called 'leap'"),
        ('[keys]\nclaim.next = "n"\nclaim.leap = "l"\n', "line 3: no action is called 'claim.leap'"),
        ('[keys.claim]\nnext = "n"\n\nleap = "l"\n', "line 4: no action is called 'claim.leap'"),
        ('keys = { accept = "enter", leap = "l" }\n', "line 1: no action is called 'leap'"),
        ("[keys]\naccept = 3\n", "line 2: keys of accept: text is wanted"),
        ('[keys]\naccept = " "\n', "line 2: keys of accept: text is wanted"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text: str, said: str, path: Path) -> None:
    path.write_text(text)
    with pytest.raises(ConfigError) as caught:
        load_config(path, ACTIONS)
    assert str(caught.value).startswith(f"{path}: {said}")
    assert "\n" not in str(caught.value)


def test_without_known_actions_any_action_may_have_keys(path: Path) -> None:
    path.write_text('[keys]\nleap = "l"\n')
    assert load_config(path).keys == {"leap": "l"}


def test_windows_line_ends_and_a_byte_order_mark_do_no_harm(path: Path) -> None:
    path.write_bytes(b'\xef\xbb\xbfreviewer = "ana"\r\nspeed = 3\r\n')
    with pytest.raises(ConfigError, match="line 2: unknown setting 'speed'"):
        load_config(path)


def test_what_is_not_utf_8_is_said_with_its_line(path: Path) -> None:
    path.write_bytes(b'theme = "nord"\nreviewer = "\xe9va"\n')
    with pytest.raises(ConfigError, match="line 2: not UTF-8"):
        load_config(path)


def test_a_folder_in_its_place_is_said(path: Path) -> None:
    path.mkdir()
    with pytest.raises(ConfigError, match="cannot be read: Is a directory"):
        load_config(path)


def test_where_the_file_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ANNOTATOR_CONFIG", str(tmp_path / "mine.toml"))
    assert config_path() == tmp_path / "mine.toml"
    monkeypatch.delenv("ANNOTATOR_CONFIG")
    assert config_path().parts[-2:] == ("annotator", "config.toml")


@pytest.mark.parametrize(
    ("typed", "kept"), [("Ana", "ana"), ("  Ana María ", "ana maría"), ("E\u0301va", "éva"), ("李", "李")]
)
def test_a_name_as_it_is_kept(typed: str, kept: str) -> None:
    assert reviewer_handle(typed) == kept


@pytest.mark.parametrize(
    "typed", ["", "  \t", "x" * 41, "a\nb", "a\x00", "a\u202eb", "a\u2028b", "a\udc80b", "\x9b31m"]
)
def test_what_is_no_name(typed: str) -> None:
    with pytest.raises(DomainError):
        reviewer_handle(typed)


@given(st.text(max_size=60))
def test_a_kept_name_is_kept_as_it_is(typed: str) -> None:
    try:
        kept = reviewer_handle(typed)
    except DomainError:
        return
    assert reviewer_handle(kept) == kept
    assert kept == kept.strip().lower()
    assert 1 <= len(kept) <= 40


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", 'reviewer = "eva"\n'),
        ('# mine\ntheme = "nord"  # dark\n\n[keys]\n', 'reviewer = "eva"\n# mine\ntheme = "nord"  # dark\n\n[keys]\n'),
        ('theme = "nord"\nreviewer = "ana"  # me\n', 'theme = "nord"\nreviewer = "eva"  # me\n'),
        ("theme = 'nord'\r\n'reviewer'='ana'\r\n", "theme = 'nord'\r\n'reviewer'=\"eva\"\r\n"),
        ('reviewer = """\\\n  ana"""\n', 'reviewer = "eva"\n'),
    ],
)
def test_a_name_is_remembered_and_the_rest_is_not_touched(before: str, after: str, path: Path) -> None:
    path.write_bytes(before.encode())
    config = remember_reviewer(load_config(path), " Eva")
    assert config.reviewer == "eva"
    assert path.read_bytes().decode() == after
    assert load_config(path) == config


def test_the_first_name_makes_the_file_and_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "new" / "config.toml"
    remember_reviewer(load_config(path), "ana")
    assert load_config(path).reviewer == "ana"


def test_a_name_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    config = Config(tmp_path / "file" / "below" / "config.toml")
    with pytest.raises(ConfigError, match="cannot be"):
        remember_reviewer(config, "ana")


@given(st.text(max_size=40))
def test_any_name_survives_being_written(typed: str) -> None:
    import tempfile

    try:
        kept = reviewer_handle(typed)
    except DomainError:
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "config.toml"
        remember_reviewer(Config(path), typed)
        assert tomllib.loads(path.read_text(encoding="utf-8"))["reviewer"] == kept
        assert load_config(path).reviewer == kept
