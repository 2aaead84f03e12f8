"""The search for every interleaving of one plot, started and counted."""

from __future__ import annotations

import secrets
from unittest.mock import patch

from benchmarks.faults.act import Act
from benchmarks.faults.explorer import Found, explore
from benchmarks.faults.interleavings import Plot, lay

from cliffhanger.delivery import rounds

PASSES = 1
"""Over the shard for each hint: what a worker leaves, the next hint finds."""


def search(plot: Plot, *, most_states: int | None = None) -> Found:
    """Ids are drawn by the act that runs: the same on each way to the same state."""
    root, content = lay(plot)
    running: list[Act] = []

    def make() -> Act:
        running[:] = [Act(plot, root, content)]
        return running[0]

    ids = patch.object(secrets, "token_hex", lambda _: running[0].draw_id())
    with ids, patch.object(rounds, "PASSES", PASSES):
        return explore(make, most_states=most_states)


def search_of(plot: Plot, *, most_states: int | None = None) -> tuple[str, Found]:
    """With the plot's name: for a pool of processes, which gives its answers in any order."""
    return plot.name, search(plot, most_states=most_states)
