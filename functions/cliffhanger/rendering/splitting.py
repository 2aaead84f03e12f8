"""Where a chapter that one mail can't hold is split: at the best places that leave parts of much the same size.

Each place between two blocks has its cost, by what stands before and after it, and each part costs the more, the
further it is from the even size. The split with the least sum is taken, among those with the fewest parts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import accumulate
from math import ceil, inf

from cliffhanger.manuscripts.inlines import plain_text
from cliffhanger.manuscripts.model import Block, Blocks, Heading, Image, ItemList, Paragraph, Quote, SceneBreak, Verse

SCENE_BREAK = 0
HEADING = 5
"""Before it: what it names begins the next part."""
PARAGRAPH = 100

# What comes on top of a paragraph's end.
BESIDE_INSET = 40
"""Between the story and a letter, verse, list or picture that stands in it."""
IN_EXCHANGE = 150
"""Between two turns of a dialogue."""
AFTER_COLON = 400
"""What is announced would come a mail later."""
IN_LETTER = 600
"""Between two blocks of one letter or song."""
AFTER_HEADING = 1_000

UNEVEN = 100
"""For a part twice as long as the even one, or of nothing; half as far from it costs a quarter."""
ANOTHER_PART = 250
"""One more mail is worth it to keep a letter whole, but not to keep a dialogue."""
STUB = 0.4
"""A part shorter than this share of the longest, taken only where there is no other way."""

HALF = 0.5
"""Of an even part: how far a seam is looked for from where it would leave even parts, if there is one so near."""

MOST = 40
"""Parts."""
MOST_PLACES = 120
"""Looked at for one seam: the cheapest and nearest."""

Way = tuple[float, list["Seam"]]
"""What a split costs, and its seams."""

_TURN = re.compile("[\"'“”„«»‘’‚‹›「『–—―]|- ")
_INSETS = (Quote, Verse, ItemList, Image)


@dataclass(frozen=True, slots=True)
class Seam:
    """A part ends before the block `end`, and the next begins with the block `start`: a scene break is in neither."""

    end: int
    start: int
    cost: int = 0


@dataclass(frozen=True, slots=True)
class Rooms:
    """What the blocks of a part may weigh: beside what stands before the story, after it, and beside neither."""

    first: int
    middle: int
    last: int

    def of(self, count: int) -> tuple[int, ...]:
        return (self.first, *[self.middle] * (count - 2), self.last)

    def smaller_by(self, weight: int) -> Rooms:
        return Rooms(self.first - weight, self.middle - weight, self.last - weight)


def split(blocks: Blocks, weights: Sequence[int], rooms: Rooms) -> list[Seam] | None:
    """The seams of the best split in two or more; None where there is none. `weights` are in the unit of `rooms`."""
    places = seams(blocks)
    total = sum(weights)
    fewest = max(2, ceil((total - rooms.first - rooms.last) / max(rooms.middle, 1)) + 2)
    edges = list(accumulate(weights, initial=0))
    for reach in (HALF, inf):
        for count in range(fewest, min(MOST, len(places) + 1) + 1):
            if found := _best(places, edges, rooms.of(count), reach):
                more = _best(places, edges, rooms.of(count + 1), reach) or (inf, [])
                return more[1] if more[0] + ANOTHER_PART < found[0] else found[1]
    return None


def seams(blocks: Blocks) -> list[Seam]:
    """Every place at which a part may end, in their order, each with its cost."""
    found: list[Seam] = []
    end = 0
    for at, block in enumerate(blocks):
        if not isinstance(block, SceneBreak):
            if end:
                found.append(Seam(end, at, cost_between(blocks[end - 1], block, is_break=at > end)))
            end = at + 1
    return found


def cost_between(before: Block, after: Block, *, is_break: bool) -> int:
    """`is_break`: there is a scene break between the two."""
    if isinstance(before, Heading):
        return AFTER_HEADING
    if is_break:
        return SCENE_BREAK
    if isinstance(after, Heading):
        return HEADING
    cost = PARAGRAPH
    insets = isinstance(before, _INSETS) + isinstance(after, _INSETS)
    cost += (0, BESIDE_INSET, IN_LETTER)[insets]
    if _text(before).endswith((":", "：")):
        cost += AFTER_COLON
    if _is_turn(before) and _is_turn(after):
        cost += IN_EXCHANGE
    return cost


def _text(block: Block) -> str:
    return plain_text(block.inlines).strip() if isinstance(block, Paragraph) else ""


def _is_turn(block: Block) -> bool:
    return _TURN.match(_text(block)) is not None


def _best(places: list[Seam], edges: list[int], rooms: Sequence[int], reach: float) -> Way | None:
    """The cheapest split without a stub, else the cheapest one. `edges`: what stands before each block weighs."""
    even = edges[-1] / len(rooms)
    near = [_near(places, edges, number * even, even, reach) for number in range(1, len(rooms))]
    found = _cheapest(near, edges, rooms, even)
    if not found or not _has_stub(edges, found[1]):
        return found
    for longest in (1.2 * even, 1.4 * even, 1.7 * even):
        tighter = [min(room, int(longest)) for room in rooms]
        if without := _cheapest(near, edges, tighter, even, least=STUB * longest):
            return without
    return found


def _has_stub(edges: list[int], found: list[Seam]) -> bool:
    ends = [*(edges[seam.end] for seam in found), edges[-1]]
    starts = [0, *(edges[seam.start] for seam in found)]
    parts = [end - start for start, end in zip(starts, ends, strict=True)]
    return min(parts) < STUB * max(parts)


def _cheapest(
    near: list[list[Seam]], edges: list[int], rooms: Sequence[int], even: float, *, least: float = 0
) -> Way | None:
    """Part by part: of each place at which it may end, the cheapest way there (Bellman)."""
    ways: list[tuple[float, int, list[Seam]]] = [(0, 0, [])]  # cost so far, weight before the next part, seams
    for places, room in zip(near, rooms, strict=False):
        begun, ways = ways, []
        for place in places:
            end = edges[place.end]
            ahead = [(cost + _uneven(end - at, even), way) for cost, at, way in begun if least <= end - at <= room]
            if ahead:
                cost, way = min(ahead, key=lambda found: found[0])
                ways.append((cost + place.cost, edges[place.start], [*way, place]))
    whole = [
        (cost + _uneven(edges[-1] - at, even), way) for cost, at, way in ways if least <= edges[-1] - at <= rooms[-1]
    ]
    return min(whole, key=lambda found: found[0], default=None)


def _near(places: list[Seam], edges: list[int], middle: float, even: float, reach: float) -> list[Seam]:
    """The places that are within so many even parts of `middle`, in their order."""
    near = [place for place in places if abs(edges[place.end] - middle) <= reach * even]
    if len(near) <= MOST_PLACES:
        return near
    kept = nsmallest(MOST_PLACES, near, key=lambda place: place.cost + _uneven(edges[place.end] - middle + even, even))
    return sorted(kept, key=lambda place: place.end)


def _uneven(weight: float, even: float) -> float:
    return UNEVEN * ((weight - even) / even) ** 2
