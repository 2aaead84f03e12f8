"""Email addresses as SES can write to them: the local part ASCII (SES has no SMTPUTF8), the domain in Punycode."""

from __future__ import annotations

from email_validator import EmailNotValidError, validate_email

from cliffhanger.errors import Refusal

LONGEST = 254


def parse(text: str) -> str:
    """The address in the form that is stored and compared. Refusal with one sentence for the reader."""
    candidate = text.strip()
    if not candidate or len(candidate) > LONGEST:
        raise Refusal("Please type one email address.")
    try:
        checked = validate_email(candidate, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        raise Refusal("That does not look like an email address. Please look at it again.") from None
    if not checked.ascii_email:
        raise Refusal("We can't write to addresses with accents or other scripts before the @ yet.")
    local, _, domain = checked.ascii_email.rpartition("@")
    return f"{local}@{domain.lower()}"


def mask(address: str) -> str:
    """Enough for its owner to know it again: a***@example.org."""
    local, _, domain = address.rpartition("@")
    return f"{local[:1]}***@{domain}"
