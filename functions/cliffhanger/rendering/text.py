"""A chapter as plain text: one line a paragraph, for the mail program to wrap; emphasis as _so_."""

from __future__ import annotations

from cliffhanger.manuscripts.model import (
    Block,
    Blocks,
    Emphasis,
    Footnote,
    Foreign,
    Heading,
    Image,
    Inline,
    Inlines,
    ItemList,
    LineBreak,
    Link,
    NoteReference,
    Paragraph,
    Quote,
    SceneBreak,
    SmallCaps,
    Strong,
    Text,
    Verse,
)
from cliffhanger.rendering.faces import BOOK, Face
from cliffhanger.rendering.html import picture_words, safe_url
from cliffhanger.rendering.setting import ornament
from cliffhanger.rendering.strings import Say

INDENT = "    "


class TextWriter:
    """Writes the parts of one document. Footnotes are numbered as in the HTML, links in the order of their coming."""

    def __init__(self, footnotes: tuple[Footnote, ...], *, say: Say, face: Face = BOOK) -> None:
        self._face = face
        self._footnotes = footnotes
        self._say = say
        self._numbers = {note.label: number for number, note in enumerate(footnotes, start=1)}
        self.links: list[str] = []

    def blocks(self, blocks: Blocks) -> str:
        return "\n\n".join(self._block(block) for block in blocks)

    def story(self, blocks: Blocks) -> str:
        return self.blocks(blocks)

    def footnotes(self) -> tuple[str, ...]:
        return tuple(f"[{number}] {self.blocks(n.blocks)}" for number, n in enumerate(self._footnotes, start=1))

    def _block(self, block: Block) -> str:
        match block:
            case Paragraph(inlines) | Heading(_, inlines):
                return self._inlines(inlines)
            case SceneBreak(typed):
                return ornament(typed, self._face)
            case Quote(children):
                return _indented(self.blocks(children))
            case Verse(lines, indents):
                rows = (" " * n + self._inlines(line) for line, n in zip(lines, indents, strict=True))
                return _indented("\n".join(rows))
            case ItemList(ordered, items, start):
                marks = (f"{number}. " if ordered else "- " for number in range(start, start + len(items)))
                rows = (self._item(mark, item) for mark, item in zip(marks, items, strict=True))
                return ("\n" if all(map(_is_close, items)) else "\n\n").join(rows)
            case Image(_, alt, shown):
                words = f"[{picture_words(alt, say=self._say)}]"
                return self._link(shown.url, words) if shown else words

    def _item(self, mark: str, item: Blocks) -> str:
        """All of it stands right of its mark."""
        words = ("\n" if _is_close(item) else "\n\n").join(map(self._block, item))
        margin = " " * len(mark)
        return mark + _indented(words, margin).removeprefix(margin)

    def _inlines(self, inlines: Inlines) -> str:
        return "".join(self._inline(inline) for inline in inlines)

    def _inline(self, inline: Inline) -> str:  # noqa: PLR0911  one row a kind
        match inline:
            case Text(text):
                return text
            case Emphasis(children) | Foreign(_, children):
                return f"_{self._inlines(children)}_"
            case Strong(children):
                return f"*{self._inlines(children)}*"
            case SmallCaps(children):
                return self._inlines(children)
            case Link(url, children):
                return self._link(url, self._inlines(children))
            case NoteReference(label):
                return f"[{self._numbers.get(label, label)}]"
            case LineBreak():
                return "\n"

    def _link(self, url: str, words: str) -> str:
        """An arrow and a number, so that nobody takes it for a footnote; the addresses are listed at the end."""
        if words == url or not safe_url(url):
            return words
        if url not in self.links:
            self.links.append(url)
        return f"{words} [→{self.links.index(url) + 1}]"


def _is_close(item: Blocks) -> bool:
    """Nothing but one paragraph, and lists of such below it: no empty line need part it from the next."""
    below = item if item and isinstance(item[0], ItemList) else item[1:]
    return all(isinstance(block, ItemList) and all(map(_is_close, block.items)) for block in below)


def _indented(text: str, by: str = INDENT) -> str:
    return "\n".join(by + line if line else "" for line in text.split("\n"))
