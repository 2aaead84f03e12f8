"""Ratios of pairs, each measured one right after the other, so that what disturbs one disturbs both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Spread:
    """Rounded to thousandths."""

    low: float
    middle: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        return cls(*(round(value, 3) for value in (min(values), median(values), max(values))))

    def __str__(self) -> str:
        digits = 2 if self.middle < 10 else 0
        return f"{self.low:.{digits}f} – **{self.middle:.{digits}f}** – {self.high:.{digits}f}"


def against(ours: Sequence[float], theirs: Sequence[float]) -> Spread:
    """Ours divided by theirs, pair by pair."""
    return Spread.of([our / their for our, their in zip(ours, theirs, strict=True)])


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """In Markdown, as docs/performance.md holds it."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)
