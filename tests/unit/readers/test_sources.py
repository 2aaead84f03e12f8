"""Files of other services, as they really are: tests/imports has one of each, golden/readers what we understand."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.golden import assert_golden

from cliffhanger.errors import Refusal
from cliffhanger.readers import sources
from cliffhanger.readers.cells import moment_text, pace_text
from cliffhanger.readers.csv_file import examine
from cliffhanger.readers.entries import Entry, Skipped

IMPORTS = Path(__file__).parents[2] / "imports"


def said(entry: Entry | Skipped) -> str:
    if isinstance(entry, Skipped):
        return f"{entry.line:>3}  skipped: {entry.reason}"
    place = entry.place and f"{'chapter' if entry.place.is_chapter else 'position'} {entry.place.number}"
    suppressed = f"suppressed {entry.suppressed or ''} {moment_text(entry.suppressed_at)}"
    more = {
        "place": place,
        "pace": entry.pace and pace_text(entry.pace),
        "paused until": moment_text(entry.paused_until),
        "joined": moment_text(entry.joined_at),
        "consent": entry.consent,
        "": suppressed if entry.suppressed or entry.suppressed_at else "",
    }
    told = "".join(f"\n       {name} {text}".rstrip() for name, text in more.items() if text)
    return f"{entry.line:>3}  {entry.address} {entry.state.value}{told}"


def understood(path: Path, series: str = "lantern") -> list[Entry | Skipped]:
    return list(sources.recognise(examine(path)).entries(series))


@pytest.mark.parametrize("path", sorted(IMPORTS.iterdir()), ids=lambda path: path.stem)
def test_a_file_is_known_by_its_columns_and_read_line_by_line(path: Path) -> None:
    export = sources.recognise(examine(path))
    lines = [said(entry) for entry in export.entries("lantern")]
    assert_golden("\n".join([f"from {export.source}", *lines, ""]), f"readers/{path.stem}.txt")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_whoever_wrote_the_file_it_says_the_same(encoding: str, delimiter: str, end: str, tmp_path: Path) -> None:
    rows = (("Email", "Näme"), ("ada@example.org", '"Ä, d;\ta|"'), ("ben@example.org", "Ben"))
    path = tmp_path / "readers.csv"
    path.write_bytes(end.join(delimiter.join(row) for row in rows).encode(encoding))
    assert [entry.address for entry in understood(path) if isinstance(entry, Entry)] == [
        "ada@example.org",
        "ben@example.org",
    ]


def test_a_cell_of_several_lines_is_one_cell_and_lines_are_counted_as_an_editor_does(tmp_path: Path) -> None:
    path = tmp_path / "readers.csv"
    path.write_text('email,note\nada@example.org,"one\ntwo\nthree"\n\nben@example.org,\n')
    assert [entry.line for entry in understood(path)] == [2, 6]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "The file is empty."),
        (b"\n\n", "The file is empty."),
        (b"name,city\nAda,Lisbon\n", "no column of addresses"),
        (b"PK\x03\x04rest", "an archive or a workbook"),
        (b'email,name\nada@example.org,Ada\nben@example.org,"Ben\ncleo@example.org,Cleo\n', "Line 3 is no CSV"),
        (b"email\nada@example.org\x81\n", "save it as CSV in UTF-8"),
    ],
)
def test_what_is_no_list_of_readers_is_refused_in_a_sentence(data: bytes, told: str, tmp_path: Path) -> None:
    path = tmp_path / "readers.csv"
    path.write_bytes(data)
    with pytest.raises(Refusal, match=told):
        understood(path)


def test_a_file_that_is_not_there_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"readers\.csv cannot be opened: No such file"):
        examine(tmp_path / "readers.csv")


def test_a_reason_repeats_no_address(tmp_path: Path) -> None:
    path = tmp_path / "readers.csv"
    path.write_text("email\nada@\nADA@example.org\nada@example.org\n")
    reasons = [entry.reason for entry in understood(path) if isinstance(entry, Skipped)]
    assert reasons == [
        "not an email address",
        "the same address again (line 3)",
    ]
