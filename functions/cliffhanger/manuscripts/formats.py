"""Which kind of file it is, judged by its first bytes and then by its name."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import PurePosixPath

from cliffhanger.errors import Refusal
from cliffhanger.manuscripts.office_zip import Package

MAX_BYTES = 5_000_000
ZIP = b"PK\x03\x04"
MARKDOWN_NAMES = {".md", ".markdown", ".mdown", ".mkd", ".mmd"}
_SAVE_AS = "save it as Markdown (.md) or plain text (.txt) and drop it again"
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"RIFF", "picture or sound"),
    (b"\x1f\x8b", "packed"),
    (b"7z\xbc\xaf", "packed"),
    (b"Rar!", "packed"),
    (b"\x00\x01\x00\x00", "font"),
    (b"\x7fELF", "program"),
    (b"MZ\x90", "program"),
)
_IN_ZIP = (
    ("META-INF/container.xml", "EPUB"),
    ("Index/", "Pages"),
    ("index.apxl", "Pages"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What only Markdown writes: front matter, a heading with a space, a footnote's text.
_MARKDOWN = re.compile(r"\A---[ \t]*\n[A-Za-z_ ]+:|^#{1,6} \S.*$|^\[\^[^\]\n]+\]:", re.M)


class Format(StrEnum):
    MARKDOWN = "Markdown"
    TEXT = "plain text"


def refuse_other_formats(data: bytes) -> None:
    """Refuse what is neither text nor a zip that may hold a page, and say what to do instead."""
    if not data:
        raise Refusal("The file is empty: drop it again once it is saved with its text.")
    if data.startswith(ZIP):
        _refuse_other_zips(Package(data).names)
    elif len(data) > MAX_BYTES:
        raise Refusal(f"The file has {len(data):,} bytes; a chapter may have up to {MAX_BYTES:,}.")
    if data.startswith(_OLE):
        raise Refusal(_ole(data))
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            raise Refusal(f"This is a {name} file, which cannot be read: {_SAVE_AS}.")


def text_format(filename: str, text: str) -> Format:
    """Markdown by its name or by its marks, else plain text."""
    if _suffix(filename) in MARKDOWN_NAMES or _MARKDOWN.search(text):
        return Format.MARKDOWN
    return Format.TEXT


def _suffix(filename: str) -> str:
    return PurePosixPath(filename).suffix.lower()


def _ole(data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return f"This Word file is protected by a password: take the password off, or {_SAVE_AS}."
    return f"This is an old Word .doc file, which cannot be read: {_SAVE_AS}."


def _refuse_other_zips(names: frozenset[str]) -> None:
    for start, name in _IN_ZIP:
        if any(member.startswith(start) for member in names):
            raise Refusal(f"This is a file of the {name} format, which cannot be read: {_SAVE_AS}.")
