"""Hints into the queues: ten a call, and no failed entry overlooked."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cliffhanger.adapters.sqs import SqsFeedbackQueue, SqsHints
from cliffhanger.errors import CliffhangerError

VISIBLE, HIDDEN = "ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"
DEPTHS = {"issues": {VISIBLE: "7", HIDDEN: "100"}, "dead": {VISIBLE: "2", HIDDEN: "3"}}


class FakeSqs:
    """Keeps what it is sent, but for the entries whose places in a call are in `fails`."""

    def __init__(self, fails: frozenset[int] = frozenset()) -> None:
        self.calls: list[tuple[str, list[Any]]] = []
        self._fails = fails

    def send_message_batch(self, **request: Any) -> dict[str, Any]:
        entries = request["Entries"]
        assert len({entry["Id"] for entry in entries}) == len(entries)
        self.calls.append((request["QueueUrl"], [json.loads(entry["MessageBody"]) for entry in entries]))
        failed = [{"Id": entry["Id"], "Code": "InternalError"} for n, entry in enumerate(entries) if n in self._fails]
        return {"Failed": failed} if failed else {}

    def send_message(self, **request: Any) -> None:
        self.calls.append((request["QueueUrl"], [json.loads(request["MessageBody"])]))

    def get_queue_attributes(self, **request: Any) -> dict[str, Any]:
        return {"Attributes": {name: DEPTHS[request["QueueUrl"]][name] for name in request["AttributeNames"]}}


def hints(sqs: FakeSqs) -> SqsHints:
    return SqsHints(sqs, issues_url="issues", letters_url="letters")  # type: ignore[arg-type]


def test_hints_go_out_ten_a_call_each_once() -> None:
    sqs, messages = FakeSqs(), [{"series": "lantern", "walk": [f"{n:02x}"]} for n in range(23)]
    hints(sqs).issues(messages)
    assert [len(entries) for _, entries in sqs.calls] == [10, 10, 3]
    assert [entry for _, entries in sqs.calls for entry in entries] == messages


def test_no_hints_make_no_call() -> None:
    sqs = FakeSqs()
    hints(sqs).issues([])
    assert sqs.calls == []


def test_an_entry_that_failed_in_a_call_that_did_not_is_an_error() -> None:
    with pytest.raises(CliffhangerError, match="2 hints were not queued") as caught:
        hints(FakeSqs(fails=frozenset({0, 2}))).issues([{"n": n} for n in range(3)])
    assert not caught.value.permanent


def test_a_letter_goes_to_the_queue_of_letters() -> None:
    sqs = FakeSqs()
    hints(sqs).letter("abc")
    assert sqs.calls == [("letters", [{"letter": "abc"}])]


def test_the_depth_of_a_queue_is_a_number() -> None:
    assert hints(FakeSqs()).waiting() == 7


def test_an_event_in_the_hands_of_a_redrive_is_unread_and_one_that_is_being_read_is_not() -> None:
    assert SqsFeedbackQueue(FakeSqs, url="issues", dlq_url="dead").unread() == 7 + 2 + 3  # type: ignore[arg-type]
