"""The dataset card of a Hugging Face folder: what a reader and the loader need to know before any row is read."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import field
from typing import Literal, TypeAlias

from annotator.exporters.huggingface_features import ARTICLE, CLAIM, features
from annotator.exporters.options import ExportOptions
from annotator.model.late import dataclass
from annotator.model.scheme import Value, default_scheme

Split: TypeAlias = Literal["train", "validation", "test"]

_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))


@dataclass(slots=True)
class Counts:
    """What has been written: the files in order, the rows of each, and whose and in which languages they are.

    `contents` has for each configuration the hash of all that its files hold.
    """

    files: list[tuple[str, Split]] = field(default_factory=list)
    rows: Counter[tuple[str, Split]] = field(default_factory=Counter)
    contents: dict[str, hashlib._Hash] = field(default_factory=lambda: defaultdict(hashlib.sha256))
    reviewers: set[str] = field(default_factory=set)
    languages: set[str] = field(default_factory=set)

    def add(self, kind: str, split: Split, said: str, line: bytes) -> None:
        """Count one row of a file, which is written as the line; whose claim it is, or the article's language."""
        if not self.rows[kind, split]:
            # Rows that move from one split to the next change what is loaded.
            self.contents[kind].update(f"{split}\n".encode())
        self.contents[kind].update(line)
        self.rows[kind, split] += 1
        if kind == "claims":
            self.reviewers.add(said)
        elif said:
            self.languages.add(said)


def version_of(counts: Counts, kind: str) -> str:
    """A version that is another whenever the rows of the configuration are, in the three numbers that a loader takes.

    `datasets` keeps what it has loaded by what the card says and never looks whether the files of a folder are others:
    without a version, an export into the same folder would give the rows of the one before.
    """
    return f"1.0.{int.from_bytes(counts.contents[kind].digest()[:6])}"


def card(counts: Counts, options: ExportOptions) -> str:
    """README.md with its YAML header (https://huggingface.co/docs/hub/datasets-cards)."""
    return "".join(f"{line}\n" for line in (*_header(counts, options), *_text(counts, options)))


def _header(counts: Counts, options: ExportOptions) -> Iterator[str]:
    claims = sum(count for (kind, _), count in counts.rows.items() if kind == "claims")
    yield "---"
    languages = sorted({code.lower() for code in counts.languages if re.fullmatch("[A-Za-z]{2,3}", code)})
    if languages:
        yield "language:"
        # Unquoted, Norwegian would be false.
        yield from (f'- "{code}"' for code in languages)
    yield "license: unknown"
    yield "pretty_name: Claims and attributions in news articles"
    yield "size_categories:"
    yield f"- {next((name for limit, name in _SIZES if claims < limit), 'n>1M')}"
    yield "task_categories:"
    yield from ("- text-classification", "- token-classification")
    yield "tags:"
    yield from ("- fact-checking", "- attribution", "- claims", "- news")
    if counts.files:
        yield "configs:"
        for kind in ("claims", "articles"):
            yield f"- config_name: {kind}"
            if kind == "claims":
                yield "  default: true"
            yield f"  version: {version_of(counts, kind)}"
            yield "  data_files:"
            for other, split in counts.files:
                if other == kind:
                    yield f"  - split: {split}"
                    yield f"    path: data/{kind}-{split}.jsonl"
        yield "dataset_info:"
        for kind, columns in (("claims", CLAIM), ("articles", ARTICLE)):
            yield f"- config_name: {kind}"
            yield "  features:"
            yield from features(columns, options, "  ")
    yield "---"


def _text(counts: Counts, options: ExportOptions) -> Iterator[str]:
    scheme = options.scheme or default_scheme()
    yield ""
    yield "# Claims and attributions in news articles"
    yield ""
    yield "Claims of news articles with who says each of them and how (attribution), whether it is worth checking,"
    yield "whether it holds (verdict), and what that rests on (evidence), decided by reviewers one claim at a time."
    yield f"Exported by Annotator {options.tool_version}".rstrip() + f" with the label scheme `{scheme.label}`."
    yield ""
    yield from ("## What is in it", "", "| Configuration | Split | Rows |", "| --- | --- | --- |")
    yield from (f"| `{kind}` | {split} | {counts.rows[kind, split]} |" for kind, split in counts.files)
    yield ""
    yield "`claims` has one row for each claim and reviewer, `articles` one for each article. Work of reviewers:"
    yield f"{len(counts.reviewers)}. Two reviewers of the same claim are two rows with the same `claim_id`."
    yield ""
    yield "Offsets (`start`, `end`) are Unicode code points of the article's text, counted from 0, end exclusive:"
    yield "Python's `text[start:end]`. `article_id` is the SHA-256 of that text in UTF-8."
    if not options.with_text:
        yield ""
        yield "The articles' texts are not part of this dataset: with a text whose SHA-256 is the `article_id`, every"
        yield "span can be cut out again."
    if options.split:
        shares = ":".join(map(str, options.split))
        yield ""
        yield f"No article is divided among splits: each falls by its id, with the shares {shares} (train, dev, test)"
        yield f"and the seed {options.seed}."
    for heading, values in (("Check-worthiness (`worth`)", scheme.worth), ("Verdicts (`value`)", scheme.verdict)):
        yield from ("", f"## {heading}", "", "| Id | Name | Definition |", "| --- | --- | --- |")
        yield from _values(values)
    yield ""
    yield "`voice` is `author` where the article itself asserts the claim, `attributed` where an attribution covers it,"
    yield "and null where that is not judged. A verdict's `target` is `content` (is it true?) or the id of an"
    yield "attribution (did they say it?)."
    yield from ("", "## Reliability", "")
    yield from _reliability(len(counts.reviewers), options)
    yield from ("", "## Before you publish it", "")
    yield "State the licence (`license` above): it is not known to the program that wrote this, and the rights in the"
    yield "articles (`rights`) are their publishers'. Reviewers stand under the names they work with, unless the export"
    yield "was asked to leave these out."


def _reliability(reviewers: int, options: ExportOptions) -> Iterator[str]:
    """How far the labels can be trusted, as far as the rows say it, and where the figures come from."""
    if options.adjudicated:
        yield "The rows have what was settled, what all reviewers agree on, and what a single one decided: agreement"
        yield "cannot be measured on them."
    elif reviewers < 2:
        yield "All rows are one reviewer's: how far another would agree is not known from them."
    else:
        yield "Rows are decisions as they stand now, some of them perhaps changed after others' were seen: agreement"
        yield "measured on them may be too high."
    if options.adjudicated or reviewers > 1:
        yield "What reviewers decided first, each by herself, is what counts. The table to put here, with"
        yield "Krippendorff's alpha, its interval, percent agreement and AC1 of each facet, is what"
        yield "`annotator report agreement --summary --format markdown` prints."


def _values(values: Iterable[Value]) -> Iterator[str]:
    for value in values:
        cells = (f"`{value.id}`", value.name, value.definition)
        yield "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in cells) + " |"
