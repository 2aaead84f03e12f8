"""Thirty chapters from January to summer, and twelve readers who each live with them in their own way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta

from tests.story.company import SLUG, Company

from cliffhanger.clock import DAY
from cliffhanger.pace import ASKED, Pace, every_days, on_weekdays
from cliffhanger.readers import life
from cliffhanger.readers.joining import Start
from local.post_office.fates import Fate

CHAPTERS = 30
FIRST_DAY = date(2027, 1, 1)
LAST_DAY = date(2027, 7, 10)
READERS = ("Ada", "Ben", "Cleo", "Dan", "Eve", "Fay", "Gil", "Hana", "Ivo", "Jon", "Kim", "Lea")

HIATUS = (date(2027, 2, 27), date(2027, 3, 20))
NOTICE_DAY, RESEND_DAY = date(2027, 2, 24), date(2027, 3, 31)

Scene = tuple[str, Callable[[Company], object]]
"""What a person would say of it, and what happens."""

SETTINGS = """\
title: The Lantern Road
author: Mara Quill
author_address: mara@example.org
release: {{weekdays: [monday, thursday], at: "18:00", zone: Europe/Berlin}}
status: {status}
"""
NOTICE = "Chapter 99: Author’s Note\n\nA/N: I am away until the lamps are lit again. No chapter this week!\n"


def plot() -> dict[date, list[Scene]]:
    """What people do, each day at ten."""
    days: dict[date, list[Scene]] = defaultdict(list)
    _author(days)
    for day, scene in _readers():
        days[day].append(scene)
    return days


def _author(days: dict[date, list[Scene]]) -> None:
    """A chapter is handed in the day before it goes out. There is a break in the middle, and an end."""
    days[FIRST_DAY].append(("the series begins", lambda c: _settings(c, "ongoing")))
    days[NOTICE_DAY].append(("the author hands in a notice, and says that it may go", _notice))
    days[HIATUS[0]].append(("the series rests", lambda c: _settings(c, "hiatus")))
    days[HIATUS[1]].append(("the series goes on", lambda c: _settings(c, "ongoing")))
    days[RESEND_DAY].append(("chapter 14 is mended, and sent again", lambda c: _chapter(c, 14, again=True)))
    number, day = 1, FIRST_DAY
    while number <= CHAPTERS:
        day += timedelta(days=1)
        if day.weekday() in (2, 6) and day not in (NOTICE_DAY, RESEND_DAY) and not HIATUS[0] <= day < HIATUS[1]:
            days[day].append(("", lambda c, n=number: _chapter(c, n)))  # type: ignore[misc]
            number += 1
    days[day].append(("the series is complete", lambda c: _settings(c, "complete")))


def _readers() -> list[tuple[date, Scene]]:
    lisbon = on_weekdays("01234", at="07:00", zone="Europe/Lisbon")
    bundles = every_days("3", at="20:00", zone="America/New_York")
    saturdays = on_weekdays("5", at="09:00", zone="Europe/Paris")
    daily = every_days("1", at="21:30", zone="Europe/Paris")
    live = ("Ada", "Fay", "Gil", "Hana", "Jon", "Kim")
    return [
        *((date(2027, 1, 2), _joins(name, Start.NEWEST, "follows live")) for name in live),
        (date(2027, 1, 28), _joins("Ben", Start.FIRST, "begins at chapter one, a chapter a day")),
        (date(2027, 1, 30), _joins("Cleo", Start.FIRST, "begins; weekdays, seven in Lisbon", lisbon)),
        (date(2027, 2, 3), _joins("Lea", Start.FIRST, "begins; Saturdays, nine in Paris", saturdays)),
        (date(2027, 3, 15), _asks("Lea", "would like a chapter each day now", lambda c, r: _pace(c, r, daily))),
        (date(2027, 2, 5), _joins("Eve", Start.FIRST, "begins, and will ask for each", ASKED)),
        *((date(2027, 2, 5) + timedelta(days=n), _asks("Eve", "asks for the next", _next)) for n in ASKING),
        (date(2027, 3, 1), _joins("Dan", Start.FIRST, "begins; every three days, three chapters a mail", bundles, 3)),
        (date(2027, 4, 3), _joins("Ivo", "chapter-12", "begins at chapter 12")),
        (date(2027, 1, 20), _asks("Hana", "leaves", lambda c, r: life.leave(c.table, SLUG, r, now=c.now))),
        (date(2027, 1, 23), _asks("Hana", "takes it back", lambda c, r: life.undo_leave(c.table, SLUG, r, c.now))),
        (date(2027, 1, 24), _asks("Fay", "pauses until 24 February", lambda c, r: _pause(c, r, 31))),
        (date(2027, 1, 30), _asks("Gil", "pauses", lambda c, r: _pause(c, r, None))),
        (date(2027, 4, 8), _asks("Gil", "goes on with the newest", lambda c, r: _resume(c, r, to_newest=True))),
        (date(2027, 4, 10), _asks("Jon", "starts again", lambda c, r: life.move_to(c.table, SLUG, r, 1, c.now))),
        (date(2027, 4, 1), _mailbox("Kim", Fate.SOFT_BOUNCE, "’s mailbox is full")),
        (date(2027, 4, 20), _mailbox("Kim", Fate.DELIVERED, "’s mailbox has room again")),
        (date(2027, 4, 22), _asks("Kim", "goes on", lambda c, r: _resume(c, r, to_newest=False))),
    ]


ASKING = (1, 2, 2, 9, *range(20, 24), 40, *range(60, 68), 80, *range(90, 97), *range(110, 115), 140)
"""Days after she began."""


def _joins(name: str, start: str, said: str, pace: Pace | None = None, bundle: int = 1) -> Scene:
    return f"{name} {said}", lambda c: c.join(name, start=start, pace=pace, bundle=bundle)


def _asks(name: str, said: str, do: Callable[[Company, str], object]) -> Scene:
    return f"{name} {said}", lambda c: do(c, c.readers[name])


def _mailbox(name: str, fate: Fate, said: str) -> Scene:
    return f"{name}{said}", lambda c: c.mailbox(name, fate)


def _next(company: Company, reader: str) -> object:
    return life.next_now(company.table, SLUG, reader, company.now)


def _pace(company: Company, reader: str, pace: Pace) -> object:
    return life.set_pace(company.table, SLUG, reader, pace, bundle=1, now=company.now)


def _pause(company: Company, reader: str, days: int | None) -> object:
    until = None if days is None else company.now + days * DAY
    return life.pause(company.table, SLUG, reader, until=until, now=company.now)


def _resume(company: Company, reader: str, *, to_newest: bool) -> object:
    return life.resume(company.table, SLUG, reader, to_newest=to_newest, now=company.now)


def _settings(company: Company, status: str) -> None:
    company.world.drop(f"{SLUG}/series.yaml", SETTINGS.format(status=status))


def _chapter(company: Company, number: int, *, again: bool = False) -> None:
    front = "---\nresend: true\n---\n" if again else ""
    text = "Once more, with the right name for the ferryman." if again else "The lamp burned."
    chapter = f"{front}# Chapter {number}: Night {number}\n\n{text} It was night {number}.\n"
    company.world.drop(f"{SLUG}/{number:02}.md", chapter)


def _notice(company: Company) -> None:
    company.world.drop(f"{SLUG}/away.txt", NOTICE)
    company.let_go()
