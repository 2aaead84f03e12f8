"""How far a series has come, to find a place in it that another program told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import takewhile

from cliffhanger import keys, positions
from cliffhanger.ports import Table
from cliffhanger.readers.entries import Place


@dataclass(frozen=True, slots=True)
class Story:
    """`labels` of the positions that are out ("Chapter 7"), and the `chapters`' numbers in thousandths, of those that
    have one; both in the order of release.
    """

    newest: int
    labels: Mapping[int, str]
    chapters: Mapping[int, int]

    def bookmark(self, place: Place) -> int:
        """The last position that somebody has had. Who is further than we are is level.

        Where the numbers begin anew with each part, a chapter is that of the first part: rather twice than never.
        """
        if not place.is_chapter:
            return min(place.number, self.newest)
        read = takewhile(lambda item: item[1] <= place.number * 1000, self.chapters.items())
        return max((position for position, _ in read), default=0)


def of_series(table: Table, series: str, newest: int) -> Story:
    numbers = {
        item["sk"].removeprefix("CHAPTER#"): item["number"]
        for item in table.query(keys.series_pk(series), prefix="CHAPTER#")
        if "number" in item
    }
    out = [position for position in positions.every_position(table, series) if position.number <= newest]
    return Story(
        newest,
        {position.number: position.label for position in out},
        {position.number: numbers[position.chapter] for position in out if position.chapter in numbers},
    )
