"""Who wrote a mail, and whether a person did: what nobody should answer is dropped here (RFC 3834, section 2)."""

from __future__ import annotations

import re
from email.headerregistry import Address, AddressHeader

from cliffhanger.errors import Refusal
from cliffhanger.mailroom.opening import Opened
from cliffhanger.mailroom.reasons import Dropped, Reason
from cliffhanger.mailroom.trace import Trace
from cliffhanger.readers import addresses

BULK = frozenset({"bulk", "junk", "list"})
ROBOTS = frozenset({"mailer-daemon", "postmaster", "noreply", "no-reply", "donotreply", "do-not-reply"})
AWAY = (
    *("out of office", "automatic reply", "auto reply", "auto-reply", "autoreply", "auto:"),
    *("abwesenheit", "automatische antwort", "automatische abwesenheit"),
    *("réponse automatique", "absence du bureau", "message d'absence"),
    *("respuesta automática", "fuera de la oficina"),
    *("resposta automática", "fora do escritório"),
)
"""How subjects of vacation programs begin that mark their mails in no other way. (A reader's begins with Re, and a
chapter may be called “Out of Office”.)"""

_NO_ADDRESS = re.compile(r'"(?:[^"\\]|\\.)*"|\([^()]*\)|=\?[^? ]*\?[bq]\?[^? ]*\?=', re.IGNORECASE)
"""Quoted names, comments and encoded words: an @ in them is no address's."""


def sender_of(mail: Opened, trace: Trace, *, ours: tuple[str, ...]) -> str:
    """The one address that wrote the mail, and that SPF or DKIM vouch for. `ours` are our own domains."""
    if trace.spam == "FAIL":
        raise Dropped(Reason.SPAM)
    if trace.virus == "FAIL":
        raise Dropped(Reason.VIRUS)
    sender = _single_sender(mail)
    local, _, domain = sender.rpartition("@")
    if is_within(domain, ours) or any(name.startswith("x-cliffhanger") for name in mail.names):
        raise Dropped(Reason.OURS)
    if trace.return_path in ("", "<>") or local.lower() in ROBOTS or "mailer-daemon" in trace.return_path.lower():
        raise Dropped(Reason.BOUNCE)
    if _is_automatic(mail):
        raise Dropped(Reason.AUTOMATIC)
    if BULK & _words(mail, "precedence") or any(name.startswith("list-") for name in mail.names):
        raise Dropped(Reason.BULK)
    if not is_vouched_for(domain, trace):
        raise Dropped(Reason.FORGED)
    return sender


def subject_of(mail: Opened) -> str:
    """Decoded; empty if there is none that can be read."""
    try:
        return str(mail.parsed("subject") or "")
    except Exception:  # the standard library stumbles over odd encoded words
        return ""


def is_vouched_for(domain: str, trace: Trace) -> bool:
    """Does SPF or DKIM pass for the From's domain, a domain under it or one above it? Or DMARC, which SES judges by?

    That is relaxed alignment (RFC 7489, 3.1) but for two neighbours under one domain; these have DMARC's word. So no
    list of public suffixes is needed: nobody but a registry can make one pass.
    """
    result, judged = trace.dmarc
    if judged and (not is_within(domain, (judged,)) or result == "fail"):
        return False
    return result == "pass" or any(
        is_within(domain, (passed,)) or is_within(passed, (domain,)) for passed in trace.passed if "." in passed
    )


def is_within(domain: str, others: tuple[str, ...]) -> bool:
    return any(domain == other or domain.endswith(f".{other}") for other in others)


def _single_sender(mail: Opened) -> str:
    """One From with one address: a mail program, SES and we must not be able to mean different ones."""
    written = mail.all("from")
    if len(written) != 1 or _NO_ADDRESS.sub("", written[0]).count("@") != 1:
        raise Dropped(Reason.NO_SINGLE_SENDER)
    try:
        header = mail.parsed("from")
        found: tuple[Address, ...] = header.addresses if isinstance(header, AddressHeader) else ()
        return addresses.parse(found[0].addr_spec)
    except (Refusal, IndexError):
        raise Dropped(Reason.NO_SINGLE_SENDER) from None
    except Exception:  # the standard library stumbles over odd addresses
        raise Dropped(Reason.UNREADABLE) from None


def _is_automatic(mail: Opened) -> bool:
    submitted = {value.partition(";")[0].strip().lower() for value in mail.all("auto-submitted")}
    if submitted - {"no"} or {"x-auto-response-suppress", "x-autoreply", "x-autorespond"} & mail.names:
        return True
    return subject_of(mail).strip().casefold().startswith(AWAY)


def _words(mail: Opened, name: str) -> set[str]:
    return {value.strip().lower() for value in mail.all(name)}
