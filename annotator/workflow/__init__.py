"""The only code that joins the store to the pure packages."""
