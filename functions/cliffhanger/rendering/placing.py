"""Where a chapter's notes stand, whatever place they had in the file."""

from __future__ import annotations

from dataclasses import replace

from cliffhanger.manuscripts.english import ENGLISH
from cliffhanger.manuscripts.model import Chapter, Kind
from cliffhanger.manuscripts.recaps import with_recap
from cliffhanger.series import Notes, Series


def set_out(chapter: Chapter, series: Series) -> Chapter:
    """The recap before all; the author's notes after the story, as readers ask, unless series or chapter say otherwise.

    A notice is nothing but notes: they are its text. Set out once more, a chapter stays as it is.
    """
    chapter = with_recap(chapter, ENGLISH)
    notes = (*chapter.notes_before, *chapter.notes_after)
    if chapter.kind is Kind.NOTICE and not chapter.blocks:
        return replace(chapter, blocks=tuple(b for note in notes for b in note), notes_before=(), notes_after=())
    if chapter.tags.get("notes", series.notes) == Notes.AFTER:
        return replace(chapter, notes_before=(), notes_after=notes)
    return chapter
