"""What manuscripts are understood, and at what cost: `python -m benchmarks.corpus` prints it."""
