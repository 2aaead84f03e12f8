"""`cliffhanger read` for people and for programs."""

import json
from pathlib import Path

import pytest
from tests.unit.manuscripts.prose import STORY

from console.read import read_command

PAGE = f"Chapter 3: Rain\n\nA/N: Hello.\n\n{STORY}\n\n***\n\n{STORY}\n\nTo be continued…"


def test_it_tells_people_what_was_understood(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "04.txt").write_text(PAGE)

    assert read_command(tmp_path / "04.txt", as_json=False) == 0
    printed = capsys.readouterr().out
    for line in (
        "kind  chapter 3",
        "title  Rain",
        "note before  Hello.",
        "closing  To be continued…",
        "1 scene breaks",
    ):
        assert line in printed
    assert "WARNING  The text says chapter 3" in printed


def test_it_gives_programs_the_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(PAGE)

    assert read_command(tmp_path / "a.txt", as_json=True) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["number"], document["title"], document["notes_before"]) == (3, "Rain", ["Hello."])
    assert len(document["blocks"]) == 7


@pytest.mark.parametrize("as_json", [True, False])
def test_a_refusal_is_one_sentence_and_exit_code_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], as_json: bool
) -> None:
    (tmp_path / "a.txt").write_text("")

    assert read_command(tmp_path / "a.txt", as_json=as_json) == 1
    printed = capsys.readouterr().out
    assert "The file is empty" in (json.loads(printed)["error"] if as_json else printed)


def test_a_missing_file_is_a_refusal_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert read_command(tmp_path / "none.txt", as_json=True) == 1
    assert "cannot be opened" in json.loads(capsys.readouterr().out)["error"]
