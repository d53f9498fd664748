"""Annotations of other tools, and our own exports, into annotated articles; one module a format."""

from annotator.importers.annotations.label_map import LabelMap, label_map
from annotator.importers.annotations.options import AnnotationOptions
from annotator.importers.annotations.registry import (
    ANNOTATION_FORMATS,
    AnnotationFormat,
    bytes_to_read,
    read_annotations,
)

__all__ = [
    "ANNOTATION_FORMATS",
    "AnnotationFormat",
    "AnnotationOptions",
    "LabelMap",
    "bytes_to_read",
    "label_map",
    "read_annotations",
]
