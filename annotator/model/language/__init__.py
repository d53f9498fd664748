"""Words, letters and languages as readers see them: pure functions of a text."""
