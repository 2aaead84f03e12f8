"""The matter around the story while it is being collected."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from cliffhanger.manuscripts.document import blocks_text
from cliffhanger.manuscripts.draft import Field
from cliffhanger.manuscripts.headings import Headline
from cliffhanger.manuscripts.model import Block, Blocks, Kind, Quote
from cliffhanger.manuscripts.story import finish_blocks


@dataclass(slots=True)
class Matter:
    """What was found so far; the first to say a thing is believed. `headline` is the chapter's own heading."""

    fields: dict[Field, str] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)
    notes_before: list[Blocks] = field(default_factory=list)
    notes_after: list[Blocks] = field(default_factory=list)
    headline: Headline | None = None
    closing: str | None = None

    def knows(self, what: Field | str) -> bool:
        return what in self.fields if isinstance(what, Field) else what in self.tags

    def say(self, what: Field | str, text: str) -> None:
        """Keep one line of text under a field or a tag."""
        text = " ".join(text.split())
        if text and isinstance(what, Field):
            self.fields.setdefault(what, text)
        elif text:
            self.tags.setdefault(what, text)

    def take(self, what: Field | str, blocks: list[Block], *, after: bool = False) -> None:
        """One labelled text. Notes are kept as blocks, everything else as its words."""
        finished = _unquoted(finish_blocks(blocks))
        notes = self.notes_after if after else self.notes_before
        if finished and (what == Field.NOTE or (what == Field.DISCLAIMER and self.knows(what))):
            notes.append(finished)
        elif finished:
            self.say(what, blocks_text(finished))

    def take_title(self, text: str) -> None:
        """A heading line that is only a title, under the chapter's heading or instead of one."""
        self.headline = replace(self.headline or Headline(), title=" ".join(text.split()))

    def take_headline(self, headline: Headline) -> None:
        """The chapter's heading. After a "Part Two" it takes over; after its own like it fills what is missing."""
        known = self.headline
        if headline.before:
            self.say(Field.SERIES, headline.before)
        if known is None:
            self.headline = headline
        elif known.only_part and not headline.only_part:
            self.headline = replace(headline, part=headline.part or known.part)
        else:
            number = known.number if known.number is not None else headline.number
            kind = headline.kind if known.kind is Kind.CHAPTER else known.kind
            self.headline = replace(known, number=number, kind=kind, title=known.title or headline.title)


def _unquoted(blocks: Blocks) -> Blocks:
    """A site sets a labelled text in as if it were a quotation."""
    match blocks:
        case (Quote(children),):
            return children
    return blocks
