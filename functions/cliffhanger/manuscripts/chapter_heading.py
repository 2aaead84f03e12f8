"""Which of the headings in a file's head is the chapter's own: others name the book, or a part of it."""

from __future__ import annotations

from cliffhanger.manuscripts.headings import is_title, parse_number_heading
from cliffhanger.manuscripts.lines import Line, What
from cliffhanger.manuscripts.model import Heading
from cliffhanger.manuscripts.phrases import is_dialogue, speaks_to_readers
from cliffhanger.manuscripts.words import Words

MAX_NOTE_BLOCKS = 10
"""How long a note before the story may be."""


def find_heading(lines: list[Line], words: Words) -> int | None:
    """Where the chapter's own heading is: "Chapter 3" before "Part Two" before a bare number before a title."""
    reach = _reach_of_matter(lines, words)
    found = [(at, line) for at, line in enumerate(lines[:reach]) if line.what in {What.HEADLINE, What.TITLE}]
    for at, line in found:
        if line.headline and not line.headline.only_part:
            return at
    for at, line in enumerate(lines[:reach]):
        if line.what is What.TITLE:
            break
        if line.what is What.PROSE and parse_number_heading(line.text, words):
            return at
    titles = [at for at, line in found if line.what is What.TITLE]
    return next((at for at, line in found if line.headline), None) if not titles else _title_of(lines, titles)


def _title_of(lines: list[Line], titles: list[int]) -> int:
    """Of two headings one under the other the second is the chapter's, unless the story goes on with its like."""
    first, *more = titles
    if not more or more[0] != first + 1:
        return first
    level = _level(lines[more[0]])
    return first if any(_level(line) == level for line in lines[more[0] + 1 :]) else more[0]


def _level(line: Line) -> int | None:
    return line.block.level if isinstance(line.block, Heading) else None


def _reach_of_matter(lines: list[Line], words: Words) -> int:
    """How far a heading may lie: up to the first prose that is neither a note, a title nor an address."""
    in_note = 0
    for at, line in enumerate(lines):
        if line.what is What.LABEL:
            in_note = MAX_NOTE_BLOCKS
        elif line.what is What.PROSE:
            in_note -= 1
            known = in_note >= 0 and not is_dialogue(line.text)
            if not (known or is_title(line.text, words) or speaks_to_readers(line.text, words)):
                return at + 1
        elif line.what is What.BREAK:
            in_note = 0
    return len(lines)
