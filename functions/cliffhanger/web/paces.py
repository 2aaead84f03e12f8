"""A pace as a form has it: the fields that templates/pages/pace.html makes."""

from __future__ import annotations

from collections.abc import Mapping

from cliffhanger.errors import Refusal
from cliffhanger.pace import ASKED, Kind, Pace, every_days, on_weekdays
from cliffhanger.subscription import MOST_IN_A_BUNDLE

WEEK = tuple(range(7))
DAY_FIELDS = tuple(f"day{day}" for day in WEEK)
FIELDS = ("pace", "every", *DAY_FIELDS, "at", "zone", "bundle")

DEFAULT_AT = "07:00"
# fmt: off
ZONES = (
    "Africa/Cairo", "Africa/Johannesburg", "Africa/Lagos", "Africa/Nairobi", "America/Argentina/Buenos_Aires",
    "America/Bogota", "America/Chicago", "America/Denver", "America/Halifax", "America/Lima", "America/Los_Angeles",
    "America/Mexico_City", "America/New_York", "America/Santiago", "America/Sao_Paulo", "America/Toronto",
    "America/Vancouver", "Asia/Dhaka", "Asia/Dubai", "Asia/Hong_Kong", "Asia/Istanbul", "Asia/Jakarta",
    "Asia/Jerusalem", "Asia/Karachi", "Asia/Kolkata", "Asia/Manila", "Asia/Seoul", "Asia/Shanghai", "Asia/Singapore",
    "Asia/Tehran", "Asia/Tokyo", "Australia/Perth", "Australia/Sydney", "Europe/Athens", "Europe/Berlin",
    "Europe/Dublin", "Europe/Helsinki", "Europe/Lisbon", "Europe/London", "Europe/Madrid", "Europe/Moscow",
    "Europe/Paris", "Europe/Rome", "Europe/Vienna", "Europe/Warsaw", "Europe/Zurich", "Pacific/Auckland", "UTC",
)
# fmt: on
"""Those that a form offers; any IANA name may be typed."""


def parse(form: Mapping[str, str]) -> tuple[Pace | None, int]:
    """The pace, None where none was chosen, and how many chapters a mail may hold. Refusal where it makes no sense.

    `pace` is `days` (with `every`), `weekdays` (with `day0`, Monday, to `day6`) or `asked`.
    """
    at, zone = form.get("at", "").strip() or DEFAULT_AT, form.get("zone", "").strip() or "UTC"
    bundle = _bundle(form.get("bundle", "").strip() or "1")
    match form.get("pace", ""):
        case "":
            return None, bundle
        case Kind.DAYS.value:
            return every_days(form.get("every", "").strip() or "1", at=at, zone=zone), bundle
        case Kind.WEEKDAYS.value:
            chosen = [str(day) for day in WEEK if form.get(DAY_FIELDS[day])]
            return on_weekdays(chosen, at=at, zone=zone), bundle
        case Kind.ASKED.value:
            return ASKED, bundle
        case _:
            raise Refusal("There is no such pace.")


def _bundle(text: str) -> int:
    if not (len(text) < 4 and text.isascii() and text.isdigit() and 1 <= int(text) <= MOST_IN_A_BUNDLE):
        raise Refusal(f"A mail may hold 1 to {MOST_IN_A_BUNDLE} chapters.")
    return int(text)
