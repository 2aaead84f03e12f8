"""A series as its readers see it: which of its positions are shown, and in what order they are read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cliffhanger import catalogue, positions
from cliffhanger.pictures import Cover
from cliffhanger.ports import Table
from cliffhanger.positions import Position
from cliffhanger.series import Series


@dataclass(frozen=True, slots=True)
class Story:
    """`places` holds every chapter that ever went out, once, in the order of reading; None where it was withdrawn.

    A chapter that was sent again keeps its place in the story, though its position is a new one.
    """

    series: Series
    places: dict[str, Position | None]
    ids: dict[int, str]
    cover: Cover | None = None

    @property
    def chapters(self) -> tuple[Position, ...]:
        """What the contents list: neither notices nor our own farewell, which are no part of the story."""
        return tuple(position for position in self.places.values() if position and not position.passes)

    @property
    def newest(self) -> int:
        return max(self.ids, default=0)

    def shown(self, chapter_id: str) -> Position | None:
        return self.places.get(chapter_id)

    def neighbours(self, chapter_id: str) -> tuple[Position | None, Position | None]:
        """The chapters before and after the place of this one, whether it is shown there or not."""
        order = list(self.places)
        at = order.index(chapter_id)
        before = (self.places[one] for one in reversed(order[:at]))
        after = (self.places[one] for one in order[at + 1 :])
        return _first_chapter(before), _first_chapter(after)

    def after_parts(self, first: Position) -> Position | None:
        """The chapter after all the parts of the one that begins here; None where it has no further part."""
        order = list(self.places)
        rest = (self.places[one] for one in order[order.index(first.chapter) + 1 :])
        shown = [position for position in rest if position and not position.passes]
        if first.place > 1 or not shown or shown[0].place == 1:
            return None
        return next((position for position in shown if position.place == 1), None)


def read_story(table: Table, slug: str) -> Story | None:
    """As the table has it now: also a position whose release is still under way, for that is carried to its end."""
    shelf = catalogue.find(table, slug)
    if not shelf:
        return None
    places: dict[str, Position | None] = {}
    ids: dict[int, str] = {}
    for position in positions.every_position(table, slug):
        ids[position.number] = position.chapter
        if not position.withdrawn:
            places[position.chapter] = position
        else:
            places.setdefault(position.chapter, None)
    return Story(shelf.series, places, ids, shelf.cover)


def _first_chapter(found: Iterable[Position | None]) -> Position | None:
    return next((position for position in found if position and not position.passes), None)
