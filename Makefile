# `make check` is the whole loop: what has to pass before a commit.
.PHONY: check format lint types contracts test bench pictures

check: lint types contracts test

format:
	ruff format
	ruff check --fix

lint:
	ruff format --check
	ruff check

types:
	mypy

contracts:
	lint-imports

test:
	python -m pytest

# Every benchmark is a program of its own that prints its figures; docs/benchmarks.md says what they are.
bench:
	python -m benchmarks

# The README's pictures, taken of the real application.
pictures:
	python docs/pictures/make.py
