"""What is owed goes first, and changes nothing else of when a reader's letters come. Found by a reviewer."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.support.world import SERIES_YAML, SETTINGS, World, refuse

from cliffhanger import keys
from cliffhanger.clock import HOUR, MINUTE
from cliffhanger.delivery import breaker
from cliffhanger.delivery.misses import Missed
from cliffhanger.pace import ASKED, Kind, Pace
from cliffhanger.ports import Mail
from cliffhanger.readers import life

BAD = refuse(400, "BadRequestException", "a header is bad")
NO_ANSWER = refuse(None, "NoAnswer")


@pytest.fixture
def behind() -> World:
    """Five chapters are out. Ada begins at the first, one a day, and it was rejected."""
    world = World(replace(SETTINGS, spacing=10 * MINUTE))
    world.series()
    world.release(1, 2, 3)
    world.minutes(2)
    world.release(4, 5)
    world.minutes(2)
    world.join("ada", "first")
    world.mailer.next = [BAD]
    world.minutes(1)
    assert world.subscription("ada").bookmark == 1
    return world


def test_after_a_debt_the_next_chapter_comes_in_its_time(behind: World) -> None:
    breaker.owe_missed(behind.table, "lantern", 1, behind.time)
    behind.minutes(30)
    assert behind.got("ada") == [1]
    behind.time += 24 * HOUR
    behind.minutes(3)
    assert behind.got("ada") == [1, 2]


def test_a_debt_whose_chapter_was_withdrawn_hurries_nothing(behind: World) -> None:
    breaker.owe_missed(behind.table, "lantern", 1, behind.time)
    behind.delete("lantern/01.md")
    behind.minutes(120)
    assert behind.got("ada") == [2]
    assert behind.subscription("ada").owed == frozenset()


def test_a_debt_whose_chapter_was_withdrawn_sends_nothing_unasked(behind: World) -> None:
    life.set_pace(behind.table, "lantern", behind.reader("ada"), ASKED, bundle=1, now=behind.time)
    breaker.owe_missed(behind.table, "lantern", 1, behind.time)
    behind.delete("lantern/01.md")
    behind.minutes(120)
    assert behind.got("ada") == []


def test_a_doubt_over_a_debt_that_is_paid_ends() -> None:
    """A bundle in doubt was held, and its first chapter is owed and in doubt too; then SES tells of the bundle."""
    world = World(replace(SETTINGS, spacing=0))
    world.series(yaml=SERIES_YAML + "in_doubt: hold\n")
    world.release(1, 2, 3)
    world.minutes(2)
    ada = world.join("ada", "first")
    life.set_pace(world.table, "lantern", ada, Pace(Kind.DAYS), bundle=2, now=world.time)
    world.table.update(world.subscription("ada").key, set={"due_at": world.time})
    bundle: list[Mail] = []

    def lose_the_answer(mail: Mail) -> None:
        bundle.append(mail)
        NO_ANSWER(mail)

    world.mailer.next = [lose_the_answer]
    world.minutes(1)
    world.time += HOUR + MINUTE
    world.table.update(keys.FEEDBACK, set={"seen": world.time})
    world.minutes(3)
    assert breaker.owe_missed(world.table, "lantern", 1, world.time, reasons=(Missed.HELD,)).now == 1
    world.series()  # the author thinks better of it: resend
    world.mailer.always = lambda mail: NO_ANSWER(mail) if mail.tags["kind"] == "issue" else None
    world.minutes(1)
    world.mailer.always = None
    claim = world.subscription("ada").claim
    assert claim
    assert claim.owed
    world.event(bundle[0])
    world.time += HOUR + MINUTE
    world.table.update(keys.FEEDBACK, set={"seen": world.time})
    world.minutes(5)
    assert world.subscription("ada").claim is None
    assert world.subscription("ada").owed == frozenset()
