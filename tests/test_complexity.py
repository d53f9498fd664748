"""Holds every function to a cognitive complexity: conditions inside conditions, and changes between `and` and `or`.

complexity.toml lists the functions that were above it when the check came, each with its figure, by room and name, so
that moving one inside its room changes nothing. The figures only fall: no function is added and none may rise.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from complexipy import file_complexity

HIGHEST = 15
ROOT = Path(__file__).parents[1]
LISTED = Path(__file__).with_name("complexity.toml")


def above(folder: Path) -> dict[str, dict[str, int]]:
    """The functions above HIGHEST by room (two folders, or a module) and name; of two with one name the worse."""
    found: dict[str, dict[str, int]] = {}
    for path in sorted(folder.rglob("*.py")):
        room = "/".join(path.relative_to(folder.parent).parts[:2])
        for function in file_complexity(str(path)).functions:
            if function.complexity > HIGHEST:
                names = found.setdefault(room, {})
                name = function.name.replace("::", ".")
                names[name] = max(function.complexity, names.get(name, 0))
    return found


def written(found: dict[str, dict[str, int]]) -> str:
    """The functions as they are written in complexity.toml."""
    rooms = (
        f'["{room}"]\n' + "".join(f'"{name}" = {names[name]}\n' for name in sorted(names))
        for room, names in found.items()
    )
    return "\n".join(rooms)


def test_no_function_is_harder_to_follow_than_it_was() -> None:
    found = {room: names for part in ("annotator", "benchmarks", "tests") for room, names in above(ROOT / part).items()}
    listed = tomllib.loads(LISTED.read_text(encoding="utf-8"))
    harder = [
        f"{room}: {name} has {figure}, and may have {listed.get(room, {}).get(name, HIGHEST)}"
        for room, names in found.items()
        for name, figure in names.items()
        if figure > listed.get(room, {}).get(name, HIGHEST)
    ]
    assert harder == [], "split these, or name their conditions"
    assert found == listed, f"some are simpler now; keep it so, with these in {LISTED.name}:\n\n{written(found)}"


def test_conditions_in_one_expression_count(tmp_path: Path) -> None:
    # What ruff counts (branches) is the same for both.
    plain, mixed = tmp_path / "p" / "plain.py", tmp_path / "p" / "mixed.py"
    plain.parent.mkdir()
    branch = "    if {}:\n        return 1\n"
    plain.write_text("def one(a, b, c):\n" + 8 * branch.format("a") + "    return 0\n")
    mixed.write_text("def two(a, b, c):\n" + 8 * branch.format("a and b or c") + "    return 0\n")
    assert above(plain.parent) == {"p/mixed.py": {"two": 24}}
