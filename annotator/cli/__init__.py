"""The command line: the only click code, a command a module."""
