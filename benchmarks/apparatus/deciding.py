"""One reviewer who decides without a pause; a program of its own, so that any build of the tool can be made to run it.

`python deciding.py DATABASE REVIEWER SECONDS`: says "ready", waits for a line, decides for so many seconds, and
prints as JSON how many seconds each decision took, which errors came instead of one, and how many the ledger has.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from annotator.errors import AnnotatorError
from annotator.model.scheme import default_scheme
from annotator.store import ledger
from annotator.workflow import judging
from annotator.workflow.session import open_session


def main() -> None:
    """Decide."""
    database, reviewer, length = sys.argv[1:]
    session = open_session(Path(database), default_scheme(), reviewer, "both")
    article = session.article_to_review()
    assert article is not None
    session.open(article)
    claims = session.review.claims
    took: list[float] = []
    errors: list[str] = []
    print("ready", flush=True)
    sys.stdin.readline()
    end = time.perf_counter() + float(length)
    number = 0
    while (started := time.perf_counter()) < end:
        try:
            session.apply(judging.flag, claims[number % len(claims)])
        except AnnotatorError as error:
            errors.append(str(error))
        took.append(time.perf_counter() - started)
        number += 1
    stored = len(ledger.decisions(session.store, reviewer, article))
    session.close()
    print(json.dumps({"took": took, "errors": errors, "stored": stored}))


if __name__ == "__main__":
    main()
