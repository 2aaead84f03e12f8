"""Two workers of ingest at once: one reads `series.yaml` while the other is busy with a chapter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.support.world import World

WRITES = 7
"""Of a worker that takes in the first chapter of a series without settings."""


class MeanwhileSettings:
    """`series.yaml` comes right before the n-th write."""

    def __init__(self, world: World, before: int) -> None:
        self.world = world
        self.left = before
        for port, names in ((world.table, ("put", "update")), (world.content, ("put",))):
            for name in names:
                setattr(port, name, self._around(getattr(port, name)))

    def _around(self, write: Callable[..., Any]) -> Callable[..., Any]:
        def interrupted(*args: Any, **kwargs: Any) -> Any:
            self.left -= 1
            if self.left == 0:
                self.world.series()
            return write(*args, **kwargs)

        return interrupted


@pytest.mark.parametrize("before", range(1, WRITES + 1))
def test_its_settings_hold_whenever_they_come(world: World, before: int) -> None:
    meanwhile = MeanwhileSettings(world, before)
    world.chapter(1)
    assert meanwhile.left <= 0, "the worker wrote less often than that"
    world.join("ada")
    world.minutes(11)
    assert "Mara Quill" in world.issues("ada")[0].text
    assert world.meta()["author_address"] == "mara@example.org"
    assert [word for word in world.words() if "Chapter 1: Night 1" in word.subject]
