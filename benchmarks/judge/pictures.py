"""`python -m benchmarks.judge.pictures [NAME …]`: mails and pages as a person sees them, into `.bench/pictures/`.

At 360 and 700 px, light and dark, and without images; the first SCREENS of each. Names are kinds of mails, or parts of
the paths of pages; none asks for all.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from benchmarks.judge.axe import HEIGHT, VIEWS, address, chromium, context_of
from benchmarks.judge.subjects import ROOT, Subjects, lay
from playwright.sync_api import Browser

FOLDER = ROOT / ".bench" / "pictures"
SCREENS = 3


def main(names: list[str]) -> int:
    subjects = lay()
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    documents = {**subjects.mails, **{_called(path): file for path, file in subjects.pages.items()}}
    asked = {name: path for name, path in documents.items() if not names or any(one in name for one in names)}
    with chromium() as running:
        for width, scheme in VIEWS:
            for images in (True, False) if scheme == "light" else (True,):
                _take(running, subjects, asked, width, scheme, images=images)
    print(f"{len(list(FOLDER.iterdir()))} pictures in {FOLDER}")
    return 0


def _take(
    running: Browser, subjects: Subjects, asked: dict[str, Path], width: int, scheme: str, *, images: bool
) -> None:
    context = context_of(running, width, scheme, subjects.site, subjects.site_url, images=images)
    page = context.new_page()
    for name, path in asked.items():
        page.goto(address(path, subjects.site, subjects.site_url))
        height = min(int(page.evaluate("document.documentElement.scrollHeight")), SCREENS * HEIGHT)
        target = FOLDER / f"{name}-{width}-{scheme}{'' if images else '-no-images'}.png"
        page.screenshot(path=target, full_page=True, clip={"x": 0, "y": 0, "width": width, "height": height})
    context.close()


def _called(path: str) -> str:
    return "page-" + path.removesuffix(".html").removesuffix("/index").replace("/", "-").replace(" ", "-")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
