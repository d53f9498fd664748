"""Databases that are worked in apart, and what there is in one once others were merged into it."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

from annotator.model.article import Article, Publication
from annotator.model.suggestion import Suggestions
from annotator.store import Store, articles, doctor, open_store, project, questions, records
from annotator.workflow import uniting
from annotator.workflow.dataset import FORMATS, Choice, Tally, exported
from annotator.workflow.session import ReviewSession
from tests.workflow.conftest import segmented, suggestions

RAMP = (
    "Ramp shut at Quillfeather\n\nThe yard said Ines Duarte told Reuters that two cables held. They were old, she "
    "added.\n\n“We checked twice,” a source said. Nobody answered on Monday. Is it safe?\n\nBuy our paper."
)
BOAT = "A boat sailed. It was late. It was full."
FERRY = "A ferry came. It was empty."


def made(path: Path, *texts: str) -> Store:
    store = open_store(path)
    for text in texts:
        add(store, text)
    return store


def add(store: Store, text: str) -> str:
    article = Article(text, "test.txt", Publication(title=text[:6]))
    proposed: list[Suggestions] = [suggestions()] if text == RAMP else []
    articles.add_article(store, article, segmented(text), proposed, None)
    return article.id


def session(store: Store, reviewer: str, text: str = BOAT) -> ReviewSession:
    opened = ReviewSession(store, reviewer)
    opened.open(Article(text, "").id)
    return opened


def export(store: Store) -> bytes:
    return b"".join(
        c for _, chunks in exported(store, FORMATS["jsonl"], Choice(untouched=True), Tally()) for c in chunks
    )


def shown(store: Store) -> bytes:
    """All that is decided, handed out and asked, whoever may see it."""
    handed_out = [*project.assignments(store), *questions.all_questions(store)]
    return "\n".join(
        [*map(repr, records.claim_records(store, untouched=True)), *sorted(map(repr, handed_out))]
    ).encode()


def united(folder: Path, paths: tuple[Path, ...]) -> bytes:
    """What is exported of the first file's copy once the others were merged into it, one after another and again."""
    target = folder / f"{'-'.join(path.stem for path in paths)}.db"
    shutil.copyfile(paths[0], target)
    with closing(open_store(target)) as store:
        for _ in range(2):
            found = list(uniting.merge(store, paths[1:], None))
        assert not any(one.entries or one.texts or one.purged for one in found)
        assert list(doctor.examine(store)) == []
        return shown(store)
