"""Mails to the service, as SES keeps them: built as a mail program builds them."""

from __future__ import annotations

from email.message import EmailMessage

from local.inbound import Findings, as_ses_keeps_it

INBOUND = "in.stories.example.org"


def mail(
    to: str,
    text: str = "Thank you!",
    *,
    sender: str = "ada@example.org",
    subject: str = "Hello",
    html: str | None = None,
    headers: dict[str, str] | None = None,
) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, f"{to}@{INBOUND}", subject
    for name, value in (headers or {}).items():
        made[name] = value
    made.set_content(text)
    if html is not None:
        made.add_alternative(html, subtype="html")
    return made


def kept(made: EmailMessage | bytes, *, to: str, sender: str = "ada@example.org", **found: str) -> bytes:
    """The object in the inbound bucket. `found` overrides what SES found (local.inbound.Findings)."""
    raw = made if isinstance(made, bytes) else made.as_bytes()
    domain = sender.rpartition("@")[2]
    defaults = {"recipient": f"{to}@{INBOUND}", "return_path": sender, "domain": domain}
    return as_ses_keeps_it(raw, Findings(**(defaults | found)))


def post(to: str, text: str = "Thank you!", *, sender: str = "ada@example.org", **more: str) -> bytes:
    """A mail of a few words from a person, kept. `more`: subject and html, or what SES found."""
    written = {name: more.pop(name) for name in ("subject", "html") if name in more}
    return kept(mail(to, text, sender=sender, **written), to=to, sender=sender, **more)
