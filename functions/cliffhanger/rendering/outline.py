"""The levels of headings: an author's may begin anywhere and skip some, but who hears a page goes by them."""

from __future__ import annotations

HIGHEST, DEEPEST = 2, 6
"""Of headings in a text; 1 is its title's."""


class Outline:
    """Gives each heading, in turn, a level that is at most one below that of the heading it stands under."""

    def __init__(self) -> None:
        self._above: list[int] = []

    def level(self, written: int) -> int:
        while self._above and self._above[-1] >= written:
            self._above.pop()
        level = min(HIGHEST + len(self._above), DEEPEST)
        self._above.append(written)
        return level
