"""`cliffhanger preview`."""

import re
from pathlib import Path

import pytest
from tests.support import drawn

from cliffhanger.errors import Refusal
from console.preview import preview_command

MANUSCRIPT = "A/N: Be kind.\n\nChapter 3: The Lamp\n\nIt burned, <b>and</b> {{ 7*7 }} moths came.\n"


def dropped(folder: Path, name: str = "three.txt") -> Path:
    path = folder / "lantern-road" / name
    path.parent.mkdir()
    path.write_text(MANUSCRIPT)
    return path


def test_a_preview_is_two_files_and_says_where_they_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert preview_command(dropped(tmp_path), out=tmp_path / "out") == 0

    subject, html, text = capsys.readouterr().out.splitlines()[:3]
    assert subject == "Lantern Road · Chapter 3: The Lamp"
    assert "It burned, &lt;b&gt;and&lt;/b&gt; {{ 7*7 }} moths came." in Path(html).read_text()
    assert "Author’s note: Be kind." in Path(text).read_text()


def test_a_chapter_too_long_for_one_mail_is_previewed_in_its_parts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = dropped(tmp_path)
    path.write_text("Chapter 3: The Lamp\n\n" + ("The lamp burned, and moths came. " * 40 + "\n\n") * 70)

    preview_command(path, out=tmp_path / "out")

    told = capsys.readouterr().out.splitlines()
    assert told[0] == "Lantern Road · Chapter 3, part 1 of 2: The Lamp"
    assert told[3] == "Lantern Road · Chapter 3, part 2 of 2: The Lamp"
    assert [Path(line).name for line in (*told[1:3], *told[4:6])] == [
        "three.html",
        "three.txt",
        "three-part-2.html",
        "three-part-2.txt",
    ]
    assert told[6].startswith("It is too long for one mail, which Gmail would clip, so it goes out in 2 parts")
    assert told[7] == "Part 1, 8,400 words, ends with: …burned, and moths came. The lamp burned, and moths came."


def test_settings_beside_the_manuscript_count(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = dropped(tmp_path)
    path.with_name("series.yaml").write_text("title: Laternenweg\nlanguage: de\n")

    preview_command(path, out=tmp_path / "out")

    assert capsys.readouterr().out.startswith("Laternenweg · Kapitel 3: The Lamp\n")


def test_a_preview_never_overwrites_the_manuscript(tmp_path: Path) -> None:
    path = dropped(tmp_path)

    with pytest.raises(Refusal, match=r"over three\.txt itself"):
        preview_command(path, out=path.parent)

    assert path.read_text() == MANUSCRIPT


def test_a_file_that_is_not_there_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="cannot be opened: No such file"):
        preview_command(tmp_path / "four.txt", out=None)


def test_a_picture_beside_the_file_is_in_the_preview(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    story = tmp_path / "lantern"
    story.mkdir()
    (story / "lamp.png").write_bytes(drawn.png())
    (story / "01.md").write_text("# Chapter 1\n\nIt burned.\n\n![A lamp](lamp.png)\n\n![A road](road.png)\n")
    preview_command(story / "01.md", out=tmp_path / "out")
    shown = re.findall(r'<img src="([^"]+)"', (tmp_path / "out" / "01.html").read_text())
    assert [drawn.opened((tmp_path / "out" / path).read_bytes()).size for path in shown] == [(64, 48)]
    assert "The picture “road.png” is not there: put it beside the chapter." in capsys.readouterr().out
