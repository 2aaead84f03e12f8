"""What a book is made of, before anything is set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import NAMESPACE_URL, uuid5

from cliffhanger.series import Series


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter of the book. `id` is its own in the series, [a-z0-9-]; `sheet` the key of its sheet."""

    id: str
    heading: str
    sheet: str

    @property
    def path(self) -> str:
        return f"text/{self.id}.xhtml"


@dataclass(frozen=True, slots=True)
class Outline:
    """`name` is the series' own, the same for ever (a tag URI). `url` is its page. `cover` is a path of the archive.

    `begun` and `until` are the days on which the first and the last of the sections came out.
    """

    series: Series
    name: str
    url: str
    sections: tuple[Section, ...]
    begun: date
    until: date
    cover: str | None = None

    @property
    def identifier(self) -> str:
        """Each edition of a book has the same (EPUB 3.3, 5.5.3.1)."""
        return f"urn:uuid:{uuid5(NAMESPACE_URL, self.name)}"
