"""The terminal workbench: the only Textual code."""
