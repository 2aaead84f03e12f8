"""Signs of picture fonts (Wingdings, Symbol), which have a place in Unicode that only these fonts know."""

from __future__ import annotations

# What Word makes of ":)", "-->" and the like, and the usual bullets, in Wingdings.
_WINGDINGS = {
    0x4A: "☺", 0x4B: "😐", 0x4C: "☹", 0xDF: "←", 0xE0: "→", 0xE8: "➔", 0xEF: "⇦", 0xF0: "⇨", 0xF3: "⇔",
    0x28: "☎", 0x2A: "✉", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x73: "⬧", 0x76: "❖", 0xA7: "▪", 0xAB: "★",
    0xB6: "☆", 0xD8: "➢", 0xFC: "✓", 0x98: "❦", 0x99: "❧", 0x9F: "•",
}  # fmt: skip
_SYMBOL = {0xB7: "•", 0xA8: "♦", 0xA7: "♣", 0xA9: "♥", 0xAA: "♠", 0xAB: "↔", 0xAC: "←", 0xAE: "→", 0xBE: "—", 0xBC: "…"}
_UNKNOWN = "❖"


def symbol(font: str, code: int) -> str:
    """The character of a picture font as Unicode has it; a diamond for one that it has not."""
    table = _SYMBOL if font.lower() == "symbol" else _WINGDINGS
    return table.get(code & 0xFF, _UNKNOWN)


def is_picture_font(font: str) -> bool:
    return font.lower().startswith(("wingdings", "webdings", "symbol", "zapf"))
