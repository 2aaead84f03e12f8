"""Mail to the service: what SES's receiving side makes of a mail before it lies in the inbound bucket.

The lines on top are as SES writes them, in its order (functions/cliffhanger/mailroom/trace.py has the picture).
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

CLIENT = "192.0.2.1"
HOST = "inbound-smtp.us-east-1.amazonaws.com"
DATE = "Sun, 22 Nov 2026 18:00:00 +0000 (UTC)"


@dataclass(frozen=True)
class Findings:
    """What SES found out about a mail. An empty `return_path` is a bounce's.

    SPF and DKIM speak of `domain`, DMARC of the From's: `dmarc_domain`, where that is another.
    """

    recipient: str
    return_path: str
    domain: str
    spf: str = "pass"
    dkim: str = "pass"
    dmarc: str = "pass"
    spam: str = "PASS"
    virus: str = "PASS"
    helo: str = "mail.example.org"
    dmarc_domain: str = ""


def as_ses_keeps_it(raw: bytes, found: Findings) -> bytes:
    """The object in the bucket."""
    said = (
        f"{found.spf} (spfCheck: domain of {found.domain} designates {CLIENT} as permitted sender) "
        f"client-ip={CLIENT}; envelope-from={found.return_path}; helo={found.helo};"
    )
    lines = (
        f"Return-Path: <{found.return_path}>",
        f"Received: from {found.helo} ({found.helo} [{CLIENT}])",
        f" by {HOST} with SMTP id {'0' * 40}",
        f" for {found.recipient};",
        f" {DATE}",
        f"X-SES-Spam-Verdict: {found.spam}",
        f"X-SES-Virus-Verdict: {found.virus}",
        f"Received-SPF: {said}",
        "Authentication-Results: amazonses.com;",
        f" spf={said}",
        f" dkim={found.dkim} header.i=@{found.domain};",
        f" dmarc={found.dmarc} header.from={found.dmarc_domain or found.domain};",
        f"X-SES-RECEIPT: {'A' * 60}",
        f"X-SES-DKIM-SIGNATURE: a=rsa-sha256; q=dns/txt; b={'B' * 60}",
    )
    return "".join(f"{line}\r\n" for line in lines).encode() + raw


def put(s3: Any, bucket: str, raw: bytes, found: Findings) -> str:
    """Lay a mail into the inbound bucket, under a key like SES's; returns the key."""
    key = secrets.token_hex(20)
    s3.put_object(Bucket=bucket, Key=key, Body=as_ses_keeps_it(raw, found))
    return key
