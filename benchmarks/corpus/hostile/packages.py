"""Builders of Word, OpenDocument and zip files, whole and broken."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Mapping

from benchmarks.corpus.hostile.file import STORY

Members = Mapping[str, str | bytes]
_W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_O = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
_PROSE = [line.strip() for line in f"Chapter 3: The Lamp\n\n{STORY}".split("\n\n")]


def zipped(members: Members) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def word(extra: str = "", doctype: str = "") -> str:
    """document.xml with `extra` before the prose."""
    prose = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in _PROSE)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{doctype}<w:document {_W}><w:body>{extra}{prose}</w:body></w:document>'
    )


def opened(extra: str = "", doctype: str = "") -> str:
    """content.xml with `extra` before the prose."""
    prose = "".join(f"<text:p>{line}</text:p>" for line in _PROSE)
    body = f"<office:body><office:text>{extra}{prose}</office:text></office:body>"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{doctype}<office:document-content {_O}>{body}</office:document-content>'
    )


def docx(document: str | bytes | None = None, more: Members | None = None) -> bytes:
    whole = {"[Content_Types].xml": _TYPES, "_rels/.rels": _RELATIONS, "word/document.xml": document or word()}
    return zipped({**whole, **(more or {})})


def odt(content: str | bytes | None = None, more: Members | None = None) -> bytes:
    whole = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content or opened()}
    return zipped({**whole, **(more or {})})


def bomb(kind: Callable[..., bytes], mebibytes: int) -> bytes:
    """Small on the disk, `mebibytes` once it is open."""
    return kind(b"<?xml version='1.0'?><a>" + b" " * (mebibytes << 20) + b"</a>")


def cut(data: bytes, share: float) -> bytes:
    return data[: int(len(data) * share)]


def lying(size: int) -> bytes:
    """A bomb whose directory, and whose members' own heads, say that it is small."""
    data = bytearray(bomb(docx, 60))
    for mark, at in ((b"PK\1\2", 24), (b"PK\3\4", 22)):
        start = -1
        while (start := data.find(mark, start + 1)) >= 0:
            struct.pack_into("<I", data, start + at, size)
    return bytes(data)


def encrypted() -> bytes:
    """A file whose members say that they are encrypted (bit 0 of their flags)."""
    data = bytearray(docx())
    for mark, at in ((b"PK\1\2", 8), (b"PK\3\4", 6)):
        start = -1
        while (start := data.find(mark, start + 1)) >= 0:
            data[start + at] |= 1
    return bytes(data)


def crowd(kind: Callable[..., bytes], count: int) -> bytes:
    return kind(None, {f"word/media/{n}.bin": b"x" for n in range(count)})


def broken_checksum() -> bytes:
    data = docx()
    at = data.find(b"word/document.xml") + len("word/document.xml") + 40
    return data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :]


def nested_zip(depth: int) -> bytes:
    data = zipped({"chapter.html": "<p>x"})
    for _ in range(depth):
        data = zipped({"inner.zip": data, "chapter.html": "<h1>Chapter 3</h1><p>x</p>"})
    return data
