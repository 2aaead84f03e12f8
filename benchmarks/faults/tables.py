"""What the fault tests found, as tables in Markdown and as one line of numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import median
from typing import Any

from benchmarks.faults.cuts import KINDS, Recovery
from benchmarks.faults.explorer import Found
from benchmarks.faults.seeds import Outcome

Row = Sequence[object]


def table(head: Row, rows: Iterable[Row]) -> str:
    """Numbers to the right, the first column to the left."""
    lines = [head, ["---", *("---:" for _ in head[1:])], *rows]
    return "\n".join("| " + " | ".join(_shown(cell) for cell in line) + " |" for line in lines)


def of_cuts(recoveries: Sequence[Recovery]) -> str:
    head = (
        "what happens to the call",
        "cuts",
        "letters",
        "lost",
        "doubled",
        "wrong counters",
        "seconds to the last letter",
    )
    return table(head, (_cuts(kind, [r for r in recoveries if r.kind == kind]) for kind in KINDS))


def _cuts(kind: str, recoveries: Sequence[Recovery]) -> Row:
    verdicts = [recovery.verdict for recovery in recoveries]
    return (
        kind,
        len(recoveries),
        sum(verdict.letters for verdict in verdicts),
        sum(verdict.lost for verdict in verdicts),
        sum(verdict.doubled_with_events + verdict.doubled_without_events for verdict in verdicts),
        sum(recovery.wrong_counters for recovery in recoveries),
        _spread([recovery.seconds for recovery in recoveries]),
    )


def of_interleavings(found: dict[str, Found]) -> str:
    head = ("plot", "states", "ends", "complete", "wrong")
    return table(
        head,
        ((name, f.states, f.schedules, "yes" if f.complete else "no", len(f.wrong)) for name, f in found.items()),
    )


def of_seeds(outcomes: Sequence[Outcome]) -> str:
    """One row for all, one for those whose events were intact, and one for those that lost events."""
    intact = [outcome for outcome in outcomes if not outcome.lost_events]
    lossy = [outcome for outcome in outcomes if outcome.lost_events]
    head = (
        *("runs", "number", "letters", "crashes", "other faults", "lost", "doubled, events seen"),
        *("doubled, events lost", "expected of these", "out of order", "after leaving", "wrong counters"),
    )
    rows = (("events intact", intact), ("events lost at 10-60 %", lossy), ("all", outcomes))
    return table(head, (_seeds(name, some) for name, some in rows))


def _seeds(name: str, outcomes: Sequence[Outcome]) -> Row:
    verdicts = [outcome.verdict for outcome in outcomes]
    crashes = sum(outcome.crashes for outcome in outcomes)
    return (
        name,
        len(outcomes),
        sum(verdict.letters for verdict in verdicts),
        crashes,
        sum(sum(outcome.faults.values()) for outcome in outcomes) - crashes,
        sum(verdict.lost for verdict in verdicts),
        sum(verdict.doubled_with_events for verdict in verdicts),
        sum(verdict.doubled_without_events for verdict in verdicts),
        round(sum(outcome.expected_doubles for outcome in outcomes), 1),
        sum(verdict.disorder for verdict in verdicts),
        sum(verdict.after_leaving + verdict.in_silence for verdict in verdicts),
        sum(outcome.wrong_counters for outcome in outcomes),
    )


def of_faults(outcomes: Sequence[Outcome]) -> str:
    struck: Counter[str] = Counter()
    for outcome in outcomes:
        struck.update(outcome.faults)
    return table(("fault", "times"), sorted(struck.items()))


def result(recoveries: Sequence[Recovery], found: dict[str, Found], outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """The line RESULT."""
    verdicts = [*(recovery.verdict for recovery in recoveries), *(outcome.verdict for outcome in outcomes)]
    seconds = [recovery.seconds for recovery in recoveries]
    wrong_states = sum(len(one.wrong) for one in found.values())
    return {
        "runs": len(verdicts),
        "letters": sum(verdict.letters for verdict in verdicts),
        "crashes": sum(r.kind.startswith("dies") for r in recoveries) + sum(outcome.crashes for outcome in outcomes),
        "lost": sum(verdict.lost for verdict in verdicts),
        "doubled_with_events": sum(verdict.doubled_with_events for verdict in verdicts),
        "doubled_without_events": sum(verdict.doubled_without_events for verdict in verdicts),
        "expected_without_events": round(sum(outcome.expected_doubles for outcome in outcomes), 1),
        "wrong_counters": sum(r.wrong_counters for r in recoveries) + sum(o.wrong_counters for o in outcomes),
        "states": sum(one.states for one in found.values()),
        "wrong_states": wrong_states,
        "seconds_to_recover_median": round(median(seconds), 1) if seconds else 0,
        "seconds_to_recover_max": round(max(seconds, default=0), 1),
    }


def _spread(numbers: Sequence[float]) -> str:
    if not numbers:
        return "-"
    return " / ".join(f"{number:,.0f}" for number in (min(numbers), median(numbers), max(numbers)))


def _shown(cell: object) -> str:
    return f"{cell:,}" if isinstance(cell, int | float) else str(cell)
