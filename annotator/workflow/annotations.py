"""Takes annotations over: an article with one reviewer's work on it, each its own transaction, nothing twice.

What the reviewer has decided here stays as it is; what a file says fills what she has not decided. So importing a file
again changes nothing, and an older file takes nothing back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Literal

from annotator.errors import DomainError, ImportFailure, raised_at
from annotator.importers.annotations import AnnotationFormat, AnnotationOptions, read_annotations
from annotator.importers.metering import Opened, as_it_is
from annotator.model.annotated import GivenArticle, Note
from annotator.model.article import Article, Block, Publication
from annotator.model.carrying import carried_over
from annotator.model.late import dataclass
from annotator.model.ledger import uuid7
from annotator.model.review import NOT_JUDGED
from annotator.model.reviewer import reviewer_handle
from annotator.store import Store, foreign_ids, ledger, near
from annotator.store import review as work
from annotator.store import sources as stored_sources
from annotator.store.held import visibility
from annotator.workflow.importing.annotation_plan import AnnotationImportPlan
from annotator.workflow.importing.failing import of_one
from annotator.workflow.importing.preparing import split_article
from annotator.workflow.ingest import ingest

ACTION = "import-annotation"
"""The action of the ledger entries."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one item, or something to say about it.

    "taken": there are new decisions; "there": nothing new; "empty": nothing that could be taken; "note": only words;
    "failed": with the reason. `article` is what became of the article itself, as `ingest` says it. `claims` and
    `attributions` count what is new. `named` is False where the file does not say by name who the reviewer is. A note
    on what was left out has its `kind`, a noun in the singular, and `count`. Of one that failed, `place` is where it is
    in its file and `refused_at` where in the code it was refused.
    """

    result: Literal["taken", "there", "empty", "failed", "note"]
    origin: str
    detail: str = ""
    reviewer: str = ""
    article: str = ""
    claims: int = 0
    attributions: int = 0
    evidence: int = 0
    named: bool = True
    kind: str = ""
    count: int = 0
    place: str = ""
    refused_at: str = ""


def import_annotations(
    store: Store | None,
    sources: Sequence[str],
    format_: AnnotationFormat,
    options: AnnotationOptions,
    importer: str | None = None,
    opened: Opened = as_it_is,
) -> Iterator[Taken]:
    """Read the sources, store what they say, and say what became of each; without a store only say it.

    `importer` is who does this; the decisions are those of the reviewers that the files name.
    """
    session = uuid7()
    for item in read_annotations(sources, format_, options, opened):
        if isinstance(item, Note):
            yield _told(item)
        elif isinstance(item, ImportFailure):
            yield _failed(item, raised_at(item))
        else:
            try:
                yield from _one(store, item, format_.name, session, importer)
            except Exception as error:  # noqa: BLE001 - raised again but for what is this article's alone
                yield _failed(of_one(error, item.origin, item.place), raised_at(error))


def _one(
    store: Store | None, given: GivenArticle, format_name: str, session: str, importer: str | None
) -> Iterator[Taken]:
    reviewer = _reviewer(given)
    if store is None:
        evidence = sum(len(claim.evidence) for claim in given.claims)
        counts = (len(given.claims), len(given.attributions), evidence)
        yield Taken("taken" if _decides(given) else "empty", given.origin, "", reviewer, "", *counts, named=given.named)
        return
    held = near.held_as(store, given.text)
    if held is not None and (text := text_of(store, held)) is not None and text != given.text:
        given = carried_over(given, text)
    article, result, trouble = _stored(store, given, importer)
    if result == "failed":
        yield Taken("failed", given.origin, trouble)
        return
    if trouble:
        yield Taken("note", given.origin, trouble)
    present = work.load_review(store, work.load_article(store, article.id), reviewer)
    registry = stored_sources.registry(store)
    ids = [made.attribution.id for made in given.attributions]
    ids += [evidence.id for claim in given.claims for evidence in claim.evidence]
    import_plan = AnnotationImportPlan(present, registry, foreign_ids.used_by_others(store, reviewer, article.id, ids))
    plan = import_plan.plan(given, ACTION)
    for failure in import_plan.failures:
        yield _failed(failure)
    for note in import_plan.notes:
        yield _told(note)
    if not plan.changes:
        there = _decides(given) and not import_plan.failures
        yield Taken("there" if there else "empty", given.origin, "", reviewer, result, named=given.named)
        return
    other = "" if given.named else _other_file(store, given, article.id, reviewer)
    if other:
        said = f"no name says whose work it is, and {reviewer}'s on this text is from {other}"
        reason = f"{said}: import it with --reviewer NAME"
        yield Taken("failed", given.origin, f"{given.place}: {reason}" if given.place else reason)
        return
    came_from = {"format": format_name, "origin": given.origin, "place": given.place, "by": importer}
    work.decide(
        store,
        present,
        session,
        plan.action,
        None,
        plan.changes,
        new_claims=plan.new_claims,
        more={**plan.more, "from": came_from},
        revision=registry.revision,
    )
    yield Taken("taken", given.origin, "", reviewer, result, *import_plan.counts, named=given.named)


def _other_file(store: Store, given: GivenArticle, article_id: str, reviewer: str) -> str:
    """The file of another name that her work on the article was imported from; empty where there is none."""
    for entry in ledger.decisions(store, reviewer, article_id):
        origin = entry.payload.get("from", {}).get("origin") if entry.action == ACTION else None
        if origin and PurePath(origin).name != PurePath(given.origin).name:
            return str(origin)
    return ""


def _decides(given: GivenArticle) -> bool:
    """Whether there is anything in it that can be there already; a claim of which nothing is said is not."""
    said = (
        claim.verdicts or claim.evidence or any(claim.decided[:2]) or claim.judgement != NOT_JUDGED
        for claim in given.claims
    )
    return bool(given.attributions) or any(said)


def _failed(failure: ImportFailure, refused_at: str = "") -> Taken:
    detail = f"{failure.place}: {failure.reason}" if failure.place else failure.reason
    return Taken("failed", failure.origin, detail, place=failure.place, refused_at=refused_at)


def _told(note: Note) -> Taken:
    said = f"{note.place}: {note.said}" if note.place and note.said else note.said
    return Taken("note", note.origin, said, kind=note.kind, count=note.count)


def _reviewer(given: GivenArticle) -> str:
    """The reviewer's handle; raises ImportFailure where the file names nobody."""
    if not given.reviewer:
        raise ImportFailure(given.origin, "no reviewer is named: say whose work it is with --reviewer", given.place)
    try:
        return reviewer_handle(given.reviewer)
    except DomainError as error:
        raise ImportFailure(given.origin, f"{error}: name one with --reviewer", given.place) from error


def _stored(store: Store, given: GivenArticle, importer: str | None) -> tuple[Article, str, str]:
    """The article as it is stored, what became of it, and what there is to say about that."""
    first, *others = given.publications or (Publication(),)
    article = Article(given.text, given.article_origin or given.origin, first, given.language, given.rights)
    if visibility(store, article.id) is None:
        article = replace(article, hints=_hints(article, given))
    (outcome,) = ingest(store, [article], importer)
    result = outcome.result
    for publication in others if result != "failed" else ():
        more = Article(given.text, article.origin, publication, given.language, given.rights)
        (again,) = ingest(store, [more], importer)
        if result == "there":
            result = again.result
    return article, result, outcome.detail


def _hints(article: Article, given: GivenArticle) -> tuple[Block, ...]:
    """The article's blocks with the kinds that the file says, where it says others than the text alone.

    Only the markup of the original (Markdown, HTML) knew of those; a block that no claim of the file stands in is as
    the text alone says.
    """
    own = {claim.span.start: claim.kind for claim in given.claims if claim.kind is not None}
    said = {**dict(given.kinds), **own}
    if not said:
        return ()
    made = split_article(article).blocks
    hints = []
    for block in made:
        kinds = {kind for start, kind in said.items() if block.span.start <= start < block.span.end}
        hints.append(Block(block.span, kinds.pop()) if len(kinds) == 1 else block)
    return () if tuple(hints) == made else tuple(hints)


def text_of(store: Store, article_id: str) -> str | None:
    """The text of an article in the database, for files that leave it out; None where it is not there."""
    if visibility(store, article_id) not in ("shown", "hidden"):
        return None
    return work.load_article(store, article_id).text
