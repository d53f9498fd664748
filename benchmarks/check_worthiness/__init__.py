"""Fitting the weights of check-worthiness, and what they are fitted and measured on."""
