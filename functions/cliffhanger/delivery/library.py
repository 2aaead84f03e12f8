"""The released issues of one series, each read once for the length of a hint."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from cliffhanger import positions
from cliffhanger.errors import CliffhangerError
from cliffhanger.mailbody import MailBody
from cliffhanger.ports import Content, Table
from cliffhanger.positions import Position

BODIES = 20
"""Kept in memory, the last ones used: readers who catch up may be at a hundred places, each of 100 KB and more."""


@dataclass(slots=True)
class Library:
    series: str
    table: Table
    content: Content
    _positions: dict[int, Position] = field(default_factory=dict)
    _bodies: dict[str, MailBody] = field(default_factory=dict)

    def is_withdrawn(self, number: int) -> bool:
        return self._position(number).withdrawn

    def ahead(self, bookmark: int, newest: int, *, late: bool) -> Iterator[int]:
        """The positions that a reader is still to get: none withdrawn, and for who comes late no notice of the past."""
        for number in range(bookmark + 1, newest + 1):
            if not self.is_withdrawn(number) and not (late and self.is_past(number, newest)):
                yield number

    def is_past(self, number: int, newest: int) -> bool:
        """Whether this is a notice, and the story has gone on since."""
        later = range(number + 1, newest + 1)
        return self._position(number).passes and not all(self.is_withdrawn(other) for other in later)

    def goes_on(self, number: int) -> bool:
        """Whether the next position is more of the same chapter, to be sent at once."""
        return number > 0 and self._position(number).goes_on

    def body(self, number: int) -> MailBody:
        key = self._position(number).issue
        body = self._bodies.pop(key, None) or self._read(key)
        self._bodies[key] = body
        if len(self._bodies) > BODIES:
            del self._bodies[next(iter(self._bodies))]
        return body

    def _read(self, key: str) -> MailBody:
        data = self.content.get(key)
        if data is None:
            raise CliffhangerError(f"the issue {key} is missing", permanent=False)
        return MailBody.from_json(data)

    def _position(self, number: int) -> Position:
        if number not in self._positions:
            found = positions.find(self.table, self.series, number)
            if not found:
                raise CliffhangerError(f"position {number} of {self.series} is missing", permanent=False)
            self._positions[number] = found
        return self._positions[number]
