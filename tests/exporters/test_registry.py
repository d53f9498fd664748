from __future__ import annotations

import pytest

from annotator.exporters import FORMATS, ExportOptions, Losses


@pytest.mark.parametrize("name", FORMATS)
def test_what_the_registry_names_as_a_format_s_writer_is_there(name: str) -> None:
    # Nothing is asked of it yet: what needs an extra is imported when the first file is.
    assert FORMATS[name].write([], ExportOptions(), Losses()) is not None
