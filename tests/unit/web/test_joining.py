"""The form to join by: what it takes, whom it believes, and what nobody learns from it."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest
from tests.support.world import KEYS, SERIES_YAML, World

from cliffhanger import forms, keys
from cliffhanger.clock import DAY, SECOND
from cliffhanger.pace import Kind
from cliffhanger.readers import leaving
from cliffhanger.web import embedding, joining, offering
from cliffhanger.web.page import Page

HOME = "198.51.100.7"
MARAS = "https://mara.example"


@pytest.fixture
def lantern(world: World) -> World:
    world.series(yaml=SERIES_YAML + f"embed_origins: {MARAS}/\n")
    world.release(1, 2, 3)
    world.minutes(1)
    return world


def join(world: World, email: str, network: str = HOME, origin: str = "", **more: str) -> Page:
    return joining.subscribe(world.site, "lantern", {"email": email, "form": world.seal(), **more}, network, origin)


def asked(world: World) -> list[str]:
    world.post_letters()
    return [mail.recipient for mail in world.mailer.accepted if mail.tags["kind"] == "confirmation"]


def test_a_reader_begins_with_the_chapter_that_he_came_from_at_his_own_pace(lantern: World) -> None:
    assert 'value="chapter-2" checked' in offering.show(lantern.site, "lantern", start="chapter-2").html
    assert 'value="newest" checked' in offering.show(lantern.site, "lantern", start="chapter-9").html
    join(
        lantern, "ada@example.org", start="chapter-2", pace="days", every="3", at="20:00", zone="Asia/Tokyo", bundle="2"
    )
    lantern.post_letters()
    lantern.click_confirmation("ada")
    found = lantern.subscription("ada")
    assert (found.bookmark, found.pace.kind, found.pace.every, found.bundle) == (1, Kind.DAYS, 3, 2)


def test_the_page_of_a_chapter_leads_to_the_form_that_begins_there(lantern: World) -> None:
    page = lantern.archive.objects["lantern/chapter-2"].decode()
    assert 'href="https://stories.example.org/join/lantern?start=chapter-2"' in page


def test_a_pace_that_makes_no_sense_is_answered(lantern: World) -> None:
    assert join(lantern, "ada@example.org", pace="days", every="0").status == 400
    assert asked(lantern) == []


@pytest.mark.parametrize(("age", "believed"), [(0, False), (1, False), (2, True), (60, True), (30 * 86_400, True)])
def test_a_form_filled_in_faster_than_anybody_types_is_asked_once_more(
    lantern: World, age: int, believed: bool
) -> None:
    sealed = forms.seal(joining.SEALED_FOR, "lantern", keys=KEYS, now=lantern.time - age * SECOND)
    page = join(lantern, "ada@example.org", form=sealed, start="first")
    assert ("One more press" in page.html) is not believed
    assert asked(lantern) == ["ada@example.org"] * believed


def test_the_second_press_carries_what_was_typed_and_is_believed(lantern: World) -> None:
    page = join(lantern, "ada@example.org", form="", start="first", evil="<x>")
    assert 'value="ada@example.org"' in page.html
    assert "evil" not in page.html
    assert page.private
    sealed = page.html.partition('name="form" value="')[2].partition('"')[0]
    lantern.time += 3 * SECOND
    join(lantern, "ada@example.org", form=sealed, start="first")
    assert asked(lantern) == ["ada@example.org"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "one whole address"),
        ("ada", "one whole address"),
        ("адa@example.org", "it can’t write “ад”"),
        ("a..b@example.org", "before the @: “a..b”"),
        ("ada@exa_mple.org", "after the @: “exa_mple.org”"),
        ("<b>@example.org", "before the @: “&lt;b&gt;”"),
    ],
)
def test_a_bad_address_is_told_by_its_part(lantern: World, typed: str, told: str) -> None:
    page = join(lantern, typed)
    assert page.status == 400
    assert told in page.html


def test_a_domain_in_another_script_is_written_to(lantern: World) -> None:
    join(lantern, "ada@bücher.example")
    assert asked(lantern) == ["ada@xn--bcher-kva.example"]


# Nobody learns who reads what ---------------------------------------------------------------------------


def work_for(world: World, email: str, **more: str) -> tuple[Page, Counter[str]]:
    """The answer, and how often each port was called for it."""
    calls: Counter[str] = Counter()
    site = world.site
    counted = {name: Counting(getattr(site, name), name, calls) for name in ("table", "content", "hints")}
    ports = {name: getattr(site, name) for name in site.__slots__} | counted
    form = {"email": email, "form": world.seal(), **more}
    return joining.subscribe(type(site)(**ports), "lantern", form, HOME), calls


class Counting:
    """A port that counts its calls."""

    def __init__(self, port: Any, name: str, calls: Counter[str]) -> None:
        self._port, self._name, self._calls = port, name, calls

    def __getattr__(self, method: str) -> Any:
        self._calls[f"{self._name}.{method}"] += 1
        return getattr(self._port, method)


def test_a_stranger_a_reader_and_a_suppressed_address_get_the_same_answer_for_the_same_work(lantern: World) -> None:
    lantern.join("ada")
    lantern.join("ben")
    lantern.leave("ben")
    leaving.suppress(lantern.table, "gone@example.org", reason="bounce", since=lantern.time, keys_=KEYS)
    stranger = work_for(lantern, "stranger@example.org")
    for email in ("ada", "ben", "gone", "stranger", "gone"):
        assert work_for(lantern, f"{email}@example.org") == stranger
    assert stranger[1] == {
        "table.get": 2,
        "table.update": 4,
        "table.put": 1,
        "content.put": 1,
        "hints.letter": 1,
    }


def test_a_letter_that_is_only_pretended_keeps_no_address_and_is_never_sent(lantern: World) -> None:
    join(lantern, "ada@example.org")
    join(lantern, "ada@example.org")
    letters = [item for pk, of in lantern.table._partitions.items() if pk.startswith("LETTER#") for item in of.values()]
    pretended = [item for item in letters if item["state"] == "not sent"]
    assert len(pretended) == 1
    assert not {"recipient", "confirms", "due_pk"} & pretended[0].keys()
    assert asked(lantern) == ["ada@example.org"]
    lantern.minutes(2)
    assert asked(lantern) == ["ada@example.org"]


def test_ten_thousand_sign_ups_from_one_network_mail_twenty_people_an_hour(lantern: World) -> None:
    answers = Counter(join(lantern, f"reader{n}@example.org").status for n in range(10_000))
    assert answers == {200: 20, 429: 9_980}
    assert len(asked(lantern)) == 20


def test_ten_thousand_sign_ups_from_ten_thousand_networks_mail_one_victim_three_times_a_day(lantern: World) -> None:
    lantern.time += DAY - lantern.time % DAY
    for n in range(10_000):
        lantern.time += 8 * SECOND
        join(lantern, "victim@example.org", network=f"2001:db8:{n:x}::1")
    assert asked(lantern).count("victim@example.org") == 3


# On an author's own site --------------------------------------------------------------------------------


def test_the_snippet_is_plain_html_that_posts_to_us(lantern: World) -> None:
    page = embedding.show(lantern.site, "lantern")
    assert "&lt;form method=&#34;post&#34; action=&#34;https://stories.example.org/subscribe/lantern&#34;" in page.html
    assert "script" not in page.html.partition("<textarea")[2].partition("</textarea>")[0]
    assert MARAS in page.html
    assert embedding.show(lantern.site, "nowhere").status == 404


def test_a_form_on_a_listed_site_is_believed_and_one_elsewhere_is_asked_once_more(lantern: World) -> None:
    assert "One more press" in join(lantern, "ben@example.org", form="embedded", origin="https://evil.example").html
    assert "Look into your inbox" in join(lantern, "ada@example.org", form="embedded", origin=MARAS).html
    assert asked(lantern) == ["ada@example.org"]
    lantern.click_confirmation("ada")
    item = lantern.table.get(keys.subscription("lantern", lantern.reader("ada")))
    assert item
    assert item["proof"]["form"] == "embedded-1"


def test_the_form_on_a_page_of_the_archive_is_believed_though_the_page_knows_no_time(lantern: World) -> None:
    assert "One more press" in join(lantern, "ben@example.org", form="archive", origin="https://evil.example").html
    assert "One more press" in join(lantern, "ben@example.org", form="archive").html
    page = join(lantern, "ada@example.org", form="archive", origin=lantern.settings.site_url)
    assert "Look into your inbox" in page.html
    assert asked(lantern) == ["ada@example.org"]
    lantern.click_confirmation("ada")
    item = lantern.table.get(keys.subscription("lantern", lantern.reader("ada")))
    assert item
    assert item["proof"]["form"] == "archive-1"


def test_a_script_of_a_listed_site_reads_the_answer(lantern: World) -> None:
    def answer(email: str, origin: str) -> Page:
        return embedding.answer(lantern.site, "lantern", {"email": email, "form": "embedded"}, HOME, origin)

    page = answer("ada@example.org", MARAS)
    assert page.headers["Access-Control-Allow-Origin"] == MARAS
    assert page.headers["Vary"] == "Origin"
    assert json.loads(page.html)["ok"] is True
    assert json.loads(answer("ada", MARAS).html)["answer"] == "bad_address"
    for origin in ("https://evil.example", "", "null", f"{MARAS}.evil.example"):
        refused = answer("ben@example.org", origin)
        assert refused.status == 403
        assert "Access-Control-Allow-Origin" not in refused.headers
    assert asked(lantern) == ["ada@example.org"]


def test_a_browser_is_told_beforehand_which_sites_may_post(lantern: World) -> None:
    allowed = embedding.preflight(lantern.site, "lantern", MARAS)
    assert (allowed.status, allowed.headers["Access-Control-Allow-Origin"]) == (204, MARAS)
    for slug, origin in (("lantern", "https://evil.example"), ("nowhere", MARAS)):
        refused = embedding.preflight(lantern.site, slug, origin)
        assert (refused.status, dict(refused.headers)) == (403, {"Vary": "Origin"})
