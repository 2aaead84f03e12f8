"""The door of the manuscripts: bytes and a file name in, a Chapter or a Refusal out."""

from __future__ import annotations

from dataclasses import replace

from cliffhanger.errors import Refusal
from cliffhanger.manuscripts.draft import Draft
from cliffhanger.manuscripts.encoding import decode
from cliffhanger.manuscripts.english import ENGLISH
from cliffhanger.manuscripts.formats import Format, refuse_other_formats, text_format
from cliffhanger.manuscripts.front_matter import split_front_matter
from cliffhanger.manuscripts.grammar import understand
from cliffhanger.manuscripts.html_file import read_page
from cliffhanger.manuscripts.markdown_reader import read_markdown
from cliffhanger.manuscripts.model import Chapter
from cliffhanger.manuscripts.office_reader import read_office
from cliffhanger.manuscripts.split import split
from cliffhanger.manuscripts.text_reader import read_text

_MAX_LINES = 50_000
_MAX_LINE = 200_000


def read(filename: str, data: bytes) -> Chapter:
    """Understand one manuscript as one chapter. A Refusal's message is one sentence for its author."""
    return understand(_draft(filename, data), filename, ENGLISH)


def read_all(filename: str, data: bytes) -> tuple[Chapter, ...]:
    """The chapters of a manuscript: more than one where each has a heading of its own, as `read` where not."""
    first, *others = split(_draft(filename, data), ENGLISH)
    # The name of the file speaks of the first only.
    return (understand(first, filename, ENGLISH), *(understand(other, "", ENGLISH) for other in others))


def _draft(filename: str, data: bytes) -> Draft:
    if office := read_office(data):
        return office
    refuse_other_formats(data)
    if page := read_page(filename, data):
        return page
    decoded = decode(data)
    _refuse_endless(decoded.text)
    front, body = split_front_matter(decoded.text)
    if text_format(filename, decoded.text) is Format.MARKDOWN:
        first_line = 1 + decoded.text.count("\n") - body.count("\n")
        draft = read_markdown(body, front, first_line)
    else:
        draft = read_text(body, front)
    return replace(draft, warnings=(*decoded.warnings, *draft.warnings))


def _refuse_endless(text: str) -> None:
    lines = text.split("\n")
    if len(lines) > _MAX_LINES:
        raise Refusal(f"The file has {len(lines):,} lines; a chapter may have up to {_MAX_LINES:,}.")
    for at, line in enumerate(lines, start=1):
        if len(line) > _MAX_LINE:
            raise Refusal(f"Line {at} has {len(line):,} characters; a paragraph may have up to {_MAX_LINE:,}.", line=at)
