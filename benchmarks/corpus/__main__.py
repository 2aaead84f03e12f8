"""`python -m benchmarks.corpus`: the score, the hostile files, the cost; the last line is RESULT with the numbers."""

from __future__ import annotations

import json
import sys
from itertools import chain

from benchmarks.corpus.cases import our_cases, shared_cases
from benchmarks.corpus.confined import Ending, endings
from benchmarks.corpus.cost import read_vs_markdown
from benchmarks.corpus.hostile import ALL
from benchmarks.corpus.score import print_scores, score


def main() -> int:
    """0 if every field and every hostile file is right, and reading is cheap enough."""
    scores = score(chain(our_cases(), shared_cases()))
    print_scores(scores)
    failed = _hostile()
    costs = read_vs_markdown()
    print("\n" + ", ".join(f"reading a .{suffix} / bare markdown: {ratio:.2f}" for suffix, ratio in costs.items()))
    total = scores["all"]
    result = {
        "files": total.files,
        "fields": total.fields,
        "right": total.right,
        "hostile": len(ALL),
        "hostile_failed": failed,
        "read_vs_markdown": round(max(costs.values()), 2),
    }
    print("RESULT " + json.dumps(result))
    return int(total.right < total.fields or failed > 0)


def _hostile() -> int:
    """Print the table; how many failed."""
    print(f"\n{'hostile file':<34}{'asked':<8}{'outcome':<9}{'seconds':>8}{'peak MiB':>9}")
    failed = 0
    for ending in endings(ALL):
        failed += bool(ending.faults)
        print(_row(ending), flush=True)
    return failed


def _row(ending: Ending) -> str:
    name = ascii(ending.file.name)[1:-1][:32]
    numbers = f"{ending.seconds:>8.2f}{ending.peak:>9.0f}"
    faults = f"  FAILED: {'; '.join(ending.faults)}" if ending.faults else ""
    return f"{name:<34}{ending.file.asked:<8}{ending.outcome:<9}{numbers}{faults}"


if __name__ == "__main__":
    sys.exit(main())
