"""What stands in a cell of a CSV file: moments, numbers, yes and no, a pace in words; and cells that do no harm."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from cliffhanger.clock import as_datetime
from cliffhanger.errors import Refusal
from cliffhanger.pace import ASKED, LIVE, Kind, Pace, every_days, on_weekdays

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_MOMENT = re.compile(
    r"(?P<day>\d{4}[-/]\d\d[-/]\d\d)(?:[ T](?P<time>\d\d:\d\d(?::\d\d)?)(?:\.(?P<part>\d+))?)?"
    r"\s*(?P<zone>Z|[+-]\d\d:?\d\d)?"
)
_DAYS = re.compile(r"every (\d+) days? at (\d\d:\d\d) (\S+)")
_CHOSEN = re.compile(r"([a-z]{3}(?:,[a-z]{3})*) at (\d\d:\d\d) (\S+)")
_FORMULA = re.compile(r"[\s\"']*[=+\-@＝＋－＠]|[\t\r\n']")


def moment(text: str) -> int | None:
    """ms; None for what is no time. Of ISO 8601, with a blank for the T (Mailchimp), or as Go prints it (listmonk)."""
    if not (found := _MOMENT.match(text)):
        return None
    part = (found["part"] or "")[:6]
    zone = found["zone"] or "+00:00"
    iso = f"{found['day'].replace('/', '-')}T{found['time'] or '00:00'}{'.' + part.ljust(6, '0') if part else ''}{zone}"
    try:
        milliseconds = (datetime.fromisoformat(iso) - EPOCH) // timedelta(milliseconds=1)
    except (ValueError, OverflowError):
        return None
    return milliseconds if milliseconds > 0 else None


def moment_text(milliseconds: int | None) -> str:
    """ISO 8601, or nothing."""
    return "" if milliseconds is None else as_datetime(milliseconds).isoformat(timespec="milliseconds")


def number(text: str) -> int | None:
    """The first whole number in it: "7", "Chapter 7"."""
    found = re.search(r"\d{1,6}", text)
    return int(found[0]) if found else None


def is_yes(text: str) -> bool:
    return text.lower() in {"true", "yes", "1"}


def pace_text(pace: Pace) -> str:
    """live; asked; every 2 days at 07:00 Europe/Berlin; mon,thu at 18:30 UTC."""
    match pace.kind:
        case Kind.LIVE | Kind.ASKED:
            return pace.kind.value
        case Kind.DAYS:
            return f"every {pace.every} days at {pace.at:%H:%M} {pace.zone}"
        case Kind.WEEKDAYS:
            return f"{','.join(WEEKDAYS[day] for day in sorted(pace.weekdays))} at {pace.at:%H:%M} {pace.zone}"


def pace(text: str) -> Pace:
    """Refusal where the words make no pace."""
    if text in (Kind.LIVE, Kind.ASKED):
        return LIVE if text == Kind.LIVE else ASKED
    if found := _DAYS.fullmatch(text):
        return every_days(found[1], at=found[2], zone=found[3])
    if found := _CHOSEN.fullmatch(text):
        names = found[1].split(",")
        if set(names) <= set(WEEKDAYS):
            return on_weekdays((str(WEEKDAYS.index(name)) for name in names), at=found[2], zone=found[3])
    raise Refusal("The pace is not one that we know.")


def harmless(text: str) -> str:
    """What a spreadsheet would take for a formula gets an apostrophe before it; so does an apostrophe.

    OWASP, "CSV Injection". `as_it_was` takes it off again.
    """
    return f"'{text}" if _FORMULA.match(text) else text


def as_it_was(text: str) -> str:
    return text.removeprefix("'")
