import json
from dataclasses import replace

import pytest
from tests.support import chapters

from cliffhanger.manuscripts.model import Chapter
from cliffhanger.rendering.sheet import Sheet, render_sheet
from cliffhanger.series import Notes

YOUNGER = ("notes_place", "recap")


@pytest.mark.parametrize("chapter", [chapters.everything(), chapters.prologue()])
def test_a_sheet_comes_back_from_json_as_it_was(chapter: Chapter) -> None:
    sheet = render_sheet(chapter, series=chapters.LANTERN_ROAD)

    assert Sheet.from_json(sheet.to_json()) == sheet


def test_a_sheet_of_before_a_field_was_known_can_still_be_read() -> None:
    sheet = render_sheet(chapters.everything(), series=chapters.LANTERN_ROAD)
    old = {name: value for name, value in json.loads(sheet.to_json()).items() if name not in YOUNGER}

    assert Sheet.from_json(json.dumps(old).encode()) == sheet


@pytest.mark.parametrize("own", [None, "before", "after"])
@pytest.mark.parametrize("series", Notes)
def test_a_chapter_decides_where_its_notes_stand_before_its_series_does(own: str | None, series: Notes) -> None:
    road = replace(chapters.LANTERN_ROAD, notes=series)
    chapter = replace(chapters.everything(), tags={"notes": own} if own else {})
    before, after = render_sheet(chapter, series=road).notes(road)

    assert (len(before), len(after)) == ((1, 2) if (own or series) == "before" else (0, 3))
