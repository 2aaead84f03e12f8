"""What each drop is answered with."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from cliffhanger import catalogue
from cliffhanger.catalogue import Shelf
from cliffhanger.clock import as_datetime
from cliffhanger.errors import Refusal
from cliffhanger.links import sign
from cliffhanger.manuscripts.model import Chapter
from cliffhanger.publishing import chapters, words
from cliffhanger.publishing.chapters import ChapterRecord, Stage
from cliffhanger.publishing.desk import Desk
from cliffhanger.publishing.plan import MOST_AT_ONCE, plan
from cliffhanger.rendering.figures import figures
from cliffhanger.rendering.issue import preview_issue
from cliffhanger.rendering.rules import rule_words
from cliffhanger.series import Series, Status, Weekly

RELEASE_IDENTIFIER = "0" * 16
"""Stands in a release link where another link has its reader."""


def understood(
    desk: Desk, slug: str, chapter: Chapter, record: ChapterRecord, version: str, *, clash: str | None
) -> None:
    shelf = catalogue.find(desk.table, slug)
    assert shelf
    warnings = list(chapter.warnings)
    if clash:
        warnings.append(
            f"Another file, {clash}, stands at the same place in the story. If this one is to replace it, "
            "delete this one and drop it again under that name; otherwise change its number."
        )
    words.to_author(
        desk,
        shelf.series,
        "word-understood",
        about=(record.file, version, record.issue),
        file=record.file,
        shown=preview_issue(
            chapter,
            series=shelf.series,
            series_url=desk.series_url(slug),
            chapter_url=desk.chapter_url(slug, record.id),
            sender=desk.sender(shelf.series),
            environment=desk.templates,
        ),
        figures=figures(chapter),
        warnings=warnings,
        goes_out=goes_out(desk, shelf, record),
    )


def goes_out(desk: Desk, shelf: Shelf, record: ChapterRecord) -> str:
    """A sentence: when this chapter will be released, in the series' own zone."""
    if record.stage is Stage.HELD:
        return "It waits for your word, by the link that we sent you."
    if shelf.series.status is Status.HIATUS:
        return "It waits until the status in series.yaml is no longer “hiatus”."
    waiting = plan(chapters.every_chapter(desk.table, shelf.series.slug), shelf.series.rule, last_slot=shelf.last_slot)
    due = next((due for chapter, due in waiting if chapter.id == record.id), None)
    if due is None:
        return "It is going out now."
    return f"It goes out on {_moment(due, shelf.series)}."


def corrected(desk: Desk, series: Series, record: ChapterRecord, version: str) -> None:
    words.to_author(
        desk,
        series,
        "word-correction",
        about=(record.file, version),
        file=record.file,
        series=series.title,
        heading=record.heading,
        chapter_url=desk.chapter_url(series.slug, record.id),
    )


def withdrawn(desk: Desk, series: Series, record: ChapterRecord, digest: str) -> None:
    words.to_author(
        desk,
        series,
        "word-withdrawn",
        about=(record.file, digest, str(record.ready_at)),
        file=record.file,
        series=series.title,
        heading=record.heading,
    )


def too_late(desk: Desk, series: Series, record: ChapterRecord, digest: str) -> None:
    words.to_author(
        desk,
        series,
        "word-too-late",
        about=(record.file, digest),
        file=record.file,
        series=series.title,
        heading=record.heading,
        chapter_url=desk.chapter_url(series.slug, record.id),
    )


def refused(desk: Desk, series: Series, name: str, version: str, refusal: Refusal) -> None:
    words.to_author(
        desk,
        series,
        "word-refused",
        about=(name, version),
        file=name,
        reason=refusal.message,
        line=refusal.line,
    )


def notice(desk: Desk, series: Series, name: str, version: str) -> None:
    words.to_author(desk, series, "word-notice", about=(name, version), file=name, series=series.title)


def too_many(desk: Desk, series: Series, waiting: tuple[ChapterRecord, ...]) -> None:
    """More chapters than readers want at once: the author decides, by a link."""
    token = sign("release", series.slug, RELEASE_IDENTIFIER, desk.keys)
    words.to_author(
        desk,
        series,
        "word-held",
        about=tuple(f"{chapter.id}@{chapter.ready_at}" for chapter in waiting),
        series=series.title,
        reason=f"More than {MOST_AT_ONCE} chapters would go out at once.",
        chapters=[chapter.heading for chapter in waiting],
        release_url=f"{desk.settings.base_url}/release/{series.slug}/{token}",
    )


def no_settings(desk: Desk, series: Series) -> None:
    words.to_operator(
        desk, series, "operator-note", about=(), folder=series.slug, series=series, rule=rule_words(series.rule)
    )


def _moment(milliseconds: int, series: Series) -> str:
    zone = series.rule.zone if isinstance(series.rule, Weekly) else "UTC"
    moment: datetime = as_datetime(milliseconds).astimezone(ZoneInfo(zone))
    return f"{moment:%A}, {moment.day} {moment:%B %Y} at {moment:%H:%M} ({zone})"
