"""Word processors' files and PDF into drafts; one module a format."""
