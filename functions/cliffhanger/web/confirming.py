"""The links that we mailed just now. A click on one joins a series, or does what only a fresh link may do (once.py)."""

from __future__ import annotations

from collections.abc import Mapping

from cliffhanger import keys, links
from cliffhanger.catalogue import Shelf
from cliffhanger.delivery.parcels import due_hint
from cliffhanger.keys import shard_of
from cliffhanger.ports import Item
from cliffhanger.readers import joining
from cliffhanger.readers.joining import Confirmed
from cliffhanger.web import once
from cliffhanger.web.page import Page, Site


def ask(site: Site, token: str) -> Page:
    """GET: a button. Whoever only looks changes nothing."""
    item = joining.look_up(site.table, token, site.clock())
    if not item:
        return _invalid(site, token)
    if once.is_one(item):
        return once.ask(site, item, action=site.url("confirm", token))
    if not (shelf := site.shelf(item["series"])):
        return site.link_invalid()
    if "reader" in item:
        return _answer(site, shelf, "already_confirmed")
    fields = {"series": shelf.series.title, "action": site.url("confirm", token)}
    return Page(200, site.render("confirm", language=shelf.series.language, **fields))


def confirm(site: Site, token: str, form: Mapping[str, str]) -> Page:
    """POST."""
    now = site.clock()
    item = joining.look_up(site.table, token, now)
    if item and once.is_one(item):
        return once.act(site, item, form)
    return _join(site, token, item, now)


def _join(site: Site, token: str, item: Item | None, now: int) -> Page:
    shelf = site.shelf(item["series"]) if item else None
    if not shelf:
        return _invalid(site, token)
    said, reader = joining.confirm(site.table, token, shelf, site.keys, now)
    if said is Confirmed.UNKNOWN:
        return site.link_invalid(shelf.series.slug)
    site.hints.issues([due_hint(shelf.series.slug, shard_of(reader))])
    return _answer(site, shelf, "confirmed" if said is Confirmed.JOINED else "already_confirmed")


def _invalid(site: Site, token: str) -> Page:
    """In the language of its series also where it is too old."""
    item = site.table.get(keys.confirmation(links.digest(token)))
    return site.link_invalid(item["series"] if item else None)


def _answer(site: Site, shelf: Shelf, name: str) -> Page:
    fields = {"series": shelf.series.title, "series_url": site.series_url(shelf.series.slug)}
    return Page(200, site.render(name, language=shelf.series.language, **fields))
