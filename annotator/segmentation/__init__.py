"""Text into blocks and sentences, with offsets."""
