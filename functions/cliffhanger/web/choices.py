"""What a reader does on his page (mine.py): each button is a POST, answered by a redirect back with a short notice.

So a reload repeats nothing. The notice stands in the address of the page, for we set no cookie.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from cliffhanger import keys, positions
from cliffhanger.clock import HOUR, as_milliseconds
from cliffhanger.delivery.parcels import due_hint
from cliffhanger.errors import Refusal
from cliffhanger.keys import shard_of
from cliffhanger.links import verify
from cliffhanger.pace import MORNING
from cliffhanger.readers import life, limits
from cliffhanger.web import mine, once, paces
from cliffhanger.web.mine import COMES_BACK, SEALED_FOR, Notice
from cliffhanger.web.network import may_click
from cliffhanger.web.once import Once
from cliffhanger.web.page import Page, Site

FORM_LIFE = 2 * HOUR


@dataclass(frozen=True, slots=True)
class Wish:
    """What was pressed, for one story ("" if it concerns all), by a reader who is known by his link."""

    site: Site
    reader: str
    series: str
    form: Mapping[str, str]
    now: int


def act(site: Site, token: str, form: Mapping[str, str], network: str) -> Page:
    """`form` has `do`, a key of ACTS, `series`, and the seal `form`. `network` is the visitor's address on the net."""
    reader = verify("preferences", "", token, site.keys)
    if not reader or not site.table.get(keys.profile(reader)):
        return site.link_invalid()
    wish = Wish(site, reader, form.get("series", ""), form, site.clock())
    return _back_to_the_page(wish, _decide(wish, network))


def _decide(wish: Wish, network: str) -> Notice:
    site, do = wish.site, wish.form.get("do", "")
    made = site.age(wish.form.get("form", ""), SEALED_FOR, do, wish.series, wish.reader)
    if do not in ACTS or made is None or made > FORM_LIFE:
        return Notice.STALE
    if not may_click(site, wish.reader, network):
        return Notice.OFTEN
    try:
        return ACTS[do](wish)
    except Refusal:
        return Notice.WRONG


def _back_to_the_page(wish: Wish, said: Notice) -> Page:
    """303: the browser GETs it (RFC 9110, 15.4.4)."""
    asked = {"said": said.value} | ({"open": wish.series} if wish.series else {})
    return Page(303, "", headers={"Location": f"{mine.url(wish.site, wish.reader)}?{urlencode(asked)}"})


def _next(wish: Wish) -> Notice:
    if life.is_level(wish.site.table, wish.series, wish.reader):
        return Notice.LEVEL
    return _told(life.next_now(wish.site.table, wish.series, wish.reader, wish.now), Notice.NEXT, wish)


def _set_pace(wish: Wish) -> Notice:
    pace, bundle = paces.parse(wish.form)
    if pace is None:
        return Notice.WRONG
    changed = life.set_pace(
        wish.site.table, wish.series, wish.reader, pace, bundle=bundle, now=wish.now, day=wish.site.settings.day
    )
    return _told(changed, Notice.PACE, wish)


def _pause(wish: Wish) -> Notice:
    """`until` is a day (2026-12-24), in the zone of his pace; "" is until he resumes."""
    day = wish.form.get("until", "")
    until = _morning(wish, day) if day else None
    if until is not None and until <= wish.now:
        return Notice.WRONG
    if until is not None and until > wish.now + life.LONGEST_PAUSE:
        return Notice.FAR
    return _told(life.pause(wish.site.table, wish.series, wish.reader, until=until, now=wish.now), Notice.PAUSED)


def _morning(wish: Wish, day: str) -> int:
    found = life.find(wish.site.table, wish.series, wish.reader)
    zone, at = (found.pace.zone, found.pace.at) if found else ("UTC", MORNING)
    try:
        return as_milliseconds(datetime.combine(datetime.fromisoformat(day).date(), at, ZoneInfo(zone)))
    except (ValueError, OverflowError):
        raise Refusal("That is no day.") from None


def _resume(wish: Wish) -> Notice:
    return _go_on(wish, to_newest=False)


def _newest(wish: Wish) -> Notice:
    return _go_on(wish, to_newest=True)


def _go_on(wish: Wish, *, to_newest: bool) -> Notice:
    day = wish.site.settings.day
    changed = life.resume(wish.site.table, wish.series, wish.reader, to_newest=to_newest, now=wish.now, day=day)
    return _told(changed, Notice.RESUMED, wish)


def _move(wish: Wish) -> Notice:
    """`position` is the next chapter that he wants, as he counts them; one more than there are is the one to come."""
    chapter = wish.form.get("position", "")
    if len(chapter) > 6 or not (chapter.isascii() and chapter.isdigit()):
        return Notice.WRONG
    shelf = wish.site.shelf(wish.series)
    newest = shelf.newest if shelf else 0
    known = [*positions.chapters(wish.site.table, wish.series, newest), newest + 1]
    return _move_to(wish, known[int(chapter) - 1]) if 1 <= int(chapter) <= len(known) else Notice.NOTHING


def _again(wish: Wish) -> Notice:
    return _move_to(wish, 1)


def _move_to(wish: Wish, position: int) -> Notice:
    moved = life.move_to(wish.site.table, wish.series, wish.reader, position, wish.now)
    return _told(moved, Notice.MOVED, wish)


def _leave(wish: Wish) -> Notice:
    return _told(life.leave(wish.site.table, wish.series, wish.reader, now=wish.now), Notice.LEFT)


def _leave_all(wish: Wish) -> Notice:
    return _told(life.leave_all(wish.site.table, wish.reader, wish.now), Notice.LEFT_ALL)


def _come_back(wish: Wish) -> Notice:
    found = life.find(wish.site.table, wish.series, wish.reader)
    if not found or wish.now - (found.left_at or 0) > COMES_BACK:
        return Notice.NOTHING
    day = wish.site.settings.day
    return _told(life.undo_leave(wish.site.table, wish.series, wish.reader, wish.now, day=day), Notice.BACK, wish)


def _mail_link(kind: Once) -> Callable[[Wish], Notice]:
    def mail(wish: Wish) -> Notice:
        table = wish.site.table
        profile, places = table.get(keys.profile(wish.reader)), life.places(table, wish.reader)
        shelf = mine.choose(places, wish.series)
        if not profile or not shelf:
            return Notice.NOTHING
        if not limits.allow(table, f"links#{wish.reader}", limits.PER_READER_LINKS, wish.now):
            return Notice.OFTEN
        once.mail_link(
            wish.site,
            kind,
            reader=wish.reader,
            address=profile["address"],
            shelf=shelf,
            sealed=wish.form["form"],
        )
        return Notice.MAILED

    return mail


def _told(changed: bool, notice: Notice, wish: Wish | None = None) -> Notice:
    """With a `wish`, somebody is sent to see whether a letter is due now."""
    if changed and wish:
        wish.site.hints.issues([due_hint(wish.series, shard_of(wish.reader))])
    return notice if changed else Notice.NOTHING


ACTS: Mapping[str, Callable[[Wish], Notice]] = {
    "next": _next,
    "pace": _set_pace,
    "pause": _pause,
    "pause_until": _pause,
    "resume": _resume,
    "newest": _newest,
    "move": _move,
    "again": _again,
    "leave": _leave,
    "leave_all": _leave_all,
    "back": _come_back,
    **{kind.value: _mail_link(kind) for kind in (Once.CHANGE, Once.DOWNLOAD, Once.ERASE)},
}
