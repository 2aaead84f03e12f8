"""Which links of a manuscript a reader may follow, and which pictures lie beside it."""

from __future__ import annotations

import re

_LINK = re.compile(r"(?:https?://[^\s/?#\\@]+(?:[/?#]\S*)?|mailto:[^\s<>\"]+@[^\s<>\"]+)", re.I)
_MAX_URL = 2000
_ELSEWHERE = re.compile(r"\s*(?:[A-Za-z][A-Za-z0-9+.-]*:|//|/|\\|\.\.)")


def is_web_link(url: str) -> bool:
    """Absolute http, https or mailto, without white space, control characters or a user name."""
    return len(url) <= _MAX_URL and url.isprintable() and _LINK.fullmatch(url) is not None


def is_beside(source: str) -> bool:
    """A picture's path from the manuscript's own folder down: no address, no other folder."""
    return bool(source) and _ELSEWHERE.match(source) is None
