"""Every file of events/ goes through the handler that its folder names, twice, on the scene of scene.py."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from tests.support.lambdas import EVENTS, HANDLERS, Lambdas

from cliffhanger import outbox
from cliffhanger.delivery import feedback_health
from cliffhanger.errors import StoreBusy
from cliffhanger.ports import Item, Key

CASES = sorted(f"{path.parent.name}/{path.stem}" for path in EVENTS.glob("*/*.json"))

QUEUED = {
    "deliver/due": ([], {"READER", "TOTAL"}),
    "deliver/letter": ([], {"CONFIRM", "LETTER"}),
    "deliver/help": ([], set()),
    "deliver/one_hint_of_two_makes_no_sense": ([1], {"READER", "TOTAL"}),
    "deliver/unknown_letter": ([], set()),
    "deliver/unknown_series": ([], set()),
    "deliver/walk": ([], {"READER", "SHARD", "TOTAL"}),
    "feedback/body_is_no_json": ([1], {"STATE"}),
    "feedback/bounce_of_a_letter": ([], {"ADDRESS", "LETTER", "REPUTATION", "STATE"}),
    "feedback/bounce_permanent": ([], {"ADDRESS", "READER", "REPUTATION", "STATE"}),
    "feedback/bounce_transient": ([], {"READER", "STATE"}),
    "feedback/complaint": ([], {"ADDRESS", "READER", "REPUTATION", "STATE"}),
    "feedback/complaint_not_spam": ([], {"READER", "STATE"}),
    "feedback/delivery": ([], {"READER", "STATE"}),
    "feedback/delivery_delay": ([], {"READER", "STATE"}),
    "feedback/letter_sent": ([], {"LETTER", "STATE"}),
    "feedback/one_of_two_unreadable": ([1], {"READER", "STATE"}),
    "feedback/reject": ([], {"MISSED", "READER", "STATE", "TOTAL"}),
    "feedback/rendering_failure": ([], {"MISSED", "READER", "STATE", "TOTAL"}),
    "feedback/send": ([], {"READER", "STATE"}),
    "feedback/send_of_an_old_epoch": ([], {"STATE"}),
    "feedback/send_of_an_unknown_reader": ([], {"STATE"}),
    "feedback/subscription": ([], set()),
    "feedback/topic_validated": ([], set()),
    "ingest/body_is_no_json": ([1], {"CHAPTER", "FILE", "LETTER", "SITE"}),
    "ingest/chapter_deleted": ([], {"CHAPTER", "FILE", "LETTER", "SITE"}),
    "ingest/chapter_dropped": ([], {"CHAPTER", "FILE", "LETTER", "SITE"}),
    "ingest/chapter_known_already": ([], set()),
    "ingest/chapter_unreadable": ([], {"FILE", "LETTER", "SITE"}),
    "ingest/chapter_with_spaces_and_umlauts": ([], {"CHAPTER", "FILE", "LETTER", "SITE"}),
    "ingest/file_in_no_series": ([], set()),
    "ingest/folder_made": ([], set()),
    "ingest/picture_dropped": ([], {"CHAPTER", "FILE", "LETTER", "SITE"}),
    "ingest/series_dropped": ([], {"CATALOGUE", "FILE", "LETTER", "META", "SITE"}),
    "ingest/test_event": ([], set()),
    "ingest/two_files_in_two_messages": ([], {"CATALOGUE", "CHAPTER", "FILE", "LETTER", "META", "SITE"}),
    "ingest/two_records_in_one_message": ([], {"CHAPTER", "FILE", "LETTER", "SITE"}),
    "mailroom/body_is_no_json": ([1], set()),
    "mailroom/leave": ([], {"READER"}),
    "mailroom/mail_gone": ([], set()),
    "mailroom/out_of_office": ([], set()),
    "mailroom/relay": ([], {"LETTER", "LIMIT"}),
    "mailroom/reply": ([], {"LETTER", "LIMIT"}),
    "mailroom/set_up": ([], set()),
    "mailroom/subscribe": ([], {"LETTER", "LIMIT"}),
    "mailroom/subscribe_forged": ([], set()),
    "mailroom/test_event": ([], set()),
}
"""Of each batch: the messages that are to come again, by their places, and the kinds of items that it changes."""

PAGES = {
    "pages/chapter": (301, set()),
    "pages/confirm": (200, {"ADDRESS", "CONFIRM", "PROFILE", "READER", "SHARD"}),
    "pages/confirm_page": (200, set()),
    "pages/confirm_unknown_token": (404, set()),
    "pages/embed": (200, set()),
    "pages/join": (200, set()),
    "pages/join_name_far_too_long": (404, set()),
    "pages/join_unknown": (404, set()),
    "pages/me": (200, set()),
    "pages/me_ask_for_data": (303, {"LETTER", "LIMIT"}),
    "pages/me_by_a_form_of_another_reader": (303, set()),
    "pages/me_by_the_token_of_another_page": (404, set()),
    "pages/me_pause": (303, {"LIMIT", "READER"}),
    "pages/next": (200, {"LIMIT", "READER"}),
    "pages/next_page": (200, set()),
    "pages/preferences": (200, set()),
    "pages/preferences_forged_token": (404, set()),
    "pages/release": (200, {"CHAPTER"}),
    "pages/release_by_a_readers_token": (404, set()),
    "pages/release_page": (200, set()),
    "pages/series": (301, set()),
    "pages/series_list": (301, set()),
    "pages/series_with_an_encoded_slash": (301, set()),
    "pages/subscribe": (200, {"LETTER", "LIMIT"}),
    "pages/subscribe_by_a_known_reader": (200, {"LETTER", "LIMIT"}),
    "pages/subscribe_by_a_script_elsewhere": (403, set()),
    "pages/subscribe_from_another_site": (200, set()),
    "pages/subscribe_honeypot_filled": (200, set()),
    "pages/subscribe_no_address": (400, set()),
    "pages/subscribe_no_form": (400, set()),
    "pages/subscribe_preflight_elsewhere": (403, set()),
    "pages/subscribe_unknown_series": (404, set()),
    "pages/unknown_path": (404, set()),
    "pages/unsubscribe": (200, {"READER"}),
    "pages/unsubscribe_forged_token": (404, set()),
    "pages/unsubscribe_in_capitals": (200, {"READER"}),
    "pages/unsubscribe_one_click": (200, {"READER"}),
    "pages/unsubscribe_one_click_multipart": (200, {"READER"}),
    "pages/unsubscribe_page": (200, set()),
    "pages/unsubscribe_token_of_another_page": (404, set()),
}
"""Of each request: the status, and the kinds of items that it changes. No GET changes any."""

TICKS = {"tick/minute": (None, {"CHAPTER", "LETTER", "META", "POSITION", "SHARD", "SITE", "TOTAL"})}

EXPECTED: dict[str, tuple[Any, set[str]]] = QUEUED | PAGES | TICKS
MAILS = {"deliver/due": 1, "deliver/letter": 1, "deliver/one_hint_of_two_makes_no_sense": 1, "deliver/walk": 1}
COUNTERS = {"LIMIT"}
"""Kinds of items that count the events themselves, replays too."""


@pytest.mark.parametrize("case", CASES)
def test_an_event_is_answered_and_its_replay_changes_nothing(
    case: str, played: Lambdas, caplog: pytest.LogCaptureFixture
) -> None:
    handler, event = case.partition("/")[0], json.loads((EVENTS / f"{case}.json").read_text())
    before = played.dump()

    said = answer(event, played.call(handler, event))
    after = played.dump()
    assert (said, changed(before, after)) == EXPECTED[case]
    assert len(played.mails) == MAILS.get(case, 0)

    assert answer(event, played.call(handler, event)) == said
    assert changed(after, played.dump()) <= COUNTERS
    assert len(played.mails) == MAILS.get(case, 0)

    assert not told_of_anybody(event, played.logged() + caplog.text)


def test_an_event_that_failed_comes_again_though_the_store_is_too_busy_to_note_it(
    played: Lambdas, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> None:
        raise StoreBusy("DynamoDB")

    monkeypatch.setattr(feedback_health, "note_failure", busy)
    event = json.loads((EVENTS / "feedback/body_is_no_json.json").read_text())
    assert answer(event, played.call("feedback", event)) == [1]
    assert "JSONDecodeError" in played.logged()


def test_every_handler_has_events_and_every_folder_is_a_handlers() -> None:
    modules = (EVENTS.parent / "functions/handlers").glob("*.py")
    handlers = {path.stem for path in modules if "\ndef handler(" in path.read_text()}
    assert handlers == set(HANDLERS)
    assert handlers == {path.name for path in EVENTS.iterdir() if path.is_dir()}
    assert handlers == {case.partition("/")[0] for case in CASES}


def test_no_page_that_only_looks_changes_anything() -> None:
    looks = [case for case in PAGES if json.loads((EVENTS / f"{case}.json").read_text())["routeKey"].startswith("GET")]
    assert looks
    assert all(not EXPECTED[case][1] for case in looks)


def test_the_readme_has_a_line_for_every_event() -> None:
    readme = (EVENTS / "README.md").read_text()
    assert re.findall(r"^- `(\w+/\w+)`: ", readme, re.MULTILINE) == CASES


def answer(event: dict[str, Any], given: Any) -> Any:
    """A page's status, or the places of the messages that are to come again."""
    if given is None or "statusCode" in given:
        return given and given["statusCode"]
    places = {record["messageId"]: place for place, record in enumerate(event["Records"], start=1)}
    return [places[failure["itemIdentifier"]] for failure in given["batchItemFailures"]]


def changed(before: dict[Key, Item], after: dict[Key, Item]) -> set[str]:
    """The kinds of the items that differ: what stands first in their sort keys, or partition keys.

    But for the pace: a worker leases a few slots at once, and keeps them for its next event. And but for the letters
    that are only pretended, to an address that had enough of them.
    """
    keys = [
        key
        for key in before.keys() | after.keys()
        if before.get(key) != after.get(key) and key.pk != "PACE" and after.get(key, {}).get("state") != outbox.NOT_SENT
    ]
    by_partition = ("CATALOGUE", "LIMIT#", "MISSED#", "REPUTATION", "SITE#")
    return {(key.pk if key.pk.startswith(by_partition) else key.sk).partition("#")[0] for key in keys}


def told_of_anybody(event: dict[str, Any], log: str) -> list[str]:
    """Promise 11: the addresses and tokens of the event that are in the log."""
    secrets = re.findall(r"[\w.+-]+(?:@|%40)[\w.-]+|\b[a-z2-7]{32,33}\b", json.dumps(event), re.IGNORECASE)
    return [secret for secret in (*secrets, "@", "dora", "198.51.100") if secret in log]
