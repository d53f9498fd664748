"""What an import does of an article: language, sentences and suggestions, in whatever process, and what may fail."""
