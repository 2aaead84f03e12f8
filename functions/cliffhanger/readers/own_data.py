"""Everything that the store knows of one reader, for himself (GDPR, articles 15 and 20)."""

from __future__ import annotations

from typing import Any

from cliffhanger import catalogue, keys, links
from cliffhanger.clock import as_datetime
from cliffhanger.links import Keys
from cliffhanger.ports import Item, Table

OURS = {"pk", "sk", "due_pk", "claim", "epoch", "joined_by", "choices", "expires"}
"""What keeps our books and says nothing of him."""


def everything(table: Table, reader: str, keys_: Keys) -> dict[str, Any]:
    """JSON: {address, confirmed_at, series: [{title, …, missed: [{position, …}]}]}. Times are ISO 8601, in UTC."""
    profile = table.get(keys.profile(reader)) or {}
    address = str(profile.get("address", ""))
    known = table.get(keys.address(links.address_digest(address, keys_))) or {}
    return {
        "address": address,
        **_told(known),
        "series": [_subscription(table, series, reader) for series in sorted(profile.get("series", ()))],
    }


def _subscription(table: Table, series: str, reader: str) -> dict[str, Any]:
    shelf = catalogue.find(table, series)
    missed = (
        (position, table.get(keys.missed(series, position, reader)))
        for position in range(1, shelf.newest + 1 if shelf else 1)
    )
    return {
        "title": shelf.series.title if shelf else series,
        **_told(table.get(keys.subscription(series, reader)) or {}),
        "missed": [{"position": position, **_told(item)} for position, item in missed if item],
    }


def _told(item: Item) -> dict[str, Any]:
    return {name: _plain(name, value) for name, value in sorted(item.items()) if name not in OURS}


def _plain(name: str, value: Any) -> Any:
    if isinstance(value, dict):
        return _told(value)
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, int) and name.endswith(("_at", "_until")):
        return as_datetime(value).isoformat(timespec="seconds")
    return value
