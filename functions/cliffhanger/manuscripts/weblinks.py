"""Which links of a manuscript a reader may follow."""

from __future__ import annotations

import re

_LINK = re.compile(r"(?:https?://[^\s/?#\\@]+(?:[/?#]\S*)?|mailto:[^\s<>\"]+@[^\s<>\"]+)", re.I)
_MAX_URL = 2000


def is_web_link(url: str) -> bool:
    """Absolute http, https or mailto, without white space, control characters or a user name."""
    return len(url) <= _MAX_URL and url.isprintable() and _LINK.fullmatch(url) is not None
