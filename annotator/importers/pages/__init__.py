"""Web pages: what a reader sees of one, which part of that is the article, and what the page says about it."""
