"""When a chapter goes out, or what it waits for: a sentence for its author."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from cliffhanger.catalogue import Shelf
from cliffhanger.clock import as_datetime
from cliffhanger.links import sign
from cliffhanger.publishing import chapters
from cliffhanger.publishing.chapters import ChapterRecord, Held, Stage
from cliffhanger.publishing.desk import Desk
from cliffhanger.publishing.identity import clash
from cliffhanger.publishing.plan import missing_before, plan
from cliffhanger.series import Series, Status, Weekly

RELEASE_IDENTIFIER = "0" * 16
"""Stands in a release link where another link has its reader."""

NOTICE = "It holds notes and no story, so nobody gets it unless you let it go as a notice."


def goes_out(desk: Desk, shelf: Shelf, record: ChapterRecord) -> str:
    """When this chapter will be released, in the series' own zone, or what it waits for."""
    slug = shelf.series.slug
    if waits := waits_for(desk, slug, record):
        return waits
    if shelf.series.status is Status.HIATUS:
        return "It waits until the status in series.yaml is no longer “hiatus”."
    planned = plan(chapters.every_chapter(desk.table, slug), shelf.series.rule, last_slot=shelf.last_slot)
    due = next((due for chapter, due in planned if chapter.id == record.id), None)
    if record.stage is Stage.PLANNED and due is None:
        return "It waits until the chapter before it goes out."
    return f"It goes out on {_moment(due, shelf.series)}." if due else "It is going out now."


def waits_for(desk: Desk, slug: str, record: ChapterRecord) -> str | None:
    """Why a chapter waits for the author's word, by the link that stands beside; None if it does not."""
    every = list(chapters.every_chapter(desk.table, slug))
    if record.stage is Stage.PLANNED and (number := missing_before(record, every)) is not None:
        return (
            f"It waits for chapter {number}, which is not here yet: drop that one too, or let this one go "
            "if the story goes on here all the same."
        )
    if record.stage is not Stage.HELD:
        return None
    if record.held is Held.NOTICE:
        return (
            "It holds notes and no story, so it goes to nobody. If readers are to get it as a notice, let it go here:"
        )
    if record.held is Held.DOUBLE:
        item = {"kind": record.kind, "part": record.part, "number": record.number}
        other = clash(desk.table, slug, record.id, {name: value for name, value in item.items() if value is not None})
        return (
            f"Another file, {other}, stands at the same place in the story, so this one waits. To replace that "
            "chapter, drop the text under that name; or mend the number; or let both go out."
        )
    return "It waits with others for your word."


def release_url(desk: Desk, slug: str) -> str:
    return f"{desk.settings.base_url}/release/{slug}/{sign('release', slug, RELEASE_IDENTIFIER, desk.keys)}"


def _moment(milliseconds: int, series: Series) -> str:
    zone = series.rule.zone if isinstance(series.rule, Weekly) else "UTC"
    moment = as_datetime(milliseconds).astimezone(ZoneInfo(zone))
    return f"{moment:%A}, {moment.day} {moment:%B %Y} at {moment:%H:%M} ({zone})"
