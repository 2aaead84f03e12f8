"""A chapter as plain data (the JSON of `cliffhanger read --json`) and as plain text."""

from __future__ import annotations

from cliffhanger.manuscripts.inlines import plain_text
from cliffhanger.manuscripts.model import (
    Block,
    Blocks,
    Chapter,
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

__all__ = ["as_document", "blocks_text", "plain_text"]

Json = dict[str, object]
_CONTAINERS: dict[type[Inline], str] = {
    Emphasis: "emphasis",
    Strong: "strong",
    SmallCaps: "small_caps",
    Foreign: "foreign",
    Link: "link",
}


def as_document(chapter: Chapter) -> Json:
    """The documented form: notes as strings, blocks as objects with a "type"."""
    return {
        "series": chapter.series,
        "part": chapter.part,
        "number": chapter.number,
        "total": chapter.total,
        "kind": chapter.kind.value,
        "title": chapter.title,
        "summary": chapter.summary,
        "disclaimer": chapter.disclaimer,
        "recap": blocks_text(chapter.recap) or None,
        "notes_before": [blocks_text(note) for note in chapter.notes_before],
        "notes_after": [blocks_text(note) for note in chapter.notes_after],
        "closing": chapter.closing,
        "tags": dict(chapter.tags),
        "footnotes": [_footnote(note) for note in chapter.footnotes],
        "warnings": list(chapter.warnings),
        "blocks": [_block(block) for block in chapter.blocks],
    }


def blocks_text(blocks: Blocks) -> str:
    """The words of blocks: an empty line between blocks, a line per line of verse, nothing for a picture."""
    return "\n\n".join(text for text in map(_text, blocks) if text)


def _text(block: Block) -> str:
    match block:
        case Paragraph(inlines) | Heading(_, inlines):
            return plain_text(inlines)
        case Verse(lines):
            return "\n".join(plain_text(line) for line in lines)
        case Quote(children):
            return blocks_text(children)
        case ItemList(_, items):
            return "\n".join(blocks_text(item) for item in items)
        case SceneBreak() | Image():
            return ""


def _footnote(note: Footnote) -> Json:
    return {"label": note.label, "text": blocks_text(note.blocks), "blocks": [_block(b) for b in note.blocks]}


def _block(block: Block) -> Json:  # noqa: PLR0911 (a line a type)
    match block:
        case Paragraph(inlines):
            return {"type": "paragraph", **_words(inlines)}
        case Heading(level, inlines):
            return {"type": "heading", "level": level, **_words(inlines)}
        case SceneBreak(ornament):
            return {"type": "scene_break", "text": ornament}
        case Quote(children):
            return {"type": "quote", "children": [_block(child) for child in children]}
        case Verse(lines, indents):
            plain = [plain_text(line) for line in lines]
            return {"type": "verse", **_words(_broken(lines)), "lines": plain, "indents": list(indents)}
        case ItemList(ordered, items):
            listed = [{"type": "item", "children": [_block(child) for child in item]} for item in items]
            return {"type": "list", "ordered": ordered, "children": listed}
        case Image(source, alt):
            return {"type": "image", "source": source, "text": alt}


def _broken(lines: tuple[Inlines, ...]) -> Inlines:
    return tuple(inline for line in lines for inline in (LineBreak(), *line))[1:]


def _words(inlines: Inlines) -> Json:
    return {"text": plain_text(inlines), "inlines": [_inline(inline) for inline in inlines]}


def _inline(inline: Inline) -> Json:
    match inline:
        case Text(text):
            return {"type": "text", "text": text}
        case LineBreak():
            return {"type": "line_break"}
        case NoteReference(label):
            return {"type": "note_reference", "label": label}
    children = [_inline(child) for child in inline.children]
    described: Json = {"type": _CONTAINERS[type(inline)], "children": children}
    if isinstance(inline, Link):
        described["url"] = inline.url
    if isinstance(inline, Foreign):
        described["language"] = inline.language
    return described
