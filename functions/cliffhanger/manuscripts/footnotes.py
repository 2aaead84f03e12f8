"""Footnotes: numbered by their first reference; and those written out as "[1] …" at the end of a file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from cliffhanger.manuscripts.draft import Draft
from cliffhanger.manuscripts.inlines import Container, cut, merge, plain_text, split_lines
from cliffhanger.manuscripts.model import (
    Block,
    Blocks,
    Footnote,
    Inline,
    Inlines,
    NoteReference,
    Paragraph,
    SceneBreak,
    Text,
)
from cliffhanger.manuscripts.story import map_inlines, paragraphs_of

_WRITTEN = re.compile(r"\[(\d{1,3}|[a-z]{1,2})\][ \t]*(?=\S)")


def lift_footnotes(draft: Draft) -> Draft:
    """Take "[1] text" at the end out as footnotes, and "[a] text" (an editor's comments) away altogether."""
    if draft.footnotes:
        return draft
    start = len(draft.blocks)
    while start and _is_written_note(draft.blocks[start - 1]):
        start -= 1
    body = draft.blocks[:start]
    written = dict(_written_notes(draft.blocks[start:]))
    marks = {f"[{label}]" for label in written}
    if not written or not _all_referenced(body, marks):
        return draft
    if body and isinstance(body[-1], SceneBreak):
        body = body[:-1]
    pattern = re.compile("|".join(re.escape(mark) for mark in marks))
    blocks = tuple(map_inlines(block, lambda inlines: _refer(inlines, pattern)) for block in body)
    notes = tuple(Footnote(label, (Paragraph(text),)) for label, text in written.items() if label.isdigit())
    return replace(draft, blocks=blocks, footnotes=notes)


def number_footnotes(draft: Draft) -> Draft:
    """Labels become 1, 2, 3 in the order in which a reader comes to them; a note without a reference comes last."""
    if not draft.footnotes:
        return draft
    known = {note.label: note for note in draft.footnotes}
    order = reached(draft.blocks, draft.footnotes)
    labels = [*order, *(label for label in known if label not in order)]
    numbers = {label: str(at) for at, label in enumerate(labels, start=1)}
    footnotes = tuple(Footnote(numbers[label], _relabelled(known[label].blocks, numbers)) for label in labels)
    return replace(draft, blocks=_relabelled(draft.blocks, numbers), footnotes=footnotes)


def reached(blocks: Blocks, footnotes: Iterable[Footnote]) -> dict[str, None]:
    """The labels of the notes that the blocks refer to, in their order, then of those that these notes refer to."""
    known = {note.label: note.blocks for note in footnotes}
    order = dict.fromkeys(label for label in references(blocks) if label in known)
    unread = list(order)
    for label in unread:
        more = dict.fromkeys(one for one in references(known[label]) if one in known and one not in order)
        order |= more
        unread += more
    return order


def _is_written_note(block: Block) -> bool:
    return isinstance(block, Paragraph) and _WRITTEN.match(plain_text(block.inlines)) is not None


def _written_notes(blocks: Blocks) -> Iterator[tuple[str, Inlines]]:
    for block in blocks:
        label = ""
        text: Inlines = ()
        for line in split_lines(next(paragraphs_of(block))):
            if match := _WRITTEN.match(plain_text(line)):
                if label:
                    yield label, text
                label, text = match[1], cut(line, match.end(), len(plain_text(line)))
            else:
                text = merge((*text, Text(" "), *line))
        yield label, text


def _all_referenced(body: Blocks, marks: set[str]) -> bool:
    whole = "\n".join(plain_text(inlines) for block in body for inlines in paragraphs_of(block))
    return all(mark in whole for mark in marks)


def _refer(inlines: Inlines, pattern: re.Pattern[str]) -> Inlines:
    return merge(piece for inline in inlines for piece in _refer_one(inline, pattern))


def _refer_one(inline: Inline, pattern: re.Pattern[str]) -> Iterator[Inline]:
    if isinstance(inline, Container):
        yield replace(inline, children=_refer(inline.children, pattern))
    elif isinstance(inline, Text) and "[" in inline.text:
        at = 0
        for match in pattern.finditer(inline.text):
            yield Text(inline.text[at : match.start()])
            if match[0][1:-1].isdigit():
                yield NoteReference(match[0][1:-1])
            at = match.end()
        yield Text(inline.text[at:])
    else:
        yield inline


def references(blocks: Iterable[Block]) -> Iterator[str]:
    """The labels that are referred to, in their order, as often as they are."""
    for block in blocks:
        for inlines in paragraphs_of(block):
            yield from _referred(inlines)


def _referred(inlines: Inlines) -> Iterator[str]:
    for inline in inlines:
        if isinstance(inline, NoteReference):
            yield inline.label
        elif isinstance(inline, Container):
            yield from _referred(inline.children)


def _relabelled(blocks: Blocks, numbers: dict[str, str]) -> Blocks:
    return tuple(map_inlines(block, lambda inlines: _relabel(inlines, numbers)) for block in blocks)


def _relabel(inlines: Inlines, numbers: dict[str, str]) -> Inlines:
    return tuple(_relabel_one(inline, numbers) for inline in inlines)


def _relabel_one(inline: Inline, numbers: dict[str, str]) -> Inline:
    if isinstance(inline, NoteReference):
        return NoteReference(numbers.get(inline.label, inline.label))
    if isinstance(inline, Container):
        return replace(inline, children=_relabel(inline.children, numbers))
    return inline
