"""Leaving, and the page of a reader's place."""

from __future__ import annotations

from cliffhanger import keys
from cliffhanger.catalogue import Shelf
from cliffhanger.links import Purpose, sign, verify
from cliffhanger.readers import addresses, life
from cliffhanger.subscription import Subscription
from cliffhanger.web.page import Page, Site


def ask_to_leave(site: Site, slug: str, token: str) -> Page:
    """GET: a button. Scanners open every link, so that alone must change nothing (RFC 8058, section 3)."""
    if not (known := _known(site, "unsubscribe", slug, token)):
        return site.link_invalid()
    series = known[0].series
    action = site.url("unsubscribe", slug, token)
    return Page(200, site.render("unsubscribe", language=series.language, series=series.title, action=action))


def leave(site: Site, slug: str, token: str) -> Page:
    """POST: by our button, or by a mail program's one click, which needs no page, no cookie and no redirect."""
    if not (known := _known(site, "unsubscribe", slug, token)):
        return site.link_invalid()
    shelf, subscription = known
    life.leave(site.table, slug, subscription.reader, now=site.clock())
    series = shelf.series
    fields = {"series": series.title, "series_url": site.url("read", slug)}
    return Page(200, site.render("unsubscribed", language=series.language, **fields))


def show_preferences(site: Site, slug: str, token: str) -> Page:
    if not (known := _known(site, "preferences", slug, token)):
        return site.link_invalid()
    shelf, subscription = known
    html = site.render(
        "preferences",
        language=shelf.series.language,
        series=shelf.series.title,
        series_url=site.url("read", slug),
        address=addresses.mask(subscription.address),
        state=subscription.state.value,
        position=subscription.bookmark,
        total=shelf.newest,
        unsubscribe_url=site.url("unsubscribe", slug, sign("unsubscribe", slug, subscription.reader, site.keys)),
    )
    return Page(200, html)


def _known(site: Site, purpose: Purpose, slug: str, token: str) -> tuple[Shelf, Subscription] | None:
    reader = verify(purpose, slug, token, site.keys)
    shelf = site.shelf(slug) if reader else None
    item = site.table.get(keys.subscription(slug, reader)) if reader else None
    return (shelf, Subscription.from_item(item)) if shelf and item else None
