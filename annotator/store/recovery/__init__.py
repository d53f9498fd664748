"""What recovering takes out of a damaged file: its schema, rows, pages and flipped bits."""
