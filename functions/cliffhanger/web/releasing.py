"""The author's word, asked for where more chapters would go out together than readers want."""

from __future__ import annotations

from cliffhanger.links import verify
from cliffhanger.publishing.release import let_go, waiting_for_a_word
from cliffhanger.series import Series
from cliffhanger.web.page import Page, Site


def ask(site: Site, slug: str, token: str) -> Page:
    if not (series := _known(site, slug, token)):
        return site.link_invalid()
    action = site.url("release", slug, token)
    headings = [chapter.heading for chapter in waiting_for_a_word(site.table, slug)]
    return Page(200, site.render("release", series=series.title, chapters=headings, action=action))


def go(site: Site, slug: str, token: str) -> Page:
    if not (series := _known(site, slug, token)):
        return site.link_invalid()
    let_go(site.table, slug, site.clock())
    return Page(200, site.render("released", series=series.title))


def _known(site: Site, slug: str, token: str) -> Series | None:
    shelf = site.shelf(slug) if verify("release", slug, token, site.keys) else None
    return shelf.series if shelf else None
