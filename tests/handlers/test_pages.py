"""What a visitor meets: forms, links, a scanner's curiosity, a mail program's one click, a crash."""

from __future__ import annotations

import json
import re
import sys
from typing import Any

import pytest
from tests.handlers import scene
from tests.support.lambdas import EVENTS, KEYS, Lambdas, http_event

from cliffhanger.adapters.dynamodb import DynamoTable
from cliffhanger.links import sign
from cliffhanger.ports import Item, Key

UNSUBSCRIBE = f"/unsubscribe/lantern/{sign('unsubscribe', 'lantern', scene.BEN, KEYS)}"
PREFERENCES = f"/preferences/lantern/{sign('preferences', 'lantern', scene.BEN, KEYS)}"
RELEASE = f"/release/lantern/{sign('release', 'lantern', '0' * 16, KEYS)}"
CONFIRM = f"/confirm/{scene.DORAS_TOKEN}"
PRIVATE = [UNSUBSCRIBE, PREFERENCES, RELEASE, CONFIRM, "/confirm/nobody", "/unsubscribe/lantern/forged"]
PUBLIC = ["/", "/read/lantern", "/join/lantern", "/join/lantern?start=chapter-1"]


def headers(answer: dict[str, Any]) -> dict[str, str]:
    return {name.lower(): value for name, value in answer["headers"].items()}


def state(lambdas: Lambdas, reader: str) -> str:
    (item,) = [item for key, item in lambdas.dump().items() if key.sk == f"READER#{reader}"]
    return str(item["state"])


def test_the_confirmation_mail_leads_to_a_button_and_the_button_onto_the_series(played: Lambdas) -> None:
    played.sign_up("Fay@Example.org", start="first")
    played.deliver()
    (mail,) = played.mails_to("Fay@example.org")
    (link,) = set(re.findall(r"/confirm/[a-z2-7]+", mail.body))
    page = played.get(link)
    assert page["statusCode"] == 200
    assert f'action="https://stories.example.org{link}"' in page["body"]
    assert 'method="post"' in page["body"]
    assert played.post(link)["statusCode"] == 200
    played.deliver()
    assert "Chapter 1" in played.mails_to("Fay@example.org")[-1].subject


def test_a_stranger_a_reader_and_a_robot_get_the_same_answer(played: Lambdas) -> None:
    answers = [played.sign_up(f"{name}@example.org") for name in ("fay", "ada", "ada")]
    answers.append(played.sign_up("robot@example.org", website="https://spam.example"))
    assert all(answer == answers[0] for answer in answers)
    played.deliver()
    asked = [mail.destinations["ToAddresses"][0] for mail in played.mails if "confirm" in mail.subject]
    assert sorted(asked) == ["ada@example.org", "fay@example.org"]


def test_a_scanner_that_opens_every_link_of_every_mail_changes_nothing(played: Lambdas) -> None:
    played.minutes(1)
    played.sign_up("fay@example.org")
    played.deliver()
    ours = re.compile(r"https://stories\.example\.org(/[^\s\"<&]*)")
    links = {link for mail in played.mails for link in ours.findall(mail.body)}
    kinds = {link.split("/")[1] for link in links}
    assert kinds == {"confirm", "me", "next", "pause", "release", "unsubscribe"}
    before = played.dump()
    for link in sorted(links | {CONFIRM}):
        assert played.get(link)["statusCode"] == 200, link
        assert played.get(link)["statusCode"] == 200, link
    assert played.dump() == before


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"List-Unsubscribe=One-Click", "application/x-www-form-urlencoded"),
        (
            b'--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n',
            "multipart/form-data; boundary=x",
        ),
    ],
    ids=["urlencoded", "multipart"],
)
def test_one_click_leaves_at_once_without_cookie_page_or_redirect(
    played: Lambdas, body: bytes, content_type: str
) -> None:
    answer = played.call("pages", http_event("POST", UNSUBSCRIBE, body, content_type))
    assert answer["statusCode"] == 200
    assert not answer.get("cookies")
    assert not {"location", "set-cookie", "refresh"} & headers(answer).keys()
    assert state(played, scene.BEN) == "left"
    played.minutes(1)
    assert played.mails_to("ben@example.org") == []


def test_who_left_may_come_back_by_a_fresh_confirmation(played: Lambdas) -> None:
    played.post(UNSUBSCRIBE)
    played.sign_up("ben@example.org")
    played.deliver()
    (link,) = set(re.findall(r"/confirm/[a-z2-7]+", played.mails_to("ben@example.org")[-1].body))
    played.post(link)
    assert state(played, scene.BEN) == "active"


def test_the_authors_word_lets_go_what_was_held(played: Lambdas) -> None:
    assert "The Keeper" in played.get(RELEASE)["body"]
    assert played.post(RELEASE)["statusCode"] == 200
    played.minutes(1)
    assert "The Keeper" in played.page("lantern")


@pytest.mark.parametrize("path", [*PUBLIC, *PRIVATE, "/join/nowhere", "/nowhere"])
def test_every_page_lets_in_no_script_no_frame_and_no_other_site(played: Lambdas, path: str) -> None:
    said = headers(played.get(path))
    policy = dict(part.strip().partition(" ")[::2] for part in said["content-security-policy"].split(";"))
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert "script-src" not in policy
    assert "unsafe" not in said["content-security-policy"]
    assert said["x-content-type-options"] == "nosniff"
    assert said["content-type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize("path", PRIVATE)
def test_a_page_behind_a_link_is_neither_stored_nor_indexed_nor_told_of(played: Lambdas, path: str) -> None:
    said = headers(played.get(path))
    assert (said["cache-control"], said["referrer-policy"], said["x-robots-tag"]) == (
        "no-store",
        "no-referrer",
        "noindex",
    )


@pytest.mark.parametrize("path", PUBLIC)
def test_a_page_to_read_may_be_kept_and_found(played: Lambdas, path: str) -> None:
    said = headers(played.get(path))
    assert said["cache-control"] == "public, max-age=60"
    assert "x-robots-tag" not in said


def crash(*about: object) -> Any:
    raise RuntimeError(f"{about} of ada@example.org")


def test_a_page_that_crashes_says_sorry_and_tells_nothing(played: Lambdas, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DynamoTable, "get", crash)
    answer = played.call("pages", json.loads((EVENTS / "pages/confirm_page.json").read_text()))
    assert answer["statusCode"] == 500
    assert headers(answer)["cache-control"] == "no-store"
    told = answer["body"] + played.logged()
    assert "<h1" in answer["body"]
    assert "GET /confirm/{token}" in played.logged()
    assert "RuntimeError" in played.logged()
    for secret in ("ada@", "dora", "Traceback", "CONFIRM#"):
        assert secret not in told


def test_where_the_keys_are_out_of_reach_visitors_still_get_a_page(
    played: Lambdas, monkeypatch: pytest.MonkeyPatch
) -> None:
    answering = sys.modules["handlers.answering"]
    answering.site.cache_clear()
    monkeypatch.setattr(answering.wiring, "keys", crash)
    answer = played.get("/join/lantern")
    assert answer["statusCode"] == 500
    assert "<h1" in answer["body"]


def test_a_name_longer_than_the_store_can_look_up_is_simply_not_found(
    played: Lambdas, monkeypatch: pytest.MonkeyPatch
) -> None:
    get = DynamoTable.get

    def as_dynamodb_does(table: DynamoTable, key: Key) -> Item | None:
        assert len(key.pk) <= 2048, "ValidationException: moto does not raise it"
        return get(table, key)

    monkeypatch.setattr(DynamoTable, "get", as_dynamodb_does)
    assert played.get(f"/join/{'x' * 4000}")["statusCode"] == 404
    assert played.post(f"/subscribe/{'x' * 4000}", {"email": "ada@example.org"})["statusCode"] == 404
