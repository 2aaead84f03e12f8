"""What `series.yaml` says of how a series looks, and of where else than in the mail it may be read."""

from __future__ import annotations

import re
from typing import Any, TypedDict

from cliffhanger.errors import Refusal
from cliffhanger.publishing import yaml_fields
from cliffhanger.rendering.labels import SUBJECT_FIELDS
from cliffhanger.series import SUBJECT, Feed, LongChapters, Notes

LONGEST_NAME = 200
COLOUR = re.compile(r"#[0-9a-f]{6}")
PICTURE_ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".gif")


class Looks(TypedDict):
    """The settings of Series of the same names."""

    colour: str | None
    cover: str | None
    subject: str
    notes: Notes
    long_chapters: LongChapters
    threaded: bool
    feed: Feed
    indexed: bool
    book_notes: bool


KNOWN = tuple(Looks.__annotations__)


def read(document: dict[str, Any]) -> Looks:
    return {
        "colour": _colour(yaml_fields.text(document, "colour", "", longest=LONGEST_NAME)),
        "cover": _cover(yaml_fields.text(document, "cover", "", longest=LONGEST_NAME)),
        "subject": _subject(yaml_fields.text(document, "subject", SUBJECT, longest=LONGEST_NAME)),
        "notes": yaml_fields.choice(document, "notes", Notes, Notes.AFTER),
        "long_chapters": yaml_fields.choice(document, "long_chapters", LongChapters, LongChapters.SPLIT),
        "threaded": yaml_fields.yes_or_no(document, "threaded"),
        "feed": yaml_fields.choice(document, "feed", Feed, Feed.FULL),
        "indexed": yaml_fields.yes_or_no(document, "indexed", default=True),
        "book_notes": yaml_fields.yes_or_no(document, "book_notes", default=True),
    }


def _colour(text: str) -> str | None:
    if text and not COLOUR.fullmatch(text.lower()):
        raise Refusal(f"series.yaml: “colour: {text}” is no colour; write for example “#86381c”, with the quotes.")
    return text.lower() or None


def _cover(name: str) -> str | None:
    if "/" in name or "\\" in name or (name and not name.lower().endswith(PICTURE_ENDINGS)):
        raise Refusal(f"series.yaml: “cover: {name}” must name a picture beside it, for example cover.jpg.")
    return name or None


def _subject(pattern: str) -> str:
    """Every chapter's subject must tell it from the last one's, so one of its names has to be there."""
    fields = re.findall(r"{([^{}]*)}", pattern)
    known = ", ".join(f"{{{name}}}" for name in SUBJECT_FIELDS)
    if unknown := [name for name in fields if name not in SUBJECT_FIELDS]:
        raise Refusal(f"series.yaml: “subject” has {{{unknown[0]}}}, which we don't know; we know {known}.")
    if re.search(r"[{}]", re.sub(r"{[^{}]*}", "", pattern)):
        raise Refusal(f"series.yaml: “subject” has a brace without its other half; we know {known}.")
    if not set(fields) & {"label", "title", "heading", "number"}:
        raise Refusal("series.yaml: “subject” must name the chapter, by {heading}, {label}, {number} or {title}.")
    return pattern
