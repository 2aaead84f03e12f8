"""How a reader stands with a story, in words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from cliffhanger.clock import as_datetime
from cliffhanger.pace import Kind, Pace
from cliffhanger.rendering.strings import Say
from cliffhanger.subscription import State, Subscription


def words(say: Say, chapters: Sequence[int], found: Subscription, now: int) -> list[str]:
    """Sentences: the state, the place; for who catches up also the pace, and when the next chapter comes.

    `chapters` are the positions that count as such.
    """
    read = bisect_right(chapters, found.bookmark)
    place = say("place", position=read, total=len(chapters)) if read else say("place_none")
    catches_up = found.state is State.ACTIVE and not found.is_live
    return list(filter(None, (_state(say, found), place, *(_coming(say, found, now) if catches_up else ()))))


def _state(say: Say, found: Subscription) -> str:
    match found.state:
        case State.ACTIVE:
            return say("state_live") if found.is_live else say("state_catching_up")
        case State.PAUSED if found.paused_until is not None:
            return say("state_paused_until", day=_day(say, found.paused_until, found.pace))
        case State.PAUSED:
            return say("state_paused")
        case State.LEFT:
            return say("state_left")
        case State.SUPPRESSED:
            return say("state_suppressed")


def _coming(say: Say, found: Subscription, now: int) -> tuple[str, str]:
    if found.due_at is None:
        return _pace(say, found.pace), ""
    if found.due_at <= now:
        return _pace(say, found.pace), say("next_soon")
    return _pace(say, found.pace), say("next_due", day=_day(say, found.due_at, found.pace))


def _pace(say: Say, pace: Pace) -> str:
    match pace.kind:
        case Kind.LIVE:
            return ""
        case Kind.ASKED:
            return say("pace_asked")
        case Kind.DAYS:
            often = say("pace_daily") if pace.every == 1 else say("pace_days", days=pace.every)
        case Kind.WEEKDAYS:
            often = say("pace_weekdays", days=", ".join(say(f"weekday_{day}") for day in sorted(pace.weekdays)))
    return say("pace_at", pace=often, time=f"{pace.at:%H:%M}", zone=pace.zone.replace("_", " "))


def _day(say: Say, moment: int, pace: Pace) -> str:
    return say.day(as_datetime(moment).astimezone(ZoneInfo(pace.zone)).date())
