"""XML as office programs write it -> elements, with nothing that XML could be made to do.

Entities are refused, none is fetched; depth and size are bounded. Names are "prefix:local" with the
prefixes below, whatever the file calls them; those of Word's Strict format are the same as the usual ones.
"""

from __future__ import annotations

from typing import NoReturn
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers.expat import ExpatError, ParserCreate

from cliffhanger.errors import Refusal

_OOXML = "http://schemas.openxmlformats.org/"
_STRICT = "http://purl.oclc.org/ooxml/"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_PREFIXES = {
    f"{_OOXML}wordprocessingml/2006/main": "w",
    f"{_STRICT}wordprocessingml/main": "w",
    f"{_OOXML}officeDocument/2006/relationships": "r",
    f"{_STRICT}officeDocument/relationships": "r",
    f"{_OOXML}package/2006/relationships": "rel",
    f"{_OOXML}markup-compatibility/2006": "mc",
    f"{_OOXML}drawingml/2006/wordprocessingDrawing": "wp",
    f"{_STRICT}drawingml/wordprocessingDrawing": "wp",
    f"{_OOXML}drawingml/2006/main": "a",
    f"{_STRICT}drawingml/main": "a",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:office": "o",
    f"{_OASIS}office:1.0": "office",
    f"{_OASIS}style:1.0": "style",
    f"{_OASIS}text:1.0": "text",
    f"{_OASIS}table:1.0": "table",
    f"{_OASIS}drawing:1.0": "draw",
    f"{_OASIS}xsl-fo-compatible:1.0": "fo",
    f"{_OASIS}svg-compatible:1.0": "svg",
    "http://www.w3.org/1999/xlink": "xlink",
}
_MAX_DEPTH = 200
_MAX_ELEMENTS = 500_000


def parse_xml(data: bytes) -> Element:
    """The root element. A Refusal if it is no XML, or more than a manuscript can need."""
    reader = _Reader()
    try:
        reader.parser.Parse(data, True)
        return reader.builder.close()
    except (ExpatError, ValueError, LookupError, AssertionError):
        raise Refusal("The file is damaged: save it again in the program that wrote it, and drop that.") from None


def child(element: Element | None, path: str) -> Element | None:
    """The first element at a path of names, "w:rPr/w:del"."""
    for name in path.split("/"):
        element = next((each for each in (element if element is not None else ()) if each.tag == name), None)
    return element


def children(element: Element | None, name: str) -> list[Element]:
    return [each for each in (element if element is not None else ()) if each.tag == name]


class _Reader:
    """Expat with a tree builder. It expands no entity and asks for no other file."""

    def __init__(self) -> None:
        self.parser = ParserCreate(namespace_separator=" ")
        self.builder = TreeBuilder()
        self.depth = self.count = 0
        self.names: dict[str, str] = {}
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self.builder.data
        self.parser.EntityDeclHandler = self._refuse_entity

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.count += 1
        if self.depth > _MAX_DEPTH:
            raise Refusal("The file is nested too deeply (tables in tables, frames in frames).")
        if self.count > _MAX_ELEMENTS:
            raise Refusal("The file holds far more than one chapter: drop each chapter as a file of its own.")
        self.builder.start(self._name(name), {self._name(key): value for key, value in attributes.items()})

    def _end(self, name: str) -> None:
        self.depth -= 1
        self.builder.end(self._name(name))

    def _name(self, name: str) -> str:
        known = self.names.get(name)
        if known is None:
            space, _, local = name.rpartition(" ")
            known = self.names[name] = f"{_PREFIXES.get(space, '?')}:{local}" if space else local
        return known

    def _refuse_entity(self, *_: object) -> NoReturn:
        raise Refusal("The file defines XML entities, which no office program writes: save it again and drop that.")
