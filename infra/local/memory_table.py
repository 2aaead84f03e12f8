"""The table in memory: the same port as DynamoDB, for tests and simulations. tests/store holds both to one suite."""

from __future__ import annotations

import copy
import threading
from bisect import bisect_left, insort
from collections.abc import Iterator, Mapping
from itertools import takewhile
from typing import Any

from cliffhanger.errors import ConditionFailed
from cliffhanger.ports import ABSENT, PRESENT, Below, Condition, Contains, Item, Key, OneOf, When

PAGE = 1_000
"""Items; DynamoDB's pages are of 1 MB."""


class MemoryTable:
    """Atomic per item. Items are copied in and out, so that nobody holds a piece of the store in his hand."""

    def __init__(self) -> None:
        self._items: dict[Key, Item] = {}
        self._partitions: dict[str, list[str]] = {}
        self._due: dict[str, dict[Key, int]] = {}
        self._lock = threading.Lock()

    def get(self, key: Key) -> Item | None:
        with self._lock:
            return copy.deepcopy(self._items.get(key))

    def put(self, key: Key, item: Item, *, when: When | None = None) -> None:
        with self._lock:
            self._check(key, when)
            self._store(key, copy.deepcopy({**item, **key._asdict()}))

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
        with self._lock:
            self._check(key, when)
            item = copy.deepcopy(self._items.get(key, dict(key._asdict())))
            item.update(copy.deepcopy(dict(set or {})))
            for name in remove:
                item.pop(name, None)
            for name, value in (add or {}).items():
                item[name] = item.get(name, frozenset() if isinstance(value, frozenset) else 0)
                item[name] = item[name] | value if isinstance(value, frozenset) else item[name] + value
            for name, value in (discard or {}).items():
                item[name] = item.get(name, frozenset()) - value
                if not item[name]:
                    del item[name]
            self._store(key, item)
            return copy.deepcopy(item)

    def query(self, pk: str, *, prefix: str = "", after: str = "") -> Iterator[Item]:
        page = self._page(pk, prefix, after)
        while page:
            yield from page
            page = self._page(pk, prefix, page[-1]["sk"])

    def due(self, due_pk: str, *, until: int) -> Iterator[Key]:
        with self._lock:
            found = sorted((at, key) for key, at in self._due.get(due_pk, {}).items() if at <= until)
        for _, key in found:
            yield key

    def _page(self, pk: str, prefix: str, after: str) -> list[Item]:
        """The next items as they are now: who is slow to look at them sees what has long changed, as on DynamoDB."""
        with self._lock:
            names = self._partitions.get(pk, [])
            start = bisect_left(names, max(prefix, after + "\0" if after else ""))
            page = takewhile(lambda name: name.startswith(prefix), names[start : start + PAGE])
            return [copy.deepcopy(self._items[Key(pk, name)]) for name in page]

    def _store(self, key: Key, item: Item) -> None:
        if key not in self._items:
            insort(self._partitions.setdefault(key.pk, []), key.sk)
        elif "due_pk" in (old := self._items[key]):
            self._due[old["due_pk"]].pop(key, None)
        self._items[key] = item
        if "due_pk" in item and "due_at" in item:
            self._due.setdefault(item["due_pk"], {})[key] = item["due_at"]

    def _check(self, key: Key, when: When | None) -> None:
        item = self._items.get(key, {})
        if not all(_holds(_at(item, path), wanted) for path, wanted in (when or {}).items()):
            raise ConditionFailed


def _at(item: Item, path: str) -> Any:
    value: Any = item
    for name in path.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _holds(value: Any, wanted: Condition) -> bool:
    if wanted is ABSENT:
        return value is None
    if wanted is PRESENT:
        return value is not None
    if isinstance(wanted, Below):
        return value is None or value < wanted.limit
    if isinstance(wanted, Contains):
        return wanted.member in (value or frozenset())
    if isinstance(wanted, OneOf):
        return value in wanted.values
    return bool(value == wanted)
