"""What a player of the search has around him: the store that he shares with others, a pool, a queue of hints."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from typing import Any

from benchmarks.faults.explorer import point, private
from benchmarks.faults.interleavings import SETTINGS_OF_THE_SEARCH
from benchmarks.faults.kept import KeptTable

from cliffhanger import keys
from cliffhanger.errors import StoreBusy
from cliffhanger.ports import Item, Key

ALONE = ("SEND#", "READER#", "ADDRESS#", "CONFIRM#", "FEEDBACK")
"""Counts, which add up in any order; what one player alone looks at; and what only ever grows."""


class SharedTable:
    """The store as one player sees it; the pace is his own."""

    def __init__(self, behind: KeptTable, is_settled: Callable[[Key, str], bool]) -> None:
        self._behind = behind
        self._is_settled = is_settled
        self._own = KeptTable()
        pace = {"generation": SETTINGS_OF_THE_SEARCH.generation, "rate": 1_000_000, "tat": 0, "budget": 1_000_000}
        self._own.put(keys.PACE, pace)

    def get(self, key: Key) -> Item | None:
        found: Item | None = self._ask(key, "get", lambda table: table.get(key))
        return found

    def put(self, key: Key, item: Item, *, when: Any = None) -> None:
        self._ask(key, "put", lambda table: table.put(key, item, when=when))

    def update(self, key: Key, **changes: Any) -> Item:
        item: Item = self._ask(key, "update", lambda table: table.update(key, **changes))
        return item

    def delete(self, key: Key, *, when: Any = None) -> None:
        self._ask(key, "delete", lambda table: table.delete(key, when=when))

    def query(self, pk: str, *, prefix: str = "", after: str = "", only: Sequence[str] = ()) -> Iterator[Item]:
        asked = {"prefix": prefix, "after": after, "only": only}
        yield from self._ask(Key(pk, prefix), "query", lambda table: list(table.query(pk, **asked)))

    def due(self, due_pk: str, *, until: int, most: int | None = None) -> Iterator[Key]:
        yield from self._ask(Key(due_pk, ""), "due", lambda table: list(table.due(due_pk, until=until, most=most)))

    def _ask(self, key: Key, operation: str, effect: Callable[[KeptTable], Any]) -> Any:
        if key == keys.PACE:
            return effect(self._own)
        if key.pk.startswith(ALONE):
            return effect(self._behind)
        if key.sk.startswith("SHARD#") and operation == "get":
            return {"after": ""}  # of a shard's mark a worker reads only a stopped pass's place, and here none stops
        if self._is_settled(key, operation):
            return private(lambda: effect(self._behind))
        return point(f"{operation} {key.pk} {key.sk}", lambda: effect(self._behind), StoreBusy)


class AtOnce(Executor):
    """A pool without threads."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


@dataclass(slots=True)
class Hints:
    """Nothing else lies in the queue."""

    found: list[dict[str, Any]]

    def issues(self, messages: list[dict[str, Any]]) -> None:
        self.found.extend(messages)

    def letter(self, letter_id: str) -> None:
        raise AssertionError(f"no letters here: {letter_id}")

    def waiting(self) -> int:
        return 0
