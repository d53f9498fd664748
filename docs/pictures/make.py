"""The pictures of the README: the real application on the sample articles, dark and light (`make pictures`).

Each picture is the screen as an SVG. Fonts are left to the reader's machine: a picture fetches nothing.
"""

from __future__ import annotations

import asyncio
import re
import tempfile
from contextlib import closing
from pathlib import Path

from annotator.store import open_store
from annotator.tui.app import AnnotatorApp
from annotator.workflow.config import Config
from annotator.workflow.ingest import import_seeds

FOLDER = Path(__file__).parent
SIZE = (100, 30)
REVIEWER = "ana"
THEMES = {"dark": "textual-dark", "light": "textual-light"}
# The keys before each picture, in one session: an article is opened, and its seventh claim is settled.
SERIES = {
    "1-queue": [],
    "2-suggested": ["enter", "j", "j", "j", "j", "j", "j"],
    "3-accepted": ["enter"],
    "4-decided": ["s"],
    "5-evidence": ["V", *"What", "space", *"did", "space", *"the", "space", *"inspectors", "space", *"find?"],
}
_FONTS = "font-family: ui-monospace, Menlo, Consolas, DejaVu Sans Mono, monospace;"
_FONT_FACE = re.compile(r"@font-face \{.*?\}", re.DOTALL)
_FAMILY = re.compile(r"font-family: [^;]*;")


async def take(theme: str) -> None:
    """Make the series in one theme."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "annotations.db"
        with closing(open_store(path, create=True)) as store:
            import_seeds(store)
        app = AnnotatorApp(path, REVIEWER, Config(Path(folder) / "config.toml", theme=THEMES[theme]))
        async with app.run_test(size=SIZE) as pilot:
            await pilot.pause(1)
            for name, keys in SERIES.items():
                for key in keys:
                    await pilot.press(key)
                    await pilot.pause(0.2)
                drawn = app.export_screenshot(title="annotator").replace(str(path), "db/annotations.db")
                drawn = _FAMILY.sub(_FONTS, _FONT_FACE.sub("", drawn))
                (FOLDER / f"{name}-{theme}.svg").write_text(drawn, encoding="utf-8")


if __name__ == "__main__":
    for each in THEMES:
        asyncio.run(take(each))
