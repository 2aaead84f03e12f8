"""RTF's bytes as tokens: braces, control words, control signs, and text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cliffhanger.errors import Refusal

_TOKEN = re.compile(
    rb"\\(?:(?P<word>[A-Za-z]{1,40})(?P<number>-?\d{1,10})? ?|'(?P<hex>[0-9a-fA-F]{2})"
    rb"|(?P<escaped>[{}\\])|(?P<sign>[^'A-Za-z]))"
    rb"|(?P<brace>[{}])|(?P<text>[^\\{}\r\n\0]+)"
)
_MAX_DEPTH = 1_000
_MAX_TOKENS = 1_000_000


@dataclass(frozen=True, slots=True)
class Token:
    """`word` is a control word, a sign ("~") or a brace; else the token is text in some code page.

    With the word "bin" comes the `text` that it announces, bytes of any kind.
    """

    word: str = ""
    number: int | None = None
    text: bytes = b""


def tokens_of(data: bytes) -> Iterator[Token]:
    """Every token; what cannot be one is passed over. A Refusal for groups deeper than any program writes."""
    at, depth, count = 0, 0, 0
    while match := _TOKEN.search(data, at):
        at = match.end()
        count += 1
        if count > _MAX_TOKENS:
            raise Refusal("The file holds far more than one chapter: drop each chapter as a file of its own.")
        kind = match.lastgroup
        if kind in {"text", "escaped"}:
            yield Token(text=match[kind])
        elif kind == "hex":
            yield Token(text=bytes.fromhex(match["hex"].decode()))
        elif kind == "brace":
            depth += 1 if match["brace"] == b"{" else -1
            if depth > _MAX_DEPTH:
                raise Refusal("The RTF file is nested too deeply: save it again in the program that wrote it.")
            yield Token(match["brace"].decode())
        elif kind == "sign":
            yield Token(match["sign"].decode("latin-1"))
        else:
            number = int(match["number"]) if match["number"] else None
            begun = at
            at += max(number or 0, 0) if match["word"] == b"bin" else 0
            yield Token(match["word"].decode(), number, data[begun:at])
