"""Books and feeds of the series that tests tell, from its sheets."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from zipfile import ZipFile

from cliffhanger.clock import DAY
from cliffhanger.manuscripts.model import Chapter
from cliffhanger.rendering.book.growth import grow
from cliffhanger.rendering.book.outline import Outline, Section
from cliffhanger.rendering.feed import Entry, Place, render_feed
from cliffhanger.rendering.sheet import Sheet, render_sheet
from cliffhanger.series import Series
from tests.support.chapters import LANTERN_ROAD
from tests.support.rendered import TEMPLATES

NAME = "tag:stories.example.org,2026-11-22:lantern-road"
SITE = "https://read.example.org/lantern-road"
NOW = datetime(2026, 11, 26, 10, tzinfo=UTC)
FIRST_RELEASE = 1_790_000_000_000
ATOM = "{http://www.w3.org/2005/Atom}"


@dataclass
class Shelf:
    """The chapters of a series that are out, each under its id; `read` and `looked` remember what was asked for."""

    series: Series = LANTERN_ROAD
    pictures: dict[str, bytes] = field(default_factory=dict)
    cover: str | None = None
    sheets: dict[str, Sheet] = field(default_factory=dict)
    sections: list[Section] = field(default_factory=list)
    read: list[str] = field(default_factory=list)

    def add(self, chapter: Chapter, id: str) -> None:
        self.add_sheet(render_sheet(chapter, series=self.series), id)

    def add_sheet(self, sheet: Sheet, id: str) -> None:
        """A chapter whose id is there is corrected."""
        key = f"sheets/{id}-{len(self.sheets)}.json"
        self.sheets[key] = sheet
        section = Section(id, sheet.heading or self.series.title, key)
        known = [one.id for one in self.sections]
        if id in known:
            self.sections[known.index(id)] = section
        else:
            self.sections.append(section)

    def sheet(self, key: str) -> Sheet:
        self.read.append(key)
        return self.sheets[key]

    @property
    def outline(self) -> Outline:
        days = date(2026, 9, 21), date(2026, 11, 26)
        return Outline(self.series, NAME, SITE, tuple(self.sections), *days, cover=self.cover)

    def book(self, old: bytes | None = None, *, now: datetime = NOW) -> bytes | None:
        return grow(old, self.outline, read=self.sheet, look=self.pictures.get, now=now, environment=TEMPLATES)

    def new_book(self) -> bytes:
        book = self.book()
        assert book
        return book

    @property
    def entries(self) -> list[Entry]:
        times = (FIRST_RELEASE + n * DAY for n in range(len(self.sections)))
        made = [
            Entry(f"{NAME}/{one.id}", one.heading, f"{SITE}/{one.id}", one.sheet, published=time, updated=time)
            for one, time in zip(self.sections, times, strict=True)
        ]
        return made[::-1]

    def feed(self, old: bytes | None = None, *, entries: Sequence[Entry] | None = None) -> bytes:
        return render_feed(
            self.series,
            self.entries if entries is None else entries,
            place=Place(NAME, f"{SITE}/feed.xml", SITE),
            old=old,
            read=self.sheet,
            environment=TEMPLATES,
        )


def shelf(*chapters: Chapter, series: Series = LANTERN_ROAD) -> Shelf:
    """Chapters 1, 2, 3 …"""
    made = Shelf(series)
    for number, chapter in enumerate(chapters, start=1):
        made.add(replace(chapter, number=number) if chapter.number else chapter, f"chapter-{number}")
    return made


def opened(book: bytes) -> dict[str, str]:
    """The texts of a book by their names; each that is XML is well-formed, and no member is damaged."""
    with ZipFile(io.BytesIO(book)) as archive:
        assert archive.testzip() is None
        found = {name: archive.read(name) for name in archive.namelist()}
    for name, data in found.items():
        if name.endswith((".xhtml", ".opf", ".ncx", ".xml")):
            ET.fromstring(data)
    return {name: data.decode() for name, data in found.items() if not name.startswith("EPUB/pictures/")}
