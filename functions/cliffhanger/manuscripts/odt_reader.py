"""OpenDocument text, zipped (.odt) or flat (.fodt) -> draft, from the XML itself.

Headers and footers belong to the style sheet's page layouts and are never read; the properties (title,
author) are the program's guesses and are not believed.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from cliffhanger.errors import Refusal
from cliffhanger.manuscripts.draft import Draft
from cliffhanger.manuscripts.odt_body import Body
from cliffhanger.manuscripts.odt_styles import Styles
from cliffhanger.manuscripts.office_blocks import blocks_of
from cliffhanger.manuscripts.office_xml import child, parse_xml
from cliffhanger.manuscripts.office_zip import Package

_NO_TEXT = "The OpenDocument file holds no text document: save it as .odt and drop that."
_LOCKED = "The OpenDocument file is protected by a password: take the password off and drop it again."


def read_odt(package: Package) -> Draft:
    if b"encryption-data" in (package.read("META-INF/manifest.xml") or b""):
        raise Refusal(_LOCKED)
    content = package.xml("content.xml")
    return _draft(content, package.xml("styles.xml"), content)


def read_fodt(data: bytes) -> Draft:
    root = parse_xml(data)
    return _draft(root, root)


def _draft(content: Element | None, *sheets: Element | None) -> Draft:
    text = child(content, "office:body/office:text")
    if text is None:
        raise Refusal(_NO_TEXT)
    body = Body(Styles(*sheets))
    blocks = blocks_of(list(body.passages(text)))
    return Draft(blocks, tuple(body.footnotes), warnings=tuple(body.warnings))
