"""A mail that asks for a series: answered with the same confirmation letter as the form on its page."""

from __future__ import annotations

import re

from cliffhanger import catalogue
from cliffhanger.links import address_digest
from cliffhanger.mailboxes import Subscribe
from cliffhanger.mailroom.reasons import Dropped, Reason
from cliffhanger.mailroom.room import Room
from cliffhanger.publishing.confirmation import confirmation
from cliffhanger.readers import joining, limits
from cliffhanger.readers.joining import SignUp, Start

FORM = "mail-1"
"""The proof of consent says that it was a mail."""

FIRST_WORDS = {
    "en": ("first chapter", "chapter one", "chapter 1", "the beginning", "the start"),
    "de": ("erstes kapitel", "ersten kapitel", "kapitel eins", "kapitel 1", "am anfang", "von anfang", "vom anfang"),
    "fr": ("premier chapitre", "chapitre un", "chapitre 1", "au début", "du début"),
    "es": ("primer capítulo", "capítulo uno", "capítulo 1", "el principio", "el comienzo"),
    "pt": ("primeiro capítulo", "capítulo um", "capítulo 1", "o início", "do início", "o começo", "do começo"),
}
"""How a reader says that he wants to begin with chapter one, in the language of the series or in English."""


def subscribe(room: Room, box: Subscribe, *, sender: str, said: str, mail_id: str) -> None:
    """`said` is the subject and the first line."""
    shelf = catalogue.find(room.table, box.series)
    if not shelf:
        raise Dropped(Reason.UNKNOWN_ADDRESS)
    series, now = shelf.series, room.clock()
    # A mail that comes again after a failure was counted then, and must not be lost to its own count.
    is_new = limits.allow(room.table, f"mail#{mail_id}", limits.ONCE, now)
    if is_new and not _may_answer(room, sender, now):
        raise Dropped(Reason.TOO_OFTEN)
    first = box.first or asks_for_the_first(said, language=series.language, title=series.title)
    sign_up = SignUp(sender, Start.FIRST if first else Start.NEWEST, network="mail", form=FORM)
    room.post(
        confirmation(series, sign_up, id=mail_id, domain=room.settings.sender_domain, templates=room.templates, now=now)
    )


def _may_answer(room: Room, sender: str, now: int) -> bool:
    """Whoever has a domain has as many addresses as he likes."""
    domain = f"domain#{address_digest(sender.rpartition('@')[2], room.keys)}"
    return limits.allow(room.table, domain, limits.PER_DOMAIN, now) and joining.may_write_to(
        room.table, sender, room.keys, now
    )


def asks_for_the_first(said: str, *, language: str, title: str) -> bool:
    """A title that holds such words says nothing of where to begin."""
    words = " ".join(said.casefold().replace(title.casefold(), " ").split())
    asked = {*FIRST_WORDS["en"], *FIRST_WORDS.get(language.partition("-")[0].lower(), ())}
    return any(re.search(rf"\b{re.escape(ask)}\b", words) for ask in asked)
