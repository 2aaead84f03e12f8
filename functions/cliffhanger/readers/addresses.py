"""Email addresses as SES can write to them: the local part ASCII (SES has no SMTPUTF8), the domain in Punycode."""

from __future__ import annotations

from enum import StrEnum

from email_validator import EmailNotValidError, validate_email

from cliffhanger.errors import Refusal

LONGEST = 254


class Fault(StrEnum):
    """Which part of an address can't be written to."""

    SHAPE = "shape"
    LOCAL = "local"
    """Before the @."""
    SCRIPT = "script"
    """Before the @: accents, or another script."""
    DOMAIN = "domain"


SAID = {
    Fault.SHAPE: "Please type one email address.",
    Fault.LOCAL: "What stands before the @ does not look like an email address. Please look at it again.",
    Fault.SCRIPT: "We can't write to addresses with accents or other scripts before the @ yet.",
    Fault.DOMAIN: "What stands after the @ does not look like a domain. Please look at it again.",
}


class BadAddress(Refusal):
    """`part` is what is wrong with it, "" if that is all of it. Typed by a stranger: escape it."""

    def __init__(self, fault: Fault, part: str = "") -> None:
        super().__init__(SAID[fault])
        self.fault = fault
        self.part = part


def parse(text: str) -> str:
    """The address in the form that is stored and compared. BadAddress says which part can't be written to."""
    candidate = text.strip()
    local, _, domain = candidate.rpartition("@")
    if not local or not domain or len(candidate) > LONGEST:
        raise BadAddress(Fault.SHAPE)
    _check(f"a@{domain}", Fault.DOMAIN, domain)
    checked = _check(candidate, Fault.LOCAL, local)
    if not checked:
        raise BadAddress(Fault.SCRIPT, "".join(dict.fromkeys(c for c in local if not c.isascii())))
    local, _, domain = checked.rpartition("@")
    return f"{local}@{domain.lower()}"


def mask(address: str) -> str:
    """Enough for its owner to know it again: a***@example.org."""
    local, _, domain = address.rpartition("@")
    return f"{local[:1]}***@{domain}"


def _check(address: str, fault: Fault, part: str) -> str | None:
    """The address in ASCII; None if it has no such form."""
    try:
        return validate_email(address, check_deliverability=False, test_environment=True).ascii_email
    except EmailNotValidError:
        raise BadAddress(fault, part) from None
