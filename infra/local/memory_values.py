"""What DynamoDB lets an attribute hold, and how large it is there.

Sources: DynamoDB developer guide, "Constraints" (item size, sets, keys) and "Item sizes and formats".
What DynamoDB answers with a ValidationException is the CliffhangerError that the adapter makes of it; TypeError is
what the adapter can't even write down.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cliffhanger.errors import CliffhangerError
from cliffhanger.ports import Item, Key

LARGEST_ITEM = 400 * 1024
LONGEST_PK, LONGEST_SK = 2048, 1024
PLAIN = frozenset({str, int, bool, frozenset})
"""Values that nobody can change: they go in and out as they are."""


def refused(why: str) -> CliffhangerError:
    return CliffhangerError(f"the table refused: {why}", permanent=False)


def plain(value: Any) -> Any:
    """A copy of a value as the store gives it back: lists for tuples, text for a StrEnum's member."""
    kind = type(value)
    if kind in (str, int, bool):
        return value
    if kind is dict:
        return {name: plain(inner) for name, inner in value.items()}
    if kind in (list, tuple):
        return [plain(inner) for inner in value]
    if kind is frozenset and value and ({str} == {*map(type, value)} or {int} == {*map(type, value)}):
        return value
    if isinstance(value, str):
        return str.__str__(value)
    raise TypeError(f"the store holds no {kind.__name__} like this one")


def copied(item: Item) -> Item:
    """For the asker to keep. Cheap, as most attributes are plain."""
    copy = item.copy()
    for name, value in item.items():
        if type(value) not in PLAIN:
            copy[name] = plain(value)
    return copy


def check_key(key: Key) -> None:
    if not (0 < len(key.pk.encode()) <= LONGEST_PK and 0 < len(key.sk.encode()) <= LONGEST_SK):
        raise refused("a key is empty or too long")


def check(item: Item) -> None:
    """CliffhangerError where DynamoDB would not take the item."""
    if "due_pk" in item and not (isinstance(item["due_pk"], str) and item["due_pk"]):
        raise refused("due_pk is a key of an index: text, and not empty")
    if "due_at" in item and type(item["due_at"]) is not int:
        raise refused("due_at is a key of an index: a number")
    if not _surely_small(item) and size_of(item) > LARGEST_ITEM:
        raise refused("the item is larger than 400 KB")


def size_of(item: Item) -> int:
    """Bytes, as DynamoDB counts an item for its limits and its bill."""
    return sum(_size(name) + _size(value) for name, value in item.items())


def added(item: Item, name: str, value: Any) -> Any:
    """ADD: a number to a number, a set to a set of its kind; what is absent begins at nothing."""
    value = plain(value)
    if type(value) is int:
        if type(item.get(name, 0)) is int:
            return item.get(name, 0) + value
    elif type(value) is frozenset and _of_one_kind(item.get(name, value), value):
        return item.get(name, value) | value
    raise refused(f"{name} can't be added to: its type is another")


def discarded(item: Item, name: str, value: Any) -> frozenset[Any]:
    """DELETE: a set without some members; empty where none is left, and then the attribute goes."""
    value = plain(value)
    if type(value) is not frozenset or not _of_one_kind(item.get(name, value), value):
        raise refused(f"{name} can't be discarded from: its type is another")
    return frozenset(item.get(name, frozenset()) - value)


def check_changes(*changes: Mapping[str, Any] | tuple[str, ...]) -> None:
    """An update names each attribute once, no key, and at least one. A path into a map is not in the port."""
    names = [name for change in changes for name in change]
    if not names or len(set(names)) < len(names):
        raise refused("an update changes something, and no attribute twice")
    if any(name in ("pk", "sk") or "." in name for name in names):
        raise refused("an update changes attributes, and no key")


def _of_one_kind(old: Any, new: frozenset[Any]) -> bool:
    return type(old) is frozenset and type(next(iter(old))) is type(next(iter(new)))


def _surely_small(item: Item) -> bool:
    """A look at the top only: exact counting would take longer than all the rest of a write."""
    most = 0
    for name, value in item.items():
        kind = type(value)
        if kind is str:
            most += 4 * (len(name) + len(value))
        elif kind is int:
            most += 4 * len(name) + 21  # a number has at most 38 digits
        else:
            most += 4 * len(name) + _size(value)
    return most <= LARGEST_ITEM


def _size(value: Any) -> int:
    kind = type(value)
    if kind is str:
        return len(value) if value.isascii() else len(value.encode())
    if kind is bool:
        return 1
    if kind is int:
        return int(value).bit_length() // 6 + 2  # a byte for two digits, one more, and one for the sign
    if kind is dict:
        return 3 + sum(1 + _size(name) + _size(inner) for name, inner in value.items())
    if kind is list:
        return 3 + sum(1 + _size(inner) for inner in value)
    return sum(map(_size, value))
