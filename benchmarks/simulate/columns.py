"""`python -m benchmarks.simulate.columns`: the sends that were kept, side by side, for docs/performance.md."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

from benchmarks.simulate.report import KEPT

SHOWN = {
    "efficiency": "efficiency: readers / rate / seconds from the release to the last letter",
    "most_in_a_second": "most letters in any second",
    "usd_per_million": "dollars a million letters, beyond SES's own",
    "worker_peak_mib": "MiB of a worker, at most",
    "hottest_partition_wcu": "write units of the busiest partition in a second, at most",
    "seconds": "seconds to simulate, on a machine that others used",
}


def table(known: dict[str, Any]) -> str:
    """Markdown: a column for each send; below the figures the bill, the dearest row first."""
    sends = [known[name] for name in sorted(known, key=lambda name: known[name]["rate"])]
    heads = [f"{send['readers']:,} at {send['rate']:,}" for send in sends]
    lines = [_row("", heads), _row("---", ["---:"] * len(sends))]
    lines += [_row(said, [str(send[name]) for send in sends]) for name, said in SHOWN.items()]
    bill: defaultdict[str, dict[int, float]] = defaultdict(dict)
    for number, send in enumerate(sends):
        for row in send["bill"]:
            bill[row["api"]][number] = row["usd"] / send["readers"] * 1_000_000
    lines += ["", _row("$ a million letters", heads), _row("---", ["---:"] * len(sends))]
    for api, dollars in sorted(bill.items(), key=lambda item: -max(item[1].values())):
        if max(dollars.values()) >= 0.005:
            lines.append(_row(api, [f"{dollars.get(number, 0):.3f}" for number in range(len(sends))]))
    return "\n".join(lines)


def _row(first: str, others: list[str]) -> str:
    return f"| {' | '.join([first, *others])} |"


if __name__ == "__main__":
    print(table(json.loads(KEPT.read_text())))
