"""Everything that a user sees of a database, as texts: exports, reports, lists, histories, the ledger and the drafts.

`python tests/store/kept/shown.py DATABASE.xz SHOWN.xz` writes it, with the version of the program that is installed.
"""

from __future__ import annotations

import json
import lzma
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

from click.testing import CliRunner

from annotator.cli.main import annotator_command
from annotator.errors import ExportFailure
from annotator.exporters import Format
from annotator.model.draft_key import DraftKey
from annotator.model.queue import QueueFilter, QueueSort
from annotator.model.scheme import PASSES
from annotator.store import Store, articles, bookmarks, drafts, ledger, open_store, records, schemes, undoing
from annotator.store import review as work
from annotator.store import sources as stored_sources
from annotator.store.publications import publications_of
from annotator.store.queue import queue_order, queue_rows
from annotator.store.suggestions import proposals
from annotator.workflow import reading, sources, suggestion_outcomes
from annotator.workflow.dataset import FORMATS, Choice, Tally, exported
from annotator.workflow.session import ReviewSession

WORDS = ("harbour", "the ferry", "a", "co", "Über", "“we", "nothing like it")
"""What is looked for: a word, two, one letter, two letters, an accent, a quotation mark, and what is nowhere."""

COMMANDS = (
    ("articles",),
    ("articles", "--json"),
    ("near", "--json"),
    ("language",),
    ("scheme", "show"),
    *(
        ("report", name, "--format", layout)
        for name in ("progress", "sources")
        for layout in ("terminal", "json", "csv")
    ),
    ("report", "progress", "--pass", "triage"),
    ("report", "progress", "--since", "2000-01-01"),
    ("report", "sources", "--reviewer", "bo"),
    ("report", "sources", "--since", "2000-01-01"),
    ("report", "suggestions"),
    ("report", "suggestions", "--format", "json"),
    ("report", "suggestions", "--since", "2000-01-01"),
    *(("find", word) for word in WORDS),
    ("find", "--json", "--reviewer", "ana", "council"),
    ("doctor",),
)
CHOICES = {
    "all": Choice(base_url="https://example.org/reviews/", organisation="Wire"),
    "untouched": Choice(untouched=True),
    "bo, without texts": Choice(reviewers=("bo",), with_text=False),
    "anonymised": Choice(anonymised=True),
}
# Those of the first version that is kept: what came later had nothing to show then.
FILTERS = (
    *(QueueFilter.ALL, QueueFilter.OPEN, QueueFilter.STARTED, QueueFilter.AWAITING, QueueFilter.FLAGGED),
    QueueFilter.DONE,
)
SORTS = tuple(sort for sort in QueueSort if sort is not QueueSort.WORTH)
_SEVERAL_TIMES = ("jsonl", "csv")
"""The formats that are written for every choice; the others for the first alone."""


def everything(path: Path) -> dict[str, str]:
    """What each command, export and screen says of the database, by name."""
    shown = {" ".join(command): _said(path, command) for command in COMMANDS}
    with closing(open_store(path)) as store, mock.patch("annotator.workflow.exporting.chosen.__version__", "0.0"):
        for about, parts in (
            ("export", _exports(store)),
            ("ledger", _ledger(store)),
            ("queue", _queues(store)),
            ("article", _articles(store)),
            ("reviewer", _reviewers(store)),
        ):
            shown |= {f"{about}: {name}": text for name, text in parts}
    return shown


def _said(path: Path, command: tuple[str, ...]) -> str:
    environment = {"ANNOTATOR_DB": str(path), "ANNOTATOR_CONFIG": str(path.with_name("none.toml")), "COLUMNS": "80"}
    result = CliRunner().invoke(annotator_command, command, env=environment)
    return f"{result.exit_code}\n{result.stdout}--\n{result.stderr.replace(str(path), 'PATH')}"


def _exports(store: Store) -> Iterator[tuple[str, str]]:
    for name, format_ in FORMATS.items():
        for about, choice in CHOICES.items():
            if about == "all" or name in _SEVERAL_TIMES:
                yield from _written(store, format_, about, choice)


def _written(store: Store, format_: Format, about: str, choice: Choice) -> Iterator[tuple[str, str]]:
    try:
        for path, made in exported(store, format_, choice, Tally()):
            yield f"{format_.name}, {about} {path}", _text(format_.name, b"".join(made))
    except ExportFailure:
        # A format whose extra is not installed.
        if not format_.extra:
            raise


def _text(format_name: str, made: bytes) -> str:
    if format_name != "sqlite":
        return made.decode("utf-8", errors="backslashreplace")
    with TemporaryDirectory() as folder:
        file = Path(folder) / "export.db"
        file.write_bytes(made)
        # Other versions of SQLite lay the same rows out in other pages.
        with closing(sqlite3.connect(file)) as connection:
            tables = [
                name for (name,) in connection.execute("select name from sqlite_master where type in ('table', 'view')")
            ]
            rows = {
                name: connection.execute(f'select * from "{name}"').fetchall() for name in tables if "_fts" not in name
            }
    return "\n".join(f"{name} {row!r}" for name in rows for row in rows[name])


def _ledger(store: Store) -> Iterator[tuple[str, str]]:
    # The import entry of an article may hold its sentences otherwise; what it says is the same.
    # Nobody could be renamed then.
    found = [
        {name: value for name, value in asdict(entry).items() if name != "signed"} for entry in ledger.entries(store)
    ]
    lines = [json.dumps(entry, ensure_ascii=False, sort_keys=True) for entry in found]
    yield "all", "\n".join(lines)


def _queues(store: Store) -> Iterator[tuple[str, str]]:
    for reviewer in ("ana", "bo", "eva"):
        for pass_ in PASSES:
            orders = {
                f"{sort} {filter_} {words}": list(queue_order(store, reviewer, pass_, sort, filter_, words))
                for sort in SORTS
                for filter_ in FILTERS
                for words in ("", "harbour")
            }
            rows = queue_rows(store, reviewer, pass_, queue_order(store, reviewer, pass_))
            yield f"{reviewer} {pass_}", "\n".join([*map(repr, rows), *map(repr, orders.items())])


def _articles(store: Store) -> Iterator[tuple[str, str]]:
    for article_id in articles.shown_ids(store):
        article = work.load_article(store, article_id)
        lines = [repr(article), *map(repr, publications_of(store, article_id))]
        lines += sorted(map(repr, proposals(store, article_id)))
        for reviewer in ("ana", "bo", "eva"):
            review = work.load_review(store, article, reviewer)
            lines += [reviewer, *map(repr, review.claims), *map(repr, review.attributions), *map(repr, review.evidence)]
            for held in (review.boundaries, review.judgements, review.verdicts, review.sources):
                lines += sorted(map(repr, held.items()))
            lines += [*sorted(review.refused), *(repr(review.states(pass_)) for pass_ in PASSES)]
            session = ReviewSession(store, reviewer)
            lines += [f"{claim.span} {line}" for claim in review.claims for line in reading.history(session, claim)]
            lines.append(repr(bookmarks.last_place(store, reviewer, article_id)))
            lines.append(repr(drafts.drafts(store, reviewer).get(DraftKey(article_id, "note", "kept"))))
            lines.append(repr([entry.id for entry in ledger.decisions(store, reviewer, article_id)]))
        yield article_id, "\n".join(lines)


def _reviewers(store: Store) -> Iterator[tuple[str, str]]:
    lines = [repr(records.reviewers(store)), repr(schemes.pages(store)), repr(schemes.used_values(store))]
    registry = stored_sources.registry(store)
    for id_, entity in sorted(registry.entities.items()):
        lines += [repr(entity), *map(repr, sources.history(store, id_)), *map(repr, sources.history(store, id_, "ana"))]
    yield "all", "\n".join(lines)
    for reviewer in ("ana", "bo", "eva"):
        lines = [repr(undoing.next_undo(store, reviewer)), repr(undoing.next_redo(store, reviewer))]
        lines.append(repr(bookmarks.last_place(store, reviewer)))
        lines += [repr(cited) for id_ in sorted(registry.entities) for cited in sources.cited(store, id_, reviewer)]
        lines.append(repr(suggestion_outcomes.suggestions_in_numbers(store, [reviewer] if reviewer != "eva" else [])))
        yield reviewer, "\n".join(lines)


def main() -> None:
    """Write what is shown of a compressed database."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "work.db"
        path.write_bytes(lzma.decompress(Path(sys.argv[1]).read_bytes()))
        shown = json.dumps(everything(path), ensure_ascii=False, sort_keys=True, indent=0)
    Path(sys.argv[2]).write_bytes(lzma.compress(shown.encode(), preset=9))


if __name__ == "__main__":
    main()
