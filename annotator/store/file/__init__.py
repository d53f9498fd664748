"""The database as a file: turns to write, what others do to it, copies, and reading where nothing may be written."""
