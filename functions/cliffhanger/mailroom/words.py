"""What a person wrote into a mail: plain text alone, whatever it came as."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass
from email.message import Message

from cliffhanger.mailroom.html_text import text_of
from cliffhanger.mailroom.reasons import Dropped, Reason

MOST_BYTES = 200_000
"""Of all parts together that are read. What a person wrote stands on top, quotes below it."""

_CHARSETS = re.compile(
    r"ascii|utf-(?:8|16|32).*|(?:iso8859|iso2022|cp|koi8|mac|windows|gb|big5|shift_jis|euc)[\w-]*|johab|hz|tis-620"
)
"""Codecs of texts. Python knows others, which take minutes over such a text (punycode) or are no texts at all."""

_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Bidi embeddings and overrides: they would turn our own words around too."""


@dataclass(frozen=True, slots=True)
class Words:
    """`text`: lines ended by a newline, no control characters. `attachments`: there was more than words."""

    text: str
    attachments: bool


def words_of(message: Message) -> Words:
    """All text parts one after another (a picture between two of them parts a letter in mail programs); where there
    is none, the HTML. Dropped, where the parts can't be read.
    """
    try:
        return _words(message)
    except Exception:  # whatever a stranger's bytes make the standard library stumble over
        raise Dropped(Reason.UNREADABLE) from None


def _words(message: Message) -> Words:
    plain: list[str] = []
    html: list[str] = []
    attachments = False
    left = MOST_BYTES
    for part in _leaves(message):
        kind = part.get_content_type()
        if part.get_content_disposition() == "attachment" or kind not in ("text/plain", "text/html"):
            attachments = True
        else:
            data = _bytes(part)[:left]
            left -= len(data)
            (plain if kind == "text/plain" else html).append(data.decode(_charset(part), errors="replace"))
    if not any(text.strip() for text in plain):
        plain = [text_of(markup) for markup in html]
    return Words(_harmless("\n".join(plain)), attachments)


def _leaves(part: Message) -> list[Message]:
    """The parts that hold no others, in their order. A mail within the mail is one: nobody wrote it just now."""
    inside = part.get_payload() if part.get_content_maintype() == "multipart" else None
    if not isinstance(inside, list):
        return [part]
    return [leaf for child in inside if isinstance(child, Message) for leaf in _leaves(child)]


def _bytes(part: Message) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _charset(part: Message) -> str:
    try:
        name = codecs.lookup(part.get_content_charset() or "utf-8").name
    except (LookupError, ValueError):
        return "utf-8"
    return name if _CHARSETS.fullmatch(name) else "utf-8"


def _harmless(text: str) -> str:
    lines = _TURNING.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(c for c in lines if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
