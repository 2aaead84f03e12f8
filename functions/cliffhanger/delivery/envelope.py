"""What stands around a letter: who it is from, its headers, its tags, and its personal links."""

from __future__ import annotations

from email.header import Header
from email.utils import quote

from cliffhanger.links import Keys, sign
from cliffhanger.mailbody import MailBody, Part, Place, fill
from cliffhanger.mailboxes import reply_address, unsubscribe_mailto
from cliffhanger.ports import Mail
from cliffhanger.series import Series
from cliffhanger.settings import Settings
from cliffhanger.subscription import Claim, Subscription

LONGEST_NAME = 700
"""Encoded; a header of SES's has at most 995 characters, and an address follows."""


def issue_mail(
    body: MailBody, *, may_ask: bool, series: Series, claimed: Subscription, settings: Settings, keys: Keys
) -> Mail:
    """The letter of a claimed subscription: RFC 8058 one-click unsubscribe, RFC 2919 List-Id, RFC 2369 List-Archive.

    `may_ask`: it offers the next chapter now. SES sets Message-ID and Date itself and lets nobody else do so.
    """
    assert claimed.claim
    slug, reader, inbound = series.slug, claimed.reader, settings.inbound_domain
    places = _places(slug, reader, settings.base_url, keys)
    reply_to = reply_address(slug, reader, claimed.claim.to, domain=inbound, keys=keys) if inbound else None
    show = {Part.CATCHING_UP} if may_ask else set()
    if reply_to:
        places[Place.REPLY] = f"mailto:{reply_to}"
        show.add(Part.REPLY)
    if not claimed.claim.before:
        show.add(Part.ALONE)
    unsubscribe = [places[Place.UNSUBSCRIBE]]
    if inbound:
        unsubscribe.append(unsubscribe_mailto(slug, reader, domain=inbound, keys=keys))
    return Mail(
        sender=mailbox(series.title, f"{slug}@{settings.sender_domain}"),
        recipient=claimed.address,
        subject=body.subject,
        html=fill(body.html, places, show),
        text=fill(body.text, places, show),
        headers={
            "List-Unsubscribe": ", ".join(f"<{url}>" for url in unsubscribe),
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "List-Id": mailbox(series.title, f"{slug}.{settings.sender_domain}"),
            "List-Archive": f"<{settings.site_url}/{slug}>",
            **(_conversation(slug, settings.sender_domain) if series.threaded else {}),
        },
        tags=issue_tags(claimed.claim, slug, reader),
        reply_to=reply_to,
    )


def _conversation(slug: str, domain: str) -> dict[str, str]:
    """All issues answer the same mail, which was never sent: so they are one conversation (RFC 5322, 3.6.4)."""
    root = f"<{slug}.series@{domain}>"
    return {"In-Reply-To": root, "References": root}


def _places(series: str, reader: str, base_url: str, keys: Keys) -> dict[Place, str]:
    return {
        Place.UNSUBSCRIBE: f"{base_url}/unsubscribe/{series}/{sign('unsubscribe', series, reader, keys)}",
        Place.PREFERENCES: f"{base_url}/me/{sign('preferences', '', reader, keys)}?open={series}",
        Place.NEXT: f"{base_url}/next/{series}/{sign('next', series, reader, keys)}",
        Place.PAUSE: f"{base_url}/pause/{series}/{sign('pause', series, reader, keys)}",
    }


def issue_tags(claim: Claim, series: str, reader: str) -> dict[str, str]:
    """What every event of this letter will say of it: [A-Za-z0-9_-] only, and no address."""
    bundle = {"before": "_".join(map(str, claim.before))} if claim.before else {}
    return bundle | {
        "kind": "issue",
        "series": series,
        "reader": reader,
        "epoch": str(claim.epoch),
        "from": str(claim.start),
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
