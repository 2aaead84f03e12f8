"""Word, OpenDocument and RTF files by their content, whatever they are called."""

from __future__ import annotations

import re

from cliffhanger.errors import Refusal
from cliffhanger.manuscripts.docx_reader import main_part, read_docx
from cliffhanger.manuscripts.draft import Draft
from cliffhanger.manuscripts.odt_reader import read_fodt, read_odt
from cliffhanger.manuscripts.office_zip import Package
from cliffhanger.manuscripts.rtf_reader import read_rtf

# Pictures make an office file larger than its text.
MAX_BYTES = 25_000_000
_RTF = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{\\rtf")
_FLAT = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml[^>]*>\s*(?:<!--.{0,500}?-->\s*)?<office:document\s", re.S)


def read_office(data: bytes) -> Draft | None:
    """The draft of an office file, None if the bytes are none."""
    is_zip = data.startswith(b"PK\x03\x04")
    if not (is_zip or is_rtf(data) or _FLAT.match(data)):
        return None
    if len(data) > MAX_BYTES:
        raise Refusal(f"The file has {len(data):,} bytes; a chapter with pictures may have up to {MAX_BYTES:,}.")
    if is_zip:
        return _read_package(Package(data))
    return read_fodt(data) if _FLAT.match(data) else read_rtf(data)


def is_rtf(data: bytes) -> bool:
    return _RTF.match(data) is not None


def _read_package(package: Package) -> Draft | None:
    if main := main_part(package):
        return read_docx(package, main)
    return read_odt(package) if "content.xml" in package.names else None
