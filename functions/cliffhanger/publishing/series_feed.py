"""A series' feed in the archive."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from cliffhanger.positions import Position
from cliffhanger.publishing.desk import Desk
from cliffhanger.publishing.naming import chapter_name, name_of
from cliffhanger.publishing.story import Story
from cliffhanger.rendering.feed import Entry, Place, render_feed
from cliffhanger.rendering.labels import named
from cliffhanger.rendering.leaves import Leaf
from cliffhanger.rendering.sheet import Sheet

MEDIA_TYPE = "application/atom+xml; charset=utf-8"


def feed(desk: Desk, story: Story) -> Iterator[Leaf]:
    """Notices and our farewell too. Where all is withdrawn, the feed stays, empty: a reader of feeds may come again."""
    if not story.places:
        return
    series = story.series
    path = f"{series.slug}/feed.xml"
    name = name_of(desk, series.slug)
    shown = sorted(filter(None, story.places.values()), key=lambda position: position.number, reverse=True)
    place = Place(
        name,
        feed_url=f"{desk.settings.site_url}/{path}",
        series_url=desk.series_url(series.slug),
        cover_url=story.cover.full.at(desk.settings.site_url).url if story.cover else None,
    )
    data = render_feed(
        series,
        [_entry(desk, story, name, position) for position in shown],
        place=place,
        old=desk.archive.get(path),
        read=partial(_sheet, desk),
        environment=desk.templates,
    )
    yield Leaf(path, data, MEDIA_TYPE)


def _sheet(desk: Desk, key: str) -> Sheet | None:
    data = desk.content.get(key)
    return Sheet.from_json(data) if data else None


def _entry(desk: Desk, story: Story, name: str, position: Position) -> Entry:
    series = story.series
    return Entry(
        name=chapter_name(name, position.chapter),
        title=named(position.label, position.title, language=series.language) or series.title,
        url=desk.chapter_url(series.slug, position.chapter),
        sheet=position.sheet,
        published=position.released_at,
        updated=max(position.released_at, position.corrected_at),
    )
