"""A page's tree -> passages, as they stand on the page: what is hidden is not there, white space is one space."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from cliffhanger.errors import Refusal
from cliffhanger.manuscripts.encoding import clean
from cliffhanger.manuscripts.html_lines import parted
from cliffhanger.manuscripts.html_notes import Notes
from cliffhanger.manuscripts.html_setting import Setting, setting_inside
from cliffhanger.manuscripts.html_styles import Declarations, StyleSheet, is_hidden
from cliffhanger.manuscripts.html_tree import BLOCKS
from cliffhanger.manuscripts.model import Image, LineBreak, NoteReference
from cliffhanger.manuscripts.office_passages import Item, Passage, Run, runs_of

_SPACE = re.compile("[ \t\n\r\f]+")
_MAX_PASSAGE = 200_000
_MAX_PASSAGES = 20_000
_MAX_PICTURE_WARNINGS = 10
_LIST_START = re.compile(r"\d{1,6}")
_QUOTES = (("“", "”"), ("‘", "’"))
FindPicture = Callable[[str], str | None]


class PageReader:
    """Reads the elements of one page. `warnings` grow while it reads; `dropped` elements are passed over.

    `find_picture` gives the file that a picture's source names, None if the manuscript did not bring it.
    """

    def __init__(
        self, page: Setting, sheet: StyleSheet, notes: Notes, dropped: Iterable[Element], find_picture: FindPicture
    ) -> None:
        self._page = page
        self._sheet = sheet
        self._find_picture = find_picture
        self._references = notes.references
        self._dropped = {*dropped, *notes.dropped}
        self._pictures: list[str] = []
        self._passages: list[Passage] = []
        self._runs: list[Run] = []
        self._item: Item | None = None
        self._length = 0

    @property
    def warnings(self) -> Iterator[str]:
        for name in islice(dict.fromkeys(self._pictures), _MAX_PICTURE_WARNINGS):
            yield f"The picture “{name}” is not beside the manuscript and was left out."

    def passages(self, element: Element) -> list[Passage]:
        """All that is inside, even of an element that is dropped elsewhere: a note's text is read by itself."""
        self._passages, self._runs, self._item = [], [], None
        setting = self._page
        self._content(element, setting)
        self._end(setting)
        return self._passages

    def _content(self, element: Element, inside: Setting) -> None:
        self._text(element.text, inside)
        for child in element:
            if child not in self._dropped:
                self._element(child, inside)
            self._text(child.tail, inside)

    def _element(self, element: Element, around: Setting) -> None:
        style = self._sheet.of(element.tag, element.get("class", ""), element.get("style", ""))
        if "hidden" in element.attrib or is_hidden(style) or _is_editorial(element, style):
            return
        inside = setting_inside(element, around, style)
        if element.tag in BLOCKS:
            self._block(element, around, inside)
        elif element in self._references:
            self._runs.append(Run(NoteReference(self._references[element]), around.look))
        else:
            self._inline(element, inside)

    def _inline(self, element: Element, inside: Setting) -> None:
        match element.tag:
            case "br":
                self._runs.append(Run(LineBreak(), inside.look))
            case "hr":
                self._end(inside)
                self._passages.append(Passage(is_rule=True))
            case "img":
                self._picture(element, inside)
            case "q":
                before, after = _QUOTES[(inside.quotes + 1) % 2]
                self._text(before, inside)
                self._content(element, inside)
                self._text(after, inside)
            case _:
                self._content(element, inside)

    def _block(self, element: Element, around: Setting, inside: Setting) -> None:
        if not (element.tag == "dd" and self._is_term_open()):
            self._end(around)
        first = len(self._passages)
        if element.tag in {"ul", "ol"}:
            self._list(element, inside)
        else:
            self._content(element, inside)
        if element.tag == "dt":
            self._text(" ", inside)
            return
        self._end(inside, stands_empty=_stands_empty(element))
        if element.tag == "div":
            self._draw(first, inside.borders & {"top", "bottom"})

    def _is_term_open(self) -> bool:
        """A term that ends with a colon is a label; what it labels goes on in the same passage."""
        return "".join(run.content for run in self._runs if isinstance(run.content, str)).rstrip().endswith(":")

    def _list(self, element: Element, inside: Setting) -> None:
        level = inside.item.level + 1 if inside.item else 0
        start = _LIST_START.fullmatch(element.get("start", ""))
        number = int(start[0]) if start else 1
        for child in element:
            label = f"{number}." if element.tag == "ol" else ""
            item = Item(level, element.tag == "ol", label) if child.tag == "li" else inside.item
            if child not in self._dropped:
                self._element(child, replace(inside, item=item))
            number += child.tag == "li"

    def _draw(self, first: int, borders: frozenset[str]) -> None:
        """Lines above and below belong to the first and the last passage between; where there is none, they are all."""
        if borders and first == len(self._passages):
            self._passages.append(Passage())
        for at, side in ((first, "top"), (len(self._passages) - 1, "bottom")):
            if side in borders:
                self._passages[at] = replace(self._passages[at], borders=self._passages[at].borders | {side})

    def _picture(self, element: Element, inside: Setting) -> None:
        source, alt = unquote(element.get("src", "")), clean(element.get("alt", ""))
        if found := self._find_picture(source):
            self._runs.append(Run(Image(found, alt), inside.look))
        elif not {element.get("width"), element.get("height")} & {"0", "1"}:
            self._pictures.append(alt[:60] or clean(source)[:60] or "without a name")

    def _text(self, text: str | None, inside: Setting) -> None:
        if not text:
            return
        self._length += len(text)
        if self._length > _MAX_PASSAGE:
            raise Refusal(f"A paragraph of the page has more than {_MAX_PASSAGE:,} characters: part it by paragraphs.")
        if inside.keeps_lines:
            self._runs.extend(runs_of(text, inside.look))
            return
        bare = _SPACE.sub(" ", text)
        if bare.startswith(" ") and self._ends_with_space():
            bare = bare[1:]
        self._runs.extend(runs_of(bare, inside.look))

    def _ends_with_space(self) -> bool:
        """Or with nothing: white space at the start of a line is none."""
        last = next((run.content for run in reversed(self._runs) if not isinstance(run.content, NoteReference)), "\n")
        return isinstance(last, LineBreak) or (isinstance(last, str) and last.endswith((" ", "\n")))

    def _end(self, inside: Setting, *, stands_empty: bool = False) -> None:
        """The passage ends here. An empty one counts where the author put it as a gap."""
        runs, self._runs, self._length = self._runs, [], 0
        passages = list(parted(replace(inside.passage(), runs=tuple(runs)), keeps_lines=inside.keeps_lines))
        if not passages and stands_empty:
            passages = [replace(inside.passage(), runs=())]
        for passage in passages:
            self._add(passage)

    def _add(self, passage: Passage) -> None:
        if len(self._passages) >= _MAX_PASSAGES:
            raise Refusal(f"The page has more than {_MAX_PASSAGES:,} paragraphs, which no chapter has.")
        if passage.item and not passage.is_empty:
            begins = passage.item is not self._item
            self._item = passage.item
            passage = replace(passage, item=replace(passage.item, begins=begins))
        self._passages.append(passage)


def _is_editorial(element: Element, style: Declarations) -> bool:
    """A deletion that Word still remembers, and its list of comments."""
    is_tracked = element.tag == "del" and not {"cite", "datetime"}.isdisjoint(element.attrib)
    return is_tracked or style.get("mso-element") in {"comment-list", "header", "footer"}


def _stands_empty(element: Element) -> bool:
    """Not the empty `<p>` that a parser makes of a stray end tag."""
    return element.tag == "p" and bool(element.attrib or len(element) or element.text)
