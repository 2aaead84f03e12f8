"""What fiction writers mean in Markdown where it differs from Markdown: indents, rules, line blocks, no HTML."""

from __future__ import annotations

import html
import re
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor, OListProcessor, SetextHeaderProcessor
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor, SimpleTagInlineProcessor, SubstituteTagInlineProcessor

from cliffhanger.manuscripts.encoding import clean

_ENTITY = r"(&(?:\#[0-9]{1,7}|\#x[0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
_EMPHASIS = r"(<(?:i|em)>)([^<>]{1,2000})</(?:i|em)>"
_STRONG = r"(<(?:b|strong)>)([^<>]{1,2000})</(?:b|strong)>"
_BREAK = r"<[bB][rR] ?/?>[ ]*\n?"
_MAX_HEADING = 80


class FictionExtension(Extension):
    """HTML stays text (but for <br>, <i>, <b>), an indent makes no code, a rule under prose no heading."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the package's name)
        md.preprocessors.deregister("html_block")
        for name in ("html", "automail", "entity", "backtick"):
            md.inlinePatterns.deregister(name)
        md.inlinePatterns.register(_Entity(_ENTITY, md), "entity", 80)
        md.inlinePatterns.register(SubstituteTagInlineProcessor(_BREAK, "br"), "written break", 95)
        md.inlinePatterns.register(SimpleTagInlineProcessor(_EMPHASIS, "em"), "written em", 94)
        md.inlinePatterns.register(SimpleTagInlineProcessor(_STRONG, "strong"), "written strong", 93)
        blocks = md.parser.blockprocessors
        for name in ("code", "setextheader"):
            blocks.deregister(name)
        blocks.register(_NumberedList(md.parser), "olist", 40)
        blocks.register(_LineBlock(md.parser), "line block", 85)
        blocks.register(_Indented(md.parser), "indented", 80)
        blocks.register(_ShortSetext(md.parser), "setextheader", 60)


class _Entity(InlineProcessor):
    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]  # noqa: ARG002, N802
        character = html.unescape(m[1])
        return (clean(character) if not character.isspace() else character), m.start(0), m.end(0)


class _ShortSetext(SetextHeaderProcessor):
    """A line over `---` is a heading only if it looks like one; under a sentence it is a rule."""

    def test(self, parent: Element, block: str) -> bool:
        first = block.split("\n", 1)[0].strip()
        return (
            super().test(parent, block)
            and len(first) < _MAX_HEADING
            and not first.endswith((".", "!", "?", "…", "”", '"', ",", ";", "—", ">", "*", "_"))
        )


class _NumberedList(OListProcessor):
    LAZY_OL = False  # a line "12. The Storm" keeps its 12
    SIBLING_TAGS = ["ol"]  # a numbered list under a list of dashes is another list


class _LineBlock(BlockProcessor):
    """Lines that begin with a bar are verse, as in pandoc: the spaces after the bar are the indent."""

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002
        lines = block.split("\n")
        return len(lines) > 1 and all(re.match(r"\|(?: |$)", line) for line in lines)

    def run(self, parent: Element, blocks: list[str]) -> None:
        _add_verse(parent, [line[2:] for line in blocks.pop(0).split("\n")])


class _Indented(BlockProcessor):
    """Four spaces or a tab: several short lines are verse, anything else a paragraph with an old-style indent."""

    def test(self, parent: Element, block: str) -> bool:
        return block.startswith("    ") and parent.tag != "li"

    def run(self, parent: Element, blocks: list[str]) -> None:
        lines = [line for line in blocks.pop(0).split("\n") if line.strip()]
        if len(lines) > 1 and all(line.startswith("    ") and len(line.strip()) < 70 for line in lines):
            _add_verse(parent, [line[4:] for line in lines])
            return
        text = "\n".join(line.strip() if line.startswith("    ") else line for line in lines)
        self.parser.parseBlocks(parent, re.split(r"\n(?=    )", text) if "\n    " in text else [text])


def _add_verse(parent: Element, lines: list[str]) -> None:
    verse = SubElement(parent, "verse")
    for line in lines:
        one = SubElement(verse, "line", indent=str(len(line) - len(line.lstrip())))
        one.text = line.strip()
