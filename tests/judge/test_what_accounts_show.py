"""Every page of accounts and every letter that is no issue, in a real browser at a phone's width and wider."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from benchmarks.judge import axe, markup
from tests.support import showroom
from tests.support.chapters import LANTERN_ROAD

pytestmark = pytest.mark.judge
Needs = Callable[..., None]

PHONE, DESK = 320, 900
VIEWS = tuple(zip((PHONE, DESK), axe.SCHEMES, strict=True))
HEAVIEST = 30_000  # bytes
SERIES = {
    language: replace(LANTERN_ROAD, title=title, language=language)
    for language, title in {"en": "The Lantern Road", "de": "Der Laternenweg", "ar": "طريق الفوانيس"}.items()
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    shown = {name: html for series in SERIES.values() for name, html in showroom.pages(series).items()}
    return lay(tmp_path_factory.mktemp("pages"), shown)


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    shown = {name: html for language in ("en", "de") for name, html in showroom.letters(language).items()}
    return lay(tmp_path_factory.mktemp("letters"), shown)


def lay(folder: Path, shown: dict[str, str]) -> dict[str, Path]:
    files = {name: folder / f"{name.replace(' ', '-')}.html" for name in shown}
    for name, file in files.items():
        file.write_text(shown[name], encoding="utf-8")
    return files


def test_pages_and_letters_can_be_read_by_everybody(
    pages: dict[str, Path], letters: dict[str, Path], needs: Needs, tmp_path: Path
) -> None:
    needs("chromium")

    assert axe.judge(letters, pages, site=tmp_path, url="https://stories.example", views=VIEWS).said == ()


def test_pages_and_letters_are_valid_html(pages: dict[str, Path], letters: dict[str, Path], needs: Needs) -> None:
    needs("npm", "java")

    assert markup.judge(letters, pages).said == ()


def test_nothing_is_wider_than_the_smallest_phone(
    pages: dict[str, Path], letters: dict[str, Path], needs: Needs
) -> None:
    needs("chromium")
    with axe.chromium() as running:
        page = running.new_page(viewport={"width": PHONE, "height": 640}, java_script_enabled=True)
        wide = {}
        for name, file in (pages | letters).items():
            page.goto(file.as_uri())
            wide[name] = page.evaluate("document.documentElement.scrollWidth")

    assert {name: width for name, width in wide.items() if width > PHONE} == {}


def test_no_page_is_heavy(pages: dict[str, Path]) -> None:
    assert {name: file.stat().st_size for name, file in pages.items() if file.stat().st_size > HEAVIEST} == {}
