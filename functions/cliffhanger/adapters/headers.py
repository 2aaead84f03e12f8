"""The headers of AWS's answers, read line by line.

`http.client` gives them to the parser of whole mails, which took a tenth of what a letter costs (docs/performance.md).
An answer has ten headers, and nothing of a mail: no parts, no body, no defects to look for.
"""

from __future__ import annotations

import http.client
from http.client import HTTPException, HTTPMessage, LineTooLong
from typing import BinaryIO

MOST = 100
LONGEST_LINE = 65_536
"""As http.client has them."""


def read(answer: BinaryIO, _class: type[HTTPMessage] = HTTPMessage) -> HTTPMessage:
    """In place of `http.client.parse_headers`: up to the empty line; a folded line goes on with the one before."""
    found: list[tuple[str, str]] = []
    while (line := answer.readline(LONGEST_LINE + 1)) not in (b"\r\n", b"\n", b""):
        if len(line) > LONGEST_LINE:
            raise LineTooLong("header line")
        if len(found) == MOST:
            raise HTTPException(f"got more than {MOST} headers")
        text = line.decode("iso-8859-1").rstrip("\r\n")
        if text.startswith((" ", "\t")) and found:
            name, begun = found.pop()
            value = f"{begun} {text.strip()}"
        else:
            name, _, value = text.partition(":")
        found.append((name, value.strip()))
    headers = _class()
    for name, value in found:
        headers[name] = value
    return headers


def read_so() -> None:
    """From now on, in this process."""
    http.client.parse_headers = read  # type: ignore[assignment]
