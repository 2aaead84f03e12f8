"""The mailto of List-Unsubscribe: its token leaves that series, whoever the mail says it is from."""

from __future__ import annotations

import pytest
from tests.support.mails import INBOUND, kept, mail, post
from tests.support.world import KEYS
from tests.unit.mailroom.conftest import Mailroom

from cliffhanger import mailboxes
from cliffhanger.mailroom.reasons import Reason
from cliffhanger.subscription import State


def test_the_mailto_of_the_header_leaves(mailroom: Mailroom) -> None:
    url = mailboxes.unsubscribe_mailto("lantern", mailroom.world.reader("ada"), domain=INBOUND, keys=KEYS)
    address, _, query = url.removeprefix("mailto:").partition("?")
    assert query == "subject=unsubscribe"
    box = address.removesuffix(f"@{INBOUND}")
    assert len(box) <= 64
    assert mailroom.take(post(box)) == []
    assert mailroom.world.subscription("ada").state is State.LEFT
    assert not mailroom.dropped


def test_leaving_needs_no_from_no_seal_and_no_person(mailroom: Mailroom) -> None:
    """Providers write this mail for their readers, each in a way of his own."""
    made = mail("x", sender="robot@provider.example", headers={"Auto-Submitted": "auto-generated"})
    data = kept(made, to=mailroom.leave_box().upper(), sender="", spf="fail", dkim="none", dmarc="fail", spam="FAIL")
    mailroom.take(data)
    assert mailroom.world.subscription("ada").state is State.LEFT


def test_leaving_one_series_keeps_the_others(mailroom: Mailroom) -> None:
    world = mailroom.world
    world.series("quay")
    world.release(1, slug="quay")
    world.time += 3_600_000
    world.subscribe("ada", slug="quay")
    world.click_confirmation("ada")
    mailroom.take(post(mailroom.leave_box(slug="quay")))
    assert world.subscription("ada", "quay").state is State.LEFT
    assert world.subscription("ada").state is State.ACTIVE


@pytest.mark.parametrize("purpose", ["reply", "relay", "preferences"])
def test_a_token_of_another_purpose_leaves_nothing(mailroom: Mailroom, purpose: str) -> None:
    token = mailboxes.sign(purpose, "lantern", mailroom.world.reader("ada"), KEYS)  # type: ignore[arg-type]
    mailroom.take(post(f"leave-{token}"))
    assert mailroom.world.subscription("ada").state is State.ACTIVE
    assert mailroom.dropped == {Reason.UNKNOWN_ADDRESS: 1}


def test_a_forged_token_leaves_nothing(mailroom: Mailroom) -> None:
    box = mailroom.leave_box()
    forged = box[:-1] + ("a" if box[-1] != "a" else "b")
    mailroom.take(post(forged))
    assert mailroom.world.subscription("ada").state is State.ACTIVE
    assert mailroom.dropped == {Reason.UNKNOWN_ADDRESS: 1}
