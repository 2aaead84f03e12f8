"""axe-core in a headless Chromium over mails and pages, narrow and wide, light and dark.

All of axe's rules: WCAG 2 at A and AA, and its best practices. The archive is served to the browser from
the folder that it lies in; whatever else is asked for is refused, and told.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

from axe_playwright_python.sync_playwright import Axe
from benchmarks.judge.verdict import Verdict, table
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

from local.pictures import browser

NARROW, WIDE = 360, 700
HEIGHT = 900
SCHEMES = ("light", "dark")
VIEWS = tuple((width, scheme) for width in (NARROW, WIDE) for scheme in SCHEMES)
Views = Sequence[tuple[int, str]]
OFF_IN_MAILS = ("landmark-one-main", "region")
"""Best practices for a page that is alone in its window. A mail is shown inside a client's page, which has its own
main landmark: ours is an article in it."""


def judge(
    mails: Mapping[str, Path], pages: Mapping[str, Path], *, site: Path, url: str, views: Views = VIEWS
) -> Verdict:
    """Files by what they are called; `site` is the folder of what lies at `url`."""
    rows, said = [], []
    with chromium() as running:
        for name, documents in (("mails", mails), ("pages", pages)):
            for width, scheme in views:
                off = OFF_IN_MAILS if documents is mails else ()
                found = _view(running, documents, width, scheme, site, url, off)
                said += found
                rows.append((name, f"{width} px", scheme, len(documents), len(found)))
    report = table(("", "width", "colours", "documents", "violations"), rows)
    return Verdict("Accessibility", report, {"axe_violations": len(said)}, tuple(said))


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=browser(), args=["--no-sandbox", "--disable-gpu"])
        yield launched
        launched.close()


def context_of(
    running: Browser, width: int, scheme: str, site: Path, url: str, *, images: bool = True
) -> BrowserContext:
    """A window that reaches nothing but the archive, which is served from its folder, and files."""
    context = running.new_context(viewport={"width": width, "height": HEIGHT}, color_scheme=scheme)

    def served(route: Route) -> None:
        asked = urlsplit(route.request.url)
        if asked.scheme == "file":
            route.continue_()
            return
        path = site / unquote(asked.path).lstrip("/")
        path = path / "index.html" if path.is_dir() else path
        is_image = route.request.resource_type == "image"
        if not route.request.url.startswith(url) or not path.exists() or (is_image and not images):
            route.abort()
            return
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        route.fulfill(body=path.read_bytes(), content_type=kind)

    context.route("**/*", served)
    return context


def address(path: Path, site: Path, url: str) -> str:
    """Where a browser finds the file: in the archive, if it lies there."""
    if not path.is_relative_to(site):
        return path.resolve().as_uri()
    return f"{url}/{path.relative_to(site)}".removesuffix("/index.html")


def _view(
    running: Browser,
    documents: Mapping[str, Path],
    width: int,
    scheme: str,
    site: Path,
    url: str,
    off: Sequence[str],
) -> list[str]:
    context = context_of(running, width, scheme, site, url)
    page = context.new_page()
    said = []
    for name, path in documents.items():
        page.goto(address(path, site, url))
        said += [f"{name}, {width} px, {scheme}: {what}" for what in _violations(page, off)]
    context.close()
    return said


def _violations(page: Page, off: Sequence[str]) -> list[str]:
    options = {"rules": {rule: {"enabled": False} for rule in off}}
    found = Axe().run(page, options=options).response["violations"]
    return [f"{one['id']} ({len(one['nodes'])}): {one['nodes'][0]['html'][:100]}" for one in found]
