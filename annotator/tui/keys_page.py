"""The keymap as Markdown, for docs/keys.md and the README: `python -m annotator.tui.keys_page` writes both."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from annotator.model.scheme import Scheme, default_scheme
from annotator.tui.keymap import MODES, REASON, REVIEW, Action, actions, shown
from annotator.tui.span_labels import LETTERS

BEGIN, END = "<!-- keys: generated -->", "<!-- end of keys -->"


def keys_page(scheme: Scheme, modes: Iterable[str] = tuple(MODES)) -> str:
    """A table a mode: keys and what they do. Actions that differ only in a number or a reason stand on one line."""
    known = actions(scheme)
    lines: list[str] = []
    for mode in modes:
        title = MODES[mode]
        chosen = [
            action for action in known if any(name == mode or name.startswith(f"{mode} ") for name in action.modes)
        ]
        lines += [f"**{title}**" + (" (after a verdict that takes one)" if mode == REASON else ""), ""]
        lines += ["| key | what it does |", "| --- | --- |"]
        digits = [action for action in chosen if action.id.startswith("candidate.") and action.id[-1].isdigit()]
        letters = [action for action in chosen if action.id.startswith("label.")]
        for action in chosen:
            if action not in digits and action not in letters:
                lines.append(f"| {_keys(action)} | {action.help} |")
        if digits:
            lines.append(f"| {_keys(digits[0])} … {_keys(digits[-1])} | take a numbered candidate |")
        if letters:
            lines.append(f"| {_keys(letters[0])} … {_keys(letters[-1])} | the first word of the span, then its last |")
        lines.append("")
    return "\n".join(lines)


def _keys(action: Action) -> str:
    return " ".join(f"`{shown(key)}`".replace("|", "\\|") for key in action.key_list)


def readme_with_keys(readme: str, scheme: Scheme) -> str:
    """The README with the review mode's keys between its two markers."""
    head, _, rest = readme.partition(BEGIN)
    tail = rest.partition(END)[2]
    return f"{head}{BEGIN}\n{keys_page(scheme, [REVIEW])}{END}{tail}"


def whole_page(scheme: Scheme) -> str:
    """docs/keys.md."""
    intro = """# Keys

Every action has an id, a key, a help line and an entry in the palette (`ctrl+p`); `?` shows the keys of the present
mode. In the [configuration file](commands.md#configuration) any action can be given other keys, by its id:

```toml
[keys]
"claim.next" = "n down"
```

"""
    ids = ["## Ids", "", "| id | keys | what it does |", "| --- | --- | --- |"]
    known = [action for action in actions(scheme) if not action.id.startswith("label.")]
    ids += [f"| `{action.id}` | {_keys(action)} | {action.help} |" for action in known]
    ids.append(
        f"| `label.{LETTERS[0]}` … `label.{LETTERS[-1]}` | `{LETTERS[0]}` … `{LETTERS[-1]}` | the word under it |"
    )
    return f"{intro}{keys_page(scheme)}\n" + "\n".join(ids) + "\n"


if __name__ == "__main__":
    Path("docs/keys.md").write_text(whole_page(default_scheme()), encoding="utf-8")
    written = readme_with_keys(Path("README.md").read_text(encoding="utf-8"), default_scheme())
    Path("README.md").write_text(written, encoding="utf-8")
