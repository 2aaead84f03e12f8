"""The links of a mail that do one thing for one story: the next chapter now, a pause, an end of the pause."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from cliffhanger.catalogue import Shelf
from cliffhanger.delivery.parcels import due_hint
from cliffhanger.keys import shard_of
from cliffhanger.links import verify
from cliffhanger.readers import life
from cliffhanger.web.mine import Notice
from cliffhanger.web.network import may_click
from cliffhanger.web.page import Page, Site

Wish = Literal["next", "pause", "resume"]
BUTTONS: dict[Wish, str] = {"next": "next_now", "pause": "pause_button", "resume": "resume_button"}


def ask(site: Site, wish: Wish, slug: str, token: str) -> Page:
    """GET: a button, for whoever only looks must change nothing."""
    if not (known := _known(site, wish, slug, token)):
        return site.link_invalid(slug)
    series = known[0].series
    action = site.url(wish, slug, token)
    fields = {"wish": wish, "button": BUTTONS[wish], "series": series.title, "action": action}
    return Page(200, site.render("ask", language=series.language, **fields))


def act(site: Site, wish: Wish, slug: str, token: str, network: str) -> Page:
    """`network` is the visitor's address on the net."""
    if not (known := _known(site, wish, slug, token)):
        return site.link_invalid(slug)
    shelf, reader = known
    said = ACTS[wish](site, slug, reader) if may_click(site, reader, network) else Notice.OFTEN
    if said not in (Notice.NOTHING, Notice.LEVEL, Notice.OFTEN):
        site.hints.issues([due_hint(slug, shard_of(reader))])
    html = site.render("said", language=shelf.series.language, words=f"said_{said}", title=f"{wish}_title")
    return Page(429 if said is Notice.OFTEN else 200, html)


def _next(site: Site, slug: str, reader: str) -> Notice:
    if life.is_level(site.table, slug, reader):
        return Notice.LEVEL
    return Notice.NEXT if life.next_now(site.table, slug, reader, site.clock()) else Notice.NOTHING


def _pause(site: Site, slug: str, reader: str) -> Notice:
    changed = life.pause(site.table, slug, reader, until=None, now=site.clock())
    return Notice.PAUSED if changed else Notice.NOTHING


def _resume(site: Site, slug: str, reader: str) -> Notice:
    changed = life.resume(site.table, slug, reader, to_newest=False, now=site.clock(), day=site.settings.day)
    return Notice.RESUMED if changed else Notice.NOTHING


ACTS: dict[Wish, Callable[[Site, str, str], Notice]] = {"next": _next, "pause": _pause, "resume": _resume}


def _known(site: Site, wish: Wish, slug: str, token: str) -> tuple[Shelf, str] | None:
    reader = verify(wish, slug, token, site.keys)
    shelf = site.shelf(slug) if reader else None
    return (shelf, reader) if shelf and reader and life.find(site.table, slug, reader) else None
