"""The command line: a command a module, and the only click code."""
