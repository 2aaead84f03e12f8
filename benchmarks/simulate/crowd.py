"""Readers who have long been there, laid into the table as a click and its first pass have left them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from hashlib import sha256
from itertools import count, islice

from benchmarks.stage import scene

from cliffhanger import keys
from cliffhanger.ports import Item, Table
from cliffhanger.readers.joining import Start
from cliffhanger.series import Series
from local.memory_table import MemoryTable

SLUG = "the-lantern-road"
SERIES = Series(SLUG, "The Lantern Road", "Mara Quill", author_address="mara@example.org")
LETTERS_OF_AN_ID = "abcdefghijklmnopqrstuvwxyz234567"


def lay(table: Table, readers: int, now: int, *, shards: Collection[str] = keys.SHARDS) -> None:
    """The series, and so many readers on these shards."""
    scene.series(table, SERIES)
    ada = _settled(now)
    on: Counter[str] = Counter()
    for reader in islice(_identifiers(shards), readers):
        key = keys.subscription(SLUG, reader)
        digest = sha256(reader.encode()).hexdigest()
        table.put(key, {**ada, "reader": reader, "address": f"{reader}@example.org", "joined_by": digest})
        on[keys.shard_of(reader)] += 1
    for shard, number in on.items():
        table.update(keys.shard(SLUG, shard), set={"joined_at": now}, add={"readers": number})


def _settled(now: int) -> Item:
    """A subscription as the service's own code makes it, once its reader waits for the next chapter."""
    elsewhere = MemoryTable()
    scene.series(elsewhere, SERIES)
    scene.sign_up(elsewhere, SLUG, "ada@example.org", "a token", start=Start.NEWEST, now=now)
    ada = scene.click(elsewhere, SLUG, "a token", now)
    return elsewhere.update(keys.subscription(SLUG, ada), remove=("due_pk", "due_at"))


def _identifiers(shards: Collection[str]) -> Iterator[str]:
    """As long as real ones, and spread over the shards as they are."""
    for number in count(1):
        reader = ""
        for _ in range(16):
            number, digit = divmod(number, len(LETTERS_OF_AN_ID))  # noqa: PLW2901
            reader += LETTERS_OF_AN_ID[digit]
        if keys.shard_of(reader) in shards:
            yield reader
