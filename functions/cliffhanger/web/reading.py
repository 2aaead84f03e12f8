"""The pages to read: the list of series, a series, a chapter. Only what is released is shown."""

from __future__ import annotations

from dataclasses import dataclass

from cliffhanger import catalogue, positions
from cliffhanger.catalogue import Shelf
from cliffhanger.clock import as_datetime
from cliffhanger.positions import Position
from cliffhanger.rendering.pages import Beginning, ChapterLink, JoinForm, render_series_page
from cliffhanger.rendering.strings import speaker
from cliffhanger.web import joining, paces
from cliffhanger.web.page import Page, Site


@dataclass(frozen=True, slots=True)
class SeriesLink:
    title: str
    author: str
    url: str
    language: str


def list_series(site: Site) -> Page:
    series = [
        SeriesLink(s.series.title, s.series.author, site.url("read", s.series.slug), s.series.language)
        for s in catalogue.every_series(site.table)
        if s.newest
    ]
    return Page(200, site.render("series_list", series=series), private=False)


def show_series(site: Site, slug: str, start: str = "") -> Page:
    """`start` is the id of a chapter that somebody wants to begin with."""
    shelf = site.shelf(slug)
    if not shelf:
        return site.not_found()
    released = _released(site, shelf)
    form = JoinForm(
        site.url("subscribe", slug),
        sealed=site.seal(joining.SEALED_FOR, slug),
        week=paces.WEEK,
        zones=paces.ZONES,
        beginning=next((_beginning(shelf, found) for found in released if found.chapter == start), None),
    )
    html = render_series_page(
        shelf.series,
        chapters=[_link(site, slug, position) for position in released],
        form=form,
        environment=site.templates,
    )
    return Page(200, html, private=False)


def show_chapter(site: Site, slug: str, chapter_id: str) -> Page:
    shelf = site.shelf(slug)
    found = next((p for p in _released(site, shelf) if p.chapter == chapter_id), None) if shelf else None
    page = site.content.get(found.page) if found else None
    if not page:
        return site.not_found(shelf.series.language if shelf else "en")
    return Page(200, page.decode(), private=False)


def _released(site: Site, shelf: Shelf) -> list[Position]:
    every = positions.every_position(site.table, shelf.series.slug)
    return [position for position in every if position.number <= shelf.newest and not position.withdrawn]


def _link(site: Site, slug: str, position: Position) -> ChapterLink:
    released = as_datetime(position.released_at).date()
    return ChapterLink(position.label, position.title, site.url("read", slug, position.chapter), released)


def _beginning(shelf: Shelf, position: Position) -> Beginning:
    colon = speaker(shelf.series.language)("colon")
    return Beginning(position.chapter, f"{colon} ".join(filter(None, (position.label, position.title))))
