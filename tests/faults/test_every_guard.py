"""A search that finds nothing may look at nothing: without a guard of the ledger it must find what the guard is for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import pytest
from benchmarks.faults.interleavings import PLOTS
from benchmarks.faults.kept import KeptTable
from benchmarks.faults.search import search

from cliffhanger.ports import Item, Key

Changes = dict[str, Any]
PLOT = {plot.name: plot for plot in PLOTS}
MOST_STATES = 4_000


def claims(changes: Changes) -> bool:
    return "claim" in (changes.get("set") or {})


def settles(changes: Changes) -> bool:
    return "sent_at" in (changes.get("set") or {})


def releases(changes: Changes) -> bool:
    return changes.get("remove") == ("claim",)


def without(guard: str, is_concerned: Callable[[Changes], bool]) -> Callable[..., Item]:
    """An update of the table that overlooks one of its conditions."""
    update = KeptTable.update

    def careless(table: KeptTable, key: Key, **changes: Any) -> Item:
        if "when" in changes and is_concerned(changes):
            changes["when"] = {path: wanted for path, wanted in changes["when"].items() if path != guard}
        return update(table, key, **changes)

    return careless


@pytest.mark.parametrize(
    ("plot", "is_concerned", "guard"),
    [
        ("a live reader", claims, "bookmark"),
        ("a live reader", claims, "claim"),
        ("a letter long in doubt", claims, "claim.id"),
        ("a live reader", settles, "claim.id"),
        ("a live reader", settles, "claim.to"),
        ("a live reader", releases, "claim.id"),
    ],
)
def test_the_search_finds_what_goes_wrong_without(
    plot: str, is_concerned: Callable[[Changes], bool], guard: str
) -> None:
    with patch.object(KeptTable, "update", without(guard, is_concerned)):
        found = search(PLOT[plot], most_states=MOST_STATES)
    assert found.wrong
