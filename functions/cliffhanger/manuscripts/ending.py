"""The end of a file: the closing line, the notes after, appeals, teasers, links and signatures.

It is read from the last block upwards. A closing line, a note's label or an appeal holds the end together;
paragraphs without a label belong to it only if one of these stands above them.
"""

from __future__ import annotations

from collections.abc import Iterator

from cliffhanger.manuscripts.draft import Field
from cliffhanger.manuscripts.inlines import plain_text
from cliffhanger.manuscripts.lines import Line, What, sort_line
from cliffhanger.manuscripts.matter import Matter
from cliffhanger.manuscripts.model import Block, Blocks, Heading, Paragraph
from cliffhanger.manuscripts.phrases import (
    bare_closing,
    is_appeal,
    is_closing,
    is_dialogue,
    is_signature,
    is_soft_closing,
    speaks_to_readers,
)
from cliffhanger.manuscripts.pieces import rejoin, split_block
from cliffhanger.manuscripts.words import Words

_TAIL_BLOCKS = 24
_MAX_LOOSE = 12
_MAX_LOOSE_AFTER_LABEL = 3
_END_LABELS = {Field.NOTE, Field.DISCLAIMER, "beta"}


def read_ending(blocks: Blocks, words: Words, matter: Matter) -> Blocks:
    """Fill `matter` from the end; the rest is the story."""
    body, tail = blocks[:-_TAIL_BLOCKS], blocks[-_TAIL_BLOCKS:]
    pieces = [split_block(block, words, words.teasers) for block in tail]
    lines = [sort_line(piece, words, (*words.teasers, *words.replies)) for block in pieces for piece in block]
    start = _find_end(lines, words)
    _sort_end(lines[start:], words, matter)
    return (*body, *rejoin(pieces, slice(start)))


def _find_end(lines: list[Line], words: Words) -> int:
    """The index of the first line that is no story."""
    start, loose = len(lines), 0
    for at in range(len(lines) - 1, -1, -1):
        line, below = lines[at], lines[at + 1 : start]
        if line.what in {What.BREAK, What.FURNITURE}:
            continue
        if _holds(line, below, lines[at - 1] if at else None, words):
            start, loose = at, 0
            continue
        loose += 1
        if loose > _MAX_LOOSE or is_dialogue(line.text):
            break
    return start if start < len(lines) else _without_furniture(lines)


def _without_furniture(lines: list[Line]) -> int:
    end = len(lines)
    while end and lines[end - 1].what in {What.BREAK, What.FURNITURE}:
        end -= 1
    return end


def _holds(line: Line, below: list[Line], above: Line | None, words: Words) -> bool:
    """Whether the end of the file may begin with this line; `below` are the loose lines under it."""
    loose = [other for other in below if other.what not in {What.BREAK, What.FURNITURE}]
    if is_closing(line.text, words):
        return not is_soft_closing(line.text, words) or all(_is_afterword(other, words) for other in loose)
    if line.label and line.label.what in _END_LABELS:
        stands_alone = line.label.start >= line.label.stop and len(loose) <= _MAX_LOOSE
        return stands_alone or len(loose) <= _MAX_LOOSE_AFTER_LABEL
    if line.what is not What.PROSE or not all(is_signature(other.text, words) for other in loose):
        return False
    after_break = above is not None and above.what is What.BREAK
    return is_appeal(line.text, words) or (after_break and speaks_to_readers(line.text, words, times=2))


def _is_afterword(line: Line, words: Words) -> bool:
    return line.label is not None or is_signature(line.text, words) or speaks_to_readers(line.text, words)


def _sort_end(lines: list[Line], words: Words, matter: Matter) -> None:
    for what, blocks in _texts(lines, words, matter):
        matter.take(what, blocks, after=True)


def _texts(lines: list[Line], words: Words, matter: Matter) -> Iterator[tuple[Field | str, list[Block]]]:
    """Each text of the end with its label. A label alone on its line takes all up to the next break or label."""
    gathering: list[Block] | None = None
    for line in lines:
        if line.what in {What.BREAK, What.FURNITURE}:
            yield from _flush(gathering)
            gathering = None
        elif is_closing(line.text, words) and matter.closing is None:
            yield from _flush(gathering)
            gathering = None
            matter.closing = bare_closing(line.text)
        elif line.label is not None:
            yield from _flush(gathering)
            text = line.after_label()
            gathering = None if plain_text(text) else []
            if text:
                yield line.label.what, [Paragraph(text)]
        elif gathering is not None:
            gathering.append(_as_paragraph(line.block))
        else:
            yield Field.NOTE, [_as_paragraph(line.block)]
    yield from _flush(gathering)


def _flush(gathering: list[Block] | None) -> Iterator[tuple[Field | str, list[Block]]]:
    if gathering:
        yield Field.NOTE, gathering


def _as_paragraph(block: Block) -> Block:
    return Paragraph(block.inlines) if isinstance(block, Heading) else block
