"""A decision that was acknowledged is there, however the program ended."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from annotator.model.ledger import effective
from annotator.store import doctor, ledger, open_store
from annotator.workflow.session import ReviewSession

DECIDING = """
import sys
from pathlib import Path
from annotator.store import ledger, open_store
from annotator.workflow import attributing, judging
from annotator.workflow.session import ReviewSession

session = ReviewSession(open_store(Path(sys.argv[1])), "ana")
session.open(sys.argv[2])
claims = session.review.claims
session.apply(attributing.accept, claims[1])
while True:
    for claim in claims:
        session.apply(judging.flag, claim)
        print(session.next_undo().id, flush=True)
"""


def test_what_was_acknowledged_is_there_after_kill_9(path: Path, ramp: str) -> None:
    process = subprocess.Popen([sys.executable, "-c", DECIDING, path, ramp], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    acknowledged = [process.stdout.readline().strip() for _ in range(60)]
    process.kill()
    acknowledged += [line.strip() for line in process.stdout if line.endswith("\n")]
    process.stdout.close()
    process.wait()
    store = open_store(path)
    kept = [entry.id for entry in effective(list(ledger.entries(store)))]
    # The one decision that may be stored without having been acknowledged is the last.
    assert kept[1 : len(acknowledged) + 1] == acknowledged
    assert len(kept) <= len(acknowledged) + 2
    assert list(doctor.examine(store)) == []
    session = ReviewSession(store, "ana")
    session.open(ramp)
    while session.next_undo() is not None:
        session.undo()
    assert session.review.judgements == {}
    store.close()
