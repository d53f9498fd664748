"""How the command line says what several commands say."""


def counted(count: int, what: str) -> str:
    """The count with its noun: "1 row", "12 rows"."""
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def circle_said(name: str, other: str) -> str:
    """Who stands where reviewers were renamed in a circle."""
    return f"{name} was renamed to {other}, and {other} back to {name} elsewhere: the work of both is {name}'s"
