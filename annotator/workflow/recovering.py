"""Recovering a damaged database: texts of which it has nothing but the words are split and imported anew."""

from __future__ import annotations

from pathlib import Path

from annotator.model.article import Article
from annotator.store import Store, recovering
from annotator.store.article_rows import ArticleRows
from annotator.store.recovery.recovered_rows import Recovered
from annotator.workflow.fact_checks.checks import renew_index
from annotator.workflow.importing.preparing import NotPrepared, prepared


def recover(broken: Path, target: Store) -> Recovered:
    """Fill a new, empty store with what a damaged database file still says; raises like the store's `recover`."""
    found = recovering.recover(broken, target, _prepare)
    if found.fact_checks:
        renew_index(target)
    return found


def _prepare(article: Article) -> ArticleRows | None:
    made = prepared(article)
    return None if isinstance(made, NotPrepared) else made.rows
