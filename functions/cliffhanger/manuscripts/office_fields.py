"""Fields of Word and RTF: a code, and the result that it gave when the file was saved."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cliffhanger.manuscripts.weblinks import is_web_link

_LINK = re.compile(r"\s*HYPERLINK\s+(?:\\[a-z]\s+)*\"?([^\"\s]+)", re.I)
# Numbers of pages, tables of contents, times of saving: what the program knows, not what the author wrote.
_NOT_STORY = re.compile(
    r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES|NUMWORDS|NUMCHARS|TOC|INDEX|TC|XE|FILENAME|FILESIZE|DATE|TIME|SAVEDATE|"
    r"PRINTDATE|CREATEDATE|EDITTIME|REVNUM|PAGEREF|FORMTEXT|MACROBUTTON)\b",
    re.I,
)


@dataclass(slots=True)
class _Field:
    code: str = ""
    has_result: bool = False


def is_story(code: str) -> bool:
    return _NOT_STORY.match(code) is None


def link_of(code: str) -> str | None:
    """The web address that a HYPERLINK field leads to."""
    match = _LINK.match(code)
    return match[1] if match and is_web_link(match[1]) else None


class Fields:
    """The fields that are open at one place of a text, the innermost last."""

    def __init__(self) -> None:
        self._open: list[_Field] = []

    def begin(self) -> None:
        self._open.append(_Field())

    def code(self, text: str) -> None:
        if self._open and not self._open[-1].has_result:
            self._open[-1].code += text

    def separate(self) -> None:
        if self._open:
            self._open[-1].has_result = True

    def end(self) -> None:
        if self._open:
            self._open.pop()

    @property
    def shows(self) -> bool:
        """Whether text that stands here is seen by a reader of the story."""
        return all(field.has_result and is_story(field.code) for field in self._open)

    @property
    def link(self) -> str | None:
        return next((url for field in reversed(self._open) if (url := link_of(field.code))), None)
