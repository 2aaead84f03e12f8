"""HTML -> draft: pages that an editor exports, a site gives, or an author writes by hand.

Nothing of a page's markup goes on: only passages of words with their look leave here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from cliffhanger.manuscripts.draft import Draft
from cliffhanger.manuscripts.html_front import front_of, heads_of
from cliffhanger.manuscripts.html_notes import Notes, find_notes
from cliffhanger.manuscripts.html_page import FindPicture, PageReader
from cliffhanger.manuscripts.html_setting import PLAIN, Setting
from cliffhanger.manuscripts.html_sites import furniture_of, margins_of, story_of
from cliffhanger.manuscripts.html_source import page_source
from cliffhanger.manuscripts.html_styles import StyleSheet
from cliffhanger.manuscripts.html_tree import tree_of
from cliffhanger.manuscripts.inlines import cut, plain_text
from cliffhanger.manuscripts.model import Blocks, Footnote, Paragraph
from cliffhanger.manuscripts.office_blocks import blocks_of
from cliffhanger.manuscripts.weblinks import is_beside


def beside_manuscript(source: str) -> str | None:
    return source if is_beside(source) else None


def read_html(data: bytes, find_picture: FindPicture = beside_manuscript) -> Draft:
    source = page_source(data)
    root = tree_of(source.markup)
    story, notes = story_of(root), find_notes(root)
    page = Setting(replace(PLAIN, language=source.language or None), trusts_languages=not source.by_office)
    dropped = {*furniture_of(root), *heads_of(root), *(margins_of(root) if source.by_docs else ())}
    reader = PageReader(page, StyleSheet.read(source.css), notes, dropped, find_picture)
    blocks = blocks_of(reader.passages(story))
    footnotes = tuple(_footnotes(reader, notes))
    return Draft(blocks, footnotes, front_of(root), (*source.warnings, *reader.warnings))


def _footnotes(reader: PageReader, notes: Notes) -> Iterator[Footnote]:
    for label, element in notes.texts.items():
        blocks = blocks_of(reader.passages(element))
        yield Footnote(label, _without_mark(blocks, notes.marks[label]))


def _without_mark(blocks: Blocks, mark: str) -> Blocks:
    """Without the "1." that a note by hand begins with."""
    if not blocks or not isinstance(first := blocks[0], Paragraph):
        return blocks
    text = plain_text(first.inlines)
    written = re.match(rf"[\[({{]?{re.escape(mark)}[\])}}]?[.:)]?\s*", text)
    return (Paragraph(cut(first.inlines, written.end(), len(text))), *blocks[1:]) if written else blocks
