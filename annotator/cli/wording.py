"""How the command line says what several commands say."""

from annotator.model.counts import counted

__all__ = ["circle_said", "counted", "doubled_said", "entries_counted"]


def entries_counted(count: int) -> str:
    """So many entries of the ledger."""
    return counted(count, "ledger entry", "ledger entries")


def doubled_said(count: int) -> str:
    """So many sources that another one of the same name and kind could stand for, and what makes them one."""
    have = "source has" if count == 1 else "sources have"
    as_other = "counts as another one" if count == 1 else "count as other ones"
    join = "`annotator project sources --join` makes them one"
    return f"{count} {have} the name and kind of another, and {as_other}: {join}"


def circle_said(name: str, other: str) -> str:
    """Who stands where reviewers were renamed in a circle."""
    return f"{name} was renamed to {other}, and {other} back to {name} elsewhere: the work of both is {name}'s"
