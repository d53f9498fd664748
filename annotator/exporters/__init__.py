"""Claim records into bytes; one module a format."""

from annotator.exporters.options import ExportOptions, Losses
from annotator.exporters.registry import FORMATS, Files, Format

__all__ = ["FORMATS", "ExportOptions", "Files", "Format", "Losses"]
