"""The service's own word on who missed what, as an operator would read it."""

from __future__ import annotations

from benchmarks.faults.world import World


def reasons(world: World) -> dict[tuple[str, int, str], str]:
    """(series, position, address) to the reason on record."""
    return {
        (slug, position, item["address"]): record["reason"]
        for slug, newest in world.history.released.items()
        for item in world.subscriptions(slug)
        for position in range(1, newest + 1)
        for record in world.table.query(f"MISSED#{slug}#{position}", prefix=item["sk"])
    }
