"""A chapter as parsed → its issue and its page, laid down in Content under names that hold their hash."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from itertools import count

from cliffhanger.manuscripts.model import Chapter, Kind
from cliffhanger.ports import Item, Table
from cliffhanger.publishing import chapters
from cliffhanger.publishing.chapters import Stage
from cliffhanger.publishing.desk import Desk
from cliffhanger.rendering.issue import render_issue
from cliffhanger.rendering.labels import chapter_label, one_line
from cliffhanger.rendering.pages import render_chapter_page
from cliffhanger.series import Series

LONGEST_ID = 60


def make(desk: Desk, series: Series, name: str, chapter: Chapter, chapter_id: str) -> Item:
    """Render and store; returns the attributes of the chapter that follow from its text."""
    series_url = desk.series_url(series.slug)
    issue = render_issue(
        chapter,
        series=series,
        series_url=series_url,
        chapter_url=desk.chapter_url(series.slug, chapter_id),
        sender=desk.sender(series),
        environment=desk.templates,
    )
    page = render_chapter_page(chapter, series=series, series_url=series_url, environment=desk.templates)
    number = {} if chapter.number is None else {"number": round(chapter.number * 1000)}
    return {
        "file": name,
        "kind": chapter.kind.value,
        "label": chapter_label(chapter, language=series.language),
        "title": one_line(chapter.title or ""),
        "issue": _lay_down(desk, f"issues/{series.slug}/{chapter_id}", "json", issue.to_json()),
        "page": _lay_down(desk, f"pages/{series.slug}/{chapter_id}", "html", page.encode()),
        **number,
    }


def new_id(table: Table, slug: str, name: str, chapter: Chapter) -> tuple[str, str | None]:
    """An id for a new chapter, good in a URL, and the file that holds the same place in the story, if one does."""
    wanted = _wanted_id(name, chapter)
    first = chapters.find(table, slug, wanted)
    if first is None or first.stage is Stage.WITHDRAWN or first.file == name:
        return wanted, None
    free = (f"{wanted}-{n}" for n in count(2))
    return next(candidate for candidate in free if not chapters.find(table, slug, candidate)), first.file


def _wanted_id(name: str, chapter: Chapter) -> str:
    if chapter.kind is Kind.CHAPTER and chapter.number is not None:
        return f"chapter-{chapter.number:g}".replace(".", "-")
    words = chapter.title if chapter.kind is not Kind.CHAPTER and chapter.title else name.rpartition(".")[0] or name
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_ID].strip("-")
    prefix = "" if chapter.kind is Kind.CHAPTER else f"{chapter.kind.value}-"
    return f"{prefix}{slug}".strip("-") or "chapter"


def _lay_down(desk: Desk, stem: str, suffix: str, data: bytes) -> str:
    key = f"{stem}-{hashlib.sha256(data).hexdigest()[:16]}.{suffix}"
    desk.content.put(key, data)
    return key
