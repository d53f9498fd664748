"""How the command line says a count."""


def counted(count: int, what: str) -> str:
    """The count with its noun: "1 row", "12 rows"."""
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
