"""Field by field: what came out of a manuscript against what its expected.json asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from operator import eq
from typing import Any

from benchmarks.corpus.cases import Json
from benchmarks.corpus.counting import body_of, dressed, every, kept_lines, links, verse_lines

Value = Callable[[Json], Any]
Agrees = Callable[[Any, Any], bool]
_NO_FIELDS = {"why", "source", "filename", "accept"}


@dataclass(frozen=True, slots=True)
class Verdict:
    field: str
    right: bool
    wanted: object
    got: object


def judge(document: Json, expected: Json) -> Iterator[Verdict]:
    """One verdict a field asked. A refusal that was not asked for makes every field wrong."""
    refused = "error" in document and "error" not in expected
    accept = expected.get("accept", {})
    for name, wanted, value_of, agrees in _asked(expected):
        got = document["error"] if refused else value_of(document)
        right = not refused and any(agrees(got, answer) for answer in [wanted, *accept.get(name, [])])
        yield Verdict(name, right, wanted, got)


def _asked(expected: Json) -> Iterator[tuple[str, Any, Value, Agrees]]:
    """Each field that is asked: its name, what is wanted, where to find it, and how to compare."""
    for name, wanted in expected.items():
        if name == "tags":
            yield from ((f"tags.{tag}", text, partial(_tag, tag=tag), eq) for tag, text in wanted.items())
            yield name, {*wanted, *_accepted_tags(expected)}, _tag_names, _within
        elif name in _FIELDS:
            yield name, wanted, *_FIELDS[name]
        elif name not in _NO_FIELDS:
            raise KeyError(f"expected.json asks for an unknown field: {name}")


def _accepted_tags(expected: Json) -> Iterator[str]:
    return (name.removeprefix("tags.") for name in expected.get("accept", {}) if name.startswith("tags."))


def _tag(document: Json, tag: str) -> str | None:
    tags: dict[str, str] = document["tags"]
    return tags.get(tag)


def _tag_names(document: Json) -> set[str]:
    return set(document["tags"])


def _within(found: set[str], allowed: set[str]) -> bool:
    return found <= allowed


def _named(name: str) -> tuple[Value, Agrees]:
    return (lambda document: document.get(name)), eq


def _count(kind: str) -> tuple[Value, Agrees]:
    return (lambda document: len(every(document, kind))), eq


def _each(kind: str, key: str) -> tuple[Value, Agrees]:
    return (lambda document: [block[key] for block in every(document, kind)]), eq


def _dressed(kind: str) -> tuple[Value, Agrees]:
    return (lambda document: dressed(document, kind)), _has_all


def _same_notes(notes: list[str], wanted: list[str] | None) -> bool:
    return notes == (wanted or [])


def _has_all(whole: str | list[str], texts: list[str]) -> bool:
    return all(text in whole for text in texts)


def _has_none(whole: str, texts: list[str]) -> bool:
    return not any(text in whole for text in texts)


def _has_runs(lines: list[str], runs: list[list[str]]) -> bool:
    whole = "\n".join(("", *lines, ""))
    return all("\n".join(("", *run, "")) in whole for run in runs)


_FIELDS: dict[str, tuple[Value, Agrees]] = {
    "series": _named("series"),
    "part": _named("part"),
    "number": _named("number"),
    "total": _named("total"),
    "kind": _named("kind"),
    "title": _named("title"),
    "summary": _named("summary"),
    "disclaimer": _named("disclaimer"),
    "closing": _named("closing"),
    "error": _named("error"),
    "notes_before": (lambda document: document["notes_before"], _same_notes),
    "notes_after": (lambda document: document["notes_after"], _same_notes),
    "paragraphs": _count("paragraph"),
    "scene_breaks": _count("scene_break"),
    "quotes": _count("quote"),
    "lists": _count("list"),
    "headings": _each("heading", "text"),
    "images": _each("image", "source"),
    "links": (links, eq),
    "verse_lines": (lambda document: len(verse_lines(document)), eq),
    "lines_kept": (kept_lines, _has_runs),
    "footnotes": (lambda document: len(document["footnotes"]), eq),
    "footnote_texts": (lambda document: [note["text"] for note in document["footnotes"]], eq),
    "words": (lambda document: len(body_of(document).split()), eq),
    "first_words": (body_of, str.startswith),
    "last_words": (body_of, str.endswith),
    "body_has": (body_of, _has_all),
    "body_lacks": (body_of, _has_none),
    "emphasis": _dressed("emphasis"),
    "strong": _dressed("strong"),
    "small_caps": _dressed("small_caps"),
    "foreign": _dressed("foreign"),
    "has_quote": (lambda document: bool(every(document, "quote")), eq),
    "warned": (lambda document: bool(document["warnings"]), eq),
}
