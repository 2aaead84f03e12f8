"""List passages -> ItemList, nested by their level."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from cliffhanger.manuscripts.inlines import merge
from cliffhanger.manuscripts.model import Block, Blocks, ItemList, Paragraph, Text
from cliffhanger.manuscripts.office_passages import Item, Passage

_MAX_LEVEL = 8


@dataclass(slots=True)
class _List:
    level: int
    ordered: bool
    items: list[list[Block]] = field(default_factory=list)

    def block(self) -> ItemList:
        return ItemList(self.ordered, tuple(tuple(item) for item in self.items))


def list_blocks(passages: list[Passage], paragraph: Callable[[Passage], Blocks]) -> Iterator[Block]:
    """A numbered list of one item is a paragraph that begins with a number: "12. The Storm", "1887. It …"."""
    first = passages[0].item
    if len(passages) == 1 and first and first.ordered:
        yield from _labelled(first.marker, paragraph(passages[0]))
        return
    open_lists: list[_List] = []
    for passage in passages:
        item = passage.item or Item(begins=False)
        yield from _close(open_lists, item)
        if not open_lists or open_lists[-1].level < min(item.level, _MAX_LEVEL):
            open_lists.append(_List(min(item.level, _MAX_LEVEL), item.ordered))
        lines = open_lists[-1].items
        if item.begins or not lines:
            lines.append([])
        lines[-1].extend(paragraph(passage))
    yield from _close(open_lists, None)


def _close(open_lists: list[_List], item: Item | None) -> Iterator[Block]:
    """Lists that end before `item`, each into the item above it; the outermost comes out."""
    while open_lists and (item is None or _ends_before(open_lists[-1], item)):
        ended = open_lists.pop().block()
        if open_lists:
            open_lists[-1].items[-1].append(ended)
        else:
            yield ended


def _ends_before(last: _List, item: Item) -> bool:
    level = min(item.level, _MAX_LEVEL)
    return level < last.level or (level == last.level and item.begins and item.ordered != last.ordered)


def _labelled(marker: str, blocks: Blocks) -> Iterator[Block]:
    for at, block in enumerate(blocks):
        if at == 0 and isinstance(block, Paragraph):
            yield Paragraph(merge((Text(marker), *block.inlines)))
        else:
            yield block
