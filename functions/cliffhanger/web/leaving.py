"""Leaving one story by the link of its mails: at once, with a way back, and a word why from whoever likes to say."""

from __future__ import annotations

from collections.abc import Mapping

from cliffhanger.catalogue import Shelf
from cliffhanger.clock import DAY
from cliffhanger.delivery.parcels import due_hint
from cliffhanger.keys import shard_of
from cliffhanger.links import verify
from cliffhanger.readers import life
from cliffhanger.subscription import State
from cliffhanger.web.page import Page, Site

UNDO_LIFE = DAY
SEALED_FOR = "after leaving"
REASONS = ("often", "taste", "time", "other")
LONGEST_WORDS = 400


def ask_to_leave(site: Site, slug: str, token: str) -> Page:
    """GET: a button. Scanners open every link, so that alone must change nothing (RFC 8058, section 3)."""
    if not (known := _known(site, slug, token)):
        return site.link_invalid(slug)
    series = known[0].series
    action = site.url("unsubscribe", slug, token)
    return Page(200, site.render("unsubscribe", language=series.language, series=series.title, action=action))


def leave(site: Site, slug: str, token: str, form: Mapping[str, str]) -> Page:
    """POST: by our button, or by a mail program's one click, which needs no page, no cookie and no redirect.

    The page that answers has two more buttons, `do` = undo and `do` = reason, each good for a day after leaving.
    """
    if not (known := _known(site, slug, token)):
        return site.link_invalid(slug)
    shelf, reader = known
    match form.get("do"):
        case "undo":
            return _undo(site, shelf, reader, token, form)
        case "reason":
            return _take_reason(site, shelf, reader, token, form)
        case _:
            life.leave(site.table, slug, reader, now=site.clock())
            return _left(site, shelf, reader, token)


def _undo(site: Site, shelf: Shelf, reader: str, token: str, form: Mapping[str, str]) -> Page:
    slug = shelf.series.slug
    if not _is_fresh(site, slug, reader, form):
        return ask_to_leave(site, slug, token)
    life.undo_leave(site.table, slug, reader, site.clock(), day=site.settings.day)
    site.hints.issues([due_hint(slug, shard_of(reader))])
    return _said(site, shelf, "said_back", "confirmed_title")


def _take_reason(site: Site, shelf: Shelf, reader: str, token: str, form: Mapping[str, str]) -> Page:
    slug = shelf.series.slug
    if not _is_fresh(site, slug, reader, form):
        return ask_to_leave(site, slug, token)
    chosen = form.get("reason", "")
    words = " ".join(form.get("words", "")[:LONGEST_WORDS].split())
    reason = ": ".join(filter(None, (chosen if chosen in REASONS else "", words)))
    found = life.find(site.table, slug, reader)
    if found and found.state is State.LEFT:
        life.leave(site.table, slug, reader, reason=reason, now=site.clock())
    return _said(site, shelf, "reason_thanks", "unsubscribed_title")


def _left(site: Site, shelf: Shelf, reader: str, token: str) -> Page:
    series = shelf.series
    html = site.render(
        "unsubscribed",
        language=series.language,
        series=series.title,
        series_url=site.series_url(series.slug),
        action=site.url("unsubscribe", series.slug, token),
        sealed=site.seal(SEALED_FOR, series.slug, reader),
        reasons=REASONS,
        longest=LONGEST_WORDS,
    )
    return Page(200, html)


def _said(site: Site, shelf: Shelf, words: str, title: str) -> Page:
    return Page(200, site.render("said", language=shelf.series.language, words=words, title=title))


def _is_fresh(site: Site, slug: str, reader: str, form: Mapping[str, str]) -> bool:
    made = site.age(form.get("form", ""), SEALED_FOR, slug, reader)
    return made is not None and made <= UNDO_LIFE


def _known(site: Site, slug: str, token: str) -> tuple[Shelf, str] | None:
    reader = verify("unsubscribe", slug, token, site.keys)
    shelf = site.shelf(slug) if reader else None
    return (shelf, reader) if shelf and reader and life.find(site.table, slug, reader) else None
