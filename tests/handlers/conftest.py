from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.lambdas import Lambdas, stack


@pytest.fixture
def lambdas() -> Iterator[Lambdas]:
    with stack() as made:
        yield made
