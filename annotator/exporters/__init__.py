"""Claim records into bytes; one module a format."""

from annotator.exporters.options import ExportOptions, Files, Losses
from annotator.exporters.registry import FORMATS, Format, InRows

__all__ = ["FORMATS", "ExportOptions", "Files", "Format", "InRows", "Losses"]
