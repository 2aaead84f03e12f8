"""What a simulated send must reach."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

LARGE = 1_000_000
"""Readers. A smaller send has the same start of a second and the same metrics, and they weigh more in it."""

LEAST_EFFICIENCY = 0.97
MOST_DOLLARS = 3.00


def missed(found: Mapping[str, Any]) -> list[str]:
    """A line for each goal that is missed, with its name in RESULT. `found` are the figures there."""
    goals = [("most_in_a_second", found["most_in_a_second"] <= found["rate"], f"at most {found['rate']}")]
    if found["readers"] >= LARGE:
        goals += [
            ("efficiency", found["efficiency"] >= LEAST_EFFICIENCY, f"at least {LEAST_EFFICIENCY}"),
            ("usd_per_million", found["usd_per_million"] <= MOST_DOLLARS, f"at most {MOST_DOLLARS:.2f}"),
        ]
    return [f"{name} is {found[name]}, the goal {goal}" for name, reached, goal in goals if not reached]
