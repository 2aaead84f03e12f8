"""`python -m benchmarks.delivery.letter`: the CPU that one letter costs, ours against others, in turns."""

from __future__ import annotations

from benchmarks.delivery.contender import WAYS
from benchmarks.delivery.processes import contender, processes
from benchmarks.delivery.ratios import Spread, against, table
from benchmarks.delivery.report import Part, run

LETTERS = 600
"""In four shards. Of a real hint, a minute's work, they are a tenth."""

ROUNDS = 7
RATE = 100
"""Letters a second that deliver may send, the others as many as they can: what a worker with a whole processor is asked
for (delivery/capacity.py). Without a limit its threads would be ready all at once, and wait for each other.
"""
RIVALS = {
    "floor": "the same three calls, bare (boto3: claim, SendEmail, settle; requests ready)",
    "tutorial": "the loop of AWS's tutorials (Scan, Jinja2 render, SES v1 SendEmail for each; no ledger)",
    "smtplib": "`smtplib` + `email.message` to a loopback server (no ledger, no TLS)",
}


def measure(letters: int = LETTERS, rounds: int = ROUNDS) -> Part:
    """The contenders take turns of `letters` letters. The sink's CPU is not counted."""
    cpu: dict[str, list[float]] = {name: [] for name in WAYS}
    with processes() as start:
        ports = start("-m", "benchmarks.delivery.sink").line().split()
        contenders = {name: contender(start, name, ports) for name in WAYS}
        for _ in range(rounds):
            for name, way in contenders.items():
                cpu[name].append(way.ask({"letters": letters, "setting": {"rate": RATE}})["cpu"] * 1000)
    ratios = {name: against(cpu["deliver"], cpu[name]) for name in RIVALS}
    rows = [(f"deliver / {said}", ratios[name], f"{Spread.of(cpu[name]).middle:.1f}") for name, said in RIVALS.items()]
    return Part(
        f"CPU per letter ({rounds} rounds of {letters} letters; deliver {Spread.of(cpu['deliver']).middle:.1f} ms)",
        table(("ratio", "min – median – max", "theirs, ms a letter"), rows),
        {f"deliver_vs_{name}": ratio for name, ratio in ratios.items()},
    )


if __name__ == "__main__":
    run(measure)
