"""The tables at the head of an RTF file: its fonts and its styles."""

from __future__ import annotations

from dataclasses import dataclass, field

from cliffhanger.manuscripts.rtf_fonts import Fonts, code_page
from cliffhanger.manuscripts.rtf_format import outline_of
from cliffhanger.manuscripts.rtf_state import Into, Style


@dataclass(slots=True)
class Sheets:
    """Filled as they are read; `entry` is the number of the font or the style that is being described."""

    fonts: Fonts = field(default_factory=Fonts)
    styles: dict[int, Style] = field(default_factory=dict)
    entry: int = 0

    def name(self, into: Into, text: str) -> None:
        if into is Into.FONTS:
            self.fonts.font(self.entry).name += text.rstrip(";")
        elif text:
            self.styles.setdefault(self.entry, Style()).name += text

    def control(self, into: Into, word: str, number: int | None) -> None:
        if into is Into.FONTS:
            self._font(word, number or 0)
        else:
            self._style(word, number)

    def _font(self, word: str, number: int) -> None:
        match word:
            case "f":
                self.entry = number
            case "fcharset":
                self.fonts.font(self.entry).charset = number
            case "cpg":
                self.fonts.font(self.entry).page = code_page(number)

    def _style(self, word: str, number: int | None) -> None:
        if word == "s":
            self.entry = number or 0
        style = self.styles.setdefault(self.entry, Style())
        match word:
            case "sbasedon":
                style.based_on = number
            case "outlinelevel":
                style.outline = outline_of(number)
            case "i":
                style.italic = number != 0
            case "b":
                style.bold = number != 0
