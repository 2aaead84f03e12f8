"""Line breaks within an element: two in a row part paragraphs, single ones verse or an address, or prose after all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from cliffhanger.manuscripts.layout import is_wrapped
from cliffhanger.manuscripts.model import LineBreak
from cliffhanger.manuscripts.office_passages import Passage, Run, lines_of

_MAX_LINE = 90
_SHORT_LINE = 60
_SPEECH = '"“‘«„'
_Lines = list[Passage]


def parted(passage: Passage, *, keeps_lines: bool) -> Iterator[Passage]:
    """The passages that one element's text makes; further empty ones where more lines stand empty than usual."""
    lines = lines_of(passage)
    groups = [(empty, list(run)) for empty, run in groupby(lines, key=lambda line: line.is_empty)]
    if all(empty for empty, _ in groups):
        yield from (Passage() for _ in lines[1:])
        return
    if keeps_lines and _is_wrapped(groups):
        yield from (_joined(run, " ") for empty, run in groups if not empty)
    elif keeps_lines and len(lines) > 1 and _longest(lines) <= _MAX_LINE:
        yield replace(passage, styles=("preformatted",))
    else:
        yield from _by_breaks(groups)


def _by_breaks(groups: list[tuple[bool, _Lines]]) -> Iterator[Passage]:
    for at, (empty, lines) in enumerate(groups):
        if empty:
            yield from (Passage() for _ in lines[1:] if at)
        elif len(lines) == 1 or _are_paragraphs(lines):
            yield from lines
        else:
            yield _joined(lines, LineBreak())


def _are_paragraphs(lines: _Lines) -> bool:
    """Long lines, or people who talk, or a heading of several lines."""
    talk = sum(line.text.strip()[:1] in _SPEECH for line in lines)
    return _longest(lines) > _MAX_LINE or talk > 1 or lines[0].outline is not None


def _is_wrapped(groups: list[tuple[bool, _Lines]]) -> bool:
    """Prose that an editor broke into lines of one width."""
    texts = [[line.text for line in lines] for empty, lines in groups if not empty]
    return max(len(line) for lines in texts for line in lines) > _SHORT_LINE and is_wrapped(texts)


def _longest(lines: _Lines) -> int:
    return max(len(line.text) for line in lines)


def _joined(lines: _Lines, joint: str | LineBreak) -> Passage:
    first, *others = (_without_end_space(line) for line in lines)
    runs = [run for line in others for run in (Run(joint, line.runs[0].look), *line.runs)]
    return replace(first, runs=(*first.runs, *runs))


def _without_end_space(line: Passage) -> Passage:
    last = line.runs[-1]
    if isinstance(last.content, str) and last.content.endswith(" "):
        return replace(line, runs=(*line.runs[:-1], replace(last, content=last.content.rstrip(" "))))
    return line
