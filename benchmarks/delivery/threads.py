"""`python -m benchmarks.delivery.threads`: letters a second where SES takes its time, by the threads of a worker."""

from __future__ import annotations

from benchmarks.delivery.processes import contender, processes
from benchmarks.delivery.ratios import Spread, table
from benchmarks.delivery.report import Part, run

SES, STORE = 0.050, 0.005
"""Seconds that an answer takes: SES's to SendEmail, and the table's."""

COUNTS = (1, 2, 4, 8, 16, 32)
ROUNDS = 3
SECONDS = 2
"""Of letters at the best rate that can be hoped for, so that each count is measured for about as long."""


def measure(counts: tuple[int, ...] = COUNTS, rounds: int = ROUNDS, seconds: float = SECONDS) -> Part:
    """One deliver function whose rate is not limited. The last column is how near to letters that only wait."""
    rates: dict[int, list[float]] = {count: [] for count in counts}
    with processes() as start:
        ports = start("-m", "benchmarks.delivery.sink").line().split()
        for count in counts:
            worker = contender(start, "deliver", ports, THREADS=str(count))
            letters = max(int(count * seconds / _waiting()), 5)
            asked = {"letters": letters, "setting": {"ses": SES, "store": STORE}}
            rates[count] = [1 / worker.ask(asked)["wall"] for _ in range(rounds)]
            worker.close()
    found = {count: Spread.of(of) for count, of in rates.items()}
    rows = [(count, found[count], f"{found[count].middle * _waiting() / count:.0%}") for count in counts]
    return Part(
        f"Letters a second at {SES * 1000:.0f} ms to SES and {STORE * 1000:.0f} ms to the table ({rounds} rounds)",
        table(("threads", "min – median – max", "of the waiting's bound"), rows),
        {f"letters_per_second_{count}_threads": spread for count, spread in found.items()},
    )


def _waiting() -> float:
    """Seconds that a letter waits at the least: SendEmail, and the two writes around it."""
    return SES + 2 * STORE


if __name__ == "__main__":
    run(measure)
