"""The head of a file: everything before the first word of the story.

Labels count here: the head ends with the first block that is neither a label, a heading, a break, site
furniture nor the continuation of a labelled text. A heading makes all that stands before it matter.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from cliffhanger.manuscripts.chapter_heading import MAX_NOTE_BLOCKS, find_heading
from cliffhanger.manuscripts.draft import Field
from cliffhanger.manuscripts.headings import is_title, parse_heading, parse_number_heading
from cliffhanger.manuscripts.inlines import plain_text
from cliffhanger.manuscripts.labels import Label
from cliffhanger.manuscripts.lines import Line, What, sort_line
from cliffhanger.manuscripts.matter import Matter
from cliffhanger.manuscripts.model import Block, Blocks, Heading, Paragraph, Quote
from cliffhanger.manuscripts.numbers import number
from cliffhanger.manuscripts.phrases import byline, is_dialogue, speaks_to_readers
from cliffhanger.manuscripts.pieces import rejoin, split_block
from cliffhanger.manuscripts.words import Words

_HEAD_BLOCKS = 30
# Labels that a story hardly begins with; any other needs a heading or another label beside it.
_SURE = {Field.NOTE, Field.SUMMARY, Field.DISCLAIMER, "warnings", "rating", "pairing", "fandom", "author", "beta"}


def read_opening(blocks: Blocks, words: Words, matter: Matter) -> Blocks:
    """Fill `matter` from the head; the rest is the story and its end."""
    head = [split_block(block, words, words.recaps) for block in blocks[:_HEAD_BLOCKS]]
    lines = [sort_line(piece, words, words.recaps) for pieces in head for piece in pieces]
    opening = _Opening(lines, words, matter, main=find_heading(lines, words))
    opened = opening.read()
    return (*rejoin(head, slice(opened, None)), *blocks[_HEAD_BLOCKS:])


@dataclass(slots=True)
class _Opening:
    """One walk down the head. `open_field` is the label whose text is still coming."""

    lines: list[Line]
    words: Words
    matter: Matter
    main: int | None
    open_field: Field | str | None = None
    text: list[Block] = field(default_factory=list)
    starts_alone: bool = False
    labels_after: set[Field | str] = field(default_factory=set)

    def read(self) -> int:
        """The index of the first line of the story."""
        for at, line in enumerate(self.lines):
            if not self._take(at, line):
                self._close()
                return at
        self._close()
        return len(self.lines)

    def _take(self, at: int, line: Line) -> bool:
        match line.what:
            case What.FURNITURE | What.BREAK:
                return self._close()
            case What.LABEL:
                return self._take_label(at, line)
            case What.HEADLINE | What.TITLE:
                return self._take_heading(at, line)
            case What.PROSE:
                return self._take_before(at, line) if self._is_before(at) else self._take_prose(at, line)

    def _is_before(self, at: int) -> bool:
        return self.main is not None and at <= self.main

    def _close(self) -> bool:
        if self.open_field is not None:
            self.matter.take(self.open_field, self.text)
        self.open_field, self.text = None, []
        return True

    def _open(self, what: Field | str, text: list[Block]) -> bool:
        self._close()
        self.open_field, self.text, self.starts_alone = what, text, not text
        return True

    def _take_label(self, at: int, line: Line) -> bool:
        label = line.label
        if label is None or not self._label_counts(at, label):
            return False
        text = plain_text(line.after_label())
        if label.what == Field.NUMBER:
            return self._take_numbered(text)
        if not self._is_before(at):
            self.labels_after.add(label.what)
            if label.what == Field.SUMMARY:
                self.matter.fields.pop(Field.SUMMARY, None)  # this one is the chapter's own
        return self._open(label.what, [Paragraph(line.after_label())] if text else [])

    def _label_counts(self, at: int, label: Label) -> bool:
        """After the heading a label says each thing once, and a loose one needs a neighbour."""
        what, stands_alone = label.what, label.start >= label.stop
        if self._is_before(at) or what == Field.NOTE:
            return True
        beside = [*self.lines[max(at - 1, 0) : at], *self.lines[at + 1 : at + 2]]
        has_neighbour = any(line.what is What.LABEL for line in beside)
        is_new = what not in self.labels_after and (stands_alone or not self.matter.knows(what) or self.main is None)
        return is_new and (what in _SURE or has_neighbour)

    def _take_numbered(self, text: str) -> bool:
        headline = parse_heading(f"{self.words.chapter_words[0]} {text}", self.words)
        if headline:
            self.matter.take_headline(headline)
        return self._close()

    def _take_heading(self, at: int, line: Line) -> bool:
        if self._is_before(at):
            self._close()
            if line.headline:
                self.matter.take_headline(line.headline)
            elif at == self.main:
                self.matter.take_title(line.text)
            else:
                self.matter.say(Field.SERIES, line.text)
            return True
        return self._repeats_heading(at, line)

    def _repeats_heading(self, at: int, line: Line) -> bool:
        """A heading right under the chapter's own is its title, or says it again."""
        known = self._known_title()
        if line.headline:
            again = line.headline.number in {None, self.matter.headline and self.matter.headline.number}
            return again and line.headline.title in {None, known} and at - 1 == self.main
        if known is None and at - 1 == self.main:
            self.matter.take_title(line.text)
            return True
        return known is not None and line.text.strip() == known

    def _take_before(self, at: int, line: Line) -> bool:
        """Prose before the heading: a note going on, the book's title, the author, or a word to the readers."""
        headline = parse_number_heading(line.text, self.words) if at == self.main else None
        if headline:
            self._close()
            self.matter.take_headline(headline)
        elif (author := byline(line.text, self.words)) and self.open_field is None:
            self.matter.say("author", author)
        elif self._is_book_title(at, line):
            self._close()
            self.matter.say(Field.SERIES, line.text)
        elif self.open_field is not None:
            self.text.append(line.block)
        else:
            self.matter.take(Field.NOTE, [line.block])
        return True

    def _is_book_title(self, at: int, line: Line) -> bool:
        """On a title page the name and address of the author come first, and the title has the look of a heading."""
        headed = any(isinstance(other.block, Heading) for other in self.lines[at : self.main])
        return not headed and is_title(line.text, self.words) and (self.open_field is None or at + 1 == self.main)

    def _take_prose(self, at: int, line: Line) -> bool:
        if self.open_field is not None and self._goes_on(at, line):
            self.text.append(line.block)
            return True
        if at == 0 and self.main is None and (headline := parse_number_heading(line.text, self.words)):
            self.matter.take_headline(headline)
            return True
        if (author := byline(line.text, self.words)) and self._is_under_heading(at):
            self.matter.say("author", author)
            return True
        if self._is_title_line(at, line):
            self.matter.take_title(line.text)
            return True
        return False

    def _known_title(self) -> str | None:
        return self.matter.headline.title if self.matter.headline else None

    def _goes_on(self, at: int, line: Line) -> bool:
        """Whether a labelled text goes on: the label stood alone, or a break still parts it from the story."""
        if self.starts_alone and not self.text:
            return True
        if self.text and isinstance(self.text[-1], Quote):  # what is set in ends with what is set in
            return isinstance(line.block, Quote)
        ahead = self.lines[at + 1 : at + MAX_NOTE_BLOCKS]
        ends_in = next((n for n, later in enumerate(ahead) if later.what is not What.PROSE), None)
        if ends_in is None or ahead[ends_in].what is not What.BREAK or is_dialogue(line.text):
            return False
        return self.starts_alone or speaks_to_readers(line.text, self.words)

    def _is_under_heading(self, at: int) -> bool:
        return at > 0 and self.lines[at - 1].what in {What.HEADLINE, What.TITLE}

    def _is_title_line(self, at: int, line: Line) -> bool:
        """A title on a line of its own: under a heading that has none, or at the top of the file."""
        if self._known_title() or number(line.text, self.words) is not None:
            return False
        follows_prose = at + 1 < len(self.lines) and self.lines[at + 1].what is not What.BREAK
        if self.main is not None and at == self.main + 1:
            return follows_prose and (is_title(line.text, self.words) or _is_short_phrase(line.text, self.words))
        is_top = self.main is None and self.open_field is None and at == 0
        return is_top and follows_prose and is_title(line.text, self.words)


def _is_short_phrase(text: str, words: Words) -> bool:
    """ "The storm" under "Chapter 3": few words, a capital first, nothing that prose would end with."""
    bare = text.strip()
    return (
        0 < len(bare.split()) <= 6
        and bare[0].isupper()
        and bare[-1].isalnum()
        and not any(mark in bare for mark in '"“”.,;\n')
        and is_title(bare.title(), words)
    )
