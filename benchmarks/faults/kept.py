"""The table in memory, with backups."""

from __future__ import annotations

from cliffhanger.ports import Item, Key
from local.memory_index import DueIndex
from local.memory_table import MemoryTable

Backup = dict[str, dict[str, Item]]


class KeptTable(MemoryTable):
    """A kept item is never changed, only replaced; so a backup is a copy of the outer mappings."""

    def peek(self, key: Key) -> Item:
        """An item that is there, not copied: to be looked at only."""
        item = self._item(key)
        assert item
        return item

    def backup(self) -> Backup:
        return {pk: dict(items) for pk, items in self._partitions.items()}

    def restore(self, backup: Backup) -> None:
        self._partitions = {pk: dict(items) for pk, items in backup.items()}
        self._names = {pk: sorted(items) for pk, items in backup.items()}
        self._index = DueIndex()
        for items in backup.values():
            for item in items.values():
                self._index.note(_key(item), None, item)


def _key(item: Item) -> Key:
    return Key(item["pk"], item["sk"])
