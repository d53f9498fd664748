"""The key tables of the README and of docs/keys.md say what the keymap says."""

from __future__ import annotations

from pathlib import Path

from annotator.model.scheme import default_scheme
from annotator.tui.keymap import actions
from annotator.tui.keys_page import keys_page, readme_with_keys, whole_page

ROOT = Path(__file__).resolve().parents[2]
STALE = "run: python -m annotator.tui.keys_page"


def test_the_readme_shows_the_keys_of_the_keymap() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert readme == readme_with_keys(readme, default_scheme()), STALE


def test_the_page_of_keys_is_the_keymap() -> None:
    assert (ROOT / "docs/keys.md").read_text(encoding="utf-8") == whole_page(default_scheme()), STALE


def test_every_action_is_on_the_page() -> None:
    page = keys_page(default_scheme())
    numbered = [action for action in actions(default_scheme()) if action.id.startswith(("candidate.", "label."))]
    assert "`a` … `Z`" in page
    for action in actions(default_scheme()):
        assert action in numbered or action.help in page
