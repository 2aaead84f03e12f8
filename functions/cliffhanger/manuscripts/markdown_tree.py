"""The `markdown` package's element tree -> blocks and inlines."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from cliffhanger.manuscripts.inlines import merge, plain_text, strip
from cliffhanger.manuscripts.model import (
    Block,
    Emphasis,
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
    Strong,
    Text,
    Verse,
)
from cliffhanger.manuscripts.weblinks import is_beside, is_web_link

_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}


class TreeReader:
    """Reads one file's elements. `labels` are the footnotes that exist; `warnings` grow while it reads."""

    def __init__(self, labels: set[str]) -> None:
        self.labels = labels
        self.warnings: list[str] = []

    def blocks(self, root: Element) -> Iterator[Block]:
        for element in root:
            yield from self._block(element)

    def _block(self, element: Element) -> Iterator[Block]:
        match element.tag:
            case "p":
                yield from self._paragraph(element)
            case "hr":
                yield SceneBreak()
            case "blockquote":
                yield Quote(tuple(self.blocks(element)))
            case "ul" | "ol":
                yield from self._list(element)
            case "verse":
                lines = tuple(self._inlines(line) for line in element)
                yield Verse(lines, tuple(int(line.get("indent", "0")) for line in element))
            case tag if tag in _HEADINGS:
                inlines = strip(self._inlines(element))
                yield Heading(_HEADINGS[tag], inlines) if inlines else SceneBreak("#" * _HEADINGS[tag])

    def _paragraph(self, element: Element) -> Iterator[Block]:
        inlines = strip(self._inlines(element))
        if inlines:
            yield Paragraph(inlines)
        for picture in element.iter("img"):
            yield from self._picture(picture)

    def _picture(self, element: Element) -> Iterator[Block]:
        source, alt = element.get("src", ""), element.get("alt", "")
        if is_beside(source):
            yield Image(source, alt)
        else:
            self.warnings.append(f"The picture “{alt or source[:60]}” is not beside the manuscript and was left out.")

    def _list(self, element: Element) -> Iterator[Block]:
        """A list of one numbered line is a paragraph that begins with a number: "12. The Storm", "1887. It …"."""
        items = tuple(tuple(self._item(item)) for item in element)
        start = element.get("start", "1")
        if element.tag == "ol" and len(items) == 1 and items[0] and isinstance(items[0][0], Paragraph):
            first = items[0][0]
            yield Paragraph(merge((Text(f"{start}. "), *first.inlines)))
            yield from items[0][1:]
        else:
            yield ItemList(element.tag == "ol", items)

    def _item(self, element: Element) -> Iterator[Block]:
        """A tight item holds text and inlines directly; its blocks follow them."""
        words = Element("p")
        words.text = element.text
        words.extend(child for child in element if not _is_block(child))
        yield from self._paragraph(words)
        for child in element:
            if _is_block(child):
                yield from self._block(child)

    def _inlines(self, element: Element) -> Inlines:
        return merge(self._pieces(element))

    def _pieces(self, element: Element) -> Iterator[Inline]:
        if element.text:
            yield Text(str(element.text))
        for child in element:
            yield from self._inline(child)
            if child.tail:
                # After <br> the newline of the source still stands; it says nothing more.
                yield Text(child.tail.removeprefix("\n") if child.tag == "br" else str(child.tail))

    def _inline(self, element: Element) -> Iterator[Inline]:
        match element.tag:
            case "em":
                yield Emphasis(self._inlines(element))
            case "strong":
                yield Strong(self._inlines(element))
            case "br":
                yield LineBreak()
            case "a":
                yield from self._link(element)
            case "sup":
                yield from self._reference(element)
            case "img":
                return
            case _:
                yield from self._inlines(element)

    def _link(self, element: Element) -> Iterator[Inline]:
        url, inner = element.get("href", ""), self._inlines(element)
        if is_web_link(url):
            yield Link(url, inner)
        else:
            self.warnings.append(
                f"The link under “{plain_text(inner)[:60]}” leads nowhere a reader can go and was left out."
            )
            yield from inner

    def _reference(self, element: Element) -> Iterator[Inline]:
        for child in element:
            label = child.get("href", "").removeprefix("#fn:")
            if label in self.labels:
                yield NoteReference(label)


def _is_block(element: Element) -> bool:
    return element.tag in {"p", "ul", "ol", "blockquote", "hr", "verse", *_HEADINGS}
