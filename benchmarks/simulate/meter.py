"""Every call of an AWS API, counted as AWS bills it."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil
from pathlib import Path
from typing import Any, NamedTuple

PRICES = Path(__file__).with_name("prices.toml")
SECOND = 1_000_000
KB = 1024


class Row(NamedTuple):
    """A line of the bill. `units` are of the kind that `unit` names in prices.toml; "" is not billed, or not here."""

    api: str
    unit: str
    calls: int
    bytes: int
    units: float
    usd: float


@dataclass(slots=True)
class Meter:
    """`clock` is microseconds. `hottest` is the most write units that one partition took within a calendar second."""

    clock: Callable[[], int]
    calls: Counter[str] = field(default_factory=Counter)
    bytes: Counter[str] = field(default_factory=Counter)
    units: Counter[tuple[str, str]] = field(default_factory=Counter)
    hottest: tuple[int, str] = (0, "")
    _second: int = 0
    _writes: Counter[str] = field(default_factory=Counter)

    def count(self, api: str, unit: str = "", units: float = 1, *, size: int = 0) -> None:
        self.calls[api] += 1
        self.bytes[api] += size
        self.units[api, unit] += units  # type: ignore[assignment]  # a Counter counts halves as well

    def write(self, api: str, partition: str, size: int) -> None:
        """An item of `size` bytes: before or after the write, whichever is more."""
        units = max(ceil(size / KB), 1)
        self.count(api, "dynamodb_write", units, size=size)
        self._heat(partition, units)

    def index(self, partition: str) -> None:
        """An entry of the index, of keys only, is made or taken away."""
        self.count("DynamoDB index", "dynamodb_write")
        self._heat(partition, 1)

    def read(self, api: str, size: int, *, consistent: bool = True) -> None:
        units = max(ceil(size / (4 * KB)), 1)
        self.count(api, "dynamodb_read", units if consistent else units / 2, size=size)

    def rows(self) -> list[Row]:
        prices = load_prices()
        return [
            Row(api, unit, self.calls[api], self.bytes[api], units, units * prices[unit] if unit else 0.0)
            for (api, unit), units in sorted(self.units.items())
        ]

    def _heat(self, partition: str, units: int) -> None:
        second = self.clock() // SECOND
        if second != self._second:
            self._second = second
            self._writes.clear()
        self._writes[partition] += units
        if self._writes[partition] > self.hottest[0]:
            self.hottest = self._writes[partition], partition


def load_prices() -> dict[str, float]:
    """Dollars for one unit."""
    found: dict[str, Any] = tomllib.loads(PRICES.read_text())
    return {name: price["usd"] / price["per"] for name, price in found.items()}
