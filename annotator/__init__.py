"""Annotator: a keyboard-driven terminal workbench that turns news articles into annotated datasets of claims."""

__version__ = "0.1.0"
