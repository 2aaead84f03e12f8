"""A mail to `<series>+subscribe@` is answered with a confirmation, and with nothing else."""

from __future__ import annotations

from unittest.mock import ANY

import pytest
from tests.support.mails import kept, mail, post
from tests.unit.mailroom.conftest import Mailroom

from cliffhanger import keys, links
from cliffhanger.clock import DAY, HOUR, MINUTE
from cliffhanger.errors import StoreBusy
from cliffhanger.mailroom.reasons import Reason
from cliffhanger.mailroom.subscribing import asks_for_the_first
from cliffhanger.readers import limits

BEN = "ben@example.org"


def test_ben_writes_and_is_asked_to_confirm_and_is_on_the_series(mailroom: Mailroom) -> None:
    world = mailroom.world
    [letter] = mailroom.take(post("lantern+subscribe", sender=BEN))
    assert (letter.recipient, letter.tags["kind"]) == (BEN, "confirmation")
    world.click_confirmation("ben")
    world.work()
    assert world.got("ben") == [1]
    item = world.table.get(world.subscription("ben").key)
    assert item
    assert item["proof"] == {"asked_at": ANY, "form": "mail-1", "network": "mail", "confirmed_at": ANY}


@pytest.mark.parametrize(
    ("box", "subject", "text", "pace"),
    [
        ("lantern+subscribe", "subscribe", "", "live"),
        ("lantern+subscribe-first", "subscribe", "", "days"),
        ("lantern+subscribe", "From the beginning, please", "", "days"),
        ("lantern+subscribe", "subscribe", "\nI want to start at Chapter One.\nThanks", "days"),
        ("lantern+subscribe", "subscribe", "Hello\nchapter one was great, I read it on the web", "live"),
        ("LANTERN+Subscribe", "subscribe", "", "live"),
    ],
)
def test_the_reader_says_where_to_begin(mailroom: Mailroom, box: str, subject: str, text: str, pace: str) -> None:
    world = mailroom.world
    mailroom.take(post(box, text, sender=BEN, subject=subject))
    world.click_confirmation("ben")
    item = world.table.get(world.subscription("ben").key)
    assert item
    assert pace in str(item["pace"])


@pytest.mark.parametrize(
    ("said", "language", "title", "asked"),
    [
        ("Bitte vom Anfang an", "de-AT", "Laternenweg", True),
        ("Please from the beginning", "de", "Laternenweg", True),
        ("depuis le premier chapitre", "fr", "La route", True),
        ("desde el primer capítulo", "es", "El camino", True),
        ("desde o primeiro capítulo", "pt-BR", "O caminho", True),
        ("Bitte vom Anfang an", "fr", "La route", False),
        ("Subscribe to In the Beginning", "en", "In the Beginning", False),
        ("from chapter 12", "en", "The Road", False),
    ],
)
def test_it_is_said_in_the_language_of_the_series_or_in_english(
    said: str, language: str, title: str, asked: bool
) -> None:
    assert asks_for_the_first(said, language=language, title=title) is asked


def test_the_same_mail_come_twice_is_answered_once(mailroom: Mailroom) -> None:
    data = post("lantern+subscribe", sender=BEN)
    assert len(mailroom.take(data, "one")) == 1
    mailroom.world.pass_seconds(16 * MINUTE / 1000)
    assert mailroom.take(data, "one") == []


def test_a_mail_that_failed_half_way_is_answered_when_it_comes_again(
    mailroom: Mailroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> None:
        raise StoreBusy

    data = post("lantern+subscribe", sender=BEN)
    with monkeypatch.context() as patched:
        patched.setattr(mailroom.world.content, "put", busy)
        with pytest.raises(StoreBusy):
            mailroom.take(data, "one")
    assert len(mailroom.take(data, "one")) == 1


def test_the_limits_of_the_form_hold_for_mails_too(mailroom: Mailroom) -> None:
    world = mailroom.world
    world.subscribe("ben")
    assert mailroom.take(post("lantern+subscribe", sender=BEN)) == []
    assert mailroom.dropped == {Reason.TOO_OFTEN: 1}
    world.time += 16 * MINUTE
    assert len(mailroom.take(post("lantern+subscribe", sender=BEN))) == 1


def test_many_people_may_ask_in_one_hour(mailroom: Mailroom) -> None:
    """The form's limit is one network's; mails have none in common."""
    for number in range(30):
        assert len(mailroom.take(post("lantern+subscribe", sender=f"reader{number}@example.org"))) == 1


def test_one_domain_may_not_ask_for_all_the_addresses_that_it_can_make_up(
    mailroom: Mailroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "PER_DOMAIN", ((3, HOUR),))
    for number in range(5):
        mailroom.take(post("lantern+subscribe", sender=f"reader{number}@example.net"))
    assert mailroom.dropped == {Reason.TOO_OFTEN: 2}
    assert len(mailroom.take(post("lantern+subscribe", sender=BEN))) == 1
    mailroom.world.time += HOUR
    assert len(mailroom.take(post("lantern+subscribe", sender="reader4@example.net"))) == 1


def test_one_person_may_not_write_without_end(mailroom: Mailroom) -> None:
    for _ in range(12):
        mailroom.take(post("nothing+subscribe", sender=BEN))
    assert mailroom.dropped == {Reason.UNKNOWN_ADDRESS: 10, Reason.TOO_OFTEN: 2}
    mailroom.world.time += HOUR
    mailroom.take(post("nothing+subscribe", sender=BEN))
    assert mailroom.dropped[Reason.UNKNOWN_ADDRESS] == 11


def test_a_suppressed_address_may_ask_once_in_a_month(mailroom: Mailroom) -> None:
    world = mailroom.world
    world.table.put(keys.address(links.address_digest(BEN, mailroom.room.keys)), {"suppressed": "bounce"})
    assert len(mailroom.take(post("lantern+subscribe", sender=BEN))) == 1
    world.time += DAY
    assert mailroom.take(post("lantern+subscribe", sender=BEN)) == []


@pytest.mark.parametrize("box", ["nothing+subscribe", "lantern", "lantern+join", "postmaster", "+subscribe", "a b+c"])
def test_an_address_that_is_for_nothing_is_not_answered(mailroom: Mailroom, box: str) -> None:
    made = mail("x", sender=BEN)
    assert mailroom.take(kept(made, to=box, sender=BEN)) == []
    assert mailroom.dropped == {Reason.UNKNOWN_ADDRESS: 1}


def test_where_ses_does_not_say_for_whom_the_mail_names_one_address_of_ours(mailroom: Mailroom) -> None:
    made = mail("lantern+subscribe", sender=BEN, headers={"Cc": "Someone Else <else@example.org>"})
    data = kept(made, to="x", sender=BEN).replace(b" for x@in.stories.example.org;", b" ;")
    assert len(mailroom.take(data)) == 1


def test_a_mail_to_two_addresses_of_ours_is_for_neither(mailroom: Mailroom) -> None:
    made = mail("lantern+subscribe", sender=BEN, headers={"Cc": "quay+subscribe@in.stories.example.org"})
    data = kept(made, to="x", sender=BEN).replace(b" for x@in.stories.example.org;", b" ;")
    assert mailroom.take(data) == []
    assert mailroom.dropped == {Reason.UNKNOWN_ADDRESS: 1}
