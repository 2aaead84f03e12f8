"""How fast a reader comes on, and when his next letter is due: a value, and arithmetic with a calendar."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from itertools import count
from typing import assert_never
from zoneinfo import ZoneInfo, available_timezones

from cliffhanger.clock import DAY, HOUR, as_datetime, as_milliseconds
from cliffhanger.errors import Refusal
from cliffhanger.ports import Item

NIGHT = 6 * HOUR
"""A chapter in the evening and the next one at breakfast are a day apart for a reader; anything closer is not."""

LONGEST = 365
EVERY_WEEKDAY = frozenset(range(7))
MORNING = time(7)
THURSDAY = 3
"""The weekday of 1970-01-01."""


class Kind(StrEnum):
    LIVE = "live"
    """At once."""
    DAYS = "days"
    WEEKDAYS = "weekdays"
    ASKED = "asked"
    """Only when the reader asks for the next."""


@dataclass(frozen=True, slots=True)
class Pace:
    """`every` counts days, for DAYS; `weekdays` is for WEEKDAYS, Monday is 0, as for `date.weekday()`.

    Both have slots at the local time `at` in `zone`, an IANA name.
    """

    kind: Kind
    every: int = 1
    weekdays: frozenset[int] = EVERY_WEEKDAY
    at: time = MORNING
    zone: str = "UTC"

    def to_item(self) -> Item:
        """{kind, every, weekdays, at, zone}, without what the kind has no use for."""
        slot = {"at": f"{self.at:%H:%M}", "zone": self.zone}
        match self.kind:
            case Kind.LIVE | Kind.ASKED:
                return {"kind": self.kind.value}
            case Kind.DAYS:
                return {"kind": self.kind.value, "every": self.every} | slot
            case Kind.WEEKDAYS:
                return {"kind": self.kind.value, "weekdays": sorted(self.weekdays)} | slot
            case _:
                assert_never(self.kind)

    @classmethod
    def from_item(cls, item: Item) -> Pace:
        return cls(
            kind=Kind(item["kind"]),
            every=item.get("every", 1),
            weekdays=frozenset(item.get("weekdays", EVERY_WEEKDAY)),
            at=time.fromisoformat(item["at"]) if "at" in item else MORNING,
            zone=item.get("zone", "UTC"),
        )


LIVE = Pace(Kind.LIVE)
ASKED = Pace(Kind.ASKED)


def catching_up(pace: Pace, now: int) -> Pace:
    """The pace of a reader who was live and has chapters before him: one a day, at the hour at which he began (ms)."""
    return Pace(Kind.DAYS, at=as_datetime(now).time().replace(second=0, microsecond=0)) if pace == LIVE else pace


def every_days(every: str, *, at: str, zone: str) -> Pace:
    """From the words of a form or an import; `at` is 07:00, or 7:00. Refusal where they make no pace."""
    if not re.fullmatch("[0-9]{1,3}", every) or not 1 <= int(every) <= LONGEST:
        raise Refusal(f"The days from one chapter to the next must be a number from 1 to {LONGEST}.")
    return Pace(Kind.DAYS, every=int(every), at=_time_of_day(at), zone=_zone(zone))


def on_weekdays(weekdays: Iterable[str], *, at: str, zone: str) -> Pace:
    """`weekdays`: "0" (Monday) to "6". Else as `every_days`."""
    days = frozenset(weekdays)
    if not days or not days <= {str(day) for day in EVERY_WEEKDAY}:
        raise Refusal("There must be at least one day of the week, each a number from 0 (Monday) to 6 (Sunday).")
    return Pace(Kind.WEEKDAYS, weekdays=frozenset(map(int, days)), at=_time_of_day(at), zone=_zone(zone))


def next_time(pace: Pace, after: int, *, day: int) -> int | None:
    """When the letter that follows one of the time `after` is due; None: when the reader asks. All in ms.

    LIVE is due at once. The others come in slots, one each local day. A letter counts for the slot before it, but for
    the next one where that is less than a NIGHT away. So with a chapter a day at 07:00, a chapter at 23:50 is followed
    by the next morning's, and one at 06:55 by tomorrow's; and the chapter of 23:50 that comes at 00:05, because SES
    was slow, costs the reader no day. DAYS is so many slots on, WEEKDAYS the next one chosen.

    `day` is the length of a reader's day. Where it is not 24 h (a demo), DAYS counts such days and WEEKDAYS takes
    their beginnings; nobody looks at the hour.
    """
    match pace.kind:
        case Kind.LIVE:
            return after
        case Kind.ASKED:
            return None
        case Kind.DAYS:
            return _days_on(pace, after) if day == DAY else after + pace.every * day
        case Kind.WEEKDAYS:
            return _weekday(pace, after) if day == DAY else _short_weekday(pace, after, day)
        case _:
            assert_never(pace.kind)


def first_time(pace: Pace, after: int | None, now: int, *, day: int) -> int | None:
    """When a reader who comes back gets his first letter: his pace's next slot from `now` on (ms).

    Nor before the letter that follows his last one, of the time `after`. None: when he asks.
    """
    soonest = next_time(replace(pace, every=1), now - NIGHT, day=day)
    if soonest is None or after is None:
        return soonest if soonest is None else max(soonest, now)
    return max(soonest, next_time(pace, after, day=day) or now, now)


def _days_on(pace: Pace, after: int) -> int:
    first, _ = next(_slots_from_a_night_on(pace, after))
    _, slot = next(_slots(pace, first + timedelta(days=pace.every - 1)))
    return slot


def _weekday(pace: Pace, after: int) -> int:
    return next(slot for local, slot in _slots_from_a_night_on(pace, after) if local.weekday() in pace.weekdays)


def _short_weekday(pace: Pace, after: int, day: int) -> int:
    return next(number * day for number in count(after // day + 1) if (number + THURSDAY) % 7 in pace.weekdays)


def _slots_from_a_night_on(pace: Pace, after: int) -> Iterator[tuple[date, int]]:
    today = as_datetime(after).astimezone(ZoneInfo(pace.zone)).date()
    return ((local, slot) for local, slot in _slots(pace, today) if slot >= after + NIGHT)


def _slots(pace: Pace, first: date) -> Iterator[tuple[date, int]]:
    """Each local day from `first` on with its slot (ms). A day that its zone left out (Samoa, 2011) has none."""
    zone = ZoneInfo(pace.zone)
    for number in count():
        local = first + timedelta(days=number)
        if (slot := _moment(datetime.combine(local, pace.at, zone))) is not None:
            yield local, slot


def _moment(wall: datetime) -> int | None:
    """A time on the clock that comes twice is the first of the two; one that is skipped is when the skipping ends."""
    earlier, later = wall, wall.replace(fold=1)  # PEP 495: by the clock before a change, and by the one after it
    skipped = _offset(later) - _offset(earlier)
    if skipped <= timedelta(0):
        return as_milliseconds(earlier)
    if skipped >= timedelta(days=1):
        return None
    seconds = range(int(later.timestamp()), int(earlier.timestamp()) + 1)
    change = bisect_left(seconds, _offset(later), key=lambda s: _offset(datetime.fromtimestamp(s, wall.tzinfo)))
    return seconds[change] * 1000


def _offset(moment: datetime) -> timedelta:
    offset = moment.utcoffset()
    assert offset is not None
    return offset


def _time_of_day(text: str) -> time:
    if not (found := re.fullmatch("([01]?[0-9]|2[0-3]):([0-5][0-9])", text)):
        raise Refusal("The time of day must be like 07:00.")
    return time(int(found[1]), int(found[2]))


def _zone(name: str) -> str:
    if name not in _zones():
        raise Refusal("The time zone must be a name like Europe/Berlin.")
    return name


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
