"""Issues bound into their series (rendering/binding.py): at the release, and anew where a neighbour comes or goes, for
whoever reads them later.

A position's `source` is the issue as it was made, `issue` the bound one, which is sent.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import suppress

from cliffhanger import keys, positions
from cliffhanger.errors import ConditionFailed
from cliffhanger.mailbody import MailBody
from cliffhanger.positions import Position
from cliffhanger.publishing import chapters
from cliffhanger.publishing.chapters import Stage
from cliffhanger.publishing.desk import Desk
from cliffhanger.publishing.story import Story
from cliffhanger.rendering.binding import Neighbour, bind
from cliffhanger.rendering.sheet import Sheet
from cliffhanger.series import Status

NO_CHAPTERS = (positions.CLOSING, positions.NOTICE)
WAITING = (Stage.PLANNED, Stage.HELD)


def bind_issues(desk: Desk, story: Story, numbers: Iterable[int]) -> None:
    """Those of the chapters that stand at these positions, as far as they are shown, and those that tell of them."""
    shown = {story.shown(story.ids.get(number, "")) for number in numbers}
    found = {position for position in shown if position}
    found |= {after for position in found if (after := story.after_parts(position))}
    total = _total(desk, story) if found else None
    for position in sorted(found, key=lambda position: position.number):
        _bind(desk, story, position, total)


def _bind(desk: Desk, story: Story, position: Position, total: int | None) -> None:
    slug = story.series.slug
    if not (source := desk.content.get(position.source)):
        return
    first = next(iter(story.chapters), None)
    before, after = (None, None) if position.passes else story.neighbours(position.chapter)
    body = bind(
        MailBody.from_json(source),
        previous=_previous(desk, story, position, before) if before else None,
        next=Neighbour(desk.chapter_url(slug, after.chapter)) if after else None,
        first=Neighbour(desk.chapter_url(slug, first.chapter)) if first and first not in (position, before) else None,
        total=None if position.passes else total,
    )
    data = body.to_json()
    key = f"issues/{slug}/{position.chapter}-bound-{hashlib.sha256(data).hexdigest()[:16]}.json"
    if key == position.issue:
        return
    desk.content.put(key, data)
    with suppress(ConditionFailed):  # corrected this moment: whoever did that binds it
        when = {"source": position.source}
        desk.table.update(keys.position(slug, position.number), set={"issue": key}, when=when)


def _previous(desk: Desk, story: Story, position: Position, before: Position) -> Neighbour:
    """Its summary would tell who reads the second part of a chapter what he has just read."""
    told = None if position.place > 1 else _beginning(desk, story, before)
    data = desk.content.get(told.sheet) if told else None
    url = desk.chapter_url(story.series.slug, before.chapter)
    return Neighbour(url, Sheet.from_json(data).summary if data else "")


def _beginning(desk: Desk, story: Story, part: Position) -> Position | None:
    """The first part of a chapter is the one that has its summary."""
    if part.place == 1:
        return part
    record = chapters.find(desk.table, story.series.slug, part.chapter)
    return story.shown(record.whole) if record else None


def _total(desk: Desk, story: Story) -> int | None:
    """How many chapters a complete series has, those that wait for their day too; a chapter in parts is one."""
    if story.series.status is not Status.COMPLETE:
        return None
    every = chapters.every_chapter(desk.table, story.series.slug)
    waiting = (one for one in every if one.stage in WAITING and one.kind not in NO_CHAPTERS and not one.replaces)
    return sum(one.place == 1 for one in story.chapters) + sum(one.place == 1 for one in waiting)
