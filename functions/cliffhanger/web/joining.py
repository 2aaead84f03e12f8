"""Subscribing. Every address gets the same answer, for the same work: nobody learns here who reads what."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum

from cliffhanger import outbox
from cliffhanger.catalogue import Shelf
from cliffhanger.clock import SECOND
from cliffhanger.errors import Refusal
from cliffhanger.links import new_identifier
from cliffhanger.publishing.confirmation import confirmation
from cliffhanger.readers import addresses, joining, limits
from cliffhanger.readers.addresses import BadAddress
from cliffhanger.readers.joining import SignUp, Start
from cliffhanger.web import paces
from cliffhanger.web.network import digest_of
from cliffhanger.web.page import Page, Site

SEALED_FOR = "join"
EMBEDDED = "embedded"
ARCHIVE = "archive"
"""What a form has in place of a seal on an author's own site, and on a page of the archive, which knows no time."""

FORMS = {"sealed": "page-2", EMBEDDED: "embedded-1", ARCHIVE: "archive-1"}
"""Which form the reader filled in: kept as part of the proof of consent."""

SOONEST = 2 * SECOND
"""Nobody fills in a form so fast. A page that a cache has kept for a minute only seems slower."""

CHAPTER_ID = re.compile(r"[\w.-]{1,120}")
KEPT = ("email", "start", *paces.FIELDS)
"""The fields of a form that is shown once more."""


class Answer(StrEnum):
    """What the visitor is told, and the name of the page that tells it."""

    SUBSCRIBED = "subscribed"
    ONCE_MORE = "once_more"
    BAD_ADDRESS = "bad_address"
    WRONG = "wrong"
    TOO_MANY = "too_many"


STATUS = {Answer.SUBSCRIBED: 200, Answer.ONCE_MORE: 200, Answer.TOO_MANY: 429}
"""Where it is not 400."""


def subscribe(site: Site, slug: str, form: Mapping[str, str], network: str, origin: str = "") -> Page:
    """`form` has `email`, `start`, perhaps a pace, the seal `form`, and `website`, which only a robot fills.

    `network` is the visitor's address on the net, `origin` the site that the form stands on.
    """
    if not (shelf := site.shelf(slug)):
        return site.not_found()
    answer, fault = answer_to(site, shelf, form, network, origin)
    fields: dict[str, object] = {"series_url": site.series_url(slug)}
    if answer is Answer.BAD_ADDRESS and fault:
        fields |= {"fault": fault.fault.value, "part": fault.part}
    if answer is Answer.ONCE_MORE:
        kept = {name: form[name] for name in KEPT if name in form}
        fields |= {"action": site.url("subscribe", slug), "kept": kept, "sealed": site.seal(SEALED_FOR, slug)}
    html = site.render(answer.value, language=shelf.series.language, **fields)
    return Page(STATUS.get(answer, 400), html)


def answer_to(
    site: Site, shelf: Shelf, form: Mapping[str, str], network: str, origin: str
) -> tuple[Answer, BadAddress | None]:
    """Lay down a confirmation if all is well. What it comes to depends on the form and the network alone."""
    try:
        address = addresses.parse(form.get("email", ""))
        pace, bundle = paces.parse(form)
    except BadAddress as fault:
        return Answer.BAD_ADDRESS, fault
    except Refusal:
        return Answer.WRONG, None
    if form.get("website"):
        return Answer.SUBSCRIBED, None
    kind = _kind(site, shelf, form.get("form", ""), origin)
    if not kind:
        return Answer.ONCE_MORE, None
    house = digest_of(network, site.keys)
    if not limits.allow(site.table, f"network#{house}", limits.PER_NETWORK, site.clock()):
        return Answer.TOO_MANY, None
    _ask(site, shelf, SignUp(address, _start(form), house, kind, pace, bundle))
    return Answer.SUBSCRIBED, None


def _ask(site: Site, shelf: Shelf, sign_up: SignUp) -> None:
    """A confirmation, or one that goes nowhere, to an address that had enough of them."""
    now = site.clock()
    letter = confirmation(
        shelf.series,
        sign_up,
        id=new_identifier(),
        domain=site.settings.sender_domain,
        templates=site.templates,
        now=now,
    )
    allowed = joining.may_write_to(site.table, sign_up.address, site.keys, now)
    lay_down = outbox.post if allowed else outbox.pretend
    lay_down(site.table, site.content, letter, now=now)
    site.hints.letter(letter.id)


def _kind(site: Site, shelf: Shelf, told: str, origin: str) -> str | None:
    """Which form it was, None if it must be shown once more: it can't say when it was made, and comes from no site of
    ours or of the author's, or somebody was too quick."""
    if told == EMBEDDED and origin in shelf.series.embed_origins:
        return FORMS[EMBEDDED]
    if told == ARCHIVE and origin == site.settings.site_url:
        return FORMS[ARCHIVE]
    return FORMS["sealed"] if _took_his_time(site, shelf.series.slug, told) else None


def _took_his_time(site: Site, slug: str, sealed: str) -> bool:
    made = site.age(sealed, SEALED_FOR, slug)
    return made is not None and made >= SOONEST


def _start(form: Mapping[str, str]) -> str:
    start = form.get("start", "")
    return start if CHAPTER_ID.fullmatch(start) else Start.NEWEST.value
