"""The formats that can be exported: one row per format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from typing import Any, Literal, TypeAlias

from annotator.exporters.options import ExportOptions, Files, Losses
from annotator.model.late import dataclass
from annotator.model.offsets import OffsetUnit
from annotator.model.record import ClaimRecord

Writer: TypeAlias = Callable[[Iterable[ClaimRecord], ExportOptions, Losses], Files]

ByArticle: TypeAlias = Literal["", "lines", "list", "files"]
"""Where an article adds to what is written of no records: behind it, to the list that ends it, or files of its own.

Of a folder the last file is the one that is added to.
"""


@dataclass(frozen=True, slots=True)
class InRows:
    """A writer in two steps: rows, or tables of them, are `made` of records, and files `written` of the rows.

    What an article adds is the same rows whatever stands before it. What is made can be pickled. Each step counts what
    of it cannot be held.
    """

    made: Callable[[Iterable[ClaimRecord], ExportOptions, Losses], Iterator[Any]]
    written: Callable[[Iterator[Any], ExportOptions, Losses], Files]

    def __call__(self, records: Iterable[ClaimRecord], options: ExportOptions, losses: Losses) -> Files:
        """The files of the records; a row is made when it is to be written."""
        return self.written(self.made(records, options, losses), options, losses)


def _late(module: str, name: str) -> Callable[..., Any]:
    """What writes a format: its module is imported when something is written in it, and not at every start."""

    def called(*arguments: object) -> Any:
        return getattr(import_module(f"annotator.exporters.{module}"), name)(*arguments)

    return called


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its name on the command line, what it is for, what it keeps and loses, and what writes it.

    `suffix` is that of its file, and empty where the export is a folder. `offsets` names the unit of its offsets.
    `write`, which may be `InRows`, raises ExportFailure; what it has yielded till then is not a whole export. It may go
    through the records more than once; they come by article, then reviewer, then in text order. All pieces of one file
    are taken before the next file is asked for. What it writes is told in the `unit`: one a record, unless it `counts`
    by itself because a record may make none or several, or several records one. `extra` is the extra of this package
    that it needs, `splits` says that it divides articles among parts by itself, and `signed` that it names the
    organisation that publishes it. `offset_units` are the units of offsets that one may ask for, the format's own
    first. `with_first` asks for records with first decisions. What is `binary` is for programs alone. `by_article` says
    that what an article adds is the same whatever stands before it, and where it is added; but for the numbers that the
    patterns of `numbered` find, each of which counts through the file from 1: of its two groups the first is what
    stands before.
    """

    name: str
    suffix: str
    summary: str
    keeps: str
    loses: tuple[str, ...]
    offsets: str
    write: Writer
    extra: str = ""
    splits: bool = False
    unit: str = "row"
    counts: bool = False
    signed: bool = False
    offset_units: tuple[OffsetUnit, ...] = ()
    with_first: bool = False
    binary: bool = False
    by_article: ByArticle = ""
    numbered: tuple[str, ...] = ()

    @property
    def in_batches(self) -> bool:
        """Whether batches of articles can be made one by one, anywhere, and put together in their order."""
        return bool(self.by_article) or isinstance(self.write, InRows)

    @property
    def is_folder(self) -> bool:
        """Whether the export is a folder of files."""
        return not self.suffix


_LOST_WITH_ARTICLES = (
    "times of decisions, aliases of sources, the files that articles came from",
    "ids of claims, attributions, sources and evidence, which are numbered anew",
)

_KEPT_IN_CAS = "spans, relations, all facets, claims with verdicts and evidence; one document per reviewer and article"

FORMATS: Mapping[str, Format] = {
    each.name: each
    for each in (
        Format(
            "jsonl",
            ".jsonl",
            "JSON Lines: one nested object per claim and reviewer, every field",
            keeps="everything",
            loses=(),
            offsets="code points",
            write=_late("jsonl", "write_jsonl"),
            by_article="lines",
        ),
        Format(
            "csv",
            ".csv",
            "CSV for spreadsheets: one flat line per claim and reviewer, no formula runs",
            keeps="everything; what does not fit in a flat line as JSON in its cells",
            loses=("control characters but tab and line feed are replaced", "cells that could run get an apostrophe"),
            offsets="code points",
            write=_late("csv", "write_csv"),
            by_article="lines",
        ),
        Format(
            "tsv",
            ".tsv",
            "TSV for pipes: the columns of CSV, one record per line whatever it holds",
            keeps="what CSV keeps, and every character",
            loses=("cells that could run get an apostrophe",),
            offsets="code points",
            write=_late("tsv", "write_tsv"),
            by_article="lines",
        ),
        Format(
            "decisions",
            ".csv",
            "CSV for statistics programs: one row per claim, reviewer and facet, first decisions and present ones",
            keeps="the value of every facet, what became of suggestions, scheme, times, offsets",
            loses=(
                "texts, spans, notes, evidence, reasons and everything else that is no value of a facet",
                "all attributions of a claim but the outermost, verdicts on attributions",
            ),
            offsets="code points",
            write=_late("decisions", "write_decisions"),
            by_article="lines",
            counts=True,
            with_first=True,
        ),
        Format(
            "parquet",
            ".parquet",
            "Parquet for pandas, DuckDB and Polars: the fields of JSON Lines as typed columns",
            keeps="every field of a claim",
            loses=(),
            offsets="code points",
            write=InRows(_late("parquet", "tables_of"), _late("parquet", "write_tables")),
            extra="parquet",
            binary=True,
        ),
        Format(
            "conll",
            ".conllup",
            "CoNLL-U Plus for training taggers: tokens with BIO columns for source, cue, content and relay",
            keeps="tokens of the claims, spans by role, block, state, worth, the verdict on the content",
            loses=(
                "which source, cue and content belong together, and that the fragments of one do",
                "spans inside others of their role, and what of a span is outside the exported claims",
                "type, form, anonymity, negation and nesting of attributions, and who their sources are",
                "all other facets, evidence, times and publications; white space but its place",
            ),
            offsets="tokens, with code points in MISC",
            write=_late("conll", "write_conll"),
            by_article="lines",
        ),
        Format(
            "averitec",
            ".json",
            "AVeriTeC's JSON for verifying claims: a label, questions and their answers",
            keeps="verdicts on the content, justifications, evidence with a question, speaker, first publication",
            loses=(
                "claims without a verdict or with one that AVeriTeC does not have",
                "attributions but the innermost source, worth, voice, flags, notes, confidence and reasons",
                "verdicts and evidence on attributions",
                "evidence without a question, stances, publishers and dates of evidence",
            ),
            offsets="code points, in keys of our own",
            write=_late("averitec", "write_averitec"),
            counts=True,
            by_article="list",
        ),
        Format(
            "claimreview",
            ".jsonld",
            "schema.org's ClaimReview for search engines (JSON-LD): a fact check for each verdict",
            keeps="verdicts and their reasons, justifications, evidence, the speaker, every publication",
            loses=(
                "claims without a verdict",
                "attributions but the innermost source, worth, voice, flags, notes and confidence",
                "stances, media, kinds of answers and days of retrieval of evidence",
            ),
            offsets="none",
            write=_late("claimreview", "write_claimreview"),
            counts=True,
            signed=True,
            by_article="list",
        ),
        Format(
            "prodigy",
            ".jsonl",
            "Prodigy: articles with tokens, spans and relations, one JSON line per reviewer and article",
            keeps="spans, relations and all facets; claims with verdicts and evidence in keys of our own",
            loses=_LOST_WITH_ARTICLES,
            offsets="code points, and tokens",
            write=_late("prodigy", "write_prodigy"),
            by_article="lines",
            counts=True,
        ),
        Format(
            "doccano",
            ".jsonl",
            "doccano: articles with sequence labels, one JSON line per reviewer and article",
            keeps="spans as labels; attributions, and claims with verdicts and evidence, as metadata",
            loses=_LOST_WITH_ARTICLES,
            offsets="UTF-16 code units, or graphemes",
            write=_late("doccano", "write_doccano"),
            by_article="lines",
            counts=True,
            offset_units=(OffsetUnit.UTF16, OffsetUnit.GRAPHEMES),
        ),
        Format(
            "doccano-relations",
            ".jsonl",
            "doccano with relations: entities and the relations that make attributions of them",
            keeps="spans as entities, relations; facets, and claims with verdicts and evidence, as metadata",
            loses=_LOST_WITH_ARTICLES,
            offsets="UTF-16 code units, or graphemes",
            write=_late("doccano", "write_doccano_relations"),
            by_article="lines",
            # Entities, and where a relation leads from and to; relations. In a text the quotation marks are escaped.
            numbered=(
                r'("(?:id|from_id|to_id)":)(\d+)(?=,"(?:label|to_id|type)")',
                r'("id":)(\d+)(?=,"from_id")',
            ),
            counts=True,
            offset_units=(OffsetUnit.UTF16, OffsetUnit.GRAPHEMES),
        ),
        Format(
            "label-studio",
            "",
            "Label Studio: a folder with the tasks, one an article, and the labelling configuration",
            keeps="spans, relations, all facets, claims with verdicts and evidence; one annotation per reviewer",
            loses=(*_LOST_WITH_ARTICLES, "kinds of blocks and workflow states, which follow from the rest"),
            offsets="code points",
            write=_late("label_studio", "write_label_studio"),
            by_article="list",
            numbered=(r'(\n\{"id":)(\d+)(?=,"data")',),
            unit="annotation",
            counts=True,
        ),
        Format(
            "brat",
            "",
            "brat: a folder with a .txt and an .ann for each reviewer and article, attributions as in PolNeAR",
            keeps="entities with fragments, attributions as events, nesting, facets, verdicts and evidence in notes",
            loses=(
                *_LOST_WITH_ARTICLES,
                "kinds of blocks and workflow states, which follow from the rest",
                "where one of two touching fragments ends",
            ),
            offsets="code points",
            write=_late("brat", "write_brat"),
            unit="document",
            counts=True,
            by_article="files",
        ),
        Format(
            "cas-xmi",
            "",
            "UIMA CAS in XMI for INCEpTION and DKPro: a folder with a document for each reviewer and article",
            keeps=_KEPT_IN_CAS,
            loses=(*_LOST_WITH_ARTICLES, "control characters, which XML cannot hold"),
            offsets="UTF-16 code units",
            write=_late("cas", "write_cas_xmi"),
            extra="cas",
            unit="document",
            counts=True,
            by_article="files",
        ),
        Format(
            "cas-json",
            "",
            "UIMA CAS in JSON (0.4.0) for INCEpTION and DKPro: the documents of cas-xmi, types included",
            keeps=_KEPT_IN_CAS,
            loses=_LOST_WITH_ARTICLES,
            offsets="UTF-16 code units",
            write=_late("cas", "write_cas_json"),
            extra="cas",
            unit="document",
            counts=True,
            by_article="files",
        ),
        Format(
            "w3c",
            ".jsonld",
            "W3C Web Annotation (JSON-LD): claims and attributions with quote and position selectors",
            keeps="spans, all facets, verdicts, evidence, publications and the articles' texts",
            loses=(*_LOST_WITH_ARTICLES, "kinds of blocks and workflow states, which follow from the rest"),
            offsets="code points",
            write=_late("web_annotation", "write_web_annotation"),
            unit="annotation",
            counts=True,
            by_article="list",
        ),
        Format(
            "huggingface",
            "",
            "Hugging Face: a dataset's folder with its card; claims and articles as JSON Lines, in splits",
            keeps="everything, and the articles' texts",
            loses=("hyphens and colons in dates of publication and retrieval, which its loader would change",),
            offsets="code points",
            write=_late("huggingface", "write_huggingface"),
            splits=True,
        ),
    )
}
