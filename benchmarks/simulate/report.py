"""What a simulated send found: printed, and kept beside as JSON."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.simulate import goals
from benchmarks.simulate.meter import Row
from benchmarks.simulate.send import Sent
from benchmarks.stage.wires import LATENCY

from cliffhanger.delivery.account import SHARE_OF_RATE

KEPT = Path(__file__).with_name("result.json")


def show(sent: Sent, worker_mib: float, *, seconds: float) -> list[str]:
    """The RESULT is the last line; the goals that are missed are above it, and returned. `seconds` is how long the
    simulation took, not the send.
    """
    result = {
        "readers": sent.readers,
        "rate": sent.rate,
        "efficiency": round(sent.efficiency, 4),
        "most_in_a_second": sent.most_in_a_second,
        "usd_per_million": round(sum(row.usd for row in sent.meter.rows()) / sent.readers * 1_000_000, 3),
        "worker_peak_mib": worker_mib,
        "hottest_partition_wcu": sent.meter.hottest[0],
        "seconds": round(seconds, 1),
    }
    print(heading(sent))
    print("\n" + bill(sent))
    print("\n" + outcome(sent))
    _keep(sent, result)
    missed = goals.missed(result)
    if sent.wrong:
        missed.append("not everybody got one letter and was counted so")
    print("".join(f"\nmissed: {goal}" for goal in missed))
    print("RESULT " + json.dumps(result))
    return missed


def heading(sent: Sent) -> str:
    sizes = ", ".join(f"{name} {sent.memory[name]} MB" for name in ("deliver", "feedback", "tick"))
    usual = ", ".join(f"{name} {LATENCY[name] // 1000} ms" for name in ("table.get", "table.update", "ses.send"))
    return (
        f"{sent.readers:,} readers in 64 shards, {sent.rate} letters a second: "
        f"nine tenths of the {sent.rate / SHARE_OF_RATE:.1f} that SES allows the account\n"
        f"at most {sent.settings.workers} workers of {sent.settings.threads} threads, "
        f"{sent.listeners} listeners; {sizes}\n"
        f"usual latencies, no jitter: {usual}; 5 ms of a whole processor a letter, its share by the function's memory\n"
        f"half-way: {sent.interruption}"
    )


def bill(sent: Sent) -> str:
    """A row for each API, for the whole send; dollars are for a million letters."""
    millions = sent.readers / 1_000_000
    rows = sorted(sent.meter.rows(), key=lambda row: -row.usd)
    lines = [f"{'API':<28}{'calls':>12}{'MB':>10}  {'billed':>14} {'unit':<18}{'$ a million':>12}"]
    return "\n".join(lines + [_line(row, millions) for row in rows])


def outcome(sent: Sent) -> str:
    goal = sent.readers / sent.rate
    pk = sent.meter.hottest[1]
    return (
        f"{sent.seconds:,.1f} s from the release to the last letter, at least {goal:,.1f} s; closed after "
        f"{(sent.closed_at - sent.released_at) / 1000:,.1f} s\n"
        f"copies of the letter a reader got: {dict(sent.copies)}; counted: {sent.counts}\n"
        f"{sent.refusals} refused by SES; the busiest partition was {pk}"
    )


def _line(row: Row, millions: float) -> str:
    unit = row.unit or "(SES's own)"
    called = f"{row.api:<28}{row.calls:>12,}{row.bytes / 1e6:>10,.1f}"
    return f"{called}  {row.units:>14,.1f} {unit:<18}{row.usd / millions:>12.4f}"


def _keep(sent: Sent, result: dict[str, Any]) -> None:
    """Beside what other sends have kept before."""
    known: dict[str, Any] = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    rows = [row._asdict() for row in sent.meter.rows()]
    known[f"{sent.readers} at {sent.rate}"] = result | {"at": f"{datetime.now(UTC):%Y-%m-%dT%H:%MZ}", "bill": rows}
    KEPT.write_text(json.dumps(known, indent=1) + "\n")
