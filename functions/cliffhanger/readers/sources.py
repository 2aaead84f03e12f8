"""A CSV file of whatever source, read line by line: an `Entry`, or the reason why nothing is made of the line.

In the file of any source `position` or `place` may say how many issues somebody has had, and `chapter` or `last
chapter read` the number of the last chapter that he has read.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from cliffhanger.errors import Refusal
from cliffhanger.readers import addresses, cells
from cliffhanger.readers.csv_file import CsvFile, Row
from cliffhanger.readers.entries import Entry, Place, Skipped
from cliffhanger.readers.shapes import PLAIN, SHAPES, Cells, Shape, Source
from cliffhanger.subscription import MOST_IN_A_BUNDLE

ADDRESS_COLUMNS = ("email", "email address", "e-mail", "e-mail address", "email_address", "mail", "address")
POSITION_COLUMNS = ("position", "place")
CHAPTER_COLUMNS = ("chapter", "last chapter read")


@dataclass(frozen=True, slots=True)
class Export:
    """A file with its source known. `address` is the number of the column of addresses, from 0."""

    file: CsvFile
    shape: Shape
    columns: tuple[str, ...]
    address: int
    has_heading: bool

    @property
    def source(self) -> Source:
        return self.shape.source

    def entries(self, series: str) -> Iterator[Entry | Skipped]:
        """What each line says of the series, streamed. An address counts where it comes first, in whatever case."""
        rows = self.file.rows()
        if self.has_heading:
            next(rows)
        seen: dict[bytes, int] = {}
        for row in rows:
            entry = self._entry(row, series)
            if isinstance(entry, Entry):
                name = hashlib.blake2b(entry.address.lower().encode(), digest_size=12).digest()
                if (first := seen.setdefault(name, row.line)) != row.line:
                    entry = Skipped(row.line, f"the same address again (line {first})")
            yield entry

    def _entry(self, row: Row, series: str) -> Entry | Skipped:
        cells_ = dict(zip(self.columns, row.fields, strict=False))
        try:
            if self.source is Source.OURS:
                cells_ = {name: cells.as_it_was(text) for name, text in cells_.items()}
                if cells_.get("series") != series:
                    raise Refusal("a reader of another series")
            return self._understood(row.line, _address(cells_.get(self.columns[self.address], "")), cells_)
        except Refusal as refusal:
            return Skipped(row.line, refusal.message)

    def _understood(self, line: int, address: str, cells_: Cells) -> Entry:
        state = self.shape.state(cells_)
        joined = _first(cells_, self.shape.joined)
        entry = Entry(
            line,
            address,
            state,
            place=_place(cells_),
            joined_at=cells.moment(joined),
            consent=self._consent(cells_),
            suppressed_at=cells.moment(cells_.get("clean_time", "")),
        )
        return _with_ours(entry, cells_) if self.source is Source.OURS else entry

    def _consent(self, cells_: Cells) -> str:
        if self.source is Source.OURS:
            return cells_.get("consent", "")
        told = (f"{name} {cells_[name]}" for name in self.shape.consent if cells_.get(name))
        return ", ".join((f"on {self.source}", *told))


def recognise(file: CsvFile) -> Export:
    """Refusal where there is no column of addresses."""
    rows = file.rows()
    heading = next(rows, None)
    if heading is None:
        raise Refusal("The file is empty.")
    found = next((n for n, field in enumerate(heading.fields) if "@" in field), None)
    if found is not None:
        return Export(file, PLAIN, tuple(f"column {n}" for n in range(len(heading.fields))), found, has_heading=False)
    columns = tuple(field.lower() for field in heading.fields)
    shape = next((shape for shape in SHAPES if shape.columns <= set(columns)), PLAIN)
    names = ("address",) if shape.source is Source.OURS else ADDRESS_COLUMNS
    address = next((columns.index(name) for name in names if name in columns), None)
    if address is None:
        raise Refusal("The file has no column of addresses that we know: call it `email`.")
    return Export(file, shape, columns, address, has_heading=True)


def _with_ours(entry: Entry, cells_: Cells) -> Entry:
    """What only our own export tells."""
    return replace(
        entry,
        pace=cells.pace(cells_["pace"]) if cells_.get("pace") else None,
        bundle=min(max(cells.number(cells_.get("bundle", "")) or 1, 1), MOST_IN_A_BUNDLE),
        paused_until=cells.moment(cells_.get("paused_until", "")),
        suppressed=cells_.get("suppressed") or None,
        suppressed_at=cells.moment(cells_.get("suppressed_at", "")),
    )


def _address(text: str) -> str:
    """Also of `Ada Lovelace <ada@example.org>`."""
    if not text:
        raise Refusal("no address")
    named = re.fullmatch(r"[^<>]*<([^<>]+)>", text)
    bare = named[1] if named else text
    try:
        return addresses.parse(bare)
    except Refusal:
        no_ses = "SES can't write to accents or another script before the @"
        raise Refusal("not an email address" if bare.rpartition("@")[0].isascii() else no_ses) from None


def _first(cells_: Cells, names: tuple[str, ...]) -> str:
    return next((cells_[name] for name in names if cells_.get(name)), "")


def _place(cells_: Cells) -> Place | None:
    """Our own export has both: the position counts."""
    for name in chain(POSITION_COLUMNS, CHAPTER_COLUMNS):
        if (number := cells.number(cells_.get(name, ""))) is not None:
            return Place(number, is_chapter=name in CHAPTER_COLUMNS)
    return None
