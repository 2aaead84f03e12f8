"""Text of an RTF file that waits for the control that ends it: bytes of a code page, Unicode, signs by name."""

from __future__ import annotations

from cliffhanger.manuscripts.rtf_fonts import Fonts
from cliffhanger.manuscripts.rtf_words import CHARACTERS


class PendingText:
    """`to_skip` counts the characters still to come that only stand in for one in Unicode."""

    def __init__(self, fonts: Fonts) -> None:
        self.to_skip = 0
        self._fonts = fonts
        self._bytes = bytearray()
        self._characters: list[str] = []

    def add_bytes(self, text: bytes) -> None:
        skipped = min(self.to_skip, len(text))
        self.to_skip -= skipped
        self._bytes += text[skipped:]

    def add_sign(self, word: str, font: int) -> None:
        self._decode(font)
        self._characters.append(CHARACTERS[word])

    def add_unicode(self, code: int, font: int, to_skip: int) -> None:
        """A code unit of UTF-16, as a signed number or not."""
        self._decode(font)
        code &= 0xFFFF
        self._characters.append(self._fonts.private(code, font) if 0xF020 <= code <= 0xF0FF else chr(code))
        self.to_skip = to_skip

    def take(self, font: int) -> str:
        """What has gathered; nothing is left."""
        self._decode(font)
        self.to_skip = 0
        # Characters beyond the first plane came as two halves.
        text = "".join(self._characters).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        self._characters.clear()
        return text

    def _decode(self, font: int) -> None:
        if self._bytes:
            self._characters.append(self._fonts.decode(bytes(self._bytes), font))
            self._bytes.clear()
