"""Markdown -> draft, through the tree of the `markdown` package: no HTML is ever made or passed on."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.footnotes import FootnoteExtension
from markdown.util import AtomicString

from cliffhanger.errors import Refusal
from cliffhanger.manuscripts.draft import Draft, FrontMatter
from cliffhanger.manuscripts.layout import groups_of, is_wrapped
from cliffhanger.manuscripts.markdown_dialect import FictionExtension
from cliffhanger.manuscripts.markdown_tree import TreeReader
from cliffhanger.manuscripts.model import Footnote

_RULE = re.compile(r"^ {0,3}<hr ?/?>[ ]*$", re.I | re.M)
# Without one of these a text has no inlines. \x02 begins what the parser has put aside.
_MARKUP = re.compile(r"[\\`*_\[<&\x02]|  \n")
_MAX_DEPTH = 30
_LONG_LINE = 100
_MAX_EFFORT = 20_000_000
_MAX_BLOCK_LINES = 5_000
_MAX_MARKS = 10_000
_MARKS = r"(?:>[ ]?|(?:[-+*]|\d{1,9}\.) {1,3})"
_NESTED = re.compile(rf"^ *(?:{_MARKS}{{{_MAX_DEPTH},}}+(?=.*\w)|(?<= {{{4 * _MAX_DEPTH}}}){_MARKS})", re.M)


def read_markdown(text: str, front: FrontMatter, first_line: int = 1) -> Draft:
    """`first_line` is the line of the file in which `text` begins, for a refusal."""
    _refuse_nests(text.expandtabs(4), first_line)
    text = _with_paragraphs(_RULE.sub("***", _without_comments(text)))
    _refuse_mazes(text.split("\n\n"))
    parser = Markdown(extensions=[footnotes := FootnoteExtension(), FictionExtension()])
    try:
        root = _tree(parser, text)
        reader = TreeReader(set(footnotes.footnotes))
        blocks = tuple(reader.blocks(root))
        notes = tuple(_footnote(parser, reader, label, note) for label, note in footnotes.footnotes.items())
    except RecursionError:
        raise Refusal("The text is nested too deeply (quotes in quotes, lists in lists).") from None
    return Draft(blocks, notes, front, tuple(reader.warnings))


def _refuse_nests(text: str, first_line: int) -> None:
    if nested := _NESTED.search(text):
        line = first_line + text.count("\n", 0, nested.start())
        raise Refusal(f"Line {line} is nested more than {_MAX_DEPTH} quotes or lists deep.", line=line)


def _refuse_mazes(blocks: list[str]) -> None:
    """What would keep the parser busy for minutes: brackets and marks that never close, blocks without an end."""
    if sum(block.count("[") * len(block) for block in blocks) > _MAX_EFFORT:
        raise Refusal("A paragraph holds too many square brackets to be read as Markdown.")
    if any(sum(map(block.count, "*_\\`")) > _MAX_MARKS for block in blocks):
        raise Refusal(f"A paragraph holds more than {_MAX_MARKS:,} marks of Markdown (* _ \\ `).")
    if any(block.count("\n") > _MAX_BLOCK_LINES for block in blocks):
        raise Refusal(f"More than {_MAX_BLOCK_LINES:,} lines stand without an empty line between them: put some in.")


def _tree(parser: Markdown, text: str) -> Element:
    """What `Markdown.convert` does up to the tree, without the passes that prepare HTML."""
    lines = text.split("\n")
    for preprocessor in parser.preprocessors:
        lines = preprocessor.run(lines)
    root = Element("div")
    parser.parser.parseChunk(root, "\n".join(lines))
    return _with_inlines(parser, root)


def _with_inlines(parser: Markdown, root: Element) -> Element:
    for element in root.iter():
        if element.text and not _MARKUP.search(element.text):
            element.text = AtomicString(element.text)  # most of a story: twenty patterns need not look
    changed = parser.treeprocessors["inline"].run(root)
    root = root if changed is None else changed
    parser.treeprocessors["unescape"].run(root)
    return root


def _footnote(parser: Markdown, reader: TreeReader, label: str, text: str) -> Footnote:
    root = Element("div")
    parser.parser.parseChunk(root, text)
    return Footnote(label, tuple(reader.blocks(_with_inlines(parser, root))))


def _without_comments(text: str) -> str:
    """`<!-- … -->` is for the author's eyes. One that never ends is left as written."""
    kept: list[str] = []
    at = 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        kept.append(text[at:start])
        at = end + 3
    return "".join((*kept, text[at:]))


def _with_paragraphs(text: str) -> str:
    """Where an author writes one paragraph a line with no empty line between, each becomes a paragraph."""
    groups = [lines for _, lines in groups_of(text)]
    prose = [lines for lines in groups if sum(len(line) > _LONG_LINE for line in lines) > 1]
    if not prose or is_wrapped(groups):
        return text
    return re.sub(r"(?<=[^\n]{2})(?<!  )\n(?=[\w\"“‘«*_—])", "\n\n", text)
