"""A book grows: what has not changed since its last edition is taken over as it is packed, the rest is set anew.

So an edition costs its new chapters, and the copying of its bytes; it is never made from the manuscripts again.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from jinja2 import Environment

from cliffhanger.rendering.book import section
from cliffhanger.rendering.book.container import Member, bind, member, unbind, unpack
from cliffhanger.rendering.book.outline import Outline, Section
from cliffhanger.rendering.book.package import FOLDER, PACKAGE, first_members, frame
from cliffhanger.rendering.sheet import Sheet
from cliffhanger.series import Series

SETTING = 1
"""Raised whenever a section is set otherwise than before, but for its template: then all are set anew."""

Read = Callable[[str], Sheet]
"""The sheet under a key of Content."""
Look = Callable[[str], bytes | None]
"""The picture with this file name, None where it is gone."""

_MODIFIED = re.compile(rb'<meta property="dcterms:modified">([^<]*)</meta>')
_PICTURE = re.compile(r"[A-Za-z0-9_-]+\.(?:png|jpe?g|gif)", re.IGNORECASE)


def grow(
    old: bytes | None, outline: Outline, *, read: Read, look: Look, now: datetime, environment: Environment
) -> bytes | None:
    """The next edition; None where `old` says all that it would. `now` is in UTC."""
    before = unbind(old) if old else {}
    press = _Press(outline.series, before, read, look, environment, _hand(environment))
    chapters = [press.chapter(place) for place in outline.sections]
    cover = press.picture(outline.cover) if outline.cover else None
    inside = [*chapters, *press.pictures.values()]

    def edition(modified: str) -> list[Member]:
        paths = tuple(name.removeprefix(f"{FOLDER}/") for name in press.pictures)
        around = frame(outline, pictures=paths, cover=cover, modified=modified, environment=environment)
        return [*first_members(), *around, *inside]

    if all(one.name in before and before[one.name].says == one.says for one in inside):
        same = edition(_modified(before))
        if [one.says for one in same] == [one.says for one in before.values()]:
            return None
    return bind(edition(now.strftime("%Y-%m-%dT%H:%M:%SZ")))


@dataclass(slots=True)
class _Press:
    """Sets chapters, or takes them over; `pictures` gathers those that they show, by the names of the members."""

    series: Series
    before: Mapping[str, Member]
    read: Read
    look: Look
    environment: Environment
    hand: str
    pictures: dict[str, Member] = field(default_factory=dict)

    def chapter(self, place: Section) -> Member:
        """The mark of a chapter: a digest of what it is made from, and the names of its pictures."""
        name = f"{FOLDER}/{place.path}"
        if found := self.before.get(name):
            made_from, *shown = found.mark.split()
            if made_from == self._made_from(place) and all(picture in self.before for picture in shown):
                self.pictures |= {picture: self.before[picture] for picture in shown}
                return found
        return self._set(place, name)

    def _set(self, place: Section, name: str) -> Member:
        sheet = self.read(place.sheet)
        found = {source: self.picture(source) for source in section.sources(sheet, self.series)}
        paths = {source: path for source, path in found.items() if path}
        data = section.render_section(
            sheet,
            series=self.series,
            pictures={source: f"../{path}" for source, path in paths.items()},
            environment=self.environment,
        )
        mark = " ".join((self._made_from(place), *(f"{FOLDER}/{path}" for path in paths.values())))
        return member(name, data, mark=mark)

    def picture(self, source: str) -> str | None:
        """Its path in the book; None where there is none such."""
        file = source.rpartition("/")[2]
        path = f"pictures/{file}"
        name = f"{FOLDER}/{path}"
        if name in self.pictures:
            return path
        if not _PICTURE.fullmatch(file):
            return None
        if found := self.before.get(name):
            self.pictures[name] = found
        elif data := self.look(file):
            self.pictures[name] = member(name, data, stored=True)
        return path if name in self.pictures else None

    def _made_from(self, place: Section) -> str:
        """All that decides how a section is set: its sheet, the settings that count in it, and our own hand."""
        series = self.series
        parts = (place.sheet, str(series.book_notes), series.notes.value, series.title, self.hand)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def _hand(environment: Environment) -> str:
    assert environment.loader
    source, _, _ = environment.loader.get_source(environment, section.TEMPLATE)
    return hashlib.sha256(f"{SETTING} {source}".encode()).hexdigest()


def _modified(before: Mapping[str, Member]) -> str:
    found = _MODIFIED.search(unpack(before[PACKAGE])) if PACKAGE in before else None
    return found[1].decode() if found else ""
