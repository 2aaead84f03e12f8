"""`cliffhanger redrive` on SQS as moto has it: what failed too often comes back to its queue, and none is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from moto import mock_aws
from tests.support.aws import CREDENTIALS

from cliffhanger.adapters import aws
from cliffhanger.adapters.dead_letters import SqsDeadLetters
from cliffhanger.errors import CliffhangerError
from console.queues import QUEUES, TICK
from console.redrive import redrive


def nothing_to_note() -> None:
    pass


@dataclass
class Queues:
    """The stack's dead-letter queues, and the queues that they belong to."""

    dead: dict[str, SqsDeadLetters]

    def fill(self, name: str, *bodies: str) -> None:
        for body in bodies:
            attributes: Any = {"asked": {"DataType": "String", "StringValue": "yes"}}
            aws.sqs().send_message(QueueUrl=self.dead[name].url, MessageBody=body, MessageAttributes=attributes)

    def home(self, name: str) -> list[Any]:
        """The messages that lie in a queue, and are now in our hands."""
        url, found = self.dead[name].home, []
        assert url
        request: Any = {"QueueUrl": url, "MaxNumberOfMessages": 10, "MessageAttributeNames": ["All"]}
        while messages := aws.sqs().receive_message(**request).get("Messages"):
            found += messages
        return found

    def bodies(self, name: str) -> list[str]:
        return sorted(message["Body"] for message in self.home(name))


@pytest.fixture
def queues(monkeypatch: pytest.MonkeyPatch) -> Iterator[Queues]:
    for name, value in CREDENTIALS.items():
        monkeypatch.setenv(name, value)
    with mock_aws():
        sqs = aws.sqs()
        urls = {name: sqs.create_queue(QueueName=f"{name}-dead")["QueueUrl"] for name in (*QUEUES, TICK)}
        homes = {name: sqs.create_queue(QueueName=name)["QueueUrl"] for name in QUEUES}
        yield Queues({name: SqsDeadLetters(sqs, url, homes.get(name)) for name, url in urls.items()})


def test_every_message_comes_back_as_it_was(queues: Queues, capsys: pytest.CaptureFixture[str]) -> None:
    many = [f"hint {number:02}" for number in range(23)]
    queues.fill("issues", *many)
    queues.fill("feedback", "an event")
    redrive(queues.dead, None, nothing_to_note, dry_run=False)
    assert capsys.readouterr().out.splitlines() == [
        "ingest: nothing lies there",
        "issues: 23 came back",
        "letters: nothing lies there",
        "feedback: 1 came back",
        "tick: nothing lies there",
    ]
    home = queues.home("issues")
    assert sorted(message["Body"] for message in home) == many
    assert {message["MessageAttributes"]["asked"]["StringValue"] for message in home} == {"yes"}
    assert queues.bodies("feedback") == ["an event"]
    assert queues.dead["issues"].waiting() == 0


def test_a_queue_that_is_named_comes_back_alone(queues: Queues) -> None:
    queues.fill("issues", "a hint")
    queues.fill("letters", "a letter")
    redrive(queues.dead, "letters", nothing_to_note, dry_run=False)
    assert (queues.bodies("letters"), queues.bodies("issues")) == (["a letter"], [])
    assert queues.dead["issues"].waiting() == 1


def test_before_events_come_back_it_is_noted_that_some_are_hidden(queues: Queues) -> None:
    lying: list[int] = []

    def note() -> None:
        lying.append(queues.dead["feedback"].waiting())

    queues.fill("issues", "a hint")
    queues.fill("feedback", *[f"event {number}" for number in range(12)])
    redrive(queues.dead, None, note, dry_run=True)
    redrive(queues.dead, "issues", note, dry_run=False)
    assert lying == []
    redrive(queues.dead, None, note, dry_run=False)
    assert lying == [12, 2]


def test_a_dry_run_only_counts(queues: Queues, capsys: pytest.CaptureFixture[str]) -> None:
    queues.fill("ingest", "a drop", "another")
    redrive(queues.dead, "ingest", nothing_to_note, dry_run=True)
    assert capsys.readouterr().out == "ingest: 2 would come back\n"
    assert (queues.bodies("ingest"), queues.dead["ingest"].waiting()) == ([], 2)


def test_a_minute_that_failed_needs_no_way_back(queues: Queues, capsys: pytest.CaptureFixture[str]) -> None:
    queues.fill("tick", "a minute")
    redrive(queues.dead, None, nothing_to_note, dry_run=False)
    assert "tick: 1 minutes failed. Each next minute did their work" in capsys.readouterr().out
    assert queues.dead["tick"].waiting() == 1
    redrive(queues.dead, "tick", nothing_to_note, dry_run=False)
    assert capsys.readouterr().out == "tick: 1 put away\n"
    assert queues.dead["tick"].waiting() == 0


def test_a_crash_after_the_sending_doubles_and_loses_nothing(queues: Queues, monkeypatch: pytest.MonkeyPatch) -> None:
    queues.fill("issues", "a hint", "another")

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(SqsDeadLetters, "_delete", crash)
        with pytest.raises(KeyboardInterrupt):
            redrive(queues.dead, "issues", nothing_to_note, dry_run=False)
    assert queues.bodies("issues") == ["a hint", "another"]
    assert in_hand(queues.dead["issues"].url) == 2


def test_what_sqs_does_not_take_stays_and_is_told(queues: Queues, monkeypatch: pytest.MonkeyPatch) -> None:
    queues.fill("issues", "a hint", "another")
    send = aws.sqs().send_message_batch

    def take_one(*, QueueUrl: str, Entries: list[Any]) -> Any:  # noqa: N803
        failed = [{"Id": entry["Id"], "SenderFault": False, "Code": "InternalError"} for entry in Entries[1:]]
        return {**send(QueueUrl=QueueUrl, Entries=Entries[:1]), "Failed": failed}

    monkeypatch.setattr(aws.sqs(), "send_message_batch", take_one)
    with pytest.raises(CliffhangerError, match="SQS took 1 and not 1, which stay: try again"):
        redrive(queues.dead, "issues", nothing_to_note, dry_run=False)
    assert len(queues.bodies("issues")) == 1
    assert in_hand(queues.dead["issues"].url) == 1


def test_one_that_fails_again_meanwhile_does_not_go_round_for_ever(
    queues: Queues, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    queues.fill("issues", "poison")
    send = aws.sqs().send_message_batch

    def fails_at_once(*, QueueUrl: str, Entries: list[Any]) -> Any:  # noqa: N803
        queues.fill("issues", "poison")
        return send(QueueUrl=QueueUrl, Entries=Entries)

    monkeypatch.setattr(aws.sqs(), "send_message_batch", fails_at_once)
    redrive(queues.dead, "issues", nothing_to_note, dry_run=False)
    assert capsys.readouterr().out == "issues: 1 came back\n"
    assert queues.dead["issues"].waiting() == 1


def test_messages_in_somebody_elses_hands_are_told(
    queues: Queues, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    queues.fill("issues", "a hint")
    monkeypatch.setattr(SqsDeadLetters, "waiting", lambda _: 3)
    redrive(queues.dead, "issues", nothing_to_note, dry_run=False)
    assert capsys.readouterr().out == ("issues: 1 came back, 2 are in somebody else's hands: try again in a minute\n")


def test_a_queue_that_is_not_there_is_told(queues: Queues) -> None:
    with pytest.raises(CliffhangerError) as raised:
        redrive(queues.dead, "post", nothing_to_note, dry_run=False)
    assert raised.value.message == "there is no queue post: it is one of ingest, issues, letters, feedback, tick"


def in_hand(url: str) -> int:
    name: Any = "ApproximateNumberOfMessagesNotVisible"
    answer: Any = aws.sqs().get_queue_attributes(QueueUrl=url, AttributeNames=[name])
    return int(answer["Attributes"][name])
