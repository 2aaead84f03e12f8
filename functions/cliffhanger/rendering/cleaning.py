"""The second wall: should the writer of HTML ever let something through, nh3 drops all that it does not write."""

from __future__ import annotations

import re

import nh3
from markupsafe import Markup

SCHEMES = {"http", "https", "mailto"}
_PICTURE = re.compile(r"(?:https?://[^\s?#]+/)?[a-z0-9-]+/pictures/[0-9a-f]{32}\.(?:jpg|png)")


def cleaned(html: Markup) -> Markup:
    return Markup(  # noqa: S704  nh3's output is what makes it safe
        nh3.clean(
            html,
            tags=TAGS,
            attributes=_ATTRIBUTES,
            attribute_filter=_ours if "<img" in html else None,
            allowed_classes=_CLASSES,
            url_schemes=SCHEMES,
            link_rel=None,
        )
    )


def _ours(tag: str, name: str, value: str) -> str | None:
    """A picture comes from our archive or not at all."""
    return None if tag == "img" and name == "src" and not _PICTURE.fullmatch(value) else value


TAGS = {
    *("p", "blockquote", "div", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li"),
    *("em", "strong", "span", "i", "a", "sup", "br", "img"),
}
_ATTRIBUTES = {
    "a": {"href", "id", "aria-label"},
    "i": {"lang"},
    "p": {"role", "dir"},
    **{tag: {"dir"} for tag in ("div", "h2", "h3", "h4", "h5", "h6")},
    "ol": {"start"},
    "img": {"src", "width", "height", "alt"},
}
_CLASSES = {"p": {"break", "picture"}, "blockquote": {"telegram"}, "div": {"verse", "stanza", "line"}, "span": {"caps"}}
