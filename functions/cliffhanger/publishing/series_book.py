"""A series' book in the archive."""

from __future__ import annotations

from functools import partial

from cliffhanger.clock import as_datetime
from cliffhanger.errors import CliffhangerError
from cliffhanger.positions import Position
from cliffhanger.publishing.desk import Desk
from cliffhanger.publishing.naming import name_of
from cliffhanger.publishing.story import Story
from cliffhanger.rendering.book.growth import grow
from cliffhanger.rendering.book.outline import Outline, Section
from cliffhanger.rendering.labels import named
from cliffhanger.rendering.sheet import Sheet
from cliffhanger.series import Series

MEDIA_TYPE = "application/epub+zip"


def keep(desk: Desk, story: Story) -> None:
    """Write its next edition, where it says something new. There is none of a series of which nothing is shown."""
    slug = story.series.slug
    path = f"{slug}/{slug}.epub"
    if not story.chapters:
        desk.archive.delete(path)
        return
    edition = grow(
        desk.archive.get(path),
        _outline(desk, story),
        read=partial(_sheet, desk),
        look=lambda name: desk.archive.get(f"{slug}/pictures/{name}"),
        now=as_datetime(desk.clock()),
        environment=desk.templates,
    )
    if edition:
        desk.archive.put(path, edition, media_type=MEDIA_TYPE)


def _sheet(desk: Desk, key: str) -> Sheet:
    if not (data := desk.content.get(key)):
        raise CliffhangerError("a sheet is gone from the content bucket: drop its chapter again", permanent=True)
    return Sheet.from_json(data)


def _outline(desk: Desk, story: Story) -> Outline:
    series = story.series
    released = [position.released_at for position in story.chapters]
    return Outline(
        series,
        name=name_of(desk, series.slug),
        url=desk.series_url(series.slug),
        sections=tuple(_section(series, position) for position in story.chapters),
        begun=as_datetime(min(released)).date(),
        until=as_datetime(max(released)).date(),
        cover=story.cover.full.path if story.cover else None,
    )


def _section(series: Series, position: Position) -> Section:
    heading = named(position.label, position.title, language=series.language) or series.title
    return Section(position.chapter, heading, position.sheet)
