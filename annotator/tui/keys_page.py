"""The keymap as Markdown, for docs/keys.md and the README: `python -m annotator.tui.keys_page` writes both."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from annotator.editing.span_labels import LETTERS
from annotator.model.scheme import Scheme, default_scheme
from annotator.tui.keyboards import LAYOUTS, NEEDS_ALTGR
from annotator.tui.keymap import MODES, REASON, REVIEW, Action, actions, shown

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
    return " ".join(_shown(key) for key in action.key_list)


def _shown(key: str) -> str:
    return f"`{shown(key)}`".replace("|", "\\|")


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
    ids = [*_typing(scheme), "## Ids", "", "| id | keys | what it does |", "| --- | --- | --- |"]
    known = [action for action in actions(scheme) if not action.id.startswith("label.")]
    ids += [f"| `{action.id}` | {_keys(action)} | {action.help} |" for action in known]
    ids.append(
        f"| `label.{LETTERS[0]}` … `label.{LETTERS[-1]}` | `{LETTERS[0]}` … `{LETTERS[-1]}` | the word under it |"
    )
    return f"{intro}{keys_page(scheme)}\n{_SORTING}\n" + "\n".join(ids) + "\n"


_SORTING = """In the queue `s` goes from the order in which articles were added on to title, publisher, date, claims
left, flags, [worth](check-worthiness.md#in-the-review) (the article with the most check-worthy claim that is still open
for you comes first), and when you were last there.
"""
_FORMS = """## Forms and lists

A note, a justification, a restatement and the fields of evidence are text areas: Enter begins a line, what is pasted
keeps its lines, and everything typed waits where a form is left or the terminal is lost.

| key | what it does |
| --- | --- |
| `⇥` `shift+tab` | the next field, the one before; so do `↓` and `↑` at a field's end |
| `ctrl+s` | keep |
| `esc` | leave; what is typed waits |
| `ctrl+e` | a note, restatement or justification in `$VISUAL` or `$EDITOR` |

A field of evidence is checked when it is left. An address has http or https (`www.example.org` gets https), blanks in
it are encoded, and brackets around it and the breaks of a wrapped line fall away. A date is 2026-03-10, 2026-03 or
2026; 10.3.2026, 2026/3/10 and 10 March 2026 are read, and 3/10/2026 is not: nobody can know which number is the month.

`v` shows the evidence that there is:

| key | what it does |
| --- | --- |
| `j` `k` | the next piece, the one before |
| `↑` `↓` `pgup` `pgdn` `home` `end` | scroll |
| `⏎` `+` `X` | change it, add another, remove it |
| `o` `O` | open its address, the archived one |
| `y` | copy its address |

A list or a page that is only read is closed by `esc`, by `q`, and by the key that has opened it: `?`, `h`, `S`, `v`
and the others.

An address is opened by the first program in `$BROWSER`, which gets it as one argument (in place of `%s`, where that
stands there) and never through a shell. Where `$BROWSER` is not set, or cannot be started, the address is copied.

"""
_KEYBOARDS = """## Keyboards and terminals

On these layouts some of the keys above take AltGr (Option on a Mac):

"""
_WITHOUT = """
These have a second key:

"""
_LAYOUTS = """
Which character takes what is xkeyboard-config's, as Linux has it. No key is a `^`, `~` or `` ` ``, which wait for the
next letter on many layouts. On the French, Belgian, Czech and Slovak layouts digits take Shift, and so they do here.

A layout of other letters (Cyrillic, Greek, Arabic, Hebrew) is mapped as a whole by one line: each letter then means
the key that it lies on.

```toml
[keys]
layout = "russian"
```

Known by name: {names}.

Any other is given by what its three rows of letters type, from the keys of `q`, `a` and `z` on, with blanks between
them: `layout = "йцукенгшщзхъ фывапролджэ ячсмитьбю"`. Three more rows say what they type with Shift, where that is no
capital. What such a layout types of ASCII (`.` on the Russian one, `;` on the Greek) keeps its own meaning, digits of
other scripts are digits, and what is typed into a field stays as it is. Where the key of `q` types no letter, the queue
is `:` (Greek), `&` (Hebrew) or `ы` (Bulgarian). Keys for which a layout has no letter at all can be
[given others](commands.md#configuration).

Terminals:

- Where there are sixteen colours or fewer (`TERM` is `xterm`, `screen` or `linux`), or none (`vt220`, or `NO_COLOR` is
  set), the terminal's own are used, and marks have a sign besides: the source is reversed, the cue reversed and
  underlined, the content underlined, and the present claim begins with a reversed sign. `theme` and `f2` then only
  choose between accents for a dark and a light screen.
- `ctrl+h` arrives as Backspace in most terminals and cannot be told from it: it refuses a suggestion or removes a mark.
- What is copied goes to the terminal's clipboard by OSC 52. In tmux that needs `set -s set-clipboard on` in
  `~/.tmux.conf`; some terminals must be told to allow it, and some (GNOME Terminal) do not know it. In GNU
  screen it goes to the terminal in pieces, which screen hands on ([why](../findings/screen-long-copies.sh)).
- In tmux, Escape waits for half a second unless `set -s escape-time 10` stands there.

"""


def _typing(scheme: Scheme) -> list[str]:
    """What is typed and how: forms, what needs AltGr on which layout and what does the same without it, terminals."""
    known = [(mode, action) for mode in MODES for action in actions(scheme) if mode in action.modes]
    used = {key for _, action in known for key in action.key_list if len(key) == 1}
    lines = ["| layout | keys that take AltGr |", "| --- | --- |"]
    for layout, characters in NEEDS_ALTGR.items():
        taken = " ".join(_shown(key) for key in characters if key in used)
        lines.append(f"| {layout} | {taken or 'none'} |")
    lines += [*_WITHOUT.splitlines(), "| key | where | what it does | without AltGr |", "| --- | --- | --- | --- |"]
    for key in dict.fromkeys("".join(NEEDS_ALTGR.values())):
        for mode, action in known:
            others = [other for other in action.key_list if other != key]
            if key in action.key_list and others:
                shown_others = " ".join(_shown(other) for other in others)
                lines.append(f"| {_shown(key)} | {MODES[mode]} | {action.help} | {shown_others} |")
    names = ", ".join(f"`{name}`" for name in LAYOUTS)
    return [*_FORMS.splitlines(), *_KEYBOARDS.splitlines(), *lines, *_LAYOUTS.replace("{names}", names).splitlines()]


if __name__ == "__main__":
    Path("docs/keys.md").write_text(whole_page(default_scheme()), encoding="utf-8")
    written = readme_with_keys(Path("README.md").read_text(encoding="utf-8"), default_scheme())
    Path("README.md").write_text(written, encoding="utf-8")
