"""A single block that no mail can hold: a paragraph of a whole chapter, a poem of five thousand lines."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from cliffhanger.manuscripts.document import blocks_text
from cliffhanger.manuscripts.inlines import plain_text, split_at
from cliffhanger.manuscripts.model import Block, Blocks, Paragraph, Quote, Verse

_SENTENCE = re.compile(r"[.!?…][\"”’»)]*\s+|[。！？][」』）]*|[؟۔]\s*")
_SPACE = re.compile(r"\s+")


def divide(block: Block, count: int) -> Blocks:
    """In about `count` pieces of much the same length: after sentences, stanzas, or the blocks of a quote.

    The block alone where it is of another kind.
    """
    match block:
        case _ if count < 2:
            return (block,)
        case Paragraph(inlines):
            pieces = split_at(inlines, _offsets(plain_text(inlines), count))
            return tuple(map(Paragraph, pieces)) or (block,)
        case Verse():
            return _divide_verse(block, count)
        case Quote(children):
            return _divide_quote(children, count)
        case _:
            return (block,)


def _offsets(text: str, count: int) -> list[int]:
    """Where to cut a text: after the sentence that ends next to each share of it, else at a space, else there."""
    sentences = [match.end() for match in _SENTENCE.finditer(text)]
    spaces = [match.end() for match in _SPACE.finditer(text)]
    share = len(text) / count
    found = set()
    for number in range(1, count):
        goal = round(number * share)
        near = [at for ends in (sentences, spaces) for at in _beside(ends, goal) if abs(at - goal) < share / 2]
        found.add(near[0] if near else goal)
    return sorted(found)


def _beside(ends: Sequence[int], goal: int) -> list[int]:
    """The nearest of ascending numbers, if there is any."""
    at = bisect_left(ends, goal)
    return sorted(ends[max(at - 1, 0) : at + 1], key=lambda end: abs(end - goal))[:1]


def _divide_verse(verse: Verse, count: int) -> Blocks:
    """Before the first line of a stanza where one begins nearby, else between two lines."""
    stanzas = [at + 1 for at, line in enumerate(verse.lines) if not line]
    share = len(verse.lines) / count
    cuts = {0, len(verse.lines)}
    for number in range(1, count):
        goal = round(number * share)
        cuts |= {next((at for at in _beside(stanzas, goal) if abs(at - goal) < share / 2), goal)}
    edges = sorted(cuts)
    return tuple(Verse(verse.lines[start:end], verse.indents[start:end]) for start, end in pairwise(edges))


def _divide_quote(children: Blocks, count: int) -> Blocks:
    share = max(1, len(blocks_text(children)) // count)
    groups: list[list[Block]] = [[]]
    length = 0
    for child in _smaller(children, share):
        if length >= share:
            groups.append([])
            length = 0
        groups[-1].append(child)
        length += len(blocks_text((child,)))
    return tuple(Quote(tuple(group)) for group in groups)


def _smaller(children: Blocks, share: int) -> Blocks:
    """The children, in pieces where one is longer than a share."""
    return tuple(piece for child in children for piece in divide(child, -(-len(blocks_text((child,))) // share) or 1))
