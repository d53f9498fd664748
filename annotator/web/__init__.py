"""The workbench in a browser: a server on top of textual-serve, which is an optional extra."""
