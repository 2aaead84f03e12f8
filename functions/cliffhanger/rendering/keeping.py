"""Where a chapter is split, remembered, so that a correction of it is split there again: a reader who has the first
part already must find in the second one what follows there, and no sentence less.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from cliffhanger.manuscripts.document import blocks_text
from cliffhanger.manuscripts.model import Blocks, SceneBreak
from cliffhanger.rendering.splitting import Seam, seams

NEARBY = 20
"""Blocks. What was put in between the two sides of a seam goes with the second part."""


@dataclass(frozen=True, slots=True)
class Mark:
    """`before` and `after` are digests of the blocks on both sides; the part ended before block `at` of `of`."""

    before: str
    after: str
    at: int
    of: int

    def to_item(self) -> dict[str, Any]:
        return asdict(self)


def mark(blocks: Blocks, seam: Seam) -> Mark:
    return Mark(_digest(blocks, seam.end - 1), _digest(blocks, seam.start), seam.end, len(blocks))


def find(blocks: Blocks, marks: Sequence[Mark]) -> list[Seam]:
    """The seams of the marks in a text that may have changed since, in their order; fewer if it has become too short.

    A seam stands where both its blocks still are, else where one is, else, both being rewritten, where it must have
    been at the latest: rather a paragraph twice than one never.
    """
    places = seams(blocks)
    found: list[Seam] = []
    for one in marks:
        places = [place for place in places if not found or place.end >= found[-1].start + 1]
        if not places:
            break
        found.append(_nearest(blocks, places, one))
    return found


def _nearest(blocks: Blocks, places: list[Seam], one: Mark) -> Seam:
    def distance(place: Seam) -> int:
        return abs(place.end - one.at)

    def agrees(place: Seam) -> int:
        return (_digest(blocks, place.end - 1) == one.before) + (_digest(blocks, place.start) == one.after)

    for sides, reach in ((2, 0), (1, NEARBY)):
        if same := [place for place in places if agrees(place) >= sides]:
            nearest = min(same, key=distance)
            return next(place for place in same if place.end >= nearest.end - reach)
    latest = one.at - max(0, one.of - len(blocks))
    return max((place for place in places if place.end <= latest), key=lambda place: place.end, default=places[0])


def _digest(blocks: Blocks, at: int) -> str:
    block = blocks[at]
    text = "" if isinstance(block, SceneBreak) else " ".join(blocks_text((block,)).split())
    return hashlib.sha256(text.encode()).hexdigest()[:16]
