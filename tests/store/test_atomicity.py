"""Many workers at one table: who wins, wins alone.

Not on moto, which checks a condition and writes in two steps that another thread may come between (shared facts: "not
atomic across threads").
"""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest
from tests.store.conftest import MEMORY, MINISTACK

from cliffhanger.errors import ConditionFailed
from cliffhanger.ports import ABSENT, Key, Table

WORKERS, ITEMS = 8, 200
pytestmark = pytest.mark.parametrize("table", [MEMORY, MINISTACK], indirect=True)


def test_eight_workers_claim_200_items_once_each(table: Table) -> None:
    readers = [Key("SERIES#lantern#00", f"READER#{n:03}") for n in range(ITEMS)]
    for key in readers:
        table.put(key, {"state": "active"})

    def claim_all(worker: int) -> list[Key]:
        won = []
        for key in Random(worker).sample(readers, ITEMS):
            try:
                table.update(key, set={"claim": {"id": str(worker)}}, when={"state": "active", "claim": ABSENT})
                won.append(key)
            except ConditionFailed:
                continue
        return won

    with ThreadPoolExecutor(WORKERS) as pool:
        wins = list(pool.map(claim_all, range(WORKERS)))
    assert Counter(key for won in wins for key in won) == Counter(readers)
    for worker, won in enumerate(wins):
        assert all((table.get(key) or {})["claim"]["id"] == str(worker) for key in won)


def test_no_addition_is_lost(table: Table) -> None:
    key = Key("PACE", "PACE")

    def add_all(worker: int) -> None:
        for n in range(25):
            table.update(key, add={"count": 1, "seen": frozenset({worker * 25 + n})})

    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(add_all, range(WORKERS)))
    item = table.get(key) or {}
    assert (item["count"], item["seen"]) == (200, frozenset(range(200)))
