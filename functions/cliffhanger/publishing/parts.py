"""A chapter, in as many parts as it needs mails, made and written.

What is out of a chapter is in readers' hands: it stays in as many parts, each ending where it did, whatever its author
changes in it or in `series.yaml`. Where a part then holds more than a mail does, the mail leads to its page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cliffhanger.manuscripts.model import Chapter
from cliffhanger.publishing import chapters, identity, making, writing
from cliffhanger.publishing.chapters import ChapterRecord, Portion, Stage
from cliffhanger.publishing.desk import Desk
from cliffhanger.rendering.keeping import Mark
from cliffhanger.rendering.parting import Parted, part
from cliffhanger.series import LongChapters, Series


@dataclass(frozen=True, slots=True)
class Written:
    """The records of the parts in their order, and what became of those of an earlier split that are no more."""

    parted: Parted
    records: tuple[ChapterRecord, ...]
    gone: tuple[ChapterRecord, ...]


def write(desk: Desk, series: Series, name: str, chapter: Chapter, chapter_id: str) -> Written:
    """The last part is written first: while the first is not there, none goes out, nor what comes after them.

    A first part may go out while the others are written: then all of it is made again as it was split before.
    """
    before = chapters.parts_of(desk.table, series.slug, chapter_id)
    kept = _kept(before)
    written = _write(desk, series, name, chapter, chapter_id, before, kept)
    if kept is None and before and any(record.position for record in written.records):
        return _write(desk, series, name, chapter, chapter_id, before, _marks(before))
    return written


def _kept(before: Sequence[ChapterRecord]) -> list[Mark] | None:
    """Where a chapter ends its parts that is out, or begun to be; None where nobody has read of it."""
    return _marks(before) if any(record.position for record in before) else None


def _marks(before: Sequence[ChapterRecord]) -> list[Mark]:
    """Those of the split that the first part belongs to; an earlier one may have left further parts behind."""
    first = before[0].portion
    total = first.total if first else 1
    return [record.portion.mark for record in before[: total - 1] if record.portion and record.portion.mark]


def _write(
    desk: Desk,
    series: Series,
    name: str,
    chapter: Chapter,
    chapter_id: str,
    before: Sequence[ChapterRecord],
    kept: Sequence[Mark] | None,
) -> Written:
    slug = series.slug
    parted = part(
        chapter,
        series=series,
        series_url=desk.series_url(slug),
        chapter_url=desk.chapter_url(slug, chapter_id),
        sender=desk.sender(series),
        environment=desk.templates,
        kept=kept,
    )
    records: list[ChapterRecord] = []
    for number, one in reversed(list(enumerate(parted.parts, start=1))):
        part_id = chapter_id if number == 1 else identity.part_id(desk.table, slug, chapter_id, number)
        made = making.make(desk, series, name, one, part_id, whole=parted.issue)
        if one.portion:
            portion = _portion(desk, series, chapter_id, one.portion, parted)
            made["portion"] = portion.to_item()
        records.insert(0, writing.write(desk, slug, part_id, made))
    ids = {record.id for record in records}
    gone = tuple(record for record in before if record.id not in ids and record.stage is not Stage.WITHDRAWN)
    return Written(parted, tuple(records), gone)


def _portion(desk: Desk, series: Series, whole: str, which: tuple[int, int], parted: Parted) -> Portion:
    number, total = which
    daily = series.long_chapters is LongChapters.SPLIT_DAILY
    mark = parted.marks[number - 1] if number < total else None
    return Portion(whole, number, total, desk.settings.day if daily else 0, mark)
