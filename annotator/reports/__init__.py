"""Rows into numbers, and numbers into their layouts."""

from annotator.reports.layouts import LAYOUTS
from annotator.reports.progress import IDLE_LIMIT, ArticleWork, ProgressReport, Tick, progress_report
from annotator.reports.source_layouts import SOURCE_LAYOUTS
from annotator.reports.sources import CitingArticle, SourceLine, SourceNumbers, SourceReport, source_report

__all__ = [
    "IDLE_LIMIT",
    "LAYOUTS",
    "SOURCE_LAYOUTS",
    "ArticleWork",
    "CitingArticle",
    "ProgressReport",
    "SourceLine",
    "SourceNumbers",
    "SourceReport",
    "Tick",
    "progress_report",
    "source_report",
]
