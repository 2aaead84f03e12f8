"""The letter that asks somebody to confirm a subscription, wherever he asked for it: on a page, or by mail."""

from __future__ import annotations

from jinja2 import Environment

from cliffhanger.clock import DAY
from cliffhanger.delivery.envelope import mailbox
from cliffhanger.delivery.letters import CONFIRMATION_LIFE
from cliffhanger.outbox import Letter
from cliffhanger.readers import joining
from cliffhanger.readers.joining import SignUp
from cliffhanger.rendering.letters import render_letter
from cliffhanger.series import Series


def confirmation(series: Series, sign_up: SignUp, *, id: str, domain: str, templates: Environment, now: int) -> Letter:
    """It repeats nothing that the visitor typed. `id` is the letter's; `domain` is ours."""
    return Letter(
        id=id,
        kind="confirmation",
        sender=mailbox(series.title, f"{series.slug}@{domain}"),
        recipient=sign_up.address,
        body=render_letter(
            "confirmation",
            environment=templates,
            language=series.language,
            series=series.title,
            days=CONFIRMATION_LIFE // DAY,
        ),
        confirms=joining.promise(series.slug, sign_up, now),
    )
