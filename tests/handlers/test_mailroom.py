"""Mail as Lambda hands it over: what goes out for it, and what is told of it."""

from __future__ import annotations

import json

from tests.support.lambdas import EVENTS, Lambdas


def take(lambdas: Lambdas, case: str) -> None:
    event = json.loads((EVENTS / f"mailroom/{case}.json").read_text())
    assert lambdas.call("mailroom", event) == {"batchItemFailures": []}
    lambdas.deliver()


def test_a_mail_is_answered_with_a_confirmation(played: Lambdas) -> None:
    take(played, "subscribe")
    [letter] = played.mails_to("fay@example.org")
    assert letter.subject == "Please confirm: The Lantern Road"


def test_a_letter_goes_to_the_author_and_back(played: Lambdas) -> None:
    take(played, "reply")
    [to_mara] = played.mails_to("mara@example.org")
    assert to_mara.subject == "A reader wrote about Chapter 1: The First Lamp"
    take(played, "relay")
    [to_ada] = played.mails_to("ada@example.org")
    assert to_ada.subject == "An answer to your letter: Chapter 1: The First Lamp"


def test_what_is_dropped_is_counted_by_its_reason_and_nobody_is_named(played: Lambdas) -> None:
    for case in ("out_of_office", "subscribe_forged", "set_up"):
        take(played, case)
    assert not played.mails
    for name in ("MailDroppedAutomatic", "MailDroppedForged", "MailDroppedNotFromSes"):
        assert f'"{name}":[1.0]' in played.logged()
    assert "@" not in played.logged()
