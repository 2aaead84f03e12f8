"""Words to the author: every drop is answered by mail."""

from __future__ import annotations

import hashlib
from typing import Any

from cliffhanger import outbox
from cliffhanger.delivery.envelope import mailbox
from cliffhanger.outbox import Letter
from cliffhanger.publishing.desk import Desk
from cliffhanger.readers.leaving import is_suppressed
from cliffhanger.rendering.letters import render_letter
from cliffhanger.rendering.looks import letter_look
from cliffhanger.series import Series

LANGUAGE = "en"
"""Authors and operators are written to in English."""


def to_author(desk: Desk, series: Series, name: str, /, *, about: tuple[str, ...], **fields: object) -> None:
    """Send the letter `name`. `about` tells what it answers: the same answer is never given twice.

    Where nobody knows the author's address, or it bounced or complained, it goes to the operator.
    """
    author = series.author_address
    if author and is_suppressed(desk.table, author, desk.keys):
        author = None
    _post(desk, series, name, author or desk.settings.operator_address, about, fields)


def to_operator(desk: Desk, series: Series, name: str, /, *, about: tuple[str, ...], **fields: object) -> None:
    _post(desk, series, name, desk.settings.operator_address, about, fields)


def _post(
    desk: Desk, series: Series, name: str, recipient: str | None, about: tuple[str, ...], fields: dict[str, Any]
) -> None:
    if recipient is None:
        desk.tally("WordWithoutAddress")
        return
    letter = Letter(
        id=hashlib.sha256("\0".join((name, recipient, series.slug, *about)).encode()).hexdigest()[:32],
        kind="word",
        sender=mailbox("Cliffhanger", f"{series.slug}@{desk.settings.sender_domain}"),
        recipient=recipient,
        body=render_letter(name, environment=desk.templates, language=LANGUAGE, look=letter_look(series), **fields),
    )
    if outbox.post(desk.table, desk.content, letter, now=desk.clock()):
        desk.hints.letter(letter.id)
