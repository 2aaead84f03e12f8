"""Words without a place to break, as stories have them, on a phone: nothing gets wider than the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from benchmarks.judge import axe
from tests.support.chapters import LANTERN_ROAD, paragraph, prologue
from tests.support.rendered import HOUSE, TEMPLATES, filled, issue

from cliffhanger.manuscripts.model import Text, Verse
from cliffhanger.rendering.leaves import assets
from cliffhanger.rendering.sheet import render_sheet
from cliffhanger.rendering.site import ChapterLink, Frame, render_chapter, render_contents

pytestmark = pytest.mark.judge
Width = Callable[[str], int]

ADDRESS = "https://archive.example/works/12345678/chapters/87654321?view_adult=true&view_full_work=true"
LONG_TITLE = "Weltuntergangsverschiebungsgesellschaft" * 2
CHAPTERS = {
    "an address in the story": replace(prologue(), blocks=(paragraph(f"Read more at {ADDRESS} now."),)),
    "a scream": replace(prologue(), blocks=(paragraph(f"“A{'a' * 45}h!”"),)),
    "a line of verse": replace(prologue(), blocks=(Verse(lines=((Text("a_b_" * 20),),), indents=(0,)),)),
    "a title": replace(prologue(), title=LONG_TITLE),
    "an address in a note": replace(prologue(), notes_after=((paragraph(f"See {ADDRESS}"),),)),
    "an address before the story": replace(prologue(), summary=ADDRESS, tags={"warnings": ADDRESS}),
}
HERE = ChapterLink("Prologue", "", "/lantern-road/prologue", date(2026, 9, 1))
LONG = replace(HERE, title=LONG_TITLE)


@pytest.fixture(scope="module")
def width(tmp_path_factory: pytest.TempPathFactory, needs: Callable[..., None]) -> Iterator[Width]:
    """Lays a page into the archive and tells how wide it gets."""
    needs("chromium")
    site = tmp_path_factory.mktemp("site")
    for leaf in assets(TEMPLATES).leaves:
        _file(site / leaf.path).write_bytes(leaf.data)
    with axe.chromium() as running:
        page = axe.context_of(running, axe.NARROW, "light", site, HOUSE.site_url).new_page()

        def measured(html: str) -> int:
            _file(site / "page.html").write_text(html, encoding="utf-8")
            page.goto(HOUSE.url("page.html"))
            wide: int = page.evaluate("document.documentElement.scrollWidth")
            return wide

        yield measured


def _file(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_long_word_makes_no_mail_wider_than_a_phone(name: str, width: Width) -> None:
    assert width(filled(issue(CHAPTERS[name]).html)) == axe.NARROW


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_long_word_makes_no_page_wider_than_a_phone(name: str, width: Width) -> None:
    sheet = render_sheet(CHAPTERS[name], series=LANTERN_ROAD)

    page = render_chapter(sheet, HERE, frame=Frame(LANTERN_ROAD, HOUSE), before=HERE, after=HERE, start=None)

    assert width(page) == axe.NARROW


def test_a_long_title_of_a_neighbour_makes_no_page_wider_than_a_phone(width: Width) -> None:
    frame = Frame(LANTERN_ROAD, HOUSE)
    sheet = render_sheet(prologue(), series=LANTERN_ROAD)

    assert width(render_chapter(sheet, HERE, frame=frame, before=LONG, after=LONG, start=None)) == axe.NARROW
    assert width(render_contents(frame, [LONG])) == axe.NARROW
