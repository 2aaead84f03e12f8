"""A chapter as parsed → its issue and its sheet, laid down in Content under names that hold their hash."""

from __future__ import annotations

import hashlib
import re

from cliffhanger.manuscripts.english import ENGLISH
from cliffhanger.manuscripts.model import Chapter
from cliffhanger.manuscripts.numbers import number
from cliffhanger.ports import Item
from cliffhanger.publishing.desk import Desk
from cliffhanger.rendering.issue import Whole, render_issue
from cliffhanger.rendering.labels import chapter_label, one_line
from cliffhanger.rendering.sheet import render_sheet
from cliffhanger.series import Series


def make(
    desk: Desk, series: Series, name: str, chapter: Chapter, chapter_id: str, *, whole: Whole | None = None
) -> Item:
    """Render and store; returns the attributes of the chapter that follow from its text. `whole`: see render_issue."""
    issue = render_issue(
        chapter,
        series=series,
        series_url=desk.series_url(series.slug),
        chapter_url=desk.chapter_url(series.slug, chapter_id),
        sender=desk.sender(series),
        environment=desk.templates,
        whole=whole,
    )
    sheet = render_sheet(chapter, series=series, card=whole.card if whole else None)
    return {
        "file": name,
        "kind": chapter.kind.value,
        "label": chapter_label(chapter, language=series.language),
        "title": one_line(chapter.title or ""),
        "issue": _lay_down(desk, f"issues/{series.slug}/{chapter_id}", "json", issue.to_json()),
        "sheet": _lay_down(desk, f"sheets/{series.slug}/{chapter_id}", "json", sheet.to_json()),
        **_numbers(chapter),
    }


def _numbers(chapter: Chapter) -> Item:
    found: Item = {}
    if chapter.number is not None:
        found["number"] = round(chapter.number * 1000)
    if chapter.part and (part := _part_number(chapter.part)) is not None:
        found["part"] = part
    return found


def _part_number(part: str) -> int | None:
    """The 2 of "Part Two: The Marsh"."""
    told = (number(word, ENGLISH) for word in re.findall(r"[^\W_]+", part))
    return next((int(value) for value in told if value is not None), None)


def _lay_down(desk: Desk, stem: str, suffix: str, data: bytes) -> str:
    key = f"{stem}-{hashlib.sha256(data).hexdigest()[:16]}.{suffix}"
    desk.content.put(key, data)
    return key
