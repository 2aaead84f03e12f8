"""Front matter: YAML between `---` fences, or MultiMarkdown's `Key: value` lines without fences."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import replace

import yaml

from cliffhanger.errors import Refusal
from cliffhanger.manuscripts.draft import Field, FrontMatter
from cliffhanger.manuscripts.encoding import clean

_MAX_LINES = 500
_KEY_LINE = re.compile(r"[A-Za-z_][\w \-]{0,40}:(?:\s|$)")
_MMD_LINE = re.compile(r"([A-Za-z][\w \-]{0,40}):[ \t]*(.*)")
_MMD_KEYS = {
    "title", "author", "date", "base header level", "keywords", "copyright", "format", "css", "language",
    "latex input", "latex mode", "quotes language", "email", "address", "subtitle", "affiliation", "xhtml header",
}  # fmt: skip
_KEYS: dict[str, Field] = {
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
_TAGS = {
    "warning": "warnings", "warnings": "warnings", "content warning": "warnings", "content warnings": "warnings",
    "trigger warnings": "warnings", "cw": "warnings", "tw": "warnings", "rating": "rating", "pairing": "pairing",
    "pairings": "pairing", "relationship": "pairing", "relationships": "pairing", "fandom": "fandom",
    "fandoms": "fandom", "genre": "genre", "genres": "genre", "author": "author", "by": "author",
    "status": "status", "beta": "beta", "characters": "characters", "tags": "tags", "keywords": "tags",
    "language": "language", "lang": "language", "date": "date", "release": "release", "resend": "resend",
}  # fmt: skip
_IGNORED = {"layout", "slug", "permalink", "categories", "css", "format", "draft", "base header level", "copyright"}


class _PlainLoader(yaml.SafeLoader):
    """Safe YAML without anchors and tags: a manuscript needs neither, and an alias can multiply without end."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _refused("has an anchor or alias (& or *); put the text in quotes", event.start_mark)
        if getattr(event, "tag", None):
            raise _refused("has a tag (!…), which is never read; put the text in quotes", event.start_mark)
        return super().compose_node(parent, index)


def split_front_matter(text: str) -> tuple[FrontMatter, str]:
    """The front matter and the text after it. A `---` that only draws a rule is left in the text."""
    stripped = text.lstrip("\n")
    lines = stripped.split("\n", _MAX_LINES)
    if re.fullmatch(r"---[ \t]*", lines[0]):
        return _fenced(lines, len(text) - len(stripped)) or (FrontMatter(), text)
    return _multimarkdown(lines) or (FrontMatter(), text)


def _fenced(lines: list[str], skipped: int) -> tuple[FrontMatter, str] | None:
    if len(lines) < 2 or not _KEY_LINE.match(next((line for line in lines[1:] if line.strip()), "")):
        return None
    end = next((at for at, line in enumerate(lines[1:], 1) if re.fullmatch(r"(---|\.\.\.)[ \t]*", line)), None)
    if end is None:
        raise Refusal("The front matter never ends: put a line of three dashes under it.", line=1 + skipped)
    values = _load("\n".join(lines[1:end]), 2 + skipped)
    return _front_matter(values), "\n".join(lines[end + 1 :])


def _load(source: str, first_line: int) -> Mapping[object, object]:
    try:
        values = yaml.load(source, _PlainLoader)  # noqa: S506 (a SafeLoader that knows even less)
    except yaml.MarkedYAMLError as error:
        unclosed = "end of stream" in (error.problem or "")  # then the mark of what was opened says more
        mark = (error.context_mark if unclosed else None) or error.problem_mark
        line = first_line + (mark.line if mark else 0)
        problem = clean(error.problem or "it is no YAML")
        raise Refusal(f"The front matter cannot be read in line {line}: {problem}.", line=line) from None
    except (yaml.YAMLError, ValueError, RecursionError, OverflowError):
        raise Refusal("The front matter cannot be read: it is no YAML.", line=first_line) from None
    except Refusal as refusal:
        line = first_line + (refusal.line or 1) - 1
        raise Refusal(refusal.message.replace("LINE", str(line)), line=line) from None
    if not isinstance(values, dict):
        raise Refusal("The front matter is no list of names and values (“title: The Storm”).", line=first_line)
    return values


def _refused(what: str, mark: yaml.Mark) -> Refusal:
    return Refusal(f"The front matter in line LINE {what}.", line=mark.line + 1)


def _front_matter(values: Mapping[object, object]) -> FrontMatter:
    fields: dict[Field, str] = {}
    tags: dict[str, str] = {}
    notes: dict[Field, tuple[str, ...]] = {Field.NOTE: (), Field.NOTE_AFTER: ()}
    unknown: list[str] = []
    for raw, value in values.items():
        key = re.sub(r"[\W_]+", " ", str(raw).lower().replace("'", "").replace("’", "")).strip()
        if key in _KEYS and _KEYS[key] in notes:
            notes[_KEYS[key]] += _texts(value)
        elif key in _KEYS:
            fields.setdefault(_KEYS[key], _one(value))
        elif key in _TAGS:
            tags.setdefault(_TAGS[key], _one(value))
        elif key not in _IGNORED:
            unknown.append(clean(str(raw))[:40])
    return FrontMatter(
        fields={key: text for key, text in fields.items() if text},
        notes_before=notes[Field.NOTE],
        notes_after=notes[Field.NOTE_AFTER],
        tags={key: text for key, text in tags.items() if text},
        warnings=tuple(f"“{name}” in the front matter is not known here and was left out." for name in unknown),
    )


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


def _multimarkdown(lines: list[str]) -> tuple[FrontMatter, str] | None:
    """Two lines of known keys or more at the very top, up to an empty line."""
    values: dict[object, object] = {}
    last = ""
    end = next((at for at, line in enumerate(lines) if not line.strip()), len(lines))
    for line in lines[:end]:
        match = _MMD_LINE.fullmatch(line)
        if match:
            last = match[1].strip().lower()
            values[last] = match[2]
        elif last and line.startswith((" ", "\t")):
            values[last] = f"{values[last]} {line.strip()}"
        else:
            return None
    if len(values) < 2 or not _MMD_KEYS.issuperset(str(key) for key in values):
        return None
    front = _front_matter({key: value for key, value in values.items() if key not in _MMD_KEYS - {*_KEYS, *_TAGS}})
    return replace(front, title_may_be_series=True), "\n".join(lines[end:])
