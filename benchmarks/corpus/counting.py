"""What a chapter's document holds, counted by the rules of tests/corpus/README.md."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.corpus.cases import Json


def every(document: Json, kind: str) -> list[Json]:
    """All blocks of a type in order, those inside of quotes and lists too."""
    return [block for block in _walk(document["blocks"]) if block["type"] == kind]


def body_of(document: Json) -> str:
    """The words of the story, each white space one space: prose, inner headings and verse, no notes."""
    told = (block for block in _walk(document["blocks"]) if block["type"] in {"paragraph", "heading", "verse"})
    return " ".join(" ".join(block["text"].split()) for block in told)


def verse_lines(document: Json) -> list[str]:
    """The lines of all verse, without the empty lines between stanzas."""
    return [line for block in every(document, "verse") for line in block["lines"] if line]


def kept_lines(document: Json) -> list[str]:
    """Lines that stayed lines: of verse, and of paragraphs with breaks in them (an address, a letter's end)."""
    broken = (block["text"].split("\n") for block in every(document, "paragraph") if "\n" in block["text"])
    return [*verse_lines(document), *(line for paragraph in broken for line in paragraph)]


def dressed(document: Json, kind: str) -> list[str]:
    """The texts of all inlines of a type."""
    return [_text(inline).strip() for inline in _inlines(document) if inline["type"] == kind]


def links(document: Json) -> list[str]:
    return [inline["url"] for inline in _inlines(document) if inline["type"] == "link"]


def _walk(blocks: list[Json]) -> Iterator[Json]:
    for block in blocks:
        yield block
        yield from _walk(block.get("children", []))


def _inlines(document: Json) -> Iterator[Json]:
    for block in _walk(document["blocks"]):
        yield from _inside(block.get("inlines", []))


def _inside(inlines: list[Json]) -> Iterator[Json]:
    for inline in inlines:
        yield inline
        yield from _inside(inline.get("children", []))


def _text(inline: Json) -> str:
    return str(inline.get("text", "")) + "".join(_text(child) for child in inline.get("children", []))
