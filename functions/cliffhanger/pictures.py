"""Pictures as the archive serves them: made anew by us (publishing/darkroom.py), never an author's bytes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture where a document shows it. `url` is absolute, and of our own making; the size is in pixels."""

    url: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Picture:
    """`path` is in the archive: `<series>/pictures/<hash>.jpg` or `.png`. The size is in pixels."""

    path: str
    width: int
    height: int
    media_type: str

    def at(self, site_url: str) -> Shown:
        return Shown(f"{site_url}/{self.path}", self.width, self.height)


@dataclass(frozen=True, slots=True)
class Cover:
    """The same picture twice: `full` for books and previews of links, `small` for pages."""

    full: Picture
    small: Picture
