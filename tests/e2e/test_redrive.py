"""A message that fails until it is dead comes back when its cause is mended. A cloud of its own: it tells errors."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.support.local_cloud import LocalCloud

from cliffhanger import keys, outbox
from cliffhanger.mailbody import MailBody
from cliffhanger.outbox import Letter
from local.cloud import start

pytestmark = pytest.mark.cloud

WORD = Letter(
    id="aaaaaaaaaaaaaaaa",
    kind="word",
    sender="The Lantern Road <lantern@stories.example.org>",
    recipient="mara@example.test",
    body=MailBody("Night 1", ("<p>It was understood.</p>",), ("It was understood.\n",)),
)


@pytest.fixture
def here(tmp_path: Path) -> Iterator[LocalCloud]:
    with start(tmp_path / "cloud", auth=True) as cloud:
        yield LocalCloud(cloud)


class Lost:
    """Content that was never written."""

    def put(self, key: str, data: bytes) -> None: ...

    def get(self, key: str) -> bytes | None: ...


def test_a_message_that_failed_too_often_comes_back_and_is_worked_on(here: LocalCloud) -> None:
    here.cloud.invoke_tick()
    letters = here.cloud.outputs["LettersQueueUrl"]
    here.sqs.set_queue_attributes(QueueUrl=letters, Attributes={"VisibilityTimeout": "1"})  # not the minutes of AWS
    outbox.post(here.table, Lost(), WORD, now=int(here.cloud.clock().timestamp() * 1000))
    here.table.update(keys.letter(WORD.id), remove=("due_pk", "due_at"))  # no minute hints at it again
    here.send("Letters", {"letter": WORD.id})
    here.wait("the message is dead", here.dead_letters)
    assert "letters: 1 would come back\n" in here.operator("redrive", "--dry-run")
    assert "Messages that failed too often: 1 of letters." in here.operator("status")

    bucket = here.cloud.outputs["ContentBucket"]
    here.s3.put_object(Bucket=bucket, Key=f"letters/{WORD.id}.json", Body=WORD.body.to_json())
    assert "letters: 1 came back\n" in here.operator("redrive")
    here.wait("the letter is there", lambda: here.cloud.post_office.letters_to(WORD.recipient))
    here.quiet()
    assert len(here.cloud.post_office.letters_to(WORD.recipient)) == 1
    assert here.dead_letters() == 0
