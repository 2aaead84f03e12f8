"""What the names and values of front matter say, whatever notation they are written in."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any

from cliffhanger.errors import Refusal
from cliffhanger.manuscripts.draft import Field, FrontMatter
from cliffhanger.manuscripts.encoding import clean

KEYS: dict[str, Field] = {
    "title": Field.TITLE,
    "chapter title": Field.TITLE,
    "chapter": Field.NUMBER,
    "number": Field.NUMBER,
    "chapter number": Field.NUMBER,
    "no": Field.NUMBER,
    "of": Field.TOTAL,
    "total": Field.TOTAL,
    "kind": Field.KIND,
    "type": Field.KIND,
    "series": Field.SERIES,
    "series title": Field.SERIES,
    "story": Field.SERIES,
    "book": Field.SERIES,
    "novel": Field.SERIES,
    "part": Field.PART,
    "volume": Field.PART,
    "summary": Field.SUMMARY,
    "description": Field.SUMMARY,
    "synopsis": Field.SUMMARY,
    "disclaimer": Field.DISCLAIMER,
    "recap": Field.RECAP,
    "previously": Field.RECAP,
    "last time": Field.RECAP,
    "story so far": Field.RECAP,
    "the story so far": Field.RECAP,
    "note": Field.NOTE,
    "notes": Field.NOTE,
    "author note": Field.NOTE,
    "author notes": Field.NOTE,
    "authors note": Field.NOTE,
    "authors notes": Field.NOTE,
    "a n": Field.NOTE,
    "notes before": Field.NOTE,
    "beginning notes": Field.NOTE,
    "notes after": Field.NOTE_AFTER,
    "note after": Field.NOTE_AFTER,
    "end note": Field.NOTE_AFTER,
    "end notes": Field.NOTE_AFTER,
    "afterword": Field.NOTE_AFTER,
}
TAGS = {
    "warning": "warnings", "warnings": "warnings", "content warning": "warnings", "content warnings": "warnings",
    "trigger warnings": "warnings", "cw": "warnings", "tw": "warnings", "rating": "rating", "pairing": "pairing",
    "pairings": "pairing", "relationship": "pairing", "relationships": "pairing", "fandom": "fandom",
    "fandoms": "fandom", "genre": "genre", "genres": "genre", "author": "author", "by": "author",
    "status": "status", "beta": "beta", "characters": "characters", "tags": "tags", "keywords": "tags",
    "language": "language", "lang": "language", "date": "date", "release": "release", "resend": "resend",
}  # fmt: skip
NOTES_PLACES = ("before", "after")
"""“notes: before” is no note: it says where those of the file stand."""
_IGNORED = {"layout", "slug", "permalink", "categories", "css", "format", "draft", "base header level", "copyright"}


def fields_of(values: Mapping[Any, object]) -> FrontMatter:
    """Sort the values by what their names mean. A name that is not known is told to the author."""
    fields: dict[Field, str] = {}
    tags: dict[str, str] = {}
    notes: dict[Field, tuple[str, ...]] = {Field.NOTE: (), Field.NOTE_AFTER: ()}
    unknown: list[str] = []
    for raw, value in values.items():
        key = re.sub(r"[\W_]+", " ", str(raw).lower().replace("'", "").replace("’", "")).strip()
        if key in KEYS and KEYS[key] is Field.NOTE and _one_word(value) in NOTES_PLACES:
            tags["notes"] = _one_word(value)
        elif key in KEYS and KEYS[key] in notes:
            notes[KEYS[key]] += _texts(value)
        elif key in KEYS:
            fields.setdefault(KEYS[key], _one(value))
        elif key in TAGS:
            tags.setdefault(TAGS[key], _one(value))
        elif key not in _IGNORED:
            unknown.append(clean(str(raw))[:40])
    return FrontMatter(
        fields={key: text for key, text in fields.items() if text},
        notes_before=notes[Field.NOTE],
        notes_after=notes[Field.NOTE_AFTER],
        tags={key: text for key, text in tags.items() if text},
        warnings=tuple(f"“{name}” in the front matter is not known here and was left out." for name in unknown),
    )


def _one_word(value: object) -> str:
    return value.strip().lower() if isinstance(value, str) else ""


def _texts(value: object) -> tuple[str, ...]:
    """One string a note, its paragraphs parted by an empty line."""
    several = value if isinstance(value, list) else [value]
    notes = ("\n\n".join(filter(None, map(_one, _paragraphs(note)))) for note in several)
    return tuple(note for note in notes if note)


def _paragraphs(value: object) -> list[object]:
    return [*value.split("\n\n")] if isinstance(value, str) else [value]


def _one(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ", ".join(filter(None, map(_one, value)))
    if isinstance(value, str | int | float | datetime.date):
        return clean(str(value))
    raise Refusal("The front matter nests its values: write each as one line of text (“title: The Storm”).")
