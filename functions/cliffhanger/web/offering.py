"""The form to join a series by, with every choice that it has. What can be read is in the archive, elsewhere."""

from __future__ import annotations

from urllib.parse import quote

from cliffhanger import positions
from cliffhanger.catalogue import Shelf
from cliffhanger.positions import Position
from cliffhanger.rendering.pages import Beginning, JoinForm, render_join_page
from cliffhanger.rendering.strings import speaker
from cliffhanger.web import joining, paces
from cliffhanger.web.page import Page, Site


def show(site: Site, slug: str, start: str = "") -> Page:
    """`start` is the id of a chapter that somebody wants to begin with."""
    shelf = site.shelf(slug)
    if not shelf:
        return site.not_found()
    form = JoinForm(
        site.url("subscribe", slug),
        sealed=site.seal(joining.SEALED_FOR, slug),
        week=paces.WEEK,
        zones=paces.ZONES,
        beginning=_beginning(site, shelf, start),
    )
    html = render_join_page(shelf.series, form=form, series_url=site.series_url(slug), environment=site.templates)
    return Page(200, html, private=False)


def moved(site: Site, *path: str) -> Page:
    """Pages to read lay here before there was an archive; letters of that time lead to them."""
    quoted = (quote(part, safe="") for part in path)
    return Page(301, "", private=False, headers={"Location": "/".join((site.settings.site_url, *quoted))})


def _beginning(site: Site, shelf: Shelf, start: str) -> Beginning | None:
    every = positions.every_position(site.table, shelf.series.slug) if start else ()
    found = next((p for p in every if p.chapter == start and p.number <= shelf.newest and not p.withdrawn), None)
    return Beginning(found.chapter, _heading(shelf, found)) if found else None


def _heading(shelf: Shelf, position: Position) -> str:
    colon = speaker(shelf.series.language)("colon")
    return f"{colon} ".join(filter(None, (position.label, position.title)))
