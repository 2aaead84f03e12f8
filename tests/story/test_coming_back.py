"""A reader who bounced or complained comes back: through the form, the post office and the click."""

from __future__ import annotations

import re

import pytest
from tests.story.company import Company

from cliffhanger.clock import DAY
from cliffhanger.subscription import State
from cliffhanger.web import confirming
from local.post_office.fates import Fate, Fates
from local.post_office.letter import Letter

BEN = "ben@example.org"
CONFIRM = re.compile(r"/confirm/(\S+)")


@pytest.fixture
def company() -> Company:
    company = Company()
    company.world.series()
    return company


def sign_up(company: Company, written: str = "ben") -> None:
    """The form, the mail that comes of it, and the click in that."""
    before = len(confirmations(company))
    company.world.subscribe(written)
    tokens = confirmations(company)
    assert len(tokens) == before + 1, "no confirmation has come"
    assert confirming.confirm(company.world.site, tokens[-1], {}).status == 200
    company.pass_hour()


def release(company: Company, number: int) -> None:
    company.world.release(number)
    company.pass_hour()


def letters(company: Company) -> list[Letter]:
    """However his address is written."""
    return [letter for letter in company.office.letters if letter.reader.lower() == BEN]


def confirmations(company: Company) -> list[str]:
    """The tokens in Ben's inbox, the newest last."""
    texts = (letter.request.text or "" for letter in letters(company))
    return [found[1] for text in texts if (found := CONFIRM.search(text))]


def got(company: Company) -> list[int]:
    tags = (letter.request.tags for letter in letters(company))
    return [int(tag["position"]) for tag in tags if "position" in tag]


@pytest.mark.parametrize("fate", [Fate.HARD_BOUNCE, Fate.COMPLAINT])
def test_who_signs_up_again_gets_the_confirmation_and_the_next_chapter(company: Company, fate: Fate) -> None:
    sign_up(company)
    company.mailbox("ben", fate)
    release(company, 1)
    company.mailbox("ben", Fate.DELIVERED)
    release(company, 2)
    assert company.world.subscription("ben").state is State.SUPPRESSED
    assert got(company) == [1]
    company.world.time += DAY
    sign_up(company)
    assert got(company) == [1, 2], "he begins with the newest"
    release(company, 3)
    assert got(company) == [1, 2, 3]
    assert company.world.subscription("ben").state is State.ACTIVE


def test_who_writes_the_address_otherwise_than_before_gets_it_too(company: Company) -> None:
    """SES's list knows an address as it was written then; the post office compares as SES does."""
    sign_up(company, "Ben")
    company.office.fates = Fates(of={"Ben@example.org": Fate.HARD_BOUNCE})
    release(company, 1)
    company.office.fates = Fates()
    assert company.world.subscription("ben").state is State.SUPPRESSED
    company.world.time += DAY
    sign_up(company, "ben")
    release(company, 2)
    assert got(company)[-1] == 2
