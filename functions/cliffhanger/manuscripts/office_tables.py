"""Tables, which a chapter has none of: a frame around a letter, or paragraphs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from cliffhanger.manuscripts.office_passages import Passage

_MAX_BOX = 12
_WARNING = "A table was read as paragraphs, cell by cell."


def cells_of(table: Element, name: str) -> Iterator[Element]:
    """The cells of a table, row by row; a table within a cell is that cell's matter."""
    for element in table:
        if element.tag == name:
            yield element
        else:
            yield from cells_of(element, name)


def as_passages(cells: list[list[Passage]], warnings: list[str]) -> Iterator[Passage]:
    """A table of one cell with a few paragraphs is a box; of any other the cells follow one another."""
    told = [cell for cell in cells if any(not passage.is_empty for passage in cell)]
    if len(cells) > 1 and told and _WARNING not in warnings:
        warnings.append(_WARNING)
    is_box = len(cells) == 1 and len(cells[0]) <= _MAX_BOX
    for cell in told:
        yield from (replace(passage, boxed=is_box or passage.boxed) for passage in cell)
