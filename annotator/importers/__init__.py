"""Paths, addresses and bytes into articles; one module a format."""

from annotator.importers.files import PassedOver
from annotator.importers.formats import FORMATS, Format
from annotator.importers.options import ImportOptions
from annotator.importers.sources import read_sources

__all__ = ["FORMATS", "Format", "ImportOptions", "PassedOver", "read_sources"]
