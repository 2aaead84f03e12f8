"""The table in memory: the same port as DynamoDB, for tests and simulations. tests/store holds both to one suite."""

from __future__ import annotations

import threading
from bisect import bisect_left, insort
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import islice, takewhile
from sys import intern
from typing import Any, TypeVar

from cliffhanger.errors import ConditionFailed, StoreBusy
from cliffhanger.ports import AtLeast, Below, Between, Condition, Contains, Item, Key, OneOf, Presence, When
from local.memory_faults import WRITES, Order, StoreFault
from local.memory_index import DueIndex
from local.memory_values import added, check, check_changes, check_key, copied, discarded, plain

PAGE = 1_000
"""Items; DynamoDB's pages are of 1 MB."""

Done = TypeVar("Done")


class MemoryTable:
    """Atomic per item. Items are copied in and out, so that nobody holds a piece of the store in his hand.

    A kept item is never changed, only replaced.
    """

    def __init__(self) -> None:
        self._partitions: dict[str, dict[str, Item]] = {}
        self._names: dict[str, list[str]] = {}
        self._index = DueIndex()
        self._orders: list[Order] = []
        self._lock = threading.Lock()

    def get(self, key: Key) -> Item | None:
        item = self._perform("get", key, lambda: self._item(key))
        return copied(item) if item else None

    def put(self, key: Key, item: Item, *, when: When | None = None) -> None:
        new = {name: plain(value) for name, value in {**item, **key._asdict()}.items()}
        self._perform("put", key, lambda: self._store(key, new, when), when)

    def update(
        self,
        key: Key,
        *,
        set: Mapping[str, Any] | None = None,
        remove: tuple[str, ...] = (),
        add: Mapping[str, Any] | None = None,
        discard: Mapping[str, Any] | None = None,
        when: When | None = None,
    ) -> Item:
        check_changes(set or {}, remove, add or {}, discard or {})
        fresh = {name: plain(value) for name, value in (set or {}).items()}

        def change() -> Item:
            item = (self._item(key) or {"pk": key.pk, "sk": key.sk}) | fresh
            for name in remove:
                item.pop(name, None)
            for name, value in (add or {}).items():
                item[name] = added(item, name, value)
            for name, value in (discard or {}).items():
                item[name] = discarded(item, name, value)
                if not item[name]:
                    del item[name]
            self._store(key, item, when)
            return item

        return copied(self._perform("update", key, change, when))

    def delete(self, key: Key, *, when: When | None = None) -> None:
        self._perform("delete", key, lambda: self._remove(key, when), when)

    def query(self, pk: str, *, prefix: str = "", after: str = "", only: Sequence[str] = ()) -> Iterator[Item]:
        page = self._page(pk, prefix, after)
        while page:
            yield from (_only(copied(item), only) for item in page)
            page = self._page(pk, prefix, page[-1]["sk"]) if len(page) == PAGE else []

    def due(self, due_pk: str, *, until: int, most: int | None = None) -> Iterator[Key]:
        yield from islice(self._perform("due", Key(due_pk, ""), lambda: self._index.until(due_pk, until)), most)

    def misbehave(
        self,
        fault: StoreFault,
        *,
        on: frozenset[str] = WRITES,
        after: int = 0,
        times: int = 1,
        key: Key | None = None,
    ) -> None:
        """Order a fault: after `after` calls of the kinds `on`, for the next `times`. A query calls once a page."""
        with self._lock:
            self._orders.append(Order(fault, on, after, times, key))

    def let_index_lag(self) -> None:
        """From now on `due` sees no change, until `let_index_see`."""
        with self._lock:
            self._index.stale = True

    def let_index_see(self, changes: int | None = None) -> None:
        """The oldest `changes` that it missed; None: all, and from now on it keeps up."""
        with self._lock:
            self._index.catch_up(changes)
            self._index.stale = self._index.stale and changes is not None

    def _page(self, pk: str, prefix: str, after: str) -> list[Item]:
        """The next items as they are now: who is slow to look at them sees what has long changed, as on DynamoDB."""

        def read() -> list[Item]:
            names, items = self._names.get(pk, []), self._partitions.get(pk, {})
            start = bisect_left(names, max(prefix, after + "\0" if after else ""))
            page = takewhile(lambda name: name.startswith(prefix), names[start : start + PAGE])
            return [items[name] for name in page]

        return self._perform("query", Key(pk, ""), read)

    def _perform(self, operation: str, key: Key, do: Callable[[], Done], when: When | None = None) -> Done:
        with self._lock:
            fault = self._fault(operation, key, bool(when)) if self._orders else None
            if fault is StoreFault.BUSY:
                raise StoreBusy
            if fault is StoreFault.BEATEN:
                raise ConditionFailed
            if fault:
                with suppress(ConditionFailed):
                    do()
            if fault is StoreFault.LOST_REPLY:
                raise StoreBusy
            return do()

    def _fault(self, operation: str, key: Key, conditional: bool) -> StoreFault | None:
        concerned = [order for order in self._orders if order.concerns(operation, key, conditional=conditional)]
        struck = [order.fault for order in concerned if order.strikes()]
        self._orders = [order for order in self._orders if order.times]
        return struck[0] if struck else None

    def _item(self, key: Key) -> Item | None:
        items = self._partitions.get(key.pk)
        return items.get(key.sk) if items else None

    def _store(self, key: Key, item: Item, when: When | None) -> None:
        old = self._item(key)
        if when:
            _check_condition(old or {}, when)
        check(item)
        if old is None:
            check_key(key)
            item["pk"] = intern(key.pk)  # one text for a whole partition
            insort(self._names.setdefault(key.pk, []), key.sk)
        else:
            item["pk"], item["sk"] = old["pk"], old["sk"]
        self._partitions.setdefault(key.pk, {})[item["sk"]] = item
        self._index.note(key, old, item)

    def _remove(self, key: Key, when: When | None) -> None:
        old = self._item(key)
        if when:
            _check_condition(old or {}, when)
        if old is not None:
            del self._partitions[key.pk][key.sk]
            names = self._names[key.pk]
            del names[bisect_left(names, key.sk)]
            self._index.note(key, old, {})


def _check_condition(item: Item, when: When) -> None:
    for path, wanted in when.items():
        if not _holds(_at(item, path), wanted):
            raise ConditionFailed


def _at(item: Item, path: str) -> Any:
    value: Any = item
    for name in path.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _holds(value: Any, wanted: Condition) -> bool:
    number = type(value) is int  # no bool: DynamoDB's are no numbers
    match wanted:
        case Presence.ABSENT:
            holds = value is None
        case Presence.PRESENT:
            holds = value is not None
        case Below(limit):
            holds = value is None or (number and value < limit)
        case AtLeast(limit):
            holds = number and value >= limit
        case Between(low, high):
            holds = number and low <= value <= high
        case Contains(member):
            holds = isinstance(value, frozenset | list) and member in value
        case OneOf(values):
            holds = value in values
        case _:
            holds = bool(value == wanted) and isinstance(value, bool) == isinstance(wanted, bool)
    return holds


def _only(item: Item, names: Sequence[str]) -> Item:
    return {name: item[name] for name in names if name in item} if names else item
