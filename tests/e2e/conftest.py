"""One local cloud for all end-to-end tests, with every function's role enforced. Each test has a series of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from tests.support.local_cloud import HOUR, LocalCloud, Story

from local.cloud import start

ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
TROUBLE = re.compile(r'"level":"ERROR"|denied|not authorized|Traceback', re.IGNORECASE)
RATE = 100  # letters a second


@pytest.fixture(scope="session")
def running_cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCloud]:
    with start(tmp_path_factory.mktemp("local") / "cloud", auth=True, rate=RATE) as cloud:
        yield LocalCloud(cloud)


@pytest.fixture
def here(running_cloud: LocalCloud) -> Iterator[LocalCloud]:
    """An hour after the test before, so that the limits on sign-ups begin anew. And whatever a test does to the
    cloud, it must end like this: nothing under way, nothing dead, no error told, no address or token told.
    """
    running_cloud.pass_time(HOUR)
    running_cloud.cloud.invoke_tick()
    yield running_cloud
    running_cloud.cloud.post_office.allow(rate=RATE, quota=50_000)
    running_cloud.quiet()
    assert running_cloud.dead_letters() == 0
    log = running_cloud.logged()
    assert [line for line in log if TROUBLE.search(line)] == []
    assert [line for line in log if ADDRESS.search(line)] == []
    assert [token for token in running_cloud.tokens() if any(token in line for line in log)] == []


@pytest.fixture
def begin(here: LocalCloud) -> Callable[..., Story]:
    """A new series: its slug, and what its settings say besides the usual."""
    return lambda slug, **settings: Story(here, slug).begin(**settings)
