"""`cliffhanger preview`."""

from pathlib import Path

import pytest

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
