"""Benchmarks: every module here is a program that prints its figures; `python -m benchmarks` runs them all."""
