"""`cliffhanger letters`: who had which letter, and who missed it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from tests.support.world import KEYS, World, refuse

from cliffhanger import keys
from cliffhanger.clock import HOUR, MINUTE
from cliffhanger.delivery import breaker
from cliffhanger.errors import CliffhangerError
from cliffhanger.ports import Mail
from cliffhanger.readers import life
from console import letters
from console.fate import What
from console.letters import Question, find_reader

Ask = Callable[..., dict[str, str]]


@pytest.fixture
def ask(world: World, capsys: pytest.CaptureFixture[str]) -> Ask:
    """What is said of each reader, by the name that the masked address still tells."""

    def answer(position: int | None = None, *, only: What | None = None, reader: str | None = None) -> dict[str, str]:
        letters.letters(world.table, Question("lantern", position, reader, only), world.time)
        lines = [line.split(maxsplit=2) for line in capsys.readouterr().out.splitlines()]
        assert not [masked for _, masked, _ in lines if "***@" not in masked]
        return {masked[0]: said for _, masked, said in lines}

    return answer


@pytest.fixture
def lantern(world: World) -> World:
    """Chapter 1 is out, and Ada, Ben and Cleo have it."""
    world.series()
    world.minutes(1)
    for name in ("ada", "ben", "cleo"):
        world.join(name)
    world.release(1)
    world.minutes(2)
    return world


def answers(**by_name: tuple[int | None, str]) -> Callable[[Mail], None]:
    """SES's answers to some readers' letters."""

    def answer(mail: Mail) -> None:
        if found := by_name.get(mail.recipient.partition("@")[0]):
            refuse(*found)(mail)

    return answer


def test_a_letter_is_sent_rejected_or_in_doubt(lantern: World, ask: Ask) -> None:
    lantern.mailer.always = answers(ben=(400, "BadRequestException"), cleo=(None, "NoAnswer"))
    lantern.release(2)
    lantern.work()
    lantern.mailer.always = None
    assert ask(2)["c"].startswith("under way since 2027-01-15 ")
    lantern.time += 2 * MINUTE
    said = ask(2)
    assert said["a"].startswith("sent")
    assert re.fullmatch(r"rejected at 2027-01-15 [\d:]+ UTC: SES said BadRequestException", said["b"])
    assert said["c"].startswith("in doubt since 2027-01-15 ")
    assert ask(2, only=What.REJECTED).keys() == {"b"}
    assert ask(2, only=What.IN_DOUBT).keys() == {"c"}
    assert ask(only=What.IN_DOUBT)["c"].startswith("active     bookmark    1  2 is in doubt since ")
    assert ask(2, only=What.HELD) == {}


def test_a_letter_that_was_held_is_told_with_its_time(lantern: World, ask: Ask) -> None:
    lantern.series(yaml="title: The Lantern Road\nauthor: Mara Quill\nin_doubt: hold\n")
    nothing = (None, "NoAnswer")
    lantern.mailer.always = answers(ada=nothing, ben=nothing, cleo=nothing)
    lantern.release(2)
    lantern.work()
    lantern.mailer.always = None
    lantern.time += 2 * HOUR
    lantern.minutes(2)
    (probe,) = [mail for mail in lantern.mailer.accepted if mail.tags["kind"] == "probe"]
    lantern.event(probe)
    lantern.minutes(10)
    assert ask(2, only=What.HELD).keys() == {"a", "b", "c"}
    assert "nobody knows whether the letter went out" in ask(2)["a"]


def test_what_is_owed_and_then_sent_is_told_so(lantern: World, ask: Ask) -> None:
    lantern.mailer.always = answers(ben=(400, "BadRequestException"))
    lantern.release(2)
    lantern.minutes(1)
    lantern.mailer.always = None
    breaker.owe_missed(lantern.table, "lantern", 2, lantern.time)
    assert re.fullmatch(r"owed, and goes out next: was rejected at .* UTC: SES said BadRequestException", ask(2)["b"])
    assert ask(2, only=What.REJECTED).keys() == ask(2, only=What.OWED).keys() == {"b"}
    lantern.minutes(1)
    assert ask(2)["b"].startswith("sent later: was missed at ")


def test_of_a_halted_series_the_rejected_are_told_though_they_are_owed_it_by_now(lantern: World, ask: Ask) -> None:
    lantern.mailer.always = answers(**dict.fromkeys(("ada", "ben", "cleo"), (400, "BadRequestException")))
    lantern.release(2)
    lantern.minutes(4)
    assert lantern.meta()["halted"] == "rejected"
    said = ask(2, only=What.REJECTED)
    assert said.keys() == {"a", "b", "c"}
    assert re.fullmatch(
        r"owed, and goes out when the series is resumed: was rejected at .* UTC: SES said BadRequestException",
        said["a"],
    )


def test_what_is_owed_waits_for_a_pause_to_end_and_is_gone_with_its_chapter(lantern: World, ask: Ask) -> None:
    lantern.mailer.always = answers(ada=(400, "BadRequestException"))
    lantern.release(2)
    lantern.minutes(1)
    breaker.owe_missed(lantern.table, "lantern", 2, lantern.time)
    life.pause(lantern.table, "lantern", lantern.reader("ada"), until=None, now=lantern.time)
    assert ask(2)["a"].startswith("owed, and goes out when he goes on: was rejected at ")
    lantern.table.update(keys.position("lantern", 2), set={"withdrawn": True})
    assert ask(2)["a"] == "passed: was owed when the chapter was withdrawn"


def test_who_leaves_is_owed_nothing(lantern: World, ask: Ask) -> None:
    lantern.mailer.always = answers(ada=(400, "BadRequestException"))
    lantern.release(2)
    lantern.minutes(1)
    breaker.owe_missed(lantern.table, "lantern", 2, lantern.time)
    lantern.leave("ada")
    assert ask(2)["a"].startswith("left, and is owed nothing: was missed at ")


def test_who_is_behind_has_left_or_joined_later_is_told_so(lantern: World, ask: Ask) -> None:
    lantern.leave("ben")
    lantern.release(2)
    assert ask(2)["a"] == "not yet: is at 1"
    assert ask(2)["b"] == "left before it"
    lantern.minutes(1)
    lantern.table.update(lantern.subscription("cleo").key, set={"first": 2})
    assert ask(1)["c"] == "joined later: began with 2"
    assert ask(1)["b"].startswith("sent")


def test_who_catches_up_is_told_with_the_time_of_the_next_one(world: World, ask: Ask) -> None:
    world.series()
    world.release(1, 2)
    world.join("dora", start="first")
    world.minutes(1)
    assert ask(2)["d"].startswith("not yet: is at 1, catches up, next one at 2027-01-16 ")


def test_a_chapter_that_was_withdrawn_may_have_been_sent(lantern: World, ask: Ask) -> None:
    lantern.table.update(keys.position("lantern", 1), set={"withdrawn": True})
    assert ask(1)["a"].startswith("passed")


def test_the_time_of_the_last_letter_is_told(lantern: World, ask: Ask) -> None:
    lantern.table.update(lantern.subscription("ada").key, set={"sent_at": lantern.time, "bookmark": 2})
    lantern.release(2)
    assert ask(1)["a"].startswith("sent before 2027-01-15 ")
    assert ask(2)["a"].startswith("sent at 2027-01-15 ")


def test_a_miss_before_leaving_says_nothing_of_a_reader_who_is_back(lantern: World, ask: Ask) -> None:
    lantern.mailer.always = answers(ben=(400, "BadRequestException"))
    lantern.release(2)
    lantern.minutes(1)
    lantern.leave("ben")
    assert ask(2)["b"].startswith("rejected at ")
    lantern.mailer.always = None
    lantern.time += HOUR
    lantern.join("ben")
    lantern.minutes(1)
    assert ask(2)["b"].startswith("sent")


def test_a_reader_is_found_by_address_and_by_id(lantern: World, ask: Ask) -> None:
    reader = find_reader(lantern.table, "Ada@Example.org", lambda: KEYS)
    assert reader == lantern.reader("ada")
    assert find_reader(lantern.table, reader, lambda: KEYS) == reader
    assert ask(1, reader=reader).keys() == {"a"}
    assert ask(reader=reader)["a"] == "active     bookmark    1"


def test_an_address_that_nobody_has_is_repeated_nowhere(lantern: World) -> None:
    with pytest.raises(CliffhangerError) as raised:
        find_reader(lantern.table, "emil@example.org", lambda: KEYS)
    assert raised.value.message == "nobody reads anything at that address"


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (Question("nothing"), "there is no series nothing"),
        (Question("lantern", 2), "lantern has no position 2: its newest is 1"),
        (Question("lantern", 1, reader="nobody"), "that reader is not on lantern"),
        (Question("lantern", only=What.HELD), "say of which position: letters lantern N"),
    ],
)
def test_a_question_that_makes_no_sense_is_answered_in_a_sentence(
    question: Question, told: str, lantern: World
) -> None:
    with pytest.raises(CliffhangerError) as raised:
        letters.letters(lantern.table, question, lantern.time)
    assert raised.value.message == told
