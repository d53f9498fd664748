"""The documents are held to the repository: what they cite is there, the picture of the house is that of the code."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("*/README.md")])
_LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
_CITED = re.compile(r"`((?:annotator|benchmarks|docs|tests|seeds|findings|db)/[\w./-]+\.(?:py|md|toml|sh|txt|sql))`")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_a_page_cites_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    linked = [link for link in _LINK.findall(text) if not (page.parent / link).exists()]
    cited = [path for path in _CITED.findall(text) if not (ROOT / path).exists()]
    assert (linked, cited) == ([], [])


def test_the_picture_of_the_house_is_that_of_the_code() -> None:
    spec = importlib.util.spec_from_file_location("architecture", ROOT / "docs" / "architecture.py")
    assert spec is not None
    assert spec.loader is not None
    architecture = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(architecture)
    page = architecture.PAGE.read_text(encoding="utf-8")
    assert "workflow --> store" in page
    assert page == architecture.with_picture(page), "python docs/architecture.py makes it anew"
