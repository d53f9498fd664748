"""Claim records into bytes; one module a format."""

from annotator.exporters.registry import FORMATS, Format
from annotator.exporters.row import ExportOptions

__all__ = ["FORMATS", "ExportOptions", "Format"]
