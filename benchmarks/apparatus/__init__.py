"""What the benchmarks share: articles made up on the spot, a terminal that keeps time, and the table of figures."""
