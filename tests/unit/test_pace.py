"""How fast a reader comes on: on his own clock, whatever the clocks of the world do."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cliffhanger.clock import DAY, HOUR, MINUTE, as_datetime, as_milliseconds
from cliffhanger.errors import Refusal
from cliffhanger.pace import ASKED, LIVE, LONGEST, NIGHT, Kind, Pace, every_days, next_time, on_weekdays

# With clocks that skip half an hour, the hour after midnight or the hour before it; that have three quarters of an hour
# to Greenwich; that are ahead of everybody's or behind; and one that crossed the date line in 2011.
ZONES = [
    "Europe/Berlin",
    "Australia/Lord_Howe",
    "America/Asuncion",
    "America/Nuuk",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "Pacific/Chatham",
    "Pacific/Apia",
    "UTC",
]
times = st.builds(time, st.integers(0, 23), st.integers(0, 59))
zones = st.sampled_from(ZONES)
by_days = st.builds(Pace, st.just(Kind.DAYS), every=st.integers(1, 40), at=times, zone=zones)
some_weekdays = st.frozensets(st.integers(0, 6), min_size=1)
by_weekdays = st.builds(Pace, st.just(Kind.WEEKDAYS), weekdays=some_weekdays, at=times, zone=zones)


def ms(text: str, zone: str = "UTC") -> int:
    return as_milliseconds(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)))


moments = st.integers(ms("2000-01-01"), ms("2035-01-01"))


def local(moment: int, zone: str) -> datetime:
    return as_datetime(moment).astimezone(ZoneInfo(zone))


def due(pace: Pace, after: int, *, day: int = DAY) -> int:
    moment = next_time(pace, after, day=day)
    assert moment is not None
    return moment


def told(pace: Pace, after: str) -> str:
    """The local time that follows the local time `after`."""
    return f"{local(due(pace, ms(after, pace.zone)), pace.zone):%a %Y-%m-%d %H:%M}"


def daily(at: str, zone: str = "Europe/Berlin") -> Pace:
    return every_days("1", at=at, zone=zone)


def test_a_live_reader_is_due_at_once_and_one_who_asks_never_by_himself() -> None:
    assert next_time(LIVE, 5, day=DAY) == 5
    assert next_time(ASKED, 5, day=DAY) is None


@pytest.mark.parametrize(
    ("at", "after", "then"),
    [
        ("07:00", "2026-03-02 07:00", "Tue 2026-03-03 07:00"),
        ("07:00", "2026-03-02 07:40", "Tue 2026-03-03 07:00"),
        ("07:00", "2026-03-02 23:50", "Tue 2026-03-03 07:00"),
        ("07:00", "2026-03-03 01:00", "Tue 2026-03-03 07:00"),
        ("07:00", "2026-03-03 01:01", "Wed 2026-03-04 07:00"),
        ("07:00", "2026-03-02 06:55", "Tue 2026-03-03 07:00"),
        ("23:50", "2026-03-03 00:05", "Tue 2026-03-03 23:50"),
        ("00:00", "2026-03-02 00:00", "Tue 2026-03-03 00:00"),
    ],
)
def test_a_chapter_a_day_follows_the_evening_in_the_morning_but_never_within_a_night(
    at: str, after: str, then: str
) -> None:
    assert told(daily(at), after) == then


def test_every_third_day_is_three_days_after_the_slot_of_the_last_letter() -> None:
    ada = every_days("3", at="18:30", zone="Europe/Berlin")

    assert told(ada, "2026-03-02 18:30") == "Thu 2026-03-05 18:30"
    assert told(ada, "2026-03-03 09:00") == "Thu 2026-03-05 18:30"


def test_chosen_weekdays_are_the_only_ones() -> None:
    ben = on_weekdays(["0", "3"], at="07:00", zone="Europe/Berlin")
    weekly = on_weekdays(["6"], at="07:00", zone="Europe/Berlin")

    assert told(ben, "2026-03-02 07:01") == "Thu 2026-03-05 07:00"
    assert told(ben, "2026-03-05 07:01") == "Mon 2026-03-09 07:00"
    assert told(ben, "2026-03-02 06:30") == "Thu 2026-03-05 07:00"
    assert told(weekly, "2026-03-08 07:00") == "Sun 2026-03-15 07:00"


def test_summer_time_moves_no_hour_on_the_readers_clock() -> None:
    spring = due(daily("07:00"), ms("2026-03-28 07:00", "Europe/Berlin"))

    assert spring == ms("2026-03-28 07:00", "Europe/Berlin") + 23 * HOUR
    assert told(daily("07:00"), "2026-10-24 07:00") == "Sun 2026-10-25 07:00"


@pytest.mark.parametrize(
    ("zone", "at", "after", "then"),
    [
        ("Europe/Berlin", "02:30", "2026-03-28 02:30", "Sun 2026-03-29 03:00"),
        ("Australia/Lord_Howe", "02:10", "2026-10-03 02:10", "Sun 2026-10-04 02:30"),
        ("America/Nuuk", "23:30", "2024-03-29 23:30", "Sun 2024-03-31 00:00"),
    ],
)
def test_a_time_that_the_clocks_skip_moves_to_the_end_of_what_they_skip(
    zone: str, at: str, after: str, then: str
) -> None:
    assert told(daily(at, zone), after) == then


@pytest.mark.parametrize(
    ("zone", "at", "day", "offset"),
    [
        ("Europe/Berlin", "02:30", "2026-10-25", timedelta(hours=2)),
        ("Australia/Lord_Howe", "01:45", "2026-04-05", timedelta(hours=11)),
    ],
)
def test_a_time_that_comes_twice_is_taken_the_first_time_and_only_then(
    zone: str, at: str, day: str, offset: timedelta
) -> None:
    eve = ms(f"{day} {at}", zone) - DAY
    first = due(daily(at, zone), eve)

    assert local(first, zone).utcoffset() == offset
    assert local(due(daily(at, zone), first), zone).date() == date.fromisoformat(day) + timedelta(days=1)


def test_samoa_had_no_30_december_2011_and_so_no_chapter_on_it() -> None:
    fridays = on_weekdays(["4"], at="07:00", zone="Pacific/Apia")

    assert told(daily("07:00", "Pacific/Apia"), "2011-12-29 07:00") == "Sat 2011-12-31 07:00"
    assert told(fridays, "2011-12-23 07:00") == "Fri 2012-01-06 07:00"


def test_the_day_is_the_readers_not_greenwichs() -> None:
    mondays = on_weekdays(["0"], at="07:00", zone="Pacific/Kiritimati")

    assert as_datetime(due(mondays, ms("2026-03-01 00:00"))) == datetime(2026, 3, 1, 17, tzinfo=UTC)


@given(st.one_of(by_days, by_weekdays), moments)
def test_the_next_letter_is_at_least_a_night_away(pace: Pace, after: int) -> None:
    assert due(pace, after) >= after + NIGHT


@given(by_days, moments)
def test_every_so_many_days_is_never_a_day_off(pace: Pace, after: int) -> None:
    most = pace.every * DAY + NIGHT + 2 * HOUR + (DAY if pace.zone == "Pacific/Apia" else 0)

    assert (pace.every - 1) * DAY + NIGHT - 2 * HOUR <= due(pace, after) - after <= most


@given(by_weekdays, moments)
def test_a_chosen_weekday_is_the_readers_weekday(pace: Pace, after: int) -> None:
    slot = local(due(pace, after), pace.zone)
    beginning = slot - timedelta(minutes=30)  # the end of what the clocks skipped may be midnight

    assert {slot.weekday(), beginning.weekday()} & pace.weekdays


@given(st.one_of(by_days, by_weekdays), moments)
def test_the_hour_is_the_readers_unless_the_clocks_skip_it(pace: Pace, after: int) -> None:
    moment = due(pace, after)
    slot = local(moment, pace.zone)
    just_before = local(moment - 1, pace.zone)

    assert slot.time() == pace.at or just_before.time() < pace.at < (slot.time() if slot.time() else time.max)


@given(st.one_of(by_days, by_weekdays), moments, st.integers(0, 3 * DAY))
def test_a_later_letter_is_never_followed_sooner(pace: Pace, after: int, wait: int) -> None:
    assert due(pace, after) <= due(pace, after + wait)


@given(by_days, moments)
def test_a_letter_that_is_some_hours_late_costs_no_day(pace: Pace, after: int) -> None:
    slot = due(pace, after)

    assert due(pace, slot + 15 * HOUR) == due(pace, slot)


@given(st.one_of(by_days, by_weekdays), st.integers(0, 10**12), st.integers(1, DAY - 1))
def test_in_fast_motion_days_are_short_and_have_no_hours(pace: Pace, after: int, day: int) -> None:
    wait = due(pace, after, day=day) - after

    assert wait == pace.every * day if pace.kind is Kind.DAYS else 0 < wait <= 7 * day


def test_in_fast_motion_weekdays_still_take_turns() -> None:
    minute_days = on_weekdays(["0", "3"], at="07:00", zone="UTC")
    first = due(minute_days, 0, day=MINUTE)

    assert [first, second := due(minute_days, first, day=MINUTE)] == [4 * MINUTE, 7 * MINUTE]
    assert due(minute_days, second, day=MINUTE) == 11 * MINUTE


@given(st.one_of(by_days, by_weekdays, st.just(LIVE), st.just(ASKED)))
def test_what_the_store_keeps_comes_back_as_it_was(pace: Pace) -> None:
    assert Pace.from_item(pace.to_item()) == pace


def test_the_store_keeps_words_and_numbers() -> None:
    slot = {"at": "07:05", "zone": "Europe/Berlin"}

    assert LIVE.to_item() == {"kind": "live"}
    assert every_days("3", at="7:05", zone="Europe/Berlin").to_item() == {"kind": "days", "every": 3} | slot
    assert (
        on_weekdays(["3", "0"], at="07:05", zone="Europe/Berlin").to_item()
        == {
            "kind": "weekdays",
            "weekdays": [0, 3],
        }
        | slot
    )


@pytest.mark.parametrize("every", ["0", "-1", "", "1.5", str(LONGEST + 1), "٣", "every"])
def test_days_that_are_no_number_of_days_are_refused(every: str) -> None:
    with pytest.raises(Refusal, match="from 1 to 365"):
        every_days(every, at="07:00", zone="UTC")


@pytest.mark.parametrize("weekdays", [[], ["7"], ["monday"], ["1", ""]])
def test_weekdays_that_are_none_are_refused(weekdays: list[str]) -> None:
    with pytest.raises(Refusal, match="at least one day of the week"):
        on_weekdays(weekdays, at="07:00", zone="UTC")


@pytest.mark.parametrize("at", ["", "7", "24:00", "07:60", "07:00:00", "seven", "07:00+02:00", "٠٧:٠٠"])
def test_a_time_that_no_clock_shows_is_refused(at: str) -> None:
    with pytest.raises(Refusal, match="like 07:00"):
        daily(at)


@pytest.mark.parametrize("zone", ["", "Berlin", "Europe/Atlantis", "../etc/passwd", "right/UTC", "+02:00"])
def test_a_zone_that_nobody_lives_in_is_refused(zone: str) -> None:
    with pytest.raises(Refusal, match="like Europe/Berlin"):
        daily("07:00", zone)
