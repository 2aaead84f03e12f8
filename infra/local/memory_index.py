"""The sparse index `due` of the table in memory. It can be made to lag, as an index of DynamoDB may at any time."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import deque

from cliffhanger.ports import Item, Key

Place = tuple[str, int]
Change = tuple[Key, Place | None, Place | None]


class DueIndex:
    """Not safe for threads: the table locks."""

    def __init__(self) -> None:
        self._entries: dict[str, list[tuple[int, Key]]] = {}
        self._waiting: deque[Change] = deque()
        self.stale = False

    def note(self, key: Key, old: Item | None, new: Item) -> None:
        was, is_ = _place(old or {}), _place(new)
        if was == is_:
            return
        self._waiting.append((key, was, is_))
        if not self.stale:
            self.catch_up()

    def catch_up(self, changes: int | None = None) -> None:
        """See so many of the changes that wait, in the order in which they were made; all by default."""
        for _ in range(len(self._waiting) if changes is None else min(changes, len(self._waiting))):
            key, was, is_ = self._waiting.popleft()
            if was:
                entries = self._entries[was[0]]
                del entries[bisect_left(entries, (was[1], key))]
            if is_:
                insort(self._entries.setdefault(is_[0], []), (is_[1], key))

    def until(self, due_pk: str, at: int) -> list[Key]:
        entries = self._entries.get(due_pk, [])
        return [key for _, key in entries[: bisect_right(entries, at, key=lambda entry: entry[0])]]


def _place(item: Item) -> Place | None:
    """An item is in the index if it has both of the index's keys."""
    return (item["due_pk"], item["due_at"]) if "due_pk" in item and "due_at" in item else None
