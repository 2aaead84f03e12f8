"""Why sending stands still, and what to do: the reasons that the store holds, in plain words."""

from __future__ import annotations

PAUSED = {
    "operator": ("an operator stopped it", "`cliffhanger resume` goes on."),
    "restored": (
        "the table is another one than the stack's last, or was restored from a backup",
        "Follow docs/deploy.md, section 6; `cliffhanger resume` goes on.",
    ),
    "bounces": (
        "so many letters bounced that AWS would soon look into it",
        "Find out where these readers came from; then `cliffhanger resume` begins the count anew.",
    ),
    "complaints": (
        "so many readers complained that AWS would soon look into it",
        "Find out where these readers came from; then `cliffhanger resume` begins the count anew.",
    ),
    "account": (
        "SES has switched off sending for this account",
        "Look for SES's mail to the account's owner. It goes on by itself when SES allows it.",
    ),
    "SendingPausedException": (
        "SES has paused this account or its configuration set",
        "Look for SES's mail to the account's owner; then `cliffhanger resume`.",
    ),
    "AccountSuspendedException": (
        "SES has shut this account down",
        "Answer SES's mail to the account's owner; then `cliffhanger resume`.",
    ),
    "MailFromDomainNotVerifiedException": (
        "SES does not find the DNS records of the MAIL FROM domain",
        "Mend them (docs/deploy.md, section 1); then `cliffhanger resume`.",
    ),
    "MessageRejected": (
        "SES does not know the sender's domain, or still keeps the account in its sandbox",
        "See docs/deploy.md, sections 1 and 2; then `cliffhanger resume`.",
    ),
    "NotFoundException": (
        "SES does not find the stack's configuration set",
        "Deploy again; then `cliffhanger resume`.",
    ),
    "AccessDeniedException": (
        "the function deliver may not send",
        "Its role must allow ses:SendEmail for the domain: deploy again; then `cliffhanger resume`.",
    ),
}

HALTED = {"rejected": "too many of its letters were rejected"}


def of_pause(reason: str) -> tuple[str, str]:
    """Why, and what to do."""
    unknown = (f"SES said {reason}", "Mend what that means; then `cliffhanger resume`.")
    return PAUSED.get(reason, unknown)


def of_halt(reason: str) -> str:
    return HALTED.get(reason, reason)
