import pytest
from tests.support import chapters

from cliffhanger.manuscripts.model import Chapter
from cliffhanger.rendering.sheet import Sheet, render_sheet


@pytest.mark.parametrize("chapter", [chapters.everything(), chapters.prologue()])
def test_a_sheet_comes_back_from_json_as_it_was(chapter: Chapter) -> None:
    sheet = render_sheet(chapter, series=chapters.LANTERN_ROAD)

    assert Sheet.from_json(sheet.to_json()) == sheet
