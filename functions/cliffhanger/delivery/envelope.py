"""What stands around a letter: who it is from, its headers, its tags, and its personal links."""

from __future__ import annotations

from email.header import Header
from email.utils import quote

from cliffhanger.links import Keys, sign
from cliffhanger.mailbody import MailBody, Place, fill
from cliffhanger.ports import Mail
from cliffhanger.series import Series
from cliffhanger.subscription import Claim, Subscription

LONGEST_NAME = 700
"""Encoded; a header of SES's has at most 995 characters, and an address follows."""


def issue_mail(
    body: MailBody, *, series: Series, claimed: Subscription, base_url: str, domain: str, keys: Keys
) -> Mail:
    """The letter of a claimed subscription: RFC 8058 one-click unsubscribe, RFC 2919 List-Id, RFC 2369 List-Archive.

    SES sets Message-ID and Date itself and lets nobody else do so.
    """
    assert claimed.claim
    unsubscribe = sign("unsubscribe", series.slug, claimed.reader, keys)
    preferences = sign("preferences", series.slug, claimed.reader, keys)
    places = {
        Place.UNSUBSCRIBE: f"{base_url}/unsubscribe/{series.slug}/{unsubscribe}",
        Place.PREFERENCES: f"{base_url}/preferences/{series.slug}/{preferences}",
    }
    return Mail(
        sender=mailbox(series.title, f"{series.slug}@{domain}"),
        recipient=claimed.address,
        subject=body.subject,
        html=fill(body.html, places),
        text=fill(body.text, places),
        headers={
            "List-Unsubscribe": f"<{places[Place.UNSUBSCRIBE]}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "List-Id": mailbox(series.title, f"{series.slug}.{domain}"),
            "List-Archive": f"<{base_url}/read/{series.slug}>",
        },
        tags=issue_tags(claimed.claim, series.slug, claimed.reader),
    )


def issue_tags(claim: Claim, series: str, reader: str) -> dict[str, str]:
    """What every event of this letter will say of it: [A-Za-z0-9_-] only, and no address."""
    return {
        "kind": "issue",
        "series": series,
        "reader": reader,
        "epoch": str(claim.epoch),
        "position": str(claim.to),
        "claim": claim.id,
    }


def mailbox(name: str, address: str) -> str:
    """`name <address>` as a header value in ASCII; a name in another script goes as RFC 2047 words."""
    one_line = " ".join(name.split())
    words = (
        f'"{quote(one_line)}"' if one_line.isascii() else Header(one_line, "utf-8", maxlinelen=75).encode(linesep="")
    )
    if len(words) > LONGEST_NAME:
        return mailbox(one_line[: len(one_line) * LONGEST_NAME // (len(words) + 1)], address)
    return f"{words} <{address}>"
