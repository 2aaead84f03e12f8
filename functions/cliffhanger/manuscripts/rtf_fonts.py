"""RTF's fonts and the code pages that they stand for."""

from __future__ import annotations

import codecs
from dataclasses import dataclass, field

from cliffhanger.manuscripts.office_symbols import is_picture_font, symbol

_SYMBOLS = 2
_CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "big5", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
    254: "cp437", 255: "cp850",
}  # fmt: skip
_PAGES = {10000: "mac_roman", 936: "gbk", 950: "big5", 1361: "johab", 65001: "utf-8"}


@dataclass(slots=True)
class Font:
    name: str = ""
    charset: int = 1
    page: str | None = None


@dataclass(slots=True)
class Fonts:
    """The font table, filled as it is read. `page` is the file's own code page."""

    page: str = "cp1252"
    known: dict[int, Font] = field(default_factory=dict)

    def font(self, number: int) -> Font:
        return self.known.setdefault(number, Font())

    def decode(self, data: bytes, number: int) -> str:
        """Text in a font. Bytes that its code page does not know show as \ufffd."""
        font = self.known.get(number, Font())
        if font.charset == _SYMBOLS:
            return "".join(_sign(byte, font) for byte in data)
        return data.decode(font.page or _CHARSETS.get(font.charset, self.page), "replace")

    def private(self, code: int, number: int) -> str:
        """A character of the private area: a picture font's sign."""
        return symbol(self.known.get(number, Font()).name, code)


def code_page(number: int) -> str:
    """Python's name for a Windows code page; the Western one for what it does not know."""
    name = _PAGES.get(number, f"cp{number}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"


def _sign(byte: int, font: Font) -> str:
    return symbol(font.name, byte) if is_picture_font(font.name) and byte > 0x20 else chr(byte)
