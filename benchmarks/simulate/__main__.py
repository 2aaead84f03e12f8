"""`python -m benchmarks.simulate --readers N --rate R`: one send, its pace, its bill; the last line is RESULT."""

from __future__ import annotations

import argparse
import gc
import sys
import time

from benchmarks.simulate import peak, report
from benchmarks.simulate.send import send, sized_for


def main() -> int:
    """0 if everybody got exactly one letter, the counts say so, and no goal of goals.py is missed."""
    parser = argparse.ArgumentParser(prog="benchmarks.simulate", description=__doc__)
    parser.add_argument("--readers", type=int, default=100_000)
    parser.add_argument("--rate", type=int, default=200, help="letters a second that the service allows itself")
    asked = parser.parse_args()
    began = time.monotonic()
    gc.disable()  # a million readers are no garbage, and to look through them takes longer than the send
    sent = send(asked.readers, asked.rate, sized_for(asked.rate))
    seconds = time.monotonic() - began
    missed = report.show(sent, peak.measured(asked.readers, sent.settings), seconds=seconds)
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
