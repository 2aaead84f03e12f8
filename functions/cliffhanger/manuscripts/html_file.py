"""A page as a file: bare, or zipped with its pictures as Google Docs downloads it ("Web page (.html, zipped)")."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from cliffhanger.errors import Refusal
from cliffhanger.manuscripts.draft import Draft
from cliffhanger.manuscripts.formats import MARKDOWN_NAMES, MAX_BYTES, ZIP
from cliffhanger.manuscripts.html_reader import read_html
from cliffhanger.manuscripts.office_zip import Package, beside
from cliffhanger.manuscripts.weblinks import is_beside

_NAMES = {".html", ".htm", ".xhtml", ".xht", ".shtml"}
_HEAD = 4_000
_NAMED = 4
_BEGINS = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)?"
    rb"<(?:!doctype\s+html|html|head|body|meta|title|style|div|h[1-6]|p|center|table|blockquote|article)[\s>]",
    re.I | re.S,
)
_TAG = re.compile(rb"</?[a-z][a-z\d]{0,10}(?:\s[^<>]*+)?/?>", re.I)


def read_page(filename: str, data: bytes) -> Draft | None:
    """The draft of a page, None if the bytes are none. Zips of other kinds have been refused before."""
    if data.startswith(ZIP):
        return _read_zip(Package(data))
    bare = data.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    suffix = PurePosixPath(filename).suffix.lower()
    is_page = suffix not in MARKDOWN_NAMES and _BEGINS.match(bare[:_HEAD])
    return read_html(data) if is_page or (suffix in _NAMES and _TAG.search(bare)) else None


def _read_zip(package: Package) -> Draft:
    pages = sorted(name for name in package.names if _is_page(PurePosixPath(name)))
    if not pages:
        raise Refusal("The zip holds no web page: drop the chapter itself, or Google Docs’ “Web page (.html, zipped)”.")
    if len(pages) > 1:
        named = "”, “".join(pages[:_NAMED])
        raise Refusal(f"The zip holds {len(pages):,} pages (“{named}”): drop each chapter as a file of its own.")
    data = package.read(pages[0]) or b""
    if not data.strip() or len(data) > MAX_BYTES:
        raise Refusal(f"The page in the zip has {len(data):,} bytes; a chapter may have 1 to {MAX_BYTES:,}.")
    return read_html(data, lambda source: _in_zip(package, pages[0], source))


def _is_page(path: PurePosixPath) -> bool:
    """Not what a Mac lays beside every file."""
    return path.suffix.lower() in _NAMES and path.parts[0] != "__MACOSX" and not path.name.startswith(".")


def _in_zip(package: Package, page: str, source: str) -> str | None:
    member = beside(page, source)
    return member if is_beside(source) and member in package.names else None
