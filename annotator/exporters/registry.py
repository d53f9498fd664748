"""The formats that can be exported: one row a format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from annotator.exporters.averitec import write_averitec
from annotator.exporters.claimreview import write_claimreview
from annotator.exporters.conll import write_conll
from annotator.exporters.csv import write_csv
from annotator.exporters.jsonl import write_jsonl
from annotator.exporters.options import ExportOptions, Files, Losses
from annotator.exporters.parquet import write_parquet
from annotator.exporters.tsv import write_tsv
from annotator.model.record import ClaimRecord

Writer: TypeAlias = Callable[[Iterable[ClaimRecord], ExportOptions, Losses], Files]


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its name on the command line, what it is for, what it keeps and loses, and what writes it.

    `suffix` is that of its file, and empty where the export is a folder. `offsets` names the unit of its offsets.
    `write` raises ExportFailure; what it has yielded till then is not a whole export. It may go through the records
    more than once; they come by article, then reviewer, then in text order. All pieces of one file are taken before
    the next file is asked for. `extra` is the extra of this package that it needs, and `splits` says that it divides
    articles among parts by itself.
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

    @property
    def is_folder(self) -> bool:
        """Whether the export is a folder of files."""
        return not self.suffix


FORMATS: Mapping[str, Format] = {
    each.name: each
    for each in (
        Format(
            "jsonl",
            ".jsonl",
            "JSON Lines: one nested object a claim and reviewer, every field",
            keeps="everything",
            loses=(),
            offsets="code points",
            write=write_jsonl,
        ),
        Format(
            "csv",
            ".csv",
            "CSV for spreadsheets: one flat line a claim and reviewer, no formula runs",
            keeps="everything; what does not fit in a flat line as JSON in its cells",
            loses=("control characters but tab and line feed are replaced", "cells that could run get an apostrophe"),
            offsets="code points",
            write=write_csv,
        ),
        Format(
            "tsv",
            ".tsv",
            "TSV for pipes: the columns of CSV, one record a line, no quotation marks around cells",
            keeps="what CSV keeps",
            loses=("control characters but tab and line feed are replaced", "cells that could run get an apostrophe"),
            offsets="code points",
            write=write_tsv,
        ),
        Format(
            "parquet",
            ".parquet",
            "Parquet for pandas, DuckDB and Polars: the fields of JSON Lines as typed columns",
            keeps="everything",
            loses=(),
            offsets="code points",
            write=write_parquet,
            extra="parquet",
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
            write=write_conll,
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
            write=write_averitec,
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
            write=write_claimreview,
        ),
    )
}
