from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.handlers import scene
from tests.support.lambdas import Lambdas, stack

from cliffhanger.ports import Item, Key


@pytest.fixture
def lambdas() -> Iterator[Lambdas]:
    """A stack with nothing in it."""
    with stack() as made:
        yield made


@pytest.fixture(scope="module")
def built() -> Iterator[tuple[Lambdas, dict[Key, Item]]]:
    with stack() as made:
        scene.play(made)
        yield made, made.dump()


@pytest.fixture
def played(built: tuple[Lambdas, dict[Key, Item]]) -> Lambdas:
    """The scene, built once for all tests of a file; what the test before has changed is put back."""
    made, as_it_was = built
    made.restore(as_it_was)
    return made
