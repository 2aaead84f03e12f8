"""Change the address, download, erase: only by a link mailed just now, and once."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.support.world import KEYS, SERIES_YAML, World
from tests.unit.test_crashes import every_cut

from cliffhanger import forms, keys, links
from cliffhanger.clock import DAY, HOUR, MINUTE
from cliffhanger.errors import StoreBusy
from cliffhanger.readers import leaving, own_data
from cliffhanger.web import choices, confirming, mine
from cliffhanger.web.mine import SEALED_FOR
from cliffhanger.web.page import Page


@pytest.fixture
def ada(world: World) -> World:
    world.series()
    world.release(1)
    world.join("ada")
    world.work()
    world.time += HOUR
    return world


def ask(world: World, kind: str, opened: str = "") -> str:
    """The button on her page; returns the token in the mail."""
    reader = world.reader("ada")
    sealed = forms.seal(SEALED_FOR, kind, opened, reader, keys=KEYS, now=world.time)
    form = {"do": kind, "series": opened, "form": sealed}
    page = choices.act(world.site, links.sign("preferences", "", reader, KEYS), form, "198.51.100.7")
    assert "said=mailed" in page.headers["Location"]
    world.post_letters()
    return world.confirmation_token("ada")


def click(world: World, token: str, **form: str) -> Page:
    page = confirming.confirm(world.site, token, form)
    world.post_letters()
    return page


def test_the_link_works_for_half_an_hour_and_once(ada: World) -> None:
    token = ask(ada, "download")
    assert click(ada, token).status == 200
    assert click(ada, token).status == 404
    assert confirming.ask(ada.site, token).status == 404
    late = ask(ada, "download")
    ada.time += 30 * MINUTE
    assert click(ada, late).status == 404


def test_the_letter_says_who_may_be_behind_it_and_holds_the_only_copy_of_the_token(ada: World) -> None:
    token = ask(ada, "erase")
    assert ada.mailer.accepted[-1].subject == "Erase everything about you"
    assert token not in repr(ada.table._partitions) + repr(ada.content.objects)


def test_the_data_is_all_that_the_store_knows_of_her_and_nothing_of_our_books(ada: World) -> None:
    page = click(ada, ask(ada, "download"))
    assert page.headers["Content-Disposition"].startswith("attachment")
    data: dict[str, Any] = json.loads(page.html)
    assert data["address"] == "ada@example.org"
    [series] = data["series"]
    assert (series["title"], series["state"], series["bookmark"]) == ("The Lantern Road", "active", 1)
    assert series["proof"]["form"] == "page-2"
    assert series["joined_at"].startswith("2027-01-15T")
    assert not {"pk", "sk", "claim", "epoch", "choices"} & series.keys()


def test_an_address_changes_when_both_have_confirmed(ada: World) -> None:
    token = ask(ada, "change")
    assert "Look into the new inbox" in click(ada, token, email="new@example.org").html
    assert ada.subscription("ada").address == "ada@example.org"
    assert click(ada, token, email="other@example.org").status == 404
    reader = ada.reader("ada")
    assert "Your address is changed" in click(ada, ada.confirmation_token("new")).html
    assert ada.reader("new") == reader
    assert ada.subscription("new").address == "new@example.org"
    assert "reader" not in (ada.table.get(keys.address(links.address_digest("ada@example.org", KEYS))) or {})
    ada.release(2)
    ada.minutes(2)
    assert ada.got("new") == [2]


def test_an_address_that_is_another_readers_is_not_taken(ada: World) -> None:
    ada.join("ben")
    ada.time += HOUR
    click(ada, ask(ada, "change"), email="ben@example.org")
    assert "has stories already" in click(ada, ada.confirmation_token("ben")).html
    assert ada.subscription("ada").address == "ada@example.org"


def test_the_answer_is_the_same_for_an_address_that_must_not_be_written_to(ada: World) -> None:
    known = click(ada, ask(ada, "change"), email="new@example.org")
    leaving.suppress(ada.table, "gone@example.org", reason="bounce", since=ada.time, keys_=KEYS)
    ada.time += MINUTE
    assert click(ada, ask(ada, "change"), email="gone@example.org") == known
    ada.time += MINUTE
    assert click(ada, ask(ada, "change"), email="gone@example.org") == known
    assert sum(mail.recipient == "gone@example.org" for mail in ada.mailer.accepted) == 1


def test_a_bad_new_address_is_answered_and_the_link_still_works(ada: World) -> None:
    token = ask(ada, "change")
    assert click(ada, token, email="nobody").status == 400
    assert click(ada, token, email="new@example.org").status == 200


def test_erased_she_is_nowhere_and_a_second_click_finds_nothing(ada: World) -> None:
    reader, token = ada.reader("ada"), ask(ada, "erase")
    assert "You are erased" in click(ada, token).html
    assert click(ada, token).status == 404
    assert ada.table.get(keys.subscription("lantern", reader)) is None
    assert ada.table.get(keys.profile(reader)) is None
    assert mine.show(ada.site, links.sign("preferences", "", reader, KEYS)).status == 404
    assert "ada@example.org" not in repr(ada.table._partitions)


def test_the_letter_speaks_the_language_of_the_opened_story_else_of_one_that_she_follows(ada: World) -> None:
    ada.series("laterne", f"{SERIES_YAML}language: de\n")
    ada.release(1, slug="laterne")
    ada.join("ada", slug="laterne")
    ada.work()

    def language(opened: str) -> str:
        ask(ada, "download", opened)
        ada.time += HOUR
        return ada.mailer.accepted[-1].html.partition('lang="')[2][:2]

    assert [language("lantern"), language("laterne"), language("")] == ["en", "de", "en"]
    ada.leave("ada")
    assert language("") == "de"
    page = mine.show(ada.site, links.sign("preferences", "", ada.reader("ada"), KEYS)).html
    assert '<html lang="de"' in page
    button = page.partition('value="erase"')[2].partition("</form>")[0]
    assert '<input type="hidden" name="series" value="laterne">' in button


def test_a_link_that_is_too_old_says_so_in_the_language_of_its_story(world: World) -> None:
    world.series("laterne", f"{SERIES_YAML}language: de\n")
    world.subscribe("ada", slug="laterne")
    token = world.confirmation_token("ada")
    world.time += 8 * DAY
    assert '<html lang="de"' in confirming.ask(world.site, token).html
    assert '<html lang="de"' in confirming.confirm(world.site, token, {}).html
    assert '<html lang="en"' in confirming.ask(world.site, "nobody").html


def test_two_clicks_at_once_bring_one_download(ada: World, monkeypatch: pytest.MonkeyPatch) -> None:
    token, answers, everything = ask(ada, "download"), [], own_data.everything

    def meanwhile(*asked: Any) -> dict[str, Any]:
        answers.append(click(ada, token))
        return everything(*asked)

    monkeypatch.setattr(own_data, "everything", meanwhile)
    assert click(ada, token).status == 200
    assert [page.status for page in answers] == [404]


def test_a_download_that_was_cut_off_may_be_asked_for_again_in_a_minute(
    ada: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> None:
        raise StoreBusy

    token = ask(ada, "download")
    with monkeypatch.context() as patched:
        patched.setattr(own_data, "everything", busy)
        with pytest.raises(StoreBusy):
            click(ada, token)
    assert click(ada, token).status == 404
    ada.time += 2 * MINUTE
    assert click(ada, token).status == 200
    assert click(ada, token).status == 404


def test_a_click_to_erase_that_was_cut_off_anywhere_is_finished_by_the_next() -> None:
    def prepare() -> World:
        world = World()
        world.series()
        world.release(1)
        world.join("ada")
        world.work()
        readers.append(world.reader("ada"))
        tokens.append(ask(world, "erase"))
        return world

    def erase(world: World) -> None:
        assert click(world, tokens[-1]).status in (200, 404)

    def finish(world: World) -> None:
        erase(world)
        assert "ada@example.org" not in repr(world.table._partitions)
        assert world.table.get(keys.address(links.address_digest("ada@example.org", KEYS))) is None
        assert world.table.get(keys.subscription("lantern", readers[-1])) is None
        assert click(world, tokens[-1]).status == 404

    readers: list[str] = []
    tokens: list[str] = []
    assert every_cut(prepare, erase, finish) >= 5


def test_a_suppressed_address_gets_one_such_mail_a_month(ada: World) -> None:
    def mails() -> int:
        reader = ada.reader("ada")
        sealed = forms.seal(SEALED_FOR, "erase", "", reader, keys=KEYS, now=ada.time)
        form = {"do": "erase", "series": "", "form": sealed}
        choices.act(ada.site, links.sign("preferences", "", reader, KEYS), form, "198.51.100.7")
        ada.post_letters()
        return sum(mail.tags["kind"] == "once" for mail in ada.mailer.accepted)

    leaving.suppress(ada.table, "ada@example.org", reason="complaint", since=ada.time, keys_=KEYS)
    told = []
    for _ in range(3):
        told.append(mails())
        ada.time += HOUR
    assert told == [1, 1, 1]
    assert ada.mailer.forgotten == ["ada@example.org"]
    ada.subscribe("ada")
    assert sum(mail.tags["kind"] == "confirmation" for mail in ada.mailer.accepted) == 1  # of her joining
    ada.time += 60 * DAY
    assert mails() == 2


def test_the_new_address_is_forgotten_soon_after_its_link_is_over(ada: World) -> None:
    click(ada, ask(ada, "change"), email="new@example.org")
    item = ada.table.get(keys.confirmation(links.digest(ada.confirmation_token("new"))))
    assert item
    assert item["address"] == "new@example.org"
    assert item["expires"] * 1000 <= item["until"] + HOUR


def test_three_links_an_hour_are_mailed_and_one_form_mails_one(ada: World) -> None:
    reader = ada.reader("ada")
    sealed = forms.seal(SEALED_FOR, "erase", "", reader, keys=KEYS, now=ada.time)
    form = {"do": "erase", "series": "", "form": sealed}
    token = links.sign("preferences", "", reader, KEYS)
    told = [choices.act(ada.site, token, form, "198.51.100.7").headers["Location"] for _ in range(5)]
    assert sum("said=often" in where for where in told) == 2
    ada.post_letters()
    assert sum(mail.tags["kind"] == "once" for mail in ada.mailer.accepted) == 1
