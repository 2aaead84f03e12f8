"""A local cloud, and a real Chromium that the system has: driven by Playwright, judged by axe-core."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright
from tests.support.local_cloud import LocalCloud

from local.cloud import start
from local.pictures import NoPicture, browser


@pytest.fixture(scope="session")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCloud]:
    with start(tmp_path_factory.mktemp("local") / "cloud", auth=True, rate=100) as cloud:
        yield LocalCloud(cloud)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    try:
        path = browser()
    except NoPicture as reason:
        pytest.skip(str(reason))
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield launched
        launched.close()
