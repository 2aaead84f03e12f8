"""Subscribing and confirming. Every address gets the same answer: nobody learns here who reads what."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping

from cliffhanger import outbox
from cliffhanger.catalogue import Shelf
from cliffhanger.delivery.feeder import due_hint
from cliffhanger.errors import Refusal
from cliffhanger.keys import shard_of
from cliffhanger.links import address_digest, new_identifier
from cliffhanger.publishing.confirmation import confirmation
from cliffhanger.readers import addresses, joining
from cliffhanger.readers.joining import Confirmed, SignUp, Start
from cliffhanger.web.page import Page, Site

FORM = "series-page-1"
"""Which form the reader filled: kept as part of the proof of consent."""


def subscribe(site: Site, slug: str, form: Mapping[str, str], network: str) -> Page:
    """`form` has `email`, `start`, and `website`, which a person never sees and a robot fills."""
    shelf = site.shelf(slug)
    if not shelf:
        return site.not_found()
    language, series_url = shelf.series.language, site.url("read", slug)
    try:
        address = addresses.parse(form.get("email", ""))
    except Refusal:
        return Page(400, site.render("bad_address", language=language, series_url=series_url))
    start = Start.FIRST if form.get("start") == Start.FIRST.value else Start.NEWEST
    sign_up = SignUp(address, start, address_digest(_network(network), site.keys), FORM)
    if not form.get("website") and joining.may_ask(site.table, sign_up, site.keys, site.clock()):
        _send_confirmation(site, shelf, sign_up)
    return Page(200, site.render("subscribed", language=language, series_url=series_url))


def ask_to_confirm(site: Site, token: str) -> Page:
    """The page behind the link in the mail: a button. Whoever only looks changes nothing."""
    item = joining.look_up(site.table, token, site.clock())
    shelf = site.shelf(item["series"]) if item else None
    if not item or not shelf:
        return site.link_invalid()
    if "reader" in item:
        return _answer(site, shelf, "already_confirmed")
    html = site.render(
        "confirm", language=shelf.series.language, series=shelf.series.title, action=site.url("confirm", token)
    )
    return Page(200, html)


def confirm(site: Site, token: str) -> Page:
    now = site.clock()
    item = joining.look_up(site.table, token, now)
    shelf = site.shelf(item["series"]) if item else None
    if not shelf:
        return site.link_invalid()
    said, reader = joining.confirm(site.table, token, shelf, site.keys, now)
    if said is Confirmed.UNKNOWN:
        return site.link_invalid()
    site.hints.issues([due_hint(shelf.series.slug, shard_of(reader))])
    return _answer(site, shelf, "confirmed" if said is Confirmed.JOINED else "already_confirmed")


def _answer(site: Site, shelf: Shelf, name: str) -> Page:
    fields = {"series": shelf.series.title, "series_url": site.url("read", shelf.series.slug)}
    return Page(200, site.render(name, language=shelf.series.language, **fields))


def _send_confirmation(site: Site, shelf: Shelf, sign_up: SignUp) -> None:
    now = site.clock()
    letter = confirmation(
        shelf.series,
        sign_up,
        id=new_identifier(),
        domain=site.settings.sender_domain,
        templates=site.templates,
        now=now,
    )
    outbox.post(site.table, site.content, letter, now=now)
    site.hints.letter(letter.id)


def _network(address: str) -> str:
    """The visitor's network, /24 or /48: what one house shares, and no single person's address."""
    try:
        version = ipaddress.ip_address(address).version
    except ValueError:
        return "unknown"
    return str(ipaddress.ip_network(f"{address}/{24 if version == 4 else 48}", strict=False))
