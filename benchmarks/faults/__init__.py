"""What faults do to letters: `python -m benchmarks.faults` prints it."""
