"""HTML as it travels best: ASCII with numeric entities, in lines that no relay has to break."""

from __future__ import annotations

import re

# RFC 5322 allows 998 characters a line; a place is filled later, with a URL of its own length.
LONGEST_LINE = 700

_TAG_OR_TEXT = re.compile(r'(<[^<>"]*(?:"[^"]*"[^<>"]*)*>)')
_RUN = re.compile(r"((?:&#\d+;){60})")
_LONG_RUN = re.compile(r"((?:&#\d+;){80})(?=&#)")


def as_ascii(html: str) -> str:
    return html.encode("ascii", "xmlcharrefreplace").decode()


def short_lines(html: str) -> str:
    """Break long lines at spaces; in scripts without spaces inside a comment, which shows as nothing.

    A title or an attribute can't hold a comment: there a line ends only where it must, and shows as a space.
    """
    lines = (_parted(html) if _RUN.search(html) else html).split("\n")
    return "\n".join(_broken(line) if len(line) > LONGEST_LINE else line for line in lines)


def _parted(html: str) -> str:
    head, body, rest = html.rpartition("<body")
    tags_and_texts = _TAG_OR_TEXT.split(body + rest)  # texts at the even places
    parted = (_ended(part) if at % 2 else _RUN.sub("\\1<!--\n-->", part) for at, part in enumerate(tags_and_texts))
    return _ended(head) + "".join(parted)


def _ended(text: str) -> str:
    return _LONG_RUN.sub("\\1\n", text)


def _broken(line: str) -> str:
    """Broken at the last space before the limit; in one look along the line, also where it has hardly any."""
    kept: list[str] = []
    at = 0
    while len(line) - at > LONGEST_LINE:
        space = line.rfind(" ", at + 1, at + LONGEST_LINE + 1)
        space = space if space >= 0 else line.find(" ", at + LONGEST_LINE)
        if space < 0:
            break
        kept.append(line[at:space])
        at = space + 1
    return "\n".join((*kept, line[at:]))
