"""What SES wrote above a mail when it took it in, and nothing that the sender wrote to look like it.

SES puts its lines on top and ends them with X-SES-RECEIPT:

    Return-Path: <ada@example.org>
    Received: from mail.example.org (mail.example.org [192.0.2.1])
     by inbound-smtp.eu-west-1.amazonaws.com with SMTP id … for lantern+subscribe@in.example.org; …
    X-SES-Spam-Verdict: PASS
    X-SES-Virus-Verdict: PASS
    Received-SPF: pass (spfCheck: domain of example.org designates 192.0.2.1 as permitted sender) …
    Authentication-Results: amazonses.com;
     spf=pass (…) client-ip=192.0.2.1; envelope-from=ada@example.org; helo=mail.example.org;
     dkim=pass header.i=@example.org;
     dmarc=pass header.from=example.org;
    X-SES-RECEIPT: …
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from cliffhanger.mailroom.opening import Opened
from cliffhanger.mailroom.reasons import Dropped, Reason

_LAST = "x-ses-receipt"
_HOST = re.compile(r"amazonses\.com(?: 1)?;", re.IGNORECASE)
_TAKEN_IN = re.compile(r" by inbound-smtp\.[a-z0-9-]{1,40}\.amazonaws\.com ")
_FOR = re.compile(r" for <?([^\s<>;]{1,320})>?;")
_COMMENT = re.compile(r"\([^()]*\)")
_SAYS = re.compile(r"(spf|dkim|dmarc)=([a-z]{1,20})")
_ABOUT = re.compile(r"(?:^| )(envelope-from|header\.i|header\.d|header\.from)=(\S{1,320})")


@dataclass(frozen=True, slots=True)
class Trace:
    """`recipient` is whom the mail was for, empty if SES doesn't say. `passed` are the domains that SPF or DKIM vouch
    for, `dmarc` is (the result, the domain of the From that it was made for), both empty if there is none.
    """

    recipient: str
    return_path: str
    spam: str
    virus: str
    passed: frozenset[str]
    dmarc: tuple[str, str]


def read(mail: Opened) -> Trace:
    """Dropped, where the lines on top are not SES's. Where a forger's words may be within them nothing has passed."""
    names = [name for name, _ in mail.headers]
    if _LAST not in names:
        raise Dropped(Reason.NOT_FROM_SES)
    on_top: dict[str, str] = {}
    for name, value in mail.headers[: names.index(_LAST)]:
        on_top.setdefault(name, value)
    received = on_top.get("received", "")
    taken_in, results = _TAKEN_IN.search(received), on_top.get("authentication-results", "")
    if not taken_in or not _HOST.match(results):
        raise Dropped(Reason.NOT_FROM_SES)
    return_path = on_top.get("return-path", "")
    if _may_hold_forged_results(mail, received[: taken_in.start()], return_path):
        results = ""
    passed, dmarc = _results(results)
    recipient = _FOR.search(received, taken_in.end())
    return Trace(
        recipient=recipient[1] if recipient else "",
        return_path=return_path,
        spam=on_top.get("x-ses-spam-verdict", "").upper(),
        virus=on_top.get("x-ses-virus-verdict", "").upper(),
        passed=passed,
        dmarc=dmarc,
    )


def _may_hold_forged_results(mail: Opened, greeting: str, return_path: str) -> bool:
    """SES repeats in its results what the sender's server says of itself: HELO, envelope sender and DKIM's `i=`.

    A semicolon in one of them could begin a result of the forger's own. No honest one has any.
    """
    signed = " ".join(mail.all("dkim-signature")).lower()
    return ";" in greeting or bool(set(';"\\()') & set(return_path)) or "=3b" in signed


def _results(text: str) -> tuple[frozenset[str], tuple[str, str]]:
    """RFC 8601, as far as SES uses it: an SPF result is followed by its own properties, each ended by a semicolon."""
    passed: set[str] = set()
    dmarc = ("", "")
    method = result = ""
    for part in _COMMENT.sub(" ", text).lower().split(";")[1:]:
        statement = " ".join(part.split())
        if said := _SAYS.match(statement):
            method, result = said.groups()
        for name, value in _ABOUT.findall(statement):
            domain = value.rpartition("@")[2]
            if name == "header.from" and method == "dmarc":
                dmarc = (result, domain)
            elif result == "pass" and method == ("spf" if name == "envelope-from" else "dkim"):
                passed.add(domain)
    return frozenset(passed), dmarc
