"""One grammar for every format: a draft's blocks sorted into the story and what stands around it."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from cliffhanger.errors import Refusal
from cliffhanger.manuscripts.draft import Draft, Field
from cliffhanger.manuscripts.emphasis import with_emphasis
from cliffhanger.manuscripts.encoding import clean
from cliffhanger.manuscripts.ending import read_ending
from cliffhanger.manuscripts.footnotes import lift_footnotes, number_footnotes
from cliffhanger.manuscripts.headings import Headline
from cliffhanger.manuscripts.identity import headline_of, kind_of, title_and_series
from cliffhanger.manuscripts.limits import refuse_endless
from cliffhanger.manuscripts.matter import Matter
from cliffhanger.manuscripts.model import Blocks, Chapter, Footnote, Kind, Paragraph
from cliffhanger.manuscripts.notices import is_notice
from cliffhanger.manuscripts.opening import read_opening
from cliffhanger.manuscripts.story import finish_blocks, finish_story
from cliffhanger.manuscripts.suspicions import suspicions
from cliffhanger.manuscripts.words import Words

_NOTICE = (
    "This file speaks to the readers and holds no story: it is taken as a notice. If that is wrong, "
    "put a heading like “Chapter 4: The Storm” above the story."
)
_MAX_DOUBTS = 10
_NO_STORY = "There is no story in this file, only a heading or labels: add the text and drop it again."


def understand(draft: Draft, filename: str, words: Words) -> Chapter:
    """Sort a draft. `filename` gives the number where the text has none."""
    refuse_endless(draft)
    draft = number_footnotes(lift_footnotes(draft))
    matter = Matter()
    rest = read_ending(read_opening(draft.blocks, words, matter), words, matter)
    story = finish_story(rest, words)
    headline = headline_of(draft.front, matter, filename, words)
    chapter = _assemble(draft, matter, headline, story)
    doubts = suspicions(chapter, filename, words)
    chapter = replace(chapter, warnings=(*chapter.warnings, *islice(doubts, _MAX_DOUBTS)))
    return _as_notice(chapter) if is_notice(chapter, words) else _with_story(chapter)


def _assemble(draft: Draft, matter: Matter, headline: Headline, story: Blocks) -> Chapter:
    front = draft.front
    title, series = title_and_series(front, matter, headline)
    part = None if headline.only_part else headline.part
    return Chapter(
        kind=kind_of(front, headline),
        title=_line(title),
        number=headline.number,
        blocks=story,
        series=_line(series),
        part=_line(front.fields.get(Field.PART) or part or matter.fields.get(Field.PART)),
        total=headline.total,
        summary=_line(front.fields.get(Field.SUMMARY) or matter.fields.get(Field.SUMMARY)),
        disclaimer=_line(front.fields.get(Field.DISCLAIMER) or matter.fields.get(Field.DISCLAIMER)),
        recap=_note(front.fields[Field.RECAP]) if Field.RECAP in front.fields else (),
        notes_before=(*map(_note, front.notes_before), *matter.notes_before),
        notes_after=(*matter.notes_after, *map(_note, front.notes_after)),
        closing=_line(matter.closing),
        footnotes=tuple(Footnote(note.label, finish_blocks(note.blocks)) for note in draft.footnotes),
        tags={**matter.tags, **front.tags},
        warnings=(*draft.warnings, *front.warnings),
    )


def _line(text: str | None) -> str | None:
    return clean(text or "") or None


def _note(text: str) -> Blocks:
    return tuple(Paragraph(with_emphasis(paragraph)) for paragraph in text.split("\n\n"))


def _as_notice(chapter: Chapter) -> Chapter:
    said = (chapter.blocks,) if chapter.blocks else ()
    return replace(
        chapter,
        kind=Kind.NOTICE,
        blocks=(),
        notes_before=(*chapter.notes_before, *said),
        warnings=(*chapter.warnings, _NOTICE),
    )


def _with_story(chapter: Chapter) -> Chapter:
    if not chapter.blocks:
        raise Refusal(_NO_STORY)
    return chapter
