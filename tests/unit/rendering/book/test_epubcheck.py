"""Books under Debian's epubcheck: no error, no warning."""

import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from tests.support.chapters import LANTERN_ROAD, everything, long, prologue
from tests.support.library import Shelf, shelf

from cliffhanger.series import Status

JAR = Path("/usr/share/java/epubcheck.jar")

pytestmark = pytest.mark.skipif(
    not (shutil.which("java") and JAR.exists()), reason="epubcheck is not installed (apt-get install epubcheck)"
)


def epubcheck(book: bytes, folder: Path) -> list[str]:
    file, report = folder / "book.epub", folder / "report.json"
    file.write_bytes(book)
    command = ["java", "-jar", str(JAR), str(file), "--json", str(report), "--quiet"]
    subprocess.run(command, capture_output=True, timeout=120, check=False)
    return [f"{one['severity']} {one['ID']}: {one['message']}" for one in json.loads(report.read_text())["messages"]]


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
def test_a_book_of_sixty_chapters_is_clean(settings: dict[str, object], tmp_path: Path) -> None:
    assert epubcheck(sixty(**settings).new_book(), tmp_path) == []


def test_the_check_sees_what_is_wrong(tmp_path: Path) -> None:
    made = shelf(prologue())
    (sheet,) = made.sheets.values()
    made.add_sheet(replace(sheet, story='<p id="heading"><a href="#note-9">9</a></p>'), "chapter-1")

    assert any("ERROR RSC-012" in one for one in epubcheck(made.new_book(), tmp_path))
