"""Rows into numbers, and numbers into their layouts."""

from annotator.reports.layouts import LAYOUTS
from annotator.reports.progress import IDLE_LIMIT, ArticleWork, ProgressReport, Tick, progress_report

__all__ = ["IDLE_LIMIT", "LAYOUTS", "ArticleWork", "ProgressReport", "Tick", "progress_report"]
