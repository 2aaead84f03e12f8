"""What each drop is answered with."""

from __future__ import annotations

from collections.abc import Sequence

from cliffhanger import catalogue
from cliffhanger.errors import Refusal
from cliffhanger.manuscripts.model import Chapter
from cliffhanger.publishing import words
from cliffhanger.publishing.chapters import ChapterRecord
from cliffhanger.publishing.desk import Desk
from cliffhanger.publishing.length import length, part_ends
from cliffhanger.publishing.outlook import goes_out, release_url, waits_for
from cliffhanger.publishing.plan import MOST_AT_ONCE
from cliffhanger.rendering.figures import figures
from cliffhanger.rendering.issue import preview_issue
from cliffhanger.rendering.parting import Parted
from cliffhanger.rendering.rules import rule_words
from cliffhanger.series import Series


def understood(
    desk: Desk, slug: str, chapter: Chapter, planned: Sequence[ChapterRecord], parted: Parted, version: str
) -> None:
    """`planned` are the parts that are still to go out, mostly one: the whole chapter."""
    shelf = catalogue.find(desk.table, slug)
    assert shelf
    record = planned[0]
    words.to_author(
        desk,
        shelf.series,
        "word-understood",
        about=(record.id, version, record.issue, record.stage.value),
        file=record.file,
        shown=preview_issue(
            parted.parts[record.place - 1],
            series=shelf.series,
            series_url=desk.series_url(slug),
            chapter_url=desk.chapter_url(slug, record.id),
            sender=desk.sender(shelf.series),
            environment=desk.templates,
        ),
        figures=figures(chapter),
        warnings=list(chapter.warnings),
        length=length(parted, shelf.series),
        parts=part_ends(parted),
        first=record.place,
        goes_out=goes_out(desk, shelf, record),
        release_url=release_url(desk, slug) if waits_for(desk, slug, record) else None,
    )


def corrected(desk: Desk, series: Series, record: ChapterRecord, version: str, warnings: Sequence[str]) -> None:
    words.to_author(
        desk,
        series,
        "word-correction",
        about=(record.file, version),
        file=record.file,
        series=series.title,
        heading=record.heading,
        chapter_url=desk.chapter_url(series.slug, record.id),
        warnings=list(warnings),
    )


def withdrawn(desk: Desk, series: Series, parts: Sequence[ChapterRecord], digest: str) -> None:
    words.to_author(
        desk,
        series,
        "word-withdrawn",
        about=(parts[0].file, digest, str(parts[0].ready_at)),
        file=parts[0].file,
        series=series.title,
        heading=_all_parts(parts),
    )


def recalled(desk: Desk, series: Series, parts: Sequence[ChapterRecord], when: int) -> None:
    """What is out of a chapter was taken back at that time (ms)."""
    words.to_author(
        desk,
        series,
        "word-recalled",
        about=(parts[0].file, str(parts[0].position), str(when)),
        file=parts[0].file,
        series=series.title,
        heading=_all_parts(parts),
    )


def _all_parts(parts: Sequence[ChapterRecord]) -> str:
    heading = parts[0].heading
    return heading if len(parts) == 1 else f"{heading} (with {len(parts) - 1} more)"


def shown_again(desk: Desk, series: Series, record: ChapterRecord, version: str, warnings: Sequence[str]) -> None:
    words.to_author(
        desk,
        series,
        "word-shown-again",
        about=(record.file, version),
        file=record.file,
        series=series.title,
        heading=record.heading,
        chapter_url=desk.chapter_url(series.slug, record.id),
        warnings=list(warnings),
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


def too_many(desk: Desk, series: Series, waiting: list[ChapterRecord]) -> None:
    """More chapters than readers want at once: the author decides, by a link."""
    words.to_author(
        desk,
        series,
        "word-held",
        about=tuple(f"{chapter.id}@{chapter.ready_at}" for chapter in waiting),
        series=series.title,
        reason=f"More than {MOST_AT_ONCE} chapters would go out at once.",
        chapters=[chapter.heading for chapter in waiting],
        release_url=release_url(desk, series.slug),
    )


def no_settings(desk: Desk, series: Series) -> None:
    words.to_operator(
        desk, series, "operator-note", about=(), folder=series.slug, series=series, rule=rule_words(series.rule)
    )
