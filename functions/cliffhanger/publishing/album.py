"""A chapter's pictures: found in its file or beside it, made anew, laid into the archive before anything shows them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from posixpath import basename, normpath
from urllib.parse import unquote

from cliffhanger import keys
from cliffhanger.errors import Refusal
from cliffhanger.manuscripts.contained import Find, contained
from cliffhanger.manuscripts.model import Chapter, Image
from cliffhanger.manuscripts.picturing import pictures, with_pictures
from cliffhanger.pictures import Picture
from cliffhanger.ports import Object
from cliffhanger.publishing import darkroom
from cliffhanger.publishing.darkroom import Print
from cliffhanger.publishing.desk import Desk

MOST = 60
MOST_PIXELS = 200_000_000
"""To decode for one file: they take less than 20 s."""
LONGEST_NAME = 200


@dataclass
class Album:
    """The pictures of one manuscript. `beside` has the version of each file that was looked for beside it."""

    desk: Desk
    slug: str
    file: str
    data: bytes
    beside: dict[str, str] = field(default_factory=dict)
    taken: dict[str, Picture | Refusal | None] = field(default_factory=dict)
    pixels: int = 0

    def show(self, chapter: Chapter) -> Chapter:
        """The chapter with its pictures as the archive serves them, and a warning for each that it can't serve."""
        sources = tuple(dict.fromkeys(image.source for image in pictures(chapter)))
        for source in sources:
            if source not in self.taken:
                self.taken[source] = self._take(source)
        warnings = tuple(warning for source in sources for warning in self._warnings(source))
        return replace(with_pictures(chapter, self._shown), warnings=(*chapter.warnings, *warnings))

    def is_stale(self) -> bool:
        """Whether a picture came, changed or went since it was looked for."""
        return any(_version(self._current(name)) != version for name, version in self.beside.items())

    def _shown(self, image: Image) -> Image:
        taken = self.taken[image.source]
        return replace(image, shown=taken.at(self.desk.settings.site_url)) if isinstance(taken, Picture) else image

    def _warnings(self, source: str) -> Iterator[str]:
        name = basename(names_of(source)[-1]) if names_of(source) else source[:LONGEST_NAME]
        match self.taken[source]:
            case None:
                yield f"The picture “{name}” is not there yet: drop it beside the chapter, under this very name."
            case Refusal(message=message):
                yield f"The picture “{name}” {message}."

    def _take(self, source: str) -> Picture | Refusal | None:
        if len(self.taken) >= MOST:
            return Refusal(f"is one of more than {MOST}, which is the most that a chapter shows")
        try:
            if (inside := self._inside(source)) is not None:
                return self._developed(inside)
            return next((self._known(name, found) for name, found in self._dropped(source)), None)
        except Refusal as refusal:
            return refusal

    @cached_property
    def _inside(self) -> Find:
        return contained(self.data)

    def _dropped(self, source: str) -> Iterator[tuple[str, Object]]:
        """Files beside the manuscript that could be meant. That it shows them is noted before we look for them: who
        drops one a moment later finds the note."""
        for name in names_of(source):
            if name not in self.beside:
                self.desk.table.update(keys.shows(self.slug, name), add={"files": frozenset({self.file})})
            found = self._current(name)
            self.beside[name] = _version(found)
            if found:
                yield name, found

    def _known(self, name: str, found: Object) -> Picture:
        note = self.desk.table.get(keys.file(self.slug, name)) or {}
        if "picture" in note and note["hash"] == hashlib.sha256(found.data).hexdigest():
            return Picture(**note["picture"])
        return self._developed(found.data)

    def _developed(self, data: bytes) -> Picture:
        self.pixels += darkroom.pixels(data)
        if self.pixels > MOST_PIXELS:
            raise Refusal(f"and those before it have more than {MOST_PIXELS:,} pixels: make them smaller")
        (made,) = darkroom.develop(data, darkroom.COLUMN)
        return lay_down(self.desk, self.slug, made)

    def _current(self, name: str) -> Object | None:
        return self.desk.manuscripts.current(f"{self.slug}/{name}")


def lay_down(desk: Desk, slug: str, made: Print) -> Picture:
    path = f"{slug}/pictures/{made.file}"
    desk.archive.put(path, made.data, media_type=made.media_type, lasting=True)
    return Picture(path, made.width, made.height, made.media_type)


def names_of(source: str) -> tuple[str, ...]:
    """The names, within the series' folder, that a chapter may mean: percent signs decoded or not, with the folders
    that it names or without, for many an author has "images/lamp.png" and drops "lamp.png"."""
    names: list[str] = []
    for written in (source, unquote(source)):
        path = normpath(written.replace("\\", "/"))
        if not path.startswith(("/", "..")) and path != "." and path.isprintable() and len(path) <= LONGEST_NAME:
            names += [path, basename(path)]
    return tuple(dict.fromkeys(names))


def _version(found: Object | None) -> str:
    return found.version if found else ""
