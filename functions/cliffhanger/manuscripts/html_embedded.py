"""Pictures that a page holds in itself, as `data:` addresses (RFC 2397): Google Docs and LibreOffice write them."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re

_ADDRESS = r"data:image/(png|jpe?g|gif|webp);base64,((?:[A-Za-z0-9+/=\s]|%[0-9A-Fa-f]{2})*+)"
_IN_TEXT = re.compile(_ADDRESS, re.I)
_IN_BYTES = re.compile(_ADDRESS.encode(), re.I)


def named(markup: str) -> str:
    """The same with a file name in the place of each picture."""
    if "data:" not in markup and "DATA:" not in markup:
        return markup
    return _IN_TEXT.sub(lambda found: _name(found[1], found[2].encode()), markup)


def embedded_in(data: bytes) -> dict[str, bytes]:
    """The pictures of a page in any encoding that holds ASCII, by these names."""
    found = ((match[1].decode(), match[2]) for match in _IN_BYTES.finditer(data))
    return {_name(kind, text): _decoded(text) for kind, text in found}


def _name(kind: str, text: bytes) -> str:
    return f"embedded-{hashlib.sha256(text).hexdigest()[:16]}.{kind.lower()}"


def _decoded(text: bytes) -> bytes:
    plain = re.sub(rb"%[0-9A-Fa-f]{2}", lambda code: bytes.fromhex(code[0][1:].decode()), text)
    try:
        return base64.b64decode(plain)
    except binascii.Error:
        return b""
