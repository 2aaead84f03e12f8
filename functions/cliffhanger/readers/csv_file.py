"""A CSV file of anybody's making, read row by row: its encoding and its delimiter are found out first.

RFC 4180, and what programs write in its place: semicolons, tabs, bars, UTF-16, Windows-1252, Excel's `sep=;` line.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TextIO

from cliffhanger.errors import Refusal

CHUNK = 1 << 20
DELIMITERS = ",;\t|"
BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Row:
    """`line` is where it begins, from 1."""

    line: int
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CsvFile:
    """`digest` is the SHA-256 of its bytes; `lines` counts its line ends."""

    path: Path
    encoding: str
    digest: str
    lines: int

    def rows(self) -> Iterator[Row]:
        """Rows that hold anything, streamed. Refusal with the line where the file is no CSV."""
        line = 0
        with self.path.open(encoding=self.encoding, newline="") as file:
            try:
                before, delimiter = _delimiter(file)
                reader = csv.reader(file, delimiter=delimiter, strict=True)  # else an open quote swallows what follows
                for fields in reader:
                    if any(field.strip() for field in fields):
                        yield Row(before + line + 1, tuple(field.strip() for field in fields))
                    line = reader.line_num
            except csv.Error as error:
                told = f"Line {before + line + 1} is no CSV that can be read ({error}): mend its quotation marks."
                raise Refusal(told) from None
            except UnicodeDecodeError:
                raise Refusal("The file is no text that we can read: save it as CSV in UTF-8.") from None


def examine(path: Path) -> CsvFile:
    """One pass over the file. Refusal where it can't be opened, or can't be CSV."""
    try:
        with path.open("rb") as file:
            return _examine(path, file)
    except OSError as error:
        raise Refusal(f"{path.name} cannot be opened: {error.strerror}") from None


def _examine(path: Path, file: BinaryIO) -> CsvFile:
    head = file.read(4)
    if head == ZIP:
        raise Refusal(
            f"{path.name} is an archive or a workbook: unpack it, or save it as CSV, and import the CSV file."
        )
    encoding = next((name for bom, name in BOMS.items() if head.startswith(bom)), None) or _without_bom(head)
    file.seek(0)
    digest, lines, utf8 = hashlib.sha256(), 0, codecs.getincrementaldecoder("utf-8")()
    while chunk := file.read(CHUNK):
        digest.update(chunk)
        lines += chunk.count(b"\n")
        if encoding == "utf-8":
            try:
                utf8.decode(chunk)
            except UnicodeDecodeError:
                encoding = "cp1252"
    return CsvFile(path, encoding, digest.hexdigest(), lines)


def _without_bom(head: bytes) -> str:
    """Every other byte of English in UTF-16 is zero."""
    if head[1:2] == b"\0":
        return "utf-16-le"
    return "utf-16-be" if head[:1] == b"\0" else "utf-8"


def _delimiter(file: TextIO) -> tuple[int, str]:
    """What Excel's first line says, or what cuts the first line into the most fields; and the lines that it took.

    Not csv.Sniffer: of a list of addresses it may say that they are parted by the letter e.
    """
    first = file.readline().rstrip("\r\n")
    if first.lower().startswith("sep=") and len(first) == len("sep=") + 1:
        return 1, first[-1]
    file.seek(0)
    return 0, max(DELIMITERS, key=lambda delimiter: len(next(csv.reader([first], delimiter=delimiter), [])))
