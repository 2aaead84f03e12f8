"""A series with a reader."""

from __future__ import annotations

import pytest
from tests.support.world import World


@pytest.fixture
def followed(world: World) -> World:
    world.series()
    world.join("ada")
    world.work()
    return world
