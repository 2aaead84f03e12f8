"""A chapter file came, came again changed, or went."""

from __future__ import annotations

import hashlib

from cliffhanger import catalogue, keys
from cliffhanger.catalogue import Shelf
from cliffhanger.errors import ConditionFailed, Refusal
from cliffhanger.manuscripts.model import Chapter, Kind
from cliffhanger.manuscripts.read import read
from cliffhanger.ports import Item, Object, OneOf
from cliffhanger.publishing import answers, chapters, making
from cliffhanger.publishing.chapters import ChapterRecord, Stage
from cliffhanger.publishing.desk import Desk
from cliffhanger.publishing.settings_file import default_series
from cliffhanger.series import Series

NOT_OUT = OneOf((Stage.PLANNED.value, Stage.HELD.value, Stage.WITHDRAWN.value))
GONE = ""
"""The hash of a file that was taken away."""


def take(desk: Desk, slug: str, name: str, found: Object, *, again: bool = False) -> None:
    """Read a file and plan its chapter. `again` makes it anew though the file is the same.

    Steps, each safe to repeat: the series, the issue and its page, the chapter, the word, and last the note on the
    file, which says that all this was done for its hash.
    """
    record = desk.table.get(keys.file(slug, name)) or {}
    digest = hashlib.sha256(found.data).hexdigest()
    if record.get("hash") == digest and not again:
        return
    try:
        chapter = read(name, found.data)
    except Refusal as refusal:
        desk.tally("ManuscriptRefused")
        answers.refused(desk, _known_series(desk, slug), name, found.version, refusal)
    else:
        shelf = _shelf(desk, slug, chapter)
        if chapter.kind is Kind.NOTICE:
            answers.notice(desk, shelf.series, name, found.version)
        else:
            record["chapter"] = _publish(desk, shelf, name, chapter, record.get("chapter"), found.version)
    desk.table.put(keys.file(slug, name), {**record, "hash": digest})


def take_back(desk: Desk, slug: str, name: str) -> None:
    """The file is gone: its chapter is withdrawn if it is not out yet. Steps: the chapter, the word, the note."""
    record = desk.table.get(keys.file(slug, name))
    if not record or record["hash"] == GONE:
        return
    chapter = chapters.find(desk.table, slug, record["chapter"]) if "chapter" in record else None
    if chapter:
        answer = answers.withdrawn if _withdraw(desk, slug, chapter) else answers.too_late
        answer(desk, _known_series(desk, slug), chapter, record["hash"])
    desk.table.put(keys.file(slug, name), {**record, "hash": GONE})


def _publish(desk: Desk, shelf: Shelf, name: str, chapter: Chapter, known_as: str | None, version: str) -> str:
    """Make the issue, write the chapter, answer the author. Returns the chapter's id."""
    slug = shelf.series.slug
    chapter_id, clash = (known_as, None) if known_as else making.new_id(desk.table, slug, name, chapter)
    record = _make(desk, shelf.series, name, chapter, chapter_id)
    if record.stage is Stage.RELEASED:
        _correct(desk, slug, record)
        answers.corrected(desk, shelf.series, record, version)
    else:
        answers.understood(desk, slug, chapter, record, version, clash=clash)
    return chapter_id


def _make(desk: Desk, series: Series, name: str, chapter: Chapter, chapter_id: str) -> ChapterRecord:
    """Make and write a chapter with the settings as they are once it stands.

    `series.yaml` may come meanwhile. Either it finds our chapter and makes it anew, or we find its settings.
    """
    record = _write(desk, series.slug, chapter_id, making.make(desk, series, name, chapter, chapter_id))
    now = _known_series(desk, series.slug)
    return record if now == series else _make(desk, now, name, chapter, chapter_id)


def _write(desk: Desk, slug: str, chapter_id: str, made: Item) -> ChapterRecord:
    """Write what was made; a chapter that is not out is planned anew, with a new grace.

    A release that happens meanwhile takes over what stands here, or leaves the stage for us to see: either way
    its position ends up with the newest issue.
    """
    key, now = keys.chapter(slug, chapter_id), desk.clock()
    found = chapters.find(desk.table, slug, chapter_id)
    fresh: Item = {} if found else {"stage": Stage.PLANNED.value, "let_go": False, "dropped_at": now}
    fresh["ready_at"] = found.ready_at if found else now + desk.settings.grace
    record = ChapterRecord.from_item(desk.table.update(key, set={**made, **fresh}))
    if not found or record.stage is Stage.RELEASED:
        return record
    stage = Stage.HELD if record.stage is Stage.HELD else Stage.PLANNED
    again = {"stage": stage.value, "ready_at": now + desk.settings.grace}
    try:
        return ChapterRecord.from_item(desk.table.update(key, set=again, when={"stage": NOT_OUT}))
    except ConditionFailed:
        return ChapterRecord.from_item(desk.table.get(key) or {})


def _correct(desk: Desk, slug: str, record: ChapterRecord) -> None:
    """The web and later readers get the new text; who had the old one gets no second mail."""
    assert record.position
    shown = {"issue": record.issue, "page": record.page, "label": record.label, "title": record.title}
    desk.table.update(keys.position(slug, record.position), set=shown)


def _withdraw(desk: Desk, slug: str, chapter: ChapterRecord) -> bool:
    """False if the chapter is out."""
    try:
        desk.table.update(keys.chapter(slug, chapter.id), set={"stage": Stage.WITHDRAWN.value}, when={"stage": NOT_OUT})
    except ConditionFailed:
        return False
    return True


def _shelf(desk: Desk, slug: str, chapter: Chapter) -> Shelf:
    """The series, made from its first chapter if there is no `series.yaml` yet."""
    if shelf := catalogue.find(desk.table, slug):
        return shelf
    series = default_series(slug, title=chapter.series, author=chapter.tags.get("author"))
    if not catalogue.save(desk.table, series, from_file=False):
        return _shelf(desk, slug, chapter)
    answers.no_settings(desk, series)
    return Shelf(series)


def _known_series(desk: Desk, slug: str) -> Series:
    shelf = catalogue.find(desk.table, slug)
    return shelf.series if shelf else default_series(slug)
