"""`cliffhanger read FILE`: what was understood of a manuscript, for people or as JSON. Offline, no AWS."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from cliffhanger.errors import Refusal
from cliffhanger.manuscripts.document import as_document, blocks_text
from cliffhanger.manuscripts.model import Blocks, Chapter, Paragraph, Quote, SceneBreak, Verse
from cliffhanger.manuscripts.read import read_all


def read_command(path: Path, *, as_json: bool) -> int:
    """Print the chapter and return 0; where it is refused, print one sentence and return 1.

    A file of several chapters prints them all; as JSON, the later ones stand in the first one's `following`.
    """
    try:
        chapter, *following = read_all(path.name, _bytes_of(path))
    except Refusal as refusal:
        print(json.dumps({"error": refusal.message, "line": refusal.line}) if as_json else refusal.message)
        return 1
    if as_json:
        more = {"following": [as_document(other) for other in following]} if following else {}
        print(json.dumps(as_document(chapter) | more, ensure_ascii=False, indent=1))
    else:
        print("\n\n".join("\n".join(_description(each)) for each in (chapter, *following)))
    return 0


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Refusal(f"The file {path} cannot be opened: {error.strerror}.") from None


def _description(chapter: Chapter) -> Iterator[str]:
    yield from _fields(chapter)
    for when, notes in (("note before", chapter.notes_before), ("note after", chapter.notes_after)):
        for note in notes:
            yield _field(when, blocks_text(note))
    yield _field("story", _counts(chapter))
    words = blocks_text(chapter.blocks).split()
    if words:
        yield _field("begins", " ".join(words[:10]))
        yield _field("ends", " ".join(words[-10:]))
    for warning in chapter.warnings:
        yield _field("WARNING", warning)


def _fields(chapter: Chapter) -> Iterator[str]:
    number = "" if chapter.number is None else f" {chapter.number}" + (f" of {chapter.total}" if chapter.total else "")
    yield _field("kind", f"{chapter.kind.value}{number}")
    known = {
        "series": chapter.series,
        "part": chapter.part,
        "title": chapter.title,
        "summary": chapter.summary,
        "disclaimer": chapter.disclaimer,
        "closing": chapter.closing,
    }
    for name, text in [*known.items(), *chapter.tags.items()]:
        if text:
            yield _field(name, text)


def _field(name: str, text: str) -> str:
    return f"{name:>12}  " + text.replace("\n", "\n" + " " * 14)


def _counts(chapter: Chapter) -> str:
    kinds = Counter(type(block) for block in _every(chapter.blocks))
    counted = {
        "words": len(blocks_text(chapter.blocks).split()),
        "paragraphs": kinds[Paragraph],
        "scene breaks": kinds[SceneBreak],
        "quotes": kinds[Quote],
        "poems": kinds[Verse],
        "footnotes": len(chapter.footnotes),
    }
    return ", ".join(f"{count} {name}" for name, count in counted.items() if count) or "none"


def _every(blocks: Blocks) -> Blocks:
    inner = (child for block in blocks if isinstance(block, Quote) for child in _every(block.children))
    return (*blocks, *inner)
