"""Bytes -> text: UTF-8, UTF-16, Windows (cp1252) and old Mac (Mac Roman) files, told apart by their bytes."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from cliffhanger.errors import Refusal

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Mac Roman's quotes where a quote can stand; in cp1252 they would be Ò, Ó and Õ inside English words.
_MAC_QUOTES = re.compile(rb"[a-z]\xd5[a-z]|(?:^|[\s\xd1])[\xd2\xd4]\w|[\w.,!?\xc9\xd1][\xd3\xd5](?:\s|$)", re.M)
_WINDOWS_QUOTES = re.compile(rb"[\x91-\x97\x85]")
_LINE_END = re.compile("\r\n?|\x85|\u2028|\x0b")
_PAGE = re.compile("[\f\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
_FEEDS = re.compile("[\x0b\x0c]")  # in text that is decoded by other means: here they were lines and pages
# Marks that turn the direction of all that follows, so that a line can show what it does not say.
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_NOT_TEXT = "The file holds no readable text: save it as plain text in UTF-8 and drop it again."


@dataclass(frozen=True, slots=True)
class Decoded:
    """`text` has newlines as its only line ends, and no control characters but the tab."""

    text: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes) -> Decoded:
    raw, warnings = _decode(data)
    text = _PAGE.sub("\n\n", _LINE_END.sub("\n", raw))
    controls = len(_CONTROLS.findall(text))
    if controls > 20 + len(text) // 100 or controls * 5 > len(text):
        raise Refusal(_NOT_TEXT)
    text = _CONTROLS.sub("", text)
    text, turned = _DIRECTIONS.subn("", text)
    if turned:
        warnings += ("Invisible marks that change the writing direction were taken out.",)
    if not text.strip():
        raise Refusal("The file is blank: it holds nothing but empty lines.")
    return Decoded(text, warnings)


def clean(text: str) -> str:
    """Any text on one line, without the characters that `decode` takes out: for values of front matter."""
    return " ".join(without_controls(text).split())


def without_controls(text: str) -> str:
    """Any text without control characters, lone surrogates and marks that turn the writing direction."""
    return _DIRECTIONS.sub("", _CONTROLS.sub("", _FEEDS.sub(" ", text)))


def _decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _mended(data, name)
    if guessed := _utf16_without_bom(data):
        return _mended(data, guessed)
    try:
        return data.decode("utf-8", "surrogatepass"), ()
    except UnicodeDecodeError:
        return _eight_bit(data)


def _mended(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    text = data.decode(name, "replace")
    broken = text.count("\ufffd")
    if broken * 20 > len(text):
        raise Refusal(_NOT_TEXT)
    if broken:
        return text, (f"{broken} characters could not be read and show as \ufffd: save the file again as UTF-8.",)
    return text, ()


def _utf16_without_bom(data: bytes) -> str | None:
    """Latin text in UTF-16 has a zero in every second byte."""
    head = data[:2000]
    zeros = head[1::2].count(0), head[::2].count(0)
    if max(zeros) * 2 < len(head) * 0.7:
        return None
    return "utf-16-le" if zeros[0] > zeros[1] else "utf-16-be"


def _eight_bit(data: bytes) -> tuple[str, tuple[str, ...]]:
    repaired = data.decode("utf-8", "replace")
    whole = sum(1 for character in repaired if "\x7f" < character != "\ufffd")
    if whole >= 5 * repaired.count("\ufffd"):
        return _mended(data, "utf-8")
    _refuse_noise(data)
    windows = len(_WINDOWS_QUOTES.findall(data))
    is_old_mac = b"\r" in data and b"\n" not in data
    if is_old_mac or len(_MAC_QUOTES.findall(data)) > windows:
        return data.decode("mac_roman"), ()
    try:
        return data.decode("cp1252"), ()
    except UnicodeDecodeError:
        return data.decode("mac_roman" if not windows else "latin-1"), ()


def _refuse_noise(data: bytes) -> None:
    """Every byte decodes in Mac Roman, so noise is told by what European prose always has: ASCII letters."""
    letters = sum(data.count(byte) for byte in b" abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    if letters * 2 < len(data):
        raise Refusal(_NOT_TEXT)
