"""A chapter in parts, where its worker dies or something else happens at the same time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.support.long_chapters import (
    ALL,
    BOTH,
    DAILY,
    days,
    drop_long,
    read,
    subjects,
)
from tests.support.world import World

from cliffhanger.clock import MINUTE
from cliffhanger.publishing import ingest


class Meanwhile:
    """Something happens right before the n-th write to the table."""

    def __init__(self, world: World, before: int, happens: Callable[[], None]) -> None:
        self.left = before
        update = world.table.update

        def interrupted(*args: Any, **kwargs: Any) -> Any:
            self.left -= 1
            if self.left == 0:
                happens()
            return update(*args, **kwargs)

        world.table.update = interrupted  # type: ignore[method-assign]


class Died(Exception):
    pass


@pytest.mark.parametrize("before", range(1, 3))
def test_a_worker_that_dies_half_way_leaves_nothing_to_go_out_in_halves(followed: World, before: int) -> None:
    update = followed.table.update

    def die() -> None:
        raise Died

    followed.chapter(2)
    Meanwhile(followed, before, die)
    with pytest.raises(Died):
        drop_long(followed, 1)
    followed.table.update = update  # type: ignore[method-assign]
    followed.minutes(15)
    assert followed.got("ada") in ([], [1, 2, 3])
    ingest.take(followed.desk, "lantern/01.md")
    followed.minutes(30)
    assert subjects(followed) == [*BOTH, "Chapter 2: Night 2"]
    assert read(followed) == ALL


@pytest.mark.parametrize("before", range(1, 5))
def test_a_first_part_that_goes_out_while_its_correction_is_written_loses_no_scene(
    followed: World, before: int
) -> None:
    followed.series(yaml=DAILY)
    drop_long(followed)
    followed.minutes(9)

    def release() -> None:
        followed.table.update = update  # type: ignore[method-assign]
        followed.time += 2 * MINUTE
        followed.tick()
        followed.work()

    update = followed.table.update
    meanwhile = Meanwhile(followed, before, release)
    drop_long(followed, s40="It was late. " * 300)
    assert meanwhile.left <= 0
    followed.table.update = update  # type: ignore[method-assign]
    days(followed, 2)
    assert list(dict.fromkeys(read(followed))) == ALL
    assert subjects(followed) == BOTH
