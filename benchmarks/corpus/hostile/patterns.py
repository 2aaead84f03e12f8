"""Prose that keeps a careless pattern or parser busy for ever. Each pattern comes as Markdown and as text."""

from __future__ import annotations

from benchmarks.corpus.hostile.file import CHAPTER, STORY, Asked, HostileFile, text

_LINE = 60_000  # characters of a line: long, and still a paragraph
_INLINE = {
    "asterisks": "*",
    "spaced_asterisks": "* ",
    "open_emphasis": "*a ",
    "open_strong": "**a ",
    "underscores": "_a ",
    "mixed_marks": "*_**a",
    "colons": ":",
    "spaces": " ",
    "tabs": "\t",
    "dots": ".",
    "dashes": "-",
    "spaced_dashes": "- ",
    "quotes": '"',
    "brackets": "[",
    "parentheses": "(",
    "open_links": "[a](",
    "open_pictures": "![",
    "footnote_marks": "[^a]",
    "written_notes": "[1] a ",
    "backslashes": "\\",
    "backticks": "`a",
    "angles": "<",
    "open_tags": "<i>",
    "comments": "<!--",
    "entities": "&#1;",
    "ampersands": "&",
    "bars": "|",
    "pluses": "+ ",
    "hashes": "# ",
    "drawn": "o0",
    "note_labels": "A/N: ",
    "authors_notes": "author's note ",
    "summaries": "summary ",
    "headings": "Chapter ",
    "number_words": "twenty-",
    "romans": "IVXLC",
    "thanks": "thank you ",
    "ends": "to be continued ",
    "by": "by ",
    "pages": "next | ",
    "digits": "1",
    "hopes": "hope you all ",
}
_LINES = {
    "labels": "A/N: x\n\n",
    "labels_alone": "Notes:\n\n",
    "headlines": "Chapter 1\n\n",
    "parts": "Part One\n\n",
    "breaks": "***\n\n",
    "rules": "---\n",
    "closings": "The End\n\n",
    "notes": "[1] a\n\n",
    "definitions": "[^a]: b\n\n",
    "references": "[a]: http://b.example\n",
    "quotes": "> a\n\n",
    "items": "- a\n",
    "verses": "a  \n",
    "indents": "    a\n\n",
}


def _both(name: str, content: str) -> tuple[HostileFile, HostileFile]:
    return text(f"{name}.md", content, Asked.EITHER), text(f"{name}.txt", content, Asked.EITHER)


def _in_head_and_end(unit: str) -> str:
    """As the first paragraph, inside a heading, inside a label, and as the last one."""
    line = (unit * _LINE)[:_LINE]
    return f"{line}\n\nA/N: {line}\n\nChapter 3: {line}\n\n{STORY}\n\n{line}\n\nA/N: {line}\n\n{line}"


def _many(unit: str) -> str:
    count = min(6_000, 40_000 // unit.count("\n"))
    return f"{unit * count}\n\n{CHAPTER}\n\n{unit * count}"


PATTERNS: tuple[HostileFile, ...] = (
    *(file for name, unit in _INLINE.items() for file in _both(name, _in_head_and_end(unit))),
    *(file for name, unit in _LINES.items() for file in _both(f"many_{name}", _many(unit))),
)
