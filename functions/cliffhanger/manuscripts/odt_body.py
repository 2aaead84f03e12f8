"""OpenDocument's paragraphs, lists, frames and notes -> passages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from cliffhanger.manuscripts.model import Footnote, Image, LineBreak, NoteReference
from cliffhanger.manuscripts.odt_lists import Place, open_list
from cliffhanger.manuscripts.odt_styles import Attributes, Styles, borders_of, is_hidden, look_of, points
from cliffhanger.manuscripts.office_blocks import blocks_of
from cliffhanger.manuscripts.office_passages import Item, Passage, Run, runs_of
from cliffhanger.manuscripts.office_tables import as_passages, cells_of
from cliffhanger.manuscripts.office_xml import child
from cliffhanger.manuscripts.weblinks import is_web_link

_SPACES = re.compile("[ \t\r\n]+")
_MAX_SPACES = 1_000
_NOT_TEXT = {
    "text:tracked-changes",
    "text:table-of-content",
    "text:illustration-index",
    "text:table-index",
    "text:object-index",
    "text:user-index",
    "text:alphabetical-index",
    "text:bibliography",
    "text:hidden-text",
    "text:placeholder",
    "text:page-number",
    "text:page-count",
    "text:page-continuation",
    "text:date",
    "text:time",
    "text:file-name",
    "text:ruby-text",
    "text:note-citation",
    "text:sequence-decls",
    "office:annotation",
    "office:forms",
    "office:event-listeners",
    "svg:title",
    "svg:desc",
}


@dataclass(slots=True)
class Body:
    """Reads one file. `footnotes` and `warnings` grow while it reads."""

    styles: Styles
    warnings: list[str] = field(default_factory=list)
    footnotes: list[Footnote] = field(default_factory=list)
    frames: list[Passage] = field(default_factory=list)
    place: Place | None = None

    def passages(self, container: Element) -> Iterator[Passage]:
        for element in container:
            match element.tag:
                case "text:p" | "text:h":
                    yield from self._paragraph(element)
                case "text:list":
                    yield from self._list(element)
                case "table:table":
                    cells = [list(self.passages(cell)) for cell in cells_of(element, "table:table-cell")]
                    yield from as_passages(cells, self.warnings)
                case "draw:frame" | "draw:custom-shape":
                    yield Passage(tuple(self._frame(element)))
                    yield from self._framed()
                case tag if tag not in _NOT_TEXT and not self._is_hidden_section(element):
                    yield from self.passages(element)

    def _is_hidden_section(self, element: Element) -> bool:
        hidden = element.get("text:style-name") in self.styles.hidden_sections or is_hidden(element.attrib)
        return element.tag == "text:section" and hidden

    def _list(self, element: Element) -> Iterator[Passage]:
        outer = self.place
        self.place = open_list(element, outer, self.styles.lists)
        for item in element:
            self.place.begin(item)
            yield from self.passages(item)
        self.place = outer

    def _paragraph(self, element: Element) -> Iterator[Passage]:
        style = element.get("text:style-name", "")
        said, base = self.styles.paragraph(style), self.styles.base(style)
        runs = () if is_hidden(base) else tuple(self._runs(element, base, None))
        # Nothing but hidden text, a page's number or a picture that is left out is no empty line.
        if not runs and ("".join(element.itertext()).strip() or next(element.iter("draw:image"), None) is not None):
            yield from self._framed()
            return
        outline = element.get("text:outline-level", "1") if element.tag == "text:h" else self.styles.outline(style)
        yield Passage(
            runs=_without_leading_space(runs),
            styles=self.styles.names(style),
            outline=int(outline) if outline and outline.isdecimal() else None,
            centred=said.get("fo:text-align") == "center",
            left=points(said.get("fo:margin-left")),
            right=points(said.get("fo:margin-right")),
            borders=borders_of(said),
            item=self._item(),
            base=look_of(base, None),
        )
        yield from self._framed()

    def _item(self) -> Item | None:
        return self.place.take() if self.place else None

    def _framed(self) -> Iterator[Passage]:
        frames, self.frames = self.frames, []
        yield from frames

    def _runs(self, element: Element, said: Attributes, link: str | None) -> Iterator[Run]:
        look = look_of(said, link)
        if not is_hidden(said):
            yield from runs_of(_SPACES.sub(" ", element.text or ""), look)
        for each in element:
            yield from self._inline(each, said, link)
            if not is_hidden(said):
                yield from runs_of(_SPACES.sub(" ", each.tail or ""), look)

    def _inline(self, element: Element, said: Attributes, link: str | None) -> Iterator[Run]:
        look = look_of(said, link)
        match element.tag:
            case "text:span":
                yield from self._runs(element, self.styles.span(said, element.get("text:style-name", "")), link)
            case "text:a":
                url = element.get("xlink:href", "")
                yield from self._runs(element, said, url if is_web_link(url) else link)
            case "text:s":
                yield Run(" " * _count(element.get("text:c")), look)
            case "text:tab":
                yield Run("\t", look)
            case "text:line-break":
                yield Run(LineBreak(), look)
            case "text:note":
                yield Run(NoteReference(self._note(element)), look)
            case "draw:frame" | "draw:custom-shape":
                yield from self._frame(element)
            case tag if tag not in _NOT_TEXT:
                yield from self._runs(element, said, link)

    def _note(self, element: Element) -> str:
        label = f"note{len(self.footnotes) + 1}"
        body = child(element, "text:note-body")
        reader = Body(self.styles, self.warnings)
        self.footnotes.append(Footnote(label, blocks_of(list(reader.passages(body))) if body is not None else ()))
        return label

    def _frame(self, element: Element) -> Iterator[Run]:
        """A picture, or a frame with text, which follows the paragraph that holds it."""
        box = child(element, "draw:text-box")
        image = child(element, "draw:image")
        if box is not None or element.tag == "draw:custom-shape":
            self.frames.extend(Body(self.styles, self.warnings).passages(box if box is not None else element))
        elif image is not None:
            words = (child(element, tag) for tag in ("svg:desc", "svg:title"))
            alt = next((word.text for word in words if word is not None and word.text), "")
            source = image.get("xlink:href", "").removeprefix("./")
            if source and ":" not in source and not source.startswith(("/", "..")):
                yield Run(Image(source, alt))
            else:
                self.warnings.append(f"The picture “{alt[:60]}” is not in the file and was left out.")


def _count(text: str | None) -> int:
    return min(int(text), _MAX_SPACES) if text and text.isdecimal() and len(text) < 9 else 1


def _without_leading_space(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    return runs[1:] if runs and runs[0].content == " " else runs
