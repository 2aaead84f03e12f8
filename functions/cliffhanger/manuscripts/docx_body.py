"""Word's paragraphs, runs and what stands between them -> passages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from cliffhanger.manuscripts.docx_numbering import Numbering
from cliffhanger.manuscripts.docx_properties import Properties, number_of, paragraph_properties, run_properties
from cliffhanger.manuscripts.docx_styles import Styles
from cliffhanger.manuscripts.model import Image, LineBreak, NoteReference
from cliffhanger.manuscripts.office_fields import Fields, is_story, link_of
from cliffhanger.manuscripts.office_passages import Look, Passage, Run, runs_of
from cliffhanger.manuscripts.office_symbols import symbol
from cliffhanger.manuscripts.office_tables import as_passages, cells_of
from cliffhanger.manuscripts.office_xml import child
from cliffhanger.manuscripts.weblinks import is_web_link

# Tracked deletions, the old place of moved text, readings over a word, and what only describes.
_NOT_TEXT = {"w:del", "w:moveFrom", "w:pPr", "w:rPr", "w:sdtPr", "w:sdtEndPr", "w:rt", "w:tblPr", "w:trPr", "w:tcPr"}
_SIGNS = {"w:tab": "\t", "w:ptab": "\t", "w:noBreakHyphen": "\u2011", "w:softHyphen": "\u00ad", "w:cr": "\n"}
_PICTURES = (("a:blip", "r:embed"), ("v:imagedata", "r:id"))
_NOTES = {"w:footnoteReference": "footnote", "w:endnoteReference": "endnote"}


@dataclass(slots=True)
class Body:
    """Reads one part of the file (the text, the footnotes). `targets` are its relationships: id -> target.

    Targets that lie outside of the file have a "://" or a "mailto:" in them.
    """

    styles: Styles
    numbering: Numbering
    targets: dict[str, str]
    warnings: list[str]
    fields: Fields = field(default_factory=Fields)
    frames: list[Passage] = field(default_factory=list)
    carried: list[Run] = field(default_factory=list)

    def passages(self, container: Element) -> Iterator[Passage]:
        for element in container:
            match element.tag:
                case "w:p":
                    yield from self._paragraph(element)
                case "w:tbl":
                    yield from self._table(element)
                case "w:sdt":
                    if not _is_contents(element):
                        yield from self.passages(element)
                case "mc:AlternateContent":
                    yield from self.passages(_choice(element))
                case tag if tag not in _NOT_TEXT:
                    yield from self.passages(element)

    def _table(self, element: Element) -> Iterator[Passage]:
        cells = [list(self.passages(cell)) for cell in cells_of(element, "w:tc")]
        yield from as_passages(cells, self.warnings)

    def _paragraph(self, element: Element) -> Iterator[Passage]:
        own = child(element, "w:pPr")
        said = paragraph_properties(own)
        runs = [*self.carried, *self._runs(element, said, None)]
        self.carried = []
        if child(own, "w:rPr/w:del") is not None:
            self.carried = runs
            return
        framed, self.frames = self.frames, []
        # Nothing but hidden text, a page's number or a picture that is left out is no empty line.
        if runs or not (_has_picture(element) or any(each.text for each in element.iter("w:t"))):
            yield self._passage(element, said, runs)
        yield from framed

    def _passage(self, element: Element, said: Properties, runs: list[Run]) -> Passage:
        whole = self.styles.paragraph(said)
        outline, borders = whole.get("outline"), whole.get("borders")
        return Passage(
            runs=tuple(runs),
            styles=self.styles.names(said),
            outline=outline if isinstance(outline, int) else None,
            centred=whole.get("jc") == "center",
            left=_points(whole.get("left")),
            right=_points(whole.get("right")),
            borders=borders if isinstance(borders, frozenset) else frozenset(),
            item=self.numbering.item(whole),
            base=self.styles.look(said, {}),
            is_rule=not runs and any(rect.get("o:hr") for rect in element.iter("v:rect")),
        )

    def _runs(self, parent: Element, said: Properties, link: str | None) -> Iterator[Run]:
        for element in parent:
            match element.tag:
                case "w:r":
                    yield from self._run(element, said, link)
                case "w:hyperlink":
                    target = self.targets.get(element.get("r:id", ""), "")
                    yield from self._runs(element, said, target if is_web_link(target) else link)
                case "w:fldSimple":
                    code = element.get("w:instr", "")
                    yield from self._runs(element, said, link_of(code) or link) if is_story(code) else ()
                case "mc:AlternateContent":
                    yield from self._runs(_choice(element), said, link)
                case "w:sdt" if child(element, "w:sdtPr/w:showingPlcHdr") is not None:
                    continue
                case tag if tag not in _NOT_TEXT:
                    yield from self._runs(element, said, link)

    def _run(self, element: Element, said: Properties, link: str | None) -> Iterator[Run]:
        own = run_properties(child(element, "w:rPr"))
        look = replace(self.styles.look(said, own), link=link or self.fields.link)
        hidden = self.styles.is_hidden(said, own)
        for piece in element:
            if piece.tag == "w:fldChar":
                self._field(piece.get("w:fldCharType", ""))
            elif piece.tag == "w:instrText":
                self.fields.code(piece.text or "")
            elif not hidden and self.fields.shows:
                yield from self._piece(piece, said, look)

    def _field(self, kind: str) -> None:
        step = {"begin": self.fields.begin, "separate": self.fields.separate, "end": self.fields.end}.get(kind)
        if step:
            step()

    def _piece(self, piece: Element, said: Properties, look: Look) -> Iterator[Run]:
        match piece.tag:
            case "w:t":
                yield from runs_of(_words(piece.text or ""), look)
            case "w:br":
                # A break of the page or the column ends a line as well; the story does not know pages.
                yield Run(LineBreak(), look)
            case "w:sym":
                code = int(piece.get("w:char", "0"), 16) if piece.get("w:char", "").isalnum() else 0
                yield from runs_of(symbol(piece.get("w:font", ""), code), look)
            case "w:ruby":
                yield from self._runs(piece, said, look.link)
            case "w:drawing" | "w:pict" | "w:object":
                yield from self._drawing(piece)
            case "mc:AlternateContent":
                for chosen in _choice(piece):
                    yield from self._piece(chosen, said, look)
            case tag if tag in _NOTES:
                yield Run(NoteReference(_NOTES[tag] + piece.get("w:id", "")), look)
            case tag if tag in _SIGNS:
                yield from runs_of(_SIGNS[tag], look)

    def _drawing(self, element: Element) -> Iterator[Run]:
        """A picture, or a frame with text, which follows the paragraph that holds it."""
        frames = list(element.iter("w:txbxContent"))
        if frames:
            around, self.frames = self.frames, []
            within = list(self.passages(frames[0]))
            self.frames = [*around, *within]
            return
        described = next(element.iter("wp:docPr"), None)
        described = described if described is not None else next(element.iter("v:shape"), None)
        said = {} if described is None else described.attrib
        alt = said.get("descr") or said.get("alt") or said.get("title") or ""
        for tag, key in _PICTURES:
            for blip in element.iter(tag):
                source = self.targets.get(blip.get(key, ""), "")
                if source and ":" not in source:
                    yield Run(Image(source, alt))
                else:
                    self.warnings.append(f"The picture “{alt[:60]}” is not in the file and was left out.")


def _choice(element: Element) -> Element:
    """Of several forms of the same thing, the first."""
    return next(iter(element), element)


def _has_picture(element: Element) -> bool:
    return any(next(element.iter(tag), None) is not None for tag, _ in _PICTURES)


def _is_contents(element: Element) -> bool:
    gallery = child(element, "w:sdtPr/w:docPartObj/w:docPartGallery")
    return gallery is not None and "Contents" in gallery.get("w:val", "")


def _words(text: str) -> str:
    """Line ends in a `w:t` come from a program that laid the XML out anew; Word shows spaces."""
    return " ".join(text.split("\n")) if "\n" in text else text


def _points(value: object) -> float:
    return number_of(str(value)) if value is not None else 0
