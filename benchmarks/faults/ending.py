"""What must be at each end of the search: the reader is at rest, and has had each letter once and in order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from benchmarks.faults.interleavings import BOTH, SLUG, Plot
from benchmarks.faults.kept import KeptTable

from cliffhanger import keys
from cliffhanger.subscription import State


class Post(NamedTuple):
    """A letter that SES took: the claim, epoch and position on its tags."""

    claim: str
    epoch: int
    position: int


def wrong_at_the_end(table: KeptTable, reader: str, posts: Sequence[Post], plot: Plot) -> str | None:
    """Of an earlier stay only the order is judged: when he left is known to the random runs."""
    item = table.peek(keys.subscription(SLUG, reader))
    if "claim" in item or "due_at" in item:
        return f"never at rest: {item}"
    if item["state"] != State.ACTIVE.value or item["bookmark"] != BOTH:
        return f"not at the end: {item}"
    for epoch in {post.epoch for post in posts} | {item["epoch"]}:
        got = [post.position for post in posts if post.epoch == epoch]
        due = got
        if epoch == item["epoch"]:
            due = [n for n in range(item["first"], BOTH + 1) if not (plot.holds and _is_held(table, reader, n))]
        if got != sorted(set(got)) or got != due:
            return f"epoch {epoch} got {got}, and should have got {due}"
    return None


def _is_held(table: KeptTable, reader: str, position: int) -> bool:
    record = table.get(keys.missed(SLUG, position, reader))
    return record is not None and record["reason"] == "held"
