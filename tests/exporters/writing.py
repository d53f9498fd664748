"""What a format writes of records, whole; and records whose parts come in another order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from annotator.exporters import FORMATS, ExportOptions, Losses
from annotator.model.record import ClaimRecord


def one_file(name: str, records: Iterable[ClaimRecord], options: ExportOptions, losses: Losses | None = None) -> bytes:
    """The bytes of a format that is a single file."""
    ((path, chunks),) = FORMATS[name].write(records, options, losses or Losses())
    assert path == ""
    return b"".join(chunks)


def turned(records: Sequence[ClaimRecord]) -> list[ClaimRecord]:
    """The records with attributions and verdicts from the last to the first."""
    return [
        replace(
            record,
            attributions=record.attributions[::-1],
            chains=record.chains[::-1],
            verdicts=record.verdicts[::-1],
        )
        for record in records
    ]
