"""`python -m benchmarks.delivery`: all parts, some minutes; each is also a command of its own."""

from __future__ import annotations

from benchmarks.delivery import cold, letter, threads
from benchmarks.delivery.report import run

if __name__ == "__main__":
    run(letter.measure, threads.measure, cold.measure)
