"""A single block that no mail can hold: a paragraph of a whole chapter, a poem of five thousand lines."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from cliffhanger.manuscripts.document import blocks_text
from cliffhanger.manuscripts.inlines import plain_text, split_at
from cliffhanger.manuscripts.model import Block, Blocks, ItemList, Paragraph, Quote, Verse

_SENTENCE = re.compile(r"[.!?…][\"”’»)]*\s+|[。！？][」』）]*|[؟۔]\s*")
_SPACE = re.compile(r"\s+")

HUGE = 4
"""Pieces: what stands in a quote or list, and is no longer, stays whole."""


def divide(block: Block, count: int) -> Blocks:
    """In about `count` pieces of much the same length: after sentences, stanzas, the blocks of a quote or items.

    The block alone where it is of another kind. An item that is itself too long comes as its blocks, without its mark.
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
        case ItemList():
            return _divide_list(block, count)
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


def _divide_list(whole: ItemList, count: int) -> Blocks:
    share = max(1, len(blocks_text((whole,))) // count)
    pieces: list[Block] = []
    length = share
    for number, item in enumerate(whole.items, start=whole.start):
        if (long := len(blocks_text(item))) > HUGE * share:
            pieces += _smaller(item, share)
            length = share
            continue
        last = pieces[-1] if length < share else None
        if isinstance(last, ItemList):
            pieces[-1] = replace(last, items=(*last.items, item))
        else:
            pieces.append(ItemList(whole.ordered, (item,), number))
            length = 0
        length += long
    return tuple(pieces)


def _smaller(children: Blocks, share: int) -> Blocks:
    """The children, in pieces where one is huge."""
    lengths = [len(blocks_text((child,))) for child in children]
    counts = [-(-length // share) if length > HUGE * share else 1 for length in lengths]
    return tuple(piece for child, count in zip(children, counts, strict=True) for piece in divide(child, count))
