"""Valid invented files, what is done to them, and the readers that must survive it."""
