"""Rules: what each attributes in one unit, by a verb, a noun, an adjective, a fixed expression or a label."""
