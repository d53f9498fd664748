"""Combining: what of the rules' findings stands, what is nested in what, and what joins one unit to the next."""
