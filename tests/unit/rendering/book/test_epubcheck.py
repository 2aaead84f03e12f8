"""Books under Debian's epubcheck: no error, no warning."""

import shutil
from dataclasses import replace

import pytest
from benchmarks.judge.books import complaints
from tests.support.chapters import LANTERN_ROAD, everything, long, prologue
from tests.support.library import Shelf, shelf

from cliffhanger.series import Status

pytestmark = [
    pytest.mark.judge,
    pytest.mark.skipif(
        not (shutil.which("java") and shutil.which("epubcheck")),
        reason="epubcheck is not installed (apt-get install epubcheck)",
    ),
]


def sixty(**settings: object) -> Shelf:
    """Sixty chapters, grown one by one."""
    made = Shelf(replace(LANTERN_ROAD, **settings))  # type: ignore[arg-type]
    kinds = [everything(), long(6), replace(prologue(), number=1)]
    for number in range(1, 61):
        made.add(replace(kinds[number % 3], number=number), f"chapter-{number}")
    return made


@pytest.mark.parametrize(
    "settings", [{}, {"book_notes": False, "language": "ar", "author": "", "blurb": "", "status": Status.COMPLETE}]
)
def test_a_book_of_sixty_chapters_is_clean(settings: dict[str, object]) -> None:
    assert complaints(sixty(**settings).new_book()) == []


def test_the_check_sees_what_is_wrong() -> None:
    made = shelf(prologue())
    (sheet,) = made.sheets.values()
    made.add_sheet(replace(sheet, story='<p id="heading"><a href="#note-9">9</a></p>'), "chapter-1")

    assert any("ERROR RSC-012" in one for one in complaints(made.new_book()))
