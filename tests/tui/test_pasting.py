from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.tui.pasting import PasteFilter, keep_pastes_whole

BEGIN, END = "\x1b[200~", "\x1b[201~"


@pytest.mark.parametrize(
    ("sent", "passed"),
    [
        ("jk\x1b[A\x1b", "jk\x1b[A\x1b"),
        (f"j{BEGIN}one\rtwo{END}k", f"j{BEGIN}one\rtwo{END}k"),
        (f"{BEGIN}\x1b[31mred\x1b[0m{END}\x1b[B", f"{BEGIN}[31mred[0m{END}\x1b[B"),
        (f"{BEGIN}a\x1b\x1b{END}{BEGIN}\x1b]0;t\x07{END}", f"{BEGIN}a{END}{BEGIN}]0;t\x07{END}"),
    ],
)
def test_only_what_is_pasted_loses_its_escapes(sent: str, passed: str) -> None:
    assert PasteFilter().passed(sent) == passed


@given(st.lists(st.sampled_from(["m", "\x1b", "\x1b[31m", "é\n", "[20", "1~"])), st.integers(1, 7))
def test_a_paste_in_pieces_passes_as_one(parts: list[str], size: int) -> None:
    pasted = "".join(parts).replace(END, "")
    sent = f"j{BEGIN}{pasted}{END}k"
    whole = PasteFilter()
    filter_ = PasteFilter()
    pieces = [sent[at : at + size] for at in range(0, len(sent), size)]
    assert "".join(map(filter_.passed, pieces)) == whole.passed(sent) == f"j{BEGIN}{pasted.replace(chr(27), '')}{END}k"


def test_textual_sends_one_event_for_a_paste_with_escapes_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from textual import events
    from textual.drivers import linux_driver

    monkeypatch.setitem(vars(linux_driver), "XTermParser", vars(linux_driver)["XTermParser"])
    keep_pastes_whole()
    keep_pastes_whole()
    parser = vars(linux_driver)["XTermParser"](debug=False)
    found = [event for data in (f"{BEGIN}\x1b[31mred\x1b", f"[0m, {END}", "m") for event in parser.feed(data)]
    (paste, key) = found
    assert isinstance(paste, events.Paste)
    assert paste.text == "[31mred[0m, "
    assert isinstance(key, events.Key)
    assert key.character == "m"
