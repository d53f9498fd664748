"""Keystrokes: gold annotations, the shortest way to each with the keys there are, and a hand that presses it."""
