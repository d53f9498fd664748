"""A text and what reads annotations of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import ImportFailure
from annotator.importers.annotations import ANNOTATION_FORMATS, AnnotationOptions, read_annotations
from annotator.model.annotated import GivenArticle, Note
from tests.importers.annotations.cas_documents import Found as FoundInCas
from tests.importers.annotations.cas_documents import ReadCas, types_of


@dataclass(frozen=True, slots=True)
class Found:
    """What one file gave."""

    articles: list[GivenArticle]
    notes: list[Note]
    failures: list[ImportFailure]

    @property
    def said(self) -> list[tuple[list[str], list[str], list[str]]]:
        """The words of source, cue and content of each attribution of the first article."""
        article = self.articles[0]
        return [
            (
                [span.slice(article.text) for span in each.attribution.source],
                [each.attribution.cue.slice(article.text)] if each.attribution.cue else [],
                [span.slice(article.text) for span in each.attribution.content],
            )
            for each in article.attributions
        ]


Read = Callable[..., Found]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """A file's bytes in a format into everything it gives."""

    def found(data: str, format_name: str, **options: Any) -> Found:
        path = tmp_path / f"given{ANNOTATION_FORMATS[format_name].suffixes[0]}"
        path.write_text(data, encoding="utf-8")
        items = list(read_annotations([str(path)], ANNOTATION_FORMATS[format_name], AnnotationOptions(**options)))
        return Found(
            [item for item in items if isinstance(item, GivenArticle)],
            [item for item in items if isinstance(item, Note)],
            [item for item in items if isinstance(item, ImportFailure)],
        )

    return found


@pytest.fixture
def read_cas(tmp_path: Path) -> ReadCas:
    """Documents by their paths, beside a type system, read together."""

    def found(files: Mapping[str, str | bytes], *sources: str, types: bytes = types_of(), **options: Any) -> FoundInCas:
        for path, data in {"TypeSystem.xml": types, **files}.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_bytes(data.encode() if isinstance(data, str) else data)
        paths = [str(tmp_path / source) for source in sources or ("",)]
        return FoundInCas(read_annotations(paths, ANNOTATION_FORMATS["cas"], AnnotationOptions(**options)))

    return found
