"""The writes that bring a chapter from one stage to the next before it is out (the release has its own)."""

from __future__ import annotations

from contextlib import suppress

from cliffhanger import keys, positions
from cliffhanger.errors import ConditionFailed
from cliffhanger.manuscripts.model import Kind
from cliffhanger.ports import Item, OneOf, Table, When
from cliffhanger.publishing import archive, chapters, identity
from cliffhanger.publishing.chapters import ChapterRecord, Held, Stage
from cliffhanger.publishing.desk import Desk

NOT_OUT = OneOf((Stage.PLANNED.value, Stage.HELD.value, Stage.WITHDRAWN.value))
OPTIONAL = ("number", "part", "portion")


def write(desk: Desk, slug: str, chapter_id: str, made: Item) -> ChapterRecord:
    """Write what was made; a chapter that is not out is planned anew, with a new grace, or held.

    A release that happens meanwhile takes over what stands here, or leaves the stage for us to see: either way
    its position ends up with the newest issue.
    """
    key, now = keys.chapter(slug, chapter_id), desk.clock()
    found = chapters.find(desk.table, slug, chapter_id)
    asked = found or _whole(desk.table, slug, made)
    held = _reason_to_hold(desk.table, slug, chapter_id, made, asked)
    stage: Item = {"stage": Stage.HELD.value, "held": held.value} if held else {"stage": Stage.PLANNED.value}
    stage["ready_at"] = now + desk.settings.grace
    begun: Item = {} if found else {**stage, "let_go": asked is not None and asked.let_go, "dropped_at": now}
    gone = tuple(name for name in OPTIONAL if name not in made)
    record = ChapterRecord.from_item(desk.table.update(key, set={**made, **begun}, remove=gone))
    if not found or record.stage is Stage.RELEASED:
        return record
    try:
        item = desk.table.update(key, set=stage, remove=() if held else ("held",), when={"stage": NOT_OUT})
    except ConditionFailed:
        item = desk.table.get(key) or {}
    return ChapterRecord.from_item(item)


def is_correction(table: Table, slug: str, record: ChapterRecord) -> bool:
    """Whether a chapter that is out says something else than its position shows."""
    assert record.position
    position = positions.find(table, slug, record.position)
    return position is not None and position.source != record.issue


def is_recalled(table: Table, slug: str, record: ChapterRecord) -> bool:
    """Whether the author took back a chapter that is out."""
    assert record.position
    position = positions.find(table, slug, record.position)
    return position is not None and position.withdrawn


def correct(desk: Desk, slug: str, record: ChapterRecord) -> None:
    """The web and later readers get the new text; who had the old one gets no second mail.

    A chapter that was taken back is shown again; who passed it by meanwhile does not get it.
    """
    assert record.position
    archive.add(desk, slug, positions={record.position})
    shown = {name: getattr(record, name) for name in ("issue", "sheet", "label", "title")}
    before = positions.find(desk.table, slug, record.position)
    if before and before.sheet != record.sheet:
        shown["corrected_at"] = desk.clock()
    desk.table.update(keys.position(slug, record.position), set={**shown, "source": record.issue, "withdrawn": False})


def plan_again(desk: Desk, slug: str, record: ChapterRecord) -> ChapterRecord:
    """A chapter that is out goes to everybody once more; its new position will take the place of the old one."""
    assert record.position
    again = {
        "stage": Stage.PLANNED.value,
        "replaces": record.position,
        "ready_at": desk.clock() + desk.settings.grace,
        "let_go": True,
    }
    when: When = {"stage": Stage.RELEASED.value, "position": record.position}
    return ChapterRecord.from_item(desk.table.update(keys.chapter(slug, record.id), set=again, when=when))


def recall(desk: Desk, slug: str, chapter_id: str) -> int:
    """Take back a chapter that is out: nobody sees it any more who has not had it yet. Returns when that was (ms)."""
    record = chapters.find(desk.table, slug, chapter_id)
    assert record
    assert record.position
    archive.add(desk, slug, positions={record.position})
    key, change = keys.position(slug, record.position), {"withdrawn": True, "recalled": desk.clock()}
    with suppress(ConditionFailed):  # done already
        desk.table.update(key, set=change, when={"withdrawn": False})
    return int((desk.table.get(key) or {}).get("recalled", 0))


def withdraw(table: Table, slug: str, chapter_id: str) -> bool:
    """False if the chapter is out; one that was to be sent again is then out as it was."""
    found = chapters.find(table, slug, chapter_id)
    stage = Stage.RELEASED if found and found.replaces else Stage.WITHDRAWN
    try:
        table.update(
            keys.chapter(slug, chapter_id), set={"stage": stage.value}, remove=("replaces",), when={"stage": NOT_OUT}
        )
    except ConditionFailed:
        return False
    return stage is Stage.WITHDRAWN


def _whole(table: Table, slug: str, made: Item) -> ChapterRecord | None:
    """The chapter that this is a new part of: what its author said of it is said of this part too."""
    return chapters.find(table, slug, made["portion"]["whole"]) if "portion" in made else None


def _reason_to_hold(table: Table, slug: str, chapter_id: str, made: Item, found: ChapterRecord | None) -> Held | None:
    if found and found.let_go:
        return None
    if made["kind"] == Kind.NOTICE:
        return Held.NOTICE
    if identity.clash(table, slug, chapter_id, made):
        return Held.DOUBLE
    return Held.MANY if found and found.held is Held.MANY else None
