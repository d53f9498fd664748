"""Eight reviewers who decide at once, each a process: nobody is refused, and every decision is stored once.

They decide for two seconds; $ANNOTATOR_TEST_SECONDS says for how many instead. From a minute on, where the machine is
the test's alone, 99 of 100 decisions have to be stored within a tenth of a second.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

from annotator.store import doctor, ledger, open_store

WRITERS = 8
SECONDS = float(os.environ.get("ANNOTATOR_TEST_SECONDS", "2"))
A_MINUTE = 60.0
SLOWEST = 0.1
"""Seconds within which 99 of 100 decisions are stored."""

DECIDING = """
import json, sys, time
from pathlib import Path
from annotator.store import open_store
from annotator.workflow import judging
from annotator.workflow.session import ReviewSession

path, reviewer, article, seconds = sys.argv[1:]
session = ReviewSession(open_store(Path(path)), reviewer)
session.open(article)
print("ready", flush=True)
sys.stdin.readline()
claims, took = session.review.claims, []
end = time.perf_counter() + float(seconds)
while (started := time.perf_counter()) < end:
    session.apply(judging.flag, claims[len(took) % len(claims)])
    took.append(time.perf_counter() - started)
session.close()
print(json.dumps(took))
"""


def deciding(path: Path, article: str, handles: list[str]) -> list[subprocess.Popen[str]]:
    """A process a reviewer, all of them set off together when each is ready."""
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", DECIDING, path, handle, article, str(SECONDS)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for handle in handles
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    return processes


def test_eight_reviewers_decide_at_once(path: Path, ramp: str) -> None:
    handles = [f"reviewer{number}" for number in range(WRITERS)]
    processes = deciding(path, ramp, handles)
    ended = [(*process.communicate(), process.returncode) for process in processes]
    assert [(error, status) for _, error, status in ended] == [("", 0)] * WRITERS
    took = {handle: json.loads(said) for handle, (said, _, _) in zip(handles, ended, strict=True)}
    store = open_store(path)
    entries = [entry for entry in ledger.entries(store) if entry.kind == "decision"]
    assert Counter(entry.reviewer for entry in entries) == {handle: len(each) for handle, each in took.items()}
    assert min(map(len, took.values()))
    assert len({entry.id for entry in entries}) == len({entry.lamport for entry in entries}) == len(entries)
    assert list(doctor.examine(store)) == []
    store.close()
    if SECONDS >= A_MINUTE:
        slowest = sorted(seconds for each in took.values() for seconds in each)
        assert slowest[len(slowest) * 99 // 100] <= SLOWEST
